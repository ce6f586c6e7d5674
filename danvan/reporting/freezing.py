"""The office's own figures freeze when its annual report is issued; their records are closed from then on."""

from danvan.figures import registry
from danvan.figures.closing import Closed, Closing
from danvan.figures.compute import compute
from danvan.figures.declare import OFFICE
from danvan.figures.models import FigureValue
from danvan.figures.periods import span_of
from danvan.registers.guards import guard
from danvan.reporting.choices import Status
from danvan.reporting.kinds import KINDS
from danvan.reporting.kinds import OFFICE as OFFICE_KIND
from danvan.reporting.models import Report
from danvan.reporting.snapshot import Context
from danvan.units.models import Unit
from danvan.units.selectors import parent_of

OFFICE_KINDS = [kind.code for kind in KINDS.values() if kind.issuer == OFFICE_KIND]


def freeze_office_figures(report):
    if report.kind not in OFFICE_KINDS:
        return
    values = compute(report.period, Context(KINDS[report.kind], report.unit, report.period).units, live_only=True)
    FigureValue.objects.bulk_create(
        (
            FigureValue(unit_id=unit_id, period=report.period, code=item.code, value=value, source=FigureValue.Source.RECORDS)
            for item in registry.counted()
            if item.owner == OFFICE
            for unit_id, value in values.units(item.code).items()
        ),
        ignore_conflicts=True,
    )


def issued_spans(unit_id):
    path = Unit.objects.filter(pk=unit_id).values_list("scope_path", flat=True).first() or ""
    for report in Report.objects.filter(kind__in=OFFICE_KINDS, status__in=[Status.ISSUED, Status.ARCHIVED]).select_related("unit"):
        top = parent_of(report.unit) or report.unit
        if path.startswith(top.scope_path):
            words = f"“{report}” đã phát hành, số liệu của cơ quan đã chốt."
            yield Closed(
                f"report-{report.pk}", *span_of(report.period), words, "Sai sót được ghi vào kỳ sau hoặc nêu trong báo cáo bổ sung."
            )


@guard
def closed_by_issue(register):
    return Closing(register, OFFICE, issued_spans)
