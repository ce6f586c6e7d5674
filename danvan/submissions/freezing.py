"""Values frozen on acceptance; from then on the unit's counted records of the period are closed."""

from danvan.figures import registry
from danvan.figures.closing import Closed, Closing
from danvan.figures.compute import compute
from danvan.figures.declare import UNIT, Typed
from danvan.figures.models import FigureValue
from danvan.registers.guards import guard
from danvan.submissions.choices import Status
from danvan.submissions.models import Submission


def freeze(submission):
    values = compute(submission.period.code, [submission.unit_id], live_only=True)
    # by a report of another regime about the same period
    frozen = set(FigureValue.objects.filter(unit=submission.unit_id, period=submission.period.code).values_list("code", flat=True))
    counted = [f for f in registry.counted() if f.owner == UNIT]
    typed = [registry.figure(code) for code in submission.period.regime.typed_codes]
    FigureValue.objects.bulk_create(
        FigureValue(
            unit_id=submission.unit_id,
            period=submission.period.code,
            code=item.code,
            value=values.value(item.code),
            source=FigureValue.Source.TYPED if isinstance(item, Typed) else FigureValue.Source.RECORDS,
        )
        for item in [*counted, *typed]
        if values.value(item.code) is not None and item.code not in frozen
    )


def unfreeze(submission):
    """Makes the values live again; counted ones stay while a report of another regime keeps the same period closed."""
    values = FigureValue.objects.filter(unit=submission.unit_id, period=submission.period.code)
    others = Submission.objects.filter(unit=submission.unit_id, period__code=submission.period.code, status=Status.ACCEPTED)
    if others.exclude(pk=submission.pk).exists():
        values = values.filter(code__in=submission.period.regime.typed_codes)
    values.delete()


def accepted_spans(unit_id):
    for submission in Submission.objects.filter(unit=unit_id, status=Status.ACCEPTED).select_related("period", "unit"):
        period = submission.period
        words = f"Báo cáo {period} của {submission.unit} đã duyệt, số liệu đã chốt."
        yield Closed(
            f"submission-{submission.pk}",
            period.starts_on,
            period.ends_on,
            words,
            "Nếu cần sửa, anh/chị mở báo cáo đó và bấm “Đề nghị chỉnh lý”.",
        )


@guard
def closed_by_acceptance(register):
    return Closing(register, UNIT, accepted_spans)
