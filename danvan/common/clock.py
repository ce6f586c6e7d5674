"""The business clock. Every rule about days asks here; sessions, codes, leases and audit use the real clock instead."""

import datetime

from django.conf import settings
from django.utils import timezone

OFF, SWAPPED = "nghi", "lam_bu"


def today():
    return settings.TODAY or timezone.localdate()


def now():
    """The real time of day on the business date."""
    moment = timezone.localtime()
    day = settings.TODAY
    return moment.replace(year=day.year, month=day.month, day=day.day) if day else moment


def is_working_day(day, holidays):
    """`holidays` maps a date to OFF (a public holiday) or SWAPPED (a weekend day worked in exchange)."""
    mark = holidays.get(day)
    return mark == SWAPPED or (mark != OFF and day.weekday() < 5)


def add_working_days(start, count, holidays):
    """The date `count` working days after `start`; the day of the event itself does not count."""
    return list(_walk(start, count, holidays))[-1][0] if count else start


def skipped_days(start, count, holidays):
    """The dates passed over on the way to `add_working_days(start, count, holidays)`: the answer to "vì sao ngày này?"."""
    return [day for day, works in _walk(start, count, holidays) if not works] if count else []


def _walk(start, count, holidays):
    day, left = start, count
    while left:
        day += datetime.timedelta(days=1)
        works = is_working_day(day, holidays)
        left -= works
        yield day, works


def due_date(start, count, *, working, holidays):
    if working:
        return add_working_days(start, count, holidays)
    return start + datetime.timedelta(days=count)


def days_late(due_on, done_on=None):
    """Whole days past the due date, 0 when in time. Computed when read, never stored."""
    return max(((done_on or today()) - due_on).days, 0)
