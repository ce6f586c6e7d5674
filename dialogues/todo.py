"""What waits for whom about dialogues; the home page reads `tasks`."""

import datetime

from django.db.models import Q

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
        yield from _held(held, today)
    if held or owned:
        yield from _promised(held, owned, today)


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


def _promised(held, owned, today):
    """What the own units promised, and what others say they did for a dialogue held here; nobody confirms an own one."""
    doing = Q(owner__in=owned, status__in=OPEN_COMMITMENTS, deadline_on__lte=today + AHEAD)
    done = Q(unit__in=held, status=CommitmentStatus.DONE, confirmed_on=None) & ~Q(owner__in=held)
    for row in Commitment.objects.filter(doing | done).select_related("unit", "owner").order_by("deadline_on", "pk"):
        if row.status == CommitmentStatus.DONE:
            due_on, meta = row.done_on + CONFIRMED_WITHIN, f"{row.owner} báo hoàn thành ngày {format_date(row.done_on)}."
            yield _task(row, f"Xác nhận cam kết: {row}", due_on, "Chờ xác nhận", ("wait", "eye"), today, meta)
        else:
            shown = (row.get_status_display(), COMMITMENT_TONES[row.status])
            yield _task(row, f"Thực hiện cam kết: {row}", row.deadline_on, *shown, today, f"Cam kết tại đối thoại của {row.unit}.")


def _owed(units, today):
    rows = DialogueObligation.objects.filter(unit__in=units, held_on=None, due_on__lte=today + AHEAD)
    for row in rows.select_related("unit").order_by("due_on", "pk"):
        shown = ("Chưa đối thoại", ("idle", "calendar"))
        yield _task(row, f"Tổ chức đối thoại định kỳ năm {row.year}", row.due_on, *shown, today, f"{row.unit}: {row.head_title}.")


def _held(units, today):
    """A dialogue waits for its notice before it is held, for its result after."""
    planned = Q(held_on=None, noticed_on=None, notice_due_on__lte=today + AHEAD)
    held = Q(held_on__isnull=False, conclusion_on=None, result_due_on__isnull=False)
    for row in Dialogue.objects.filter(planned | held, unit__in=units).order_by("pk"):
        if row.held_on:
            title, due_on, status = f"Công bố kết quả cuộc đối thoại “{row}”", row.result_due_on, DialogueStatus.HELD
            meta = f"Đã tổ chức ngày {format_date(row.held_on)}."
        else:
            title, due_on, status = f"Thông báo cuộc đối thoại “{row}”", row.notice_due_on, DialogueStatus.PLANNED
            meta = f"Dự kiến tổ chức ngày {format_date(row.scheduled_on)}."
        yield _task(row, title, due_on, status.label, DIALOGUE_TONES[status], today, meta)
