from tests.world import places, world  # noqa: F401
