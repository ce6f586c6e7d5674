"""The duties behind one number of the grid: what is missing, what is done, what is not due yet."""

import datetime

from danvan.common import clock
from danvan.dashboard.completeness import months_of
from danvan.dashboard.selectors import own_duties
from danvan.dashboard.years import by_year, chosen_year
from danvan.figures.duties import duties_between
from danvan.figures.periods import span_of, words_of
from danvan.submissions.duties import on_day, versions_of
from danvan.submissions.selectors import office_periods
from danvan.units.models import Unit

LIMIT = 300  # lines shown of one group


def duties_of(user, unit, asked_month, asked_year):
    """`asked_month` as 2019-03; without one the whole year."""
    today = clock.today()
    month = month_of(asked_month)
    periods = list(office_periods(user))
    year = str(month.year) if month else chosen_year(by_year(periods), asked_year, today)
    starts_on, ends_on = (month, last_day_of(month)) if month else span_of(year)
    units = Unit.objects.visible_to(user)
    places = on_day(versions_of(units), ends_on)
    names = {place.unit_id: place.name for place in places}
    duties = duties_between(starts_on, ends_on, units.filter(pk=unit.pk) if unit else units)
    lines = lines_of(own_duties(duties, periods), names, today)
    groups = groups_of(lines)
    return {
        "key": year, "month": month, "months": months_of(*span_of(year)),
        "words": f"tháng {month.month}/{month.year}" if month else words_of(year),
        "unit": unit, "places": places,
        "unit_name": names.get(unit.pk, unit.name) if unit else "", "groups": groups, "done": len(groups[1]["lines"]),
        "total": sum(line["due"] for line in lines), "limit": LIMIT, "today": today,
    }  # fmt: skip


def month_of(asked):
    try:
        found = datetime.date.fromisoformat(f"{asked}-01")
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2100 else None


def last_day_of(month):
    return (month + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)


def lines_of(duties, names, today):
    lines = [{"duty": duty, "unit": names.get(duty.unit_id, ""), "due": duty.due_on <= today} for duty in duties]
    return sorted(lines, key=lambda line: (line["duty"].due_on, line["unit"], line["duty"].label))


def groups_of(lines):
    missing = [line for line in lines if line["due"] and not line["duty"].done]
    done = [line for line in lines if line["due"] and line["duty"].done]
    later = [line for line in lines if not line["due"]]
    return [
        {"title": "Còn thiếu", "lines": missing, "tone": "late", "icon": "triangle-alert", "label": "Còn thiếu"},
        {"title": "Đã làm", "lines": done, "tone": "done", "icon": "circle-check", "label": "Đã làm"},
        {"title": "Chưa đến hạn", "lines": later, "tone": "idle", "icon": "clock", "label": "Chưa đến hạn"},
    ]
