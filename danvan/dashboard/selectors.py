"""What stands on the dashboard of one user and one year. The number of queries does not grow with units or records."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, F, Window
from django.urls import reverse

from danvan.common import clock
from danvan.dashboard import chosen, completeness, parts
from danvan.dashboard.links import list_url, register_of
from danvan.dashboard.years import by_year, chosen_year, compared_keys
from danvan.figures import registry
from danvan.figures.compute import Values, compute_periods
from danvan.figures.duties import duties_between
from danvan.figures.periods import span_of, year_before
from danvan.submissions.choices import SENT
from danvan.submissions.duties import on_day, owing, versions_of
from danvan.submissions.models import Submission
from danvan.submissions.selectors import office_periods, state_of
from danvan.units.models import Unit


@dataclass
class Board:
    """Everything that was read; the parts of the page are made from it without a further query."""

    user: object
    key: str
    years: dict
    today: object
    places: list  # unit versions on the last day, in the order of their names
    reports: list  # one line per unit and period that it owes
    values: dict  # period key -> Values
    duties: list
    months: list
    compared: tuple | None
    overdue: dict | None = None
    fields: list = field(default_factory=list)
    monthly: dict = field(default_factory=dict)

    @property
    def periods(self):
        return self.years.get(self.key, [])

    def value(self, code, key=None):
        return sum(self.values.get(key or self.key, Values()).units(code).values())

    @property
    def sent(self):
        return [line for line in self.reports if line["status"] in SENT]


def board_of(user, asked):
    today = clock.today()
    periods = list(office_periods(user))
    years = by_year(periods)
    key = chosen_year(years, asked, today)
    starts_on, ends_on = span_of(key)
    units = Unit.objects.visible_to(user)
    versions = versions_of(units)
    months = completeness.months_of(starts_on, ends_on)
    compared = compared_keys(key, today)
    return Board(
        user=user,
        key=key,
        years=years,
        today=today,
        places=on_day(versions, ends_on),
        reports=report_lines(user, years.get(key, []), versions),
        values=compute_periods(wanted(key, compared), units),
        duties=own_duties(duties_between(starts_on, ends_on, units), periods),
        months=months,
        compared=compared,
        overdue=overdue_of(user),
        fields=parts.funnel_rows(key, units),
        monthly=parts.by_month(key, units),
    )


def own_duties(duties, periods):
    """Without the reports that other offices below wait for: those are the matter of their own dashboards."""
    asking = {None, *(period.unit_id for period in periods)}
    return [duty for duty in duties if duty.asked_by in asking]


def wanted(key, compared):
    """{period key: figures} for the headlines and the comparison."""
    last = year_before(key)
    headlines = chosen.known([*chosen.COMMITMENTS, *chosen.RECOMMENDATIONS, chosen.RESOLVED, *chosen.MODELS, *chosen.RECOGNISED])
    codes = {key: headlines, last: headlines}
    for part in compared or ():
        codes[part] = [*codes.get(part, []), *chosen.known(chosen.COMPARED)]
    return {period: [registry.figure(code) for code in dict.fromkeys(listed)] for period, listed in codes.items()}


def report_lines(user, periods, versions):
    """One line per period and unit that owes its report, in the order of the units."""
    found = {(s.period_id, s.unit_id): s for s in Submission.objects.visible_to(user).filter(period__in=periods)} if periods else {}
    lines = [(period, place, found.get((period.pk, place.unit_id))) for period in periods for place in owing(period, versions)]
    return [
        {"period": period, "place": place, "url": reverse("submissions:sheet", args=[row.pk]) if row else "", **state_of(row)}
        for period, place, row in lines
    ]


def overdue_of(user, show=5):
    """The commitments whose day has passed, the longest first: {"count", "rows", "url"}; None while there are none to keep."""
    register = register_of("commitment")
    tab = next((t for t in register.tabs if t.slug == "qua-han"), None) if register else None
    if tab is None:
        return None
    names = {f.name for f in register.model._meta.fields}
    deadline = "deadline_on" if "deadline_on" in names else "due_on"
    rows = register.model._default_manager.visible_to(user).filter(tab.where()).select_related(*names & {"unit", "owner"})
    found = list(rows.annotate(overdue_count=Window(Count("pk")), deadline=F(deadline)).order_by(deadline, "pk")[:show])
    return {
        "count": found[0].overdue_count if found else 0,
        "rows": [
            {"obj": row, "owner": getattr(row, "owner", ""), "due_on": row.deadline, "url": register.url("detail", row.pk)} for row in found
        ],
        "url": list_url("commitment", muc="qua-han"),
        "all_url": list_url("commitment"),
    }


def statuses(board):
    """How many reports stand where: [(words, count, tab of the register)]."""
    counted = Counter(line["status"] for line in board.reports)
    tabs = [("da_duyet", "đã duyệt", "da-duyet"), ("cho_duyet", "chờ duyệt", "cho-duyet"), ("tra_lai", "cần bổ sung", "can-bo-sung")]
    return [(words, counted[status], list_url("submission", ky=board.key, muc=tab)) for status, words, tab in tabs if counted[status]]


def sent_url(board):
    return list_url("submission", ky=board.key, muc="da-gui")


def owed_url(board):
    """The page with every unit that owes the report; several duties of one year have no common page."""
    if len(board.periods) == 1:
        return reverse("submissions:matrix", args=[board.periods[0].pk])
    return ""


def reports_by_unit(board):
    found = {}
    for line in board.reports:
        found.setdefault(line["place"].unit_id, []).append(line)
    return found
