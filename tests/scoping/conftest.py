import pytest

from tests import roles
from tests.world import places, world  # noqa: F401


@pytest.fixture(autouse=True)
def the_application_alone(request, monkeypatch):
    """What is tested here is the application's own filter: the database's net below it would hide a hole. See test_net.py."""
    monkeypatch.setattr(roles, "taken", request.module.__name__.endswith("test_net"))
