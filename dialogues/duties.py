"""What a unit had to do about dialogues by a day: the dialogue of the year, its notice, its result, what it promised."""

from danvan.figures.duties import Duty
from danvan.registers.registry import register_of
from dialogues.choices import CommitmentStatus
from dialogues.models import Commitment, Dialogue, DialogueObligation


def duties(starts_on, ends_on, units):
    span = (starts_on, ends_on)
    yield from _owed(span, units)
    yield from _notices(span, units)
    yield from _promised(span, units)


def _url(row):
    return register_of(type(row)).url("detail", row.pk)


def _owed(span, units):
    for row in DialogueObligation.objects.filter(unit__in=units, due_on__range=span).select_related("unit"):
        yield Duty(row.unit_id, row.due_on, row.held_on is not None, f"Đối thoại định kỳ năm {row.year}", _url(row))


def _notices(span, units):
    """A dialogue needs its notice in time, and its result in time once it was held."""
    rows = Dialogue.objects.filter(unit__in=units)
    for row in rows.filter(notice_due_on__range=span):
        in_time = row.noticed_on is not None and row.noticed_on <= row.notice_due_on
        yield Duty(row.unit_id, row.notice_due_on, in_time, f"Thông báo cuộc đối thoại “{row}”", _url(row))
    for row in rows.filter(result_due_on__range=span):
        in_time = row.conclusion_on is not None and row.conclusion_on <= row.result_due_on
        yield Duty(row.unit_id, row.result_due_on, in_time, f"Công bố kết quả cuộc đối thoại “{row}”", _url(row))


def _promised(span, units):
    """Owed by the unit that promised to do it, not by the one that held the dialogue."""
    rows = Commitment.objects.filter(owner__in=units, deadline_on__range=span)
    for row in rows.exclude(status=CommitmentStatus.FAILED):
        yield Duty(row.owner_id, row.deadline_on, row.done_on is not None, f"Cam kết: {row}", _url(row))
