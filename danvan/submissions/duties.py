"""The duty to report: a report falls due on its period's last day for sending, and is done when it is sent."""

from django.db.models import F
from django.urls import reverse_lazy

from danvan.access.scoping import ancestor_ids
from danvan.figures.duties import Duty
from danvan.submissions.choices import SENT
from danvan.submissions.models import Period
from danvan.units.models import UnitVersion


def duties(starts_on, ends_on, units):
    """One query, and one for the units, however many periods and units."""
    periods, sent = _due(starts_on, ends_on)
    if not periods:
        return
    versions = versions_of(units)
    for period in periods:
        label, page = f"Gửi báo cáo {period}", reverse_lazy("submissions:matrix", args=[period.pk])
        for version in owing(period, versions):
            pk, status = sent.get((period.pk, version.unit_id), (None, ""))
            url = reverse_lazy("submissions:sheet", args=[pk]) if pk else page
            yield Duty(version.unit_id, period.due_on, status in SENT, label, url, asked_by=period.unit_id)


def _due(starts_on, ends_on):
    """The periods due in the span, and {(period, unit): (key, status)} of the reports begun for them."""
    rows = Period.objects.filter(due_on__range=(starts_on, ends_on)).select_related("regime", "unit").order_by("due_on", "pk")
    begun = {"report_pk": F("submissions__pk"), "report_unit": F("submissions__unit"), "report_status": F("submissions__status")}
    periods, sent = {}, {}
    for row in rows.annotate(**begun):
        periods.setdefault(row.pk, row)
        sent[row.pk, row.report_unit] = (row.report_pk, row.report_status)
    return list(periods.values()), sent


def versions_of(units):
    """All versions of the units in the order of time; read once per queryset object."""
    if not hasattr(units, "versions_read"):
        rows = UnitVersion.objects.filter(unit__in=units).select_related("unit")
        units.versions_read = list(rows.order_by("valid_from", "pk"))
    return units.versions_read


def on_day(versions, day):
    """The version of each unit that was valid on the day, in the order of the names of that day."""
    found = {version.unit_id: version for version in versions if version.valid_from <= day}
    return sorted(found.values(), key=lambda version: (version.sort_key, version.unit_id))


def owing(period, versions):
    """`selectors.owing_places` over versions that were read already: for many periods in one query."""
    return [
        version
        for version in on_day(versions, period.ends_on)
        if version.kind == period.regime.unit_kind and not version.closed and period.unit_id in ancestor_ids(version.path)
    ]
