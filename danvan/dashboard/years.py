"""The years that can be looked at, and what of a year is compared with the year before."""

import datetime
import re

from danvan.figures.periods import year_before
from danvan.submissions.selectors import office_periods

_YEAR = re.compile(r"\d{4}")


def years_of(user):
    """{year: its periods, one per duty to report}, newest first."""
    return by_year(office_periods(user))


def by_year(periods):
    found = {}
    for period in periods:
        if _YEAR.fullmatch(period.code):
            found.setdefault(period.code, []).append(period)
    return found


def chosen_year(years, asked, today):
    """The year asked for; otherwise the newest that has begun; in an office without periods the year of the clock."""
    begun = [year for year, periods in years.items() if periods[0].starts_on <= today]
    return asked if asked in years else next(iter([*begun, *years]), str(today.year))


def compared_keys(year, today):
    """(this, the same a year before): the whole year once it has ended, else the longest part of it that has; None before that."""
    ends = [(datetime.date(int(year), 12, 31), year)]
    ends += [(datetime.date(int(year), month, day), f"{year}-{part}") for month, day, part in ((9, 30, "9M"), (6, 30, "6M"), (3, 31, "Q1"))]
    key = next((key for end, key in ends if end < today), None)
    return (key, year_before(key)) if key else None
