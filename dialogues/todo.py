"""What waits for whom about dialogues; the home page reads `tasks`."""

import datetime

from danvan.access.permissions import own_unit_ids
from danvan.common.text import format_date
from danvan.registers.registry import register_of
from dialogues.choices import COMMITMENT_TONES, DIALOGUE_TONES, OPEN_COMMITMENTS, CommitmentStatus, DialogueStatus
from dialogues.models import Commitment, Dialogue, DialogueObligation

AHEAD = datetime.timedelta(days=30)  # what is due later than this waits
LATE = ("late", "circle-alert")
CONFIRMED_WITHIN = datetime.timedelta(days=15)


def tasks(user, today):
    """Dicts with title, url, due_on, label, tone, icon, urgent, meta."""
    held, owned = own_unit_ids(user, "dialogue.edit_own"), own_unit_ids(user, "commitment.progress_own")
    if held:
        yield from _owed(held, today)
        yield from _notices(held, today)
        yield from _results(held, today)
        yield from _to_confirm(held, today)
    if owned:
        yield from _promised(owned, today)


def _task(row, title, due_on, label, tone, today, meta):
    tone, icon = LATE if due_on < today else tone
    label = "Quá hạn" if due_on < today else label
    url = register_of(type(row)).url("detail", row.pk)
    return {
        "title": title,
        "url": url,
        "due_on": due_on,
        "label": label,
        "tone": tone,
        "icon": icon,
        "urgent": due_on < today,
        "meta": meta,
    }


def _promised(units, today):
    rows = Commitment.objects.filter(owner__in=units, status__in=OPEN_COMMITMENTS, deadline_on__lte=today + AHEAD)
    for row in rows.select_related("unit").order_by("deadline_on", "pk"):
        shown = (row.get_status_display(), COMMITMENT_TONES[row.status])
        yield _task(row, f"Thực hiện cam kết: {row}", row.deadline_on, *shown, today, f"Cam kết tại đối thoại của {row.unit}.")


def _to_confirm(units, today):
    """A commitment of another unit that says it is done; nobody confirms an own one."""
    rows = Commitment.objects.filter(unit__in=units, status=CommitmentStatus.DONE, confirmed_on=None).exclude(owner__in=units)
    for row in rows.select_related("owner").order_by("done_on", "pk"):
        meta = f"{row.owner} báo hoàn thành ngày {format_date(row.done_on)}."
        shown = ("Chờ xác nhận", ("wait", "eye"))
        yield _task(row, f"Xác nhận cam kết: {row}", row.done_on + CONFIRMED_WITHIN, *shown, today, meta)


def _owed(units, today):
    rows = DialogueObligation.objects.filter(unit__in=units, held_on=None, due_on__lte=today + AHEAD)
    for row in rows.select_related("unit").order_by("due_on", "pk"):
        shown = ("Chưa đối thoại", ("idle", "calendar"))
        yield _task(row, f"Tổ chức đối thoại định kỳ năm {row.year}", row.due_on, *shown, today, f"{row.unit}: {row.head_title}.")


def _notices(units, today):
    rows = Dialogue.objects.filter(unit__in=units, held_on=None, noticed_on=None, notice_due_on__lte=today + AHEAD)
    shown = (DialogueStatus.PLANNED.label, DIALOGUE_TONES[DialogueStatus.PLANNED])
    for row in rows.order_by("notice_due_on", "pk"):
        meta = f"Dự kiến tổ chức ngày {format_date(row.scheduled_on)}."
        yield _task(row, f"Thông báo cuộc đối thoại “{row}”", row.notice_due_on, *shown, today, meta)


def _results(units, today):
    rows = Dialogue.objects.filter(unit__in=units, held_on__isnull=False, conclusion_on=None, result_due_on__isnull=False)
    shown = (DialogueStatus.HELD.label, DIALOGUE_TONES[DialogueStatus.HELD])
    for row in rows.order_by("result_due_on", "pk"):
        meta = f"Đã tổ chức ngày {format_date(row.held_on)}."
        yield _task(row, f"Công bố kết quả cuộc đối thoại “{row}”", row.result_due_on, *shown, today, meta)
