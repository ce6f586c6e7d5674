"""The office's own figures freeze when its annual report is issued; their records are closed from then on."""

from danvan.access.scoping import ancestor_ids
from danvan.common.text import parse_number
from danvan.figures import registry
from danvan.figures.closing import Closed, Closing
from danvan.figures.declare import OFFICE
from danvan.figures.models import FigureValue
from danvan.figures.periods import span_of
from danvan.registers.guards import guard
from danvan.reporting.choices import Status
from danvan.reporting.kinds import KINDS
from danvan.reporting.kinds import OFFICE as OFFICE_KIND
from danvan.reporting.models import Report
from danvan.reporting.snapshot import context_of
from danvan.units.selectors import valid_among, versions_of

OFFICE_KINDS = [kind.code for kind in KINDS.values() if kind.issuer == OFFICE_KIND]


def freeze_office_figures(report, snapshot):
    """Keeps what the issued version says, unit by unit, whatever the records say by now."""
    if report.kind not in OFFICE_KINDS:
        return
    source = FigureValue.Source.RECORDS
    office = [item.code for item in registry.counted() if item.owner == OFFICE]
    said = {
        (figure["code"], line["code"]): parse_number(line["value"])
        for figure in snapshot["figures"]
        for line in figure["by_unit"]
        if figure["code"] in office
    }
    units = context_of(report).codes.items()
    FigureValue.objects.bulk_create(
        (
            FigureValue(unit_id=pk, period=report.period, code=code, value=said.get((code, unit_code), 0), source=source)
            for code in office
            for pk, unit_code in units
        ),
        ignore_conflicts=True,
    )


def issued_spans(unit_id):
    for report in issued_about({unit_id}):
        words = f"“{report}” đã phát hành, số liệu của cơ quan đã chốt."
        yield Closed(f"report-{report.pk}", *span_of(report.period), words, "Sai sót được ghi vào kỳ sau hoặc nêu trong báo cáo bổ sung.")


def issued_about(unit_ids, day=None):
    """Documents of an office about a time that lasts until `day` or longer, whose branch held one of the units on its last day.

    Two queries, however many documents there are: the tree of a day is not built to find one unit in it.
    """
    rows = Report.objects.filter(kind__in=OFFICE_KINDS, status__in=[Status.ISSUED, Status.ARCHIVED]).order_by("period", "pk")
    reports = [report for report in rows if day is None or span_of(report.period)[1] >= day]
    versions = versions_of({*unit_ids, *(report.unit_id for report in reports)}) if reports else {}
    for report in reports:
        last = span_of(report.period)[1]
        header, *places = (valid_among(versions[pk], last) for pk in (report.unit_id, *unit_ids))
        top = header and (header.parent_id or header.unit_id)  # as reporting.snapshot.Context.top
        if any(top in ancestor_ids(place.path) for place in places if place):
            yield report


@guard
def closed_by_issue(register):
    return Closing(register, OFFICE, issued_spans)
