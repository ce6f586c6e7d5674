"""Units: identity today, versions in time, branches."""

import datetime

import pytest

from danvan.units.models import Kind, Unit, UnitVersion
from danvan.units.selectors import names_on, version_on
from tests.danvan.common.cast import START, new_unit

pytestmark = pytest.mark.embedded
RENAMED = datetime.date(2019, 7, 1)


@pytest.fixture
def renamed(cast):
    UnitVersion.objects.create(
        unit=cast.a, valid_from=RENAMED, parent=cast.district, path=cast.a.scope_path, name="Phường An Phú Đông", kind=Kind.WARD
    )
    return cast.a


def test_a_unit_stands_below_its_parent(cast):
    assert cast.a.scope_path == f"{cast.district.scope_path}{cast.a.pk}."
    assert set(Unit.objects.below(cast.district)) == {cast.district, cast.office, cast.a, cast.b}
    assert list(Unit.objects.below(cast.a)) == [cast.a]
    assert version_on(cast.a, START).parent == cast.district


def test_a_document_reads_the_name_of_its_own_day(renamed, cast):
    before = RENAMED - datetime.timedelta(days=1)
    assert version_on(renamed, before).name == "Phường An Phú"
    assert version_on(renamed, RENAMED).name == "Phường An Phú Đông"
    assert names_on([renamed.pk, cast.b.pk], RENAMED) == {renamed.pk: "Phường An Phú Đông", cast.b.pk: "Phường Bình Minh"}
    assert names_on([renamed.pk], START - datetime.timedelta(days=1)) == {}


def test_units_of_a_kind_are_those_of_the_day(renamed, cast):
    assert set(Unit.objects.of_kind(Kind.WARD, on=RENAMED)) == {cast.a, cast.b}
    UnitVersion.objects.create(
        unit=cast.b, valid_from=RENAMED, parent=cast.district, path=cast.b.scope_path, name="Phường Bình Minh", kind=Kind.WARD, closed=True
    )
    assert set(Unit.objects.of_kind(Kind.WARD, on=RENAMED)) == {cast.a}
    assert set(Unit.objects.of_kind(Kind.WARD, on=START)) == {cast.a, cast.b}


def test_units_sort_as_in_a_dictionary(db):
    for name in ("Phường Đông", "Phường Dương", "Phường Ân", "Phường An"):
        new_unit(name[-3:], name)
    assert [unit.name for unit in Unit.objects.all()] == ["Phường An", "Phường Ân", "Phường Dương", "Phường Đông"]
