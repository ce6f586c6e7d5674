"""Writes about commitments: the holder keeps them, the owner reports."""

from django.db import transaction

from danvan.attachments.services import attach
from danvan.common import clock
from danvan.common.exceptions import Conflict, Refused
from danvan.common.models import signed
from danvan.common.text import format_date
from danvan.registers.guards import guarded
from danvan.registers.registry import register_of
from danvan.workflow.services import change_status
from dialogues import permissions
from dialogues.choices import CommitmentStatus
from dialogues.models import Commitment, CommitmentNote, ExtensionLine
from dialogues.services import tie


@transaction.atomic
def save_commitment(form, *, by):
    """The form page; the holder is the dialogue's unit, and an extension outlives a corrected day."""
    commitment = form.instance
    permissions.check_can_record(by, commitment.dialogue)
    permissions.check_can_postpone(by, commitment)
    commitment.unit_id = commitment.dialogue.unit_id
    commitment.deadline_on = max(commitment.due_on, _extended_to(commitment) or commitment.due_on)
    saved = form.save()
    if saved.question_id:
        tie(saved.question, saved, by=by)
    return saved


def _extended_to(commitment):
    last = commitment.extensions.order_by("decided_on", "pk").last() if commitment.pk else None
    return last.new_due_on if last else None


@transaction.atomic
def report_progress(commitment, *, by, noted_on, text, status="", upload=None):
    """The owner's line, and where it says so the move: still on the way, partly, done, or not possible."""
    permissions.check_can_progress(by, commitment)
    _check_day(noted_on)
    with guarded(register_of(Commitment), commitment):
        CommitmentNote.objects.create(commitment=commitment, noted_on=noted_on, text=text, written_by=by)
        if status and status != commitment.status:
            done = {"done_on": noted_on} if status == CommitmentStatus.DONE else {}
            change_status(commitment, status, by=by, note=text, **done)
    if upload is not None:
        attach(commitment, upload, unit_id=commitment.owner_id, by=by, addressed_to_id=commitment.unit_id)
    return commitment


def _check_day(day):
    if day > clock.today():
        raise Refused("Ngày báo cáo chưa tới.", field="noted_on")


@transaction.atomic
def extend(commitment, *, by, new_due_on, reason):
    """A later deadline; the promised day stays."""
    permissions.check_can_extend(by, commitment)
    if new_due_on <= commitment.deadline_on:
        raise Refused(f"Hạn mới phải sau hạn hiện nay ({format_date(commitment.deadline_on)}).", field="new_due_on")
    if new_due_on < clock.today():
        raise Refused("Hạn mới không được ở ngày đã qua.", field="new_due_on")
    if not reason.strip():
        raise Refused("Anh/chị ghi lý do gia hạn.", field="reason")
    with guarded(register_of(Commitment), commitment):
        ExtensionLine.objects.create(commitment=commitment, new_due_on=new_due_on, reason=reason, decided_on=clock.today())
        _write(commitment, by, reason, deadline_on=new_due_on)
    return commitment


@transaction.atomic
def confirm(commitment, *, by):
    """The holder agrees that it is done; a second time does nothing."""
    permissions.check_can_confirm(by, commitment)
    with guarded(register_of(Commitment), commitment):
        _write(commitment, by, "Xác nhận hoàn thành", confirmed_on=clock.today())
    return commitment


def dispute(commitment, *, by, reason):
    return _open_again(commitment, by, reason, permissions.check_can_dispute)


def reopen(commitment, *, by, reason):
    return _open_again(commitment, by, reason, permissions.check_can_reopen)


@transaction.atomic
def _open_again(commitment, by, reason, check):
    if not reason.strip():
        raise Refused("Anh/chị ghi lý do.", field="reason")
    with guarded(register_of(Commitment), commitment):
        change_status(commitment, CommitmentStatus.REOPENED, by=by, check=check, note=reason, done_on=None, confirmed_on=None)
    return commitment


def _write(commitment, by, reason, **values):
    """Claims the row at its version and writes the columns with their history."""
    claimed = Commitment.objects.filter(pk=commitment.pk, version=commitment.version).update(version=commitment.version + 1)
    if not claimed:
        raise Conflict("Cam kết vừa được người khác sửa. Anh/chị xem lại bản mới rồi làm tiếp.")
    commitment.refresh_from_db()
    for name, value in values.items():
        setattr(commitment, name, value)
    signed(commitment, by, reason).save()
