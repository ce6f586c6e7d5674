"""Who may do what now. The sentence of a refusal is the one the screen shows."""

from functools import partial

from danvan.access.permissions import acts_for, says_yes, sees_as
from danvan.common.exceptions import Refused
from dialogues.choices import CommitmentStatus


def holds(user, unit):
    """Acts for the unit that held the dialogue, or helps it from the office."""
    return acts_for(user, unit.pk, "dialogue.edit_own") or sees_as(user, unit, "dialogue.edit_any")


def check_can_record(user, record):
    """Questions and commitments are written by whoever writes their dialogue; `record` is the dialogue or one of them."""
    if not holds(user, record.unit):
        raise Refused("Chỉ đơn vị tổ chức cuộc đối thoại ghi được câu hỏi và cam kết của cuộc đó.", field="dialogue")


def check_can_promise(user, question):
    check_can_record(user, question)


def check_can_keep_asker(user, question):
    """Only the unit itself: not the office, nor where the question was forwarded to."""
    if not acts_for(user, question.unit_id, "dialogue.edit_own"):
        raise Refused("Chỉ đơn vị tổ chức cuộc đối thoại xem và ghi được người hỏi.")


def check_can_progress(user, commitment):
    if not acts_for(user, commitment.owner_id, "commitment.progress_own"):
        raise Refused(f"{commitment.owner} báo cáo tình hình thực hiện cam kết này.")
    if not commitment.is_open:
        raise Refused(f"Cam kết đã ở trạng thái “{commitment.get_status_display()}”. Muốn ghi tiếp, đơn vị tổ chức mở lại cam kết.")


def check_can_extend(user, commitment):
    check_holder(user, commitment)
    if not commitment.is_open:
        raise Refused(f"Cam kết đã ở trạng thái “{commitment.get_status_display()}”, không gia hạn.")


def check_holder(user, commitment):
    if not holds(user, commitment.unit):
        raise Refused(f"{commitment.unit} theo dõi cam kết này: gia hạn, xác nhận hoặc mở lại.")


def check_can_confirm(user, commitment):
    check_holder(user, commitment)
    if commitment.status != CommitmentStatus.DONE:
        raise Refused(f"{commitment.owner} chưa báo hoàn thành cam kết này.")
    if commitment.confirmed_on:
        raise Refused("Cam kết này đã được xác nhận.")
    if commitment.owner_id == commitment.unit_id and not sees_as(user, commitment.unit, "dialogue.edit_any"):
        raise Refused("Đơn vị không tự xác nhận việc của mình. Cơ quan dân vận xác nhận cam kết này.")


def check_can_dispute(user, commitment):
    check_holder(user, commitment)
    if commitment.status != CommitmentStatus.DONE or commitment.confirmed_on:
        raise Refused("Chỉ nêu ý kiến với cam kết báo hoàn thành mà chưa xác nhận.")


def check_can_reopen(user, commitment):
    check_holder(user, commitment)
    if not (commitment.confirmed_on or commitment.status == CommitmentStatus.FAILED):
        raise Refused("Chỉ mở lại cam kết đã xác nhận hoàn thành hoặc không thực hiện được.")


can_record = partial(says_yes, check_can_record)
can_keep_asker = partial(says_yes, check_can_keep_asker)
can_progress = partial(says_yes, check_can_progress)
can_confirm = partial(says_yes, check_can_confirm)
