from tests.danvan.common.cast import campaign, cast, demo_day, kinds, period, regime  # noqa: F401
from tests.world import places  # noqa: F401
