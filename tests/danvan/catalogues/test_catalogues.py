"""Dated lists: the record's own day picks the row."""

import datetime

import pytest

from danvan.catalogues.models import FieldOfWork, Holiday, LegalNumber, holidays, legal_number
from danvan.common import clock

pytestmark = [pytest.mark.embedded, pytest.mark.django_db]
D = datetime.date


def new_number(value, valid_from, valid_to=None):
    return LegalNumber.objects.create(
        code="niem_yet", label="Ngày niêm yết", value=value, source="NĐ", valid_from=valid_from, valid_to=valid_to
    )


def test_the_number_in_force_on_the_day():
    old, new = new_number(15, D(2007, 7, 1), D(2023, 6, 30)), new_number(30, D(2023, 7, 1))
    assert legal_number("niem_yet", D(2007, 7, 1)) == legal_number("niem_yet", D(2023, 6, 30)) == old
    assert legal_number("niem_yet", D(2023, 7, 1)) == legal_number("niem_yet", D(2040, 1, 1)) == new
    with pytest.raises(LegalNumber.DoesNotExist):
        legal_number("niem_yet", D(2007, 6, 30))


def test_the_newest_row_wins_where_two_are_in_force():
    new_number(15, D(2007, 7, 1))
    assert legal_number("niem_yet", D(2024, 1, 1)).value == 15
    assert new_number(30, D(2023, 7, 1)) == legal_number("niem_yet", D(2024, 1, 1))


def test_holidays_are_what_the_clock_asks_for():
    Holiday.objects.all().delete()  # an installation begins with some
    Holiday.objects.create(day=D(2020, 1, 24), name="Tết", kind=clock.OFF)
    Holiday.objects.create(day=D(2020, 1, 18), name="Làm bù", kind=clock.SWAPPED)
    found = holidays()
    assert found == {D(2020, 1, 24): clock.OFF, D(2020, 1, 18): clock.SWAPPED}
    assert clock.is_working_day(D(2020, 1, 18), found) and not clock.is_working_day(D(2020, 1, 24), found)


def test_fields_of_work_keep_their_order():
    FieldOfWork.objects.all().delete()
    for code, position in (("b", 2), ("a", 1), ("c", 2)):
        FieldOfWork.objects.create(code=code, name=code, position=position, valid_from=D(2015, 1, 1))
    assert [row.code for row in FieldOfWork.objects.all()] == ["a", "b", "c"]
