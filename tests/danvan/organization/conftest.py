import pytest

from danvan.access.roles import ADMINISTRATOR
from danvan.units.models import Kind
from tests.danvan.common import cast as places
from tests.danvan.common.cast import campaign, demo_day, kinds, period, regime  # noqa: F401

cast = places.cast


@pytest.fixture
def admin(cast):
    return places.new_user("quan-tri", cast.district, ADMINISTRATOR)


@pytest.fixture
def school(cast):
    return places.new_unit("TH", "Trường Tiểu học An Phú", Kind.SCHOOL, cast.a)
