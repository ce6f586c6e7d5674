from tests.danvan.common.cast import campaign, cast, demo_day, kinds, period, regime  # noqa: F401
