"""What each kind of change makes of the tree, on paper and when it is written."""

import datetime
import re

import pytest

from danvan.common.exceptions import Refused
from danvan.units import services
from danvan.units.models import Kind, Succession, Unit, UnitVersion
from danvan.units.plan import plan_of
from danvan.units.selectors import check_living, heads, lineage, names_on, places_on, version_on
from tests.danvan.common.cast import START, new_unit
from tests.factories.decisions import EFFECTIVE, close, drop_level, found, merge, move, new_decision, rename, split

pytestmark = pytest.mark.embedded
EVE = EFFECTIVE - datetime.timedelta(days=1)


@pytest.fixture
def school(cast):
    return new_unit("TH", "Trường Tiểu học An Phú", Kind.SCHOOL, cast.a)


def write(cast, *lines, **values):
    """As organization.services does between its checks."""
    decision = new_decision(cast.district, *lines, **values)
    services.write(plan_of(decision, set(Unit.objects.values_list("pk", flat=True))), decision)
    return decision


def refusal(cast, *lines, allowed=None, **values):
    decision = new_decision(cast.district, *lines, **values)
    with pytest.raises(Refused) as refused:
        services.write(plan_of(decision, allowed if allowed is not None else set(Unit.objects.values_list("pk", flat=True))), decision)
    return refused.value.message


def unit(code):
    return Unit.objects.get(code=code)


def test_wards_merge_into_a_new_one(cast, school):
    write(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")))
    new = unit("AB")
    assert new.scope_path == f"{cast.district.scope_path}{new.pk}."
    for old in (cast.a, cast.b):
        old.refresh_from_db()
        assert old.scope_path == f"{new.scope_path}{old.pk}." and old.name in ("Phường An Phú", "Phường Bình Minh")
        assert version_on(old, EFFECTIVE).closed and not version_on(old, EVE).closed
        assert version_on(old, EVE).path == f"{cast.district.scope_path}{old.pk}."
    school.refresh_from_db()
    assert school.scope_path == f"{new.scope_path}{school.pk}." and version_on(school, EVE).parent == cast.a
    assert {(s.predecessor, s.successor) for s in Succession.objects.all()} == {(cast.a, new), (cast.b, new)}
    assert set(Unit.objects.of_kind(Kind.WARD, on=EFFECTIVE)) == {new} and set(Unit.objects.of_kind(Kind.WARD, on=EVE)) == {cast.a, cast.b}
    assert {v.unit for v in places_on(EFFECTIVE, new)} == {new, cast.a, cast.b, school}
    assert {v.unit for v in places_on(EVE, cast.a)} == {cast.a, school}


def test_a_ward_merges_into_one_that_stands(cast):
    write(cast, merge(cast.a, into=cast.b))
    cast.a.refresh_from_db()
    assert cast.a.scope_path == f"{cast.b.scope_path}{cast.a.pk}."
    assert cast.b.versions.count() == 1  # nothing about the successor changed
    assert lineage(cast.b.pk) == {cast.a.pk, cast.b.pk} and heads([cast.a.pk]) == {cast.a.pk: cast.b.pk}


def test_a_ward_is_split_and_what_was_below_it_moves_up(cast, school):
    write(cast, split(cast.a, ("A1", "Phường An Phú Đông"), ("A2", "Phường An Phú Tây")))
    cast.a.refresh_from_db(), school.refresh_from_db()
    assert version_on(cast.a, EFFECTIVE).closed and cast.a.scope_path == f"{cast.district.scope_path}{cast.a.pk}."
    assert school.scope_path == f"{cast.district.scope_path}{school.pk}."
    assert heads([cast.a.pk]) == {cast.a.pk: cast.a.pk}, "of two successors none counts its numbers"
    assert lineage(unit("A1").pk) == {unit("A1").pk}


def test_a_part_goes_to_a_neighbour(cast):
    write(cast, split(cast.a, ("A1", "Phường An Phú Mới"), into=[cast.b]))
    assert {s.successor for s in Succession.objects.filter(predecessor=cast.a)} == {unit("A1"), cast.b}


def test_renaming_and_moving_in_one_decision_make_one_version(cast):
    write(cast, rename(cast.a, "Phường An Phú Mới", symbol="BC/KDV"), move(cast.a, cast.b))
    version = version_on(cast.a, EFFECTIVE)
    assert (version.name, version.symbol, version.parent, cast.a.versions.count()) == ("Phường An Phú Mới", "BC/KDV", cast.b, 2)
    cast.a.refresh_from_db()
    assert (cast.a.name, cast.a.scope_path) == ("Phường An Phú Mới", f"{cast.b.scope_path}{cast.a.pk}.")
    assert cast.a.sort_key == version.sort_key != UnitVersion.objects.get(unit=cast.a, valid_from=START).sort_key
    assert names_on([cast.a.pk], EVE) == {cast.a.pk: "Phường An Phú"}


def test_a_level_is_dropped_below_a_new_top(cast, school):
    UnitVersion.objects.filter(unit__in=[cast.district, cast.office]).update(level_name="Cấp quận")
    top = new_unit("TP", "Thành ủy Lạc Giang", Kind.PARTY_COMMITTEE)
    write(cast, drop_level("Cấp quận", top))
    today = {u.code: u.scope_path for u in Unit.objects.all()}
    assert today["PA"] == f"{top.pk}.{cast.a.pk}." and today["TH"] == f"{top.pk}.{cast.a.pk}.{school.pk}."
    assert today["Q"] == f"{top.pk}.{cast.district.pk}." and today["BDV"] == f"{top.pk}.{cast.district.pk}.{cast.office.pk}."
    assert {v.unit.code for v in places_on(EFFECTIVE) if v.closed} == {"Q", "BDV"}
    assert Succession.objects.count() == 0


def test_each_unit_of_a_level_gives_its_children_to_its_own_parent(cast):
    top, other = new_unit("TP", "Thành ủy", Kind.PARTY_COMMITTEE), new_unit("Q2", "Quận hai", Kind.PARTY_COMMITTEE)
    low = new_unit("PX", "Phường X", parent=other)
    write(cast, move(cast.district, top), move(other, top), words="01")
    UnitVersion.objects.filter(unit__in=[cast.district, other, cast.office]).update(level_name="Cấp quận")
    write(cast, drop_level("Cấp quận"), words="02")
    assert {u.scope_path for u in Unit.objects.filter(pk__in=[cast.a.pk, low.pk])} == {f"{top.pk}.{cast.a.pk}.", f"{top.pk}.{low.pk}."}


def test_a_unit_that_closes_leaves_its_children_above(cast, school):
    write(cast, close(cast.a))
    school.refresh_from_db()
    assert school.scope_path == f"{cast.district.scope_path}{school.pk}."
    with pytest.raises(Refused, match=r"Phường An Phú không còn hoạt động từ ngày 01/07/2019\.$"):
        check_living(cast.a, EFFECTIVE)
    check_living(cast.a, EVE)


def test_new_work_of_a_merged_unit_is_led_to_its_successor(cast):
    write(cast, merge(cast.a, into=cast.b))
    with pytest.raises(Refused, match="Hồ sơ từ ngày đó ghi cho Phường Bình Minh"):
        check_living(cast.a, EFFECTIVE + datetime.timedelta(days=40))


def test_two_decisions_of_one_day_follow_one_another_and_come_off_in_turn(cast):
    first = write(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")), words="01")
    second = write(cast, rename(unit("AB"), "Phường An Bình Mới"), words="02")
    assert version_on(unit("AB"), EFFECTIVE).name == unit("AB").name == "Phường An Bình Mới"
    services.unwrite(second)
    second.lines.all().delete()  # they name a unit that is about to go
    assert version_on(unit("AB"), EFFECTIVE).name == unit("AB").name == "Phường An Bình"
    services.unwrite(first)
    assert not Unit.objects.filter(code="AB").exists() and Succession.objects.count() == 0
    for old in (cast.a, cast.b):
        path = old.scope_path
        old.refresh_from_db()
        assert old.scope_path == path and old.versions.count() == 1


def test_wards_merged_twice_are_counted_by_the_last(cast):
    c = new_unit("PC", "Phường C", parent=cast.district)
    write(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")), words="01")
    write(cast, merge(unit("AB"), into=c), words="02", effective_on=datetime.date(2019, 9, 1))
    assert lineage(c.pk) == {cast.a.pk, cast.b.pk, unit("AB").pk, c.pk}
    cast.a.refresh_from_db()
    assert cast.a.scope_path == f"{c.scope_path}{unit('AB').pk}.{cast.a.pk}."


def test_what_cannot_be_is_refused_with_its_names(cast, school):
    district, a, b = cast.district, cast.a, cast.b
    other = new_unit("K", "Quận khác", Kind.PARTY_COMMITTEE)
    twin = new_unit("PK", "Phường khác", parent=other)
    mine = {district.pk, cast.office.pk, a.pk, b.pk, school.pk}
    assert "không thể trực thuộc Trường Tiểu học An Phú" in refusal(cast, move(a, school))
    assert "ngoài phạm vi" in refusal(cast, move(a, other), allowed=mine)
    assert "ngoài phạm vi" in refusal(cast, merge(a, twin, new=("X", "Phường X")), allowed=mine)
    assert "trực thuộc những đơn vị khác nhau" in refusal(cast, merge(a, twin, new=("X", "Phường X")))
    assert "không nhập được vào Trường Tiểu học" in refusal(cast, merge(a, into=school))
    assert "không còn hoạt động" in refusal(cast, close(a), rename(a, "Phường khác tên"))
    assert "không có cấp trên" in refusal(cast, close(district))
    assert "Không còn đơn vị nào" in refusal(cast, drop_level("Cấp tỉnh"))
    assert "đã dùng cho Phường Bình Minh" in refusal(cast, found("PB", "Phường mới", district))
    assert "hai đơn vị mới" in refusal(cast, split(a, ("X", "Một"), ("X", "Hai")))
    assert "chưa có ở ngày" in refusal(cast, close(a), effective_on=START - datetime.timedelta(days=9))
    assert UnitVersion.objects.exclude(decision=None).count() == 0


def test_nothing_is_written_before_what_stands(cast):
    write(cast, rename(cast.a, "Phường An Phú Mới"), effective_on=datetime.date(2019, 9, 1))
    assert "đã có thay đổi từ ngày 01/09/2019" in refusal(cast, rename(cast.a, "Tên khác"))
    assert "đã có thay đổi từ ngày 01/09/2019" in refusal(cast, move(cast.district, new_unit("TP", "Thành ủy")))


def test_levels_outside_the_own_branch_stay(cast):
    other = new_unit("K", "Quận khác", Kind.PARTY_COMMITTEE)
    UnitVersion.objects.update(level_name="Cấp quận")
    top = new_unit("TP", "Thành ủy")
    decision = new_decision(cast.district, drop_level("Cấp quận", top))
    plan = plan_of(decision, {cast.district.pk, cast.a.pk, cast.b.pk, cast.office.pk, top.pk})
    assert other.pk not in {place.key for place in plan.changed}


def test_what_stands_below_a_unit_later_holds_it_where_it_is(cast, school):
    """X was founded or moved below a unit from September on: nothing earlier moves or ends that unit from under it."""
    september = datetime.date(2019, 9, 1)
    c = new_unit("PC", "Phường C", parent=cast.district)
    write(cast, found("X", "Tổ dân phố 1", cast.a), move(c, cast.b), words="09-NQ", effective_on=september)
    words = r"trực thuộc .* từ ngày 01/09/2019 \(Quyết định 09-NQ\)"
    for line in (close(cast.a), move(cast.a, cast.office), merge(cast.a, into=cast.b), close(cast.b), move(cast.b, cast.office)):
        assert re.search(words, refusal(cast, line)), line
    write(cast, rename(cast.a, "Phường An Phú Mới"), words="07-NQ")
    assert unit("X").scope_path == f"{cast.a.scope_path}{unit('X').pk}."


@pytest.mark.parametrize("later", ["move", "close", "merge"])
def test_nothing_is_put_below_a_unit_that_moves_or_ends_later(cast, school, later):
    lines = {"move": move(cast.b, cast.office), "close": close(cast.b), "merge": merge(cast.b, into=cast.office)}
    cast.office.versions.update(kind=Kind.WARD)
    write(cast, lines[later], words="09-NQ", effective_on=datetime.date(2019, 9, 1))
    for line in (found("X", "Tổ dân phố 1", cast.b), move(school, cast.b), merge(cast.a, into=cast.b)):
        told = refusal(cast, line)
        assert "Phường Bình Minh" in told and "từ ngày 01/09/2019 (Quyết định 09-NQ)" in told


def test_a_later_name_of_the_unit_above_is_in_nobodys_way(cast):
    write(cast, rename(cast.b, "Phường Bình Minh Mới"), words="09-NQ", effective_on=datetime.date(2019, 9, 1))
    write(cast, found("X", "Tổ dân phố 1", cast.b), words="07-NQ")
    assert unit("X").scope_path == f"{cast.b.scope_path}{unit('X').pk}."


def test_who_ends_receives_nothing(cast, school):
    """Neither the unit itself nor what stands below it."""
    for upper in (cast.a, school):
        words = f"{upper} là đơn vị kết thúc hoặc ở dưới đơn vị kết thúc, nên không nhận được đơn vị nào. Anh/chị chọn đơn vị khác."
        assert refusal(cast, split(cast.a, ("A1", "Phường Đông"), ("A2", "Phường Tây"), parent=upper)) == words
        assert refusal(cast, close(cast.a, upper)) == words
        assert refusal(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình"), parent=upper)) == words


def test_a_split_after_a_merge_leaves_the_numbers_with_the_merged(cast):
    c = new_unit("PC", "Phường C", parent=cast.district)
    write(cast, merge(cast.a, cast.b, into=c), words="01")
    write(cast, split(c, ("PD", "Phường D"), ("PE", "Phường E")), words="02", effective_on=datetime.date(2019, 9, 1))
    assert heads() == {cast.a.pk: c.pk, cast.b.pk: c.pk, c.pk: c.pk}
    assert lineage(c.pk) == {cast.a.pk, cast.b.pk, c.pk} and lineage(unit("PD").pk) == {unit("PD").pk}


def test_who_does_not_see_the_last_successor_counts_with_the_last_one_seen(cast):
    c = new_unit("PC", "Phường C", parent=cast.district)
    write(cast, merge(cast.a, into=cast.b), words="01")
    write(cast, merge(cast.b, into=c), words="02", effective_on=datetime.date(2019, 9, 1))
    assert heads([cast.a.pk, cast.b.pk], within={cast.a.pk, cast.b.pk}) == {cast.a.pk: cast.b.pk, cast.b.pk: cast.b.pk}
    assert lineage(cast.b.pk) == {cast.a.pk, cast.b.pk} and lineage(c.pk) == {cast.a.pk, cast.b.pk, c.pk}
