"""Working days over Tết, with the days worked in exchange."""

import datetime

import pytest

from danvan.common import clock

D = datetime.date
# Tết 2020: Thursday 23 to Wednesday 29 January off; here Saturday 18 January is worked in exchange for Wednesday 29.
TET = {D(2020, 1, day): clock.OFF for day in range(23, 30)} | {D(2020, 1, 18): clock.SWAPPED}


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (D(2020, 1, 17), 0, D(2020, 1, 17)),
        (D(2020, 1, 17), 1, D(2020, 1, 18)),  # the worked Saturday
        (D(2020, 1, 17), 2, D(2020, 1, 20)),  # Sunday is passed over
        (D(2020, 1, 22), 1, D(2020, 1, 30)),  # the whole holiday
        (D(2020, 1, 25), 1, D(2020, 1, 30)),  # begun within it
        (D(2020, 1, 20), 10, D(2020, 2, 10)),
    ],
)
def test_working_days_over_tet(start, count, due):
    assert clock.add_working_days(start, count, TET) == due
    assert clock.due_date(start, count, working=True, holidays=TET) == due
    passed = clock.skipped_days(start, count, TET)
    assert len(passed) == (due - start).days - count
    assert all(not clock.is_working_day(day, TET) for day in passed)


def test_the_days_passed_over_are_named():
    assert clock.skipped_days(D(2020, 1, 22), 1, TET) == [D(2020, 1, day) for day in range(23, 30)]
    assert clock.skipped_days(D(2020, 1, 17), 2, TET) == [D(2020, 1, 19)]


def test_calendar_days_know_no_holiday():
    assert clock.due_date(D(2020, 1, 22), 3, working=False, holidays=TET) == D(2020, 1, 25)


def test_lateness_is_whole_days_after_the_due_date(settings):
    settings.TODAY = D(2020, 1, 8)
    assert clock.days_late(D(2020, 1, 5)) == 3
    assert clock.days_late(D(2020, 1, 8)) == clock.days_late(D(2020, 1, 9)) == 0
    assert clock.days_late(D(2020, 1, 5), done_on=D(2020, 1, 6)) == 1


def test_the_business_clock_follows_the_demo_day(settings):
    settings.TODAY = D(2020, 2, 29)
    assert clock.today() == D(2020, 2, 29) == clock.now().date()
    assert clock.now().utcoffset() == datetime.timedelta(hours=7)
    settings.TODAY = None
    assert abs(clock.now() - datetime.datetime.now(datetime.UTC)) < datetime.timedelta(minutes=1)
