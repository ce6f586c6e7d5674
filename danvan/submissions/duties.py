"""The duty to report: a report falls due on its period's last day for sending, and is done when it is sent."""

from django.urls import reverse

from danvan.figures.duties import Duty
from danvan.submissions.choices import SENT
from danvan.submissions.models import Period, Submission
from danvan.units.models import UnitVersion


def duties(starts_on, ends_on, units):
    """Three queries, however many periods and units."""
    periods = list(Period.objects.filter(due_on__range=(starts_on, ends_on)).select_related("regime", "unit"))
    if not periods:
        return
    found = {(s.period_id, s.unit_id): s for s in Submission.objects.filter(period__in=periods, unit__in=units)}
    versions = versions_of(units)
    for period in periods:
        for version in owing(period, versions):
            submission = found.get((period.pk, version.unit_id))
            yield Duty(
                version.unit_id,
                period.due_on,
                submission is not None and submission.status in SENT,
                f"Gửi báo cáo {period}",
                reverse("submissions:sheet", args=[submission.pk]) if submission else reverse("submissions:matrix", args=[period.pk]),
            )


def versions_of(units):
    """All versions of the units in the order of time, with what they are called today."""
    return list(UnitVersion.objects.filter(unit__in=units).select_related("unit").order_by("unit__sort_key", "unit_id", "valid_from"))


def on_day(versions, day):
    """The version of each unit that was valid on the day, in the order of the units."""
    return list({version.unit_id: version for version in versions if version.valid_from <= day}.values())


def owing(period, versions):
    """`selectors.owing_units` over versions that were read already: for many periods in one query."""
    below = period.unit.scope_path
    return [
        version
        for version in on_day(versions, period.ends_on)
        if version.kind == period.regime.unit_kind and not version.closed and version.unit.scope_path.startswith(below)
    ]
