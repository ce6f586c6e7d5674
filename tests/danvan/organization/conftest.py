import pytest

from danvan.access.roles import ADMINISTRATOR
from danvan.units.models import Kind
from tests.danvan.common.cast import campaign, cast, demo_day, kinds, new_unit, new_user, period, regime  # noqa: F401


@pytest.fixture
def admin(cast):
    return new_user("quan-tri", cast.district, ADMINISTRATOR)


@pytest.fixture
def school(cast):
    return new_unit("TH", "Trường Tiểu học An Phú", Kind.SCHOOL, cast.a)
