"""Who may do what now. The sentence of a refusal is the one the screen shows."""

from functools import partial

from danvan.access.permissions import acts_for, belongs_to, says_yes, sees_as
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
    check_is_judge(user, commitment, "Đơn vị thực hiện không tự gia hạn cho mình. Cơ quan dân vận gia hạn cam kết này.")
    if not commitment.is_open:
        raise Refused(f"Cam kết đã ở trạng thái “{commitment.get_status_display()}”, không gia hạn.")


def check_holder(user, commitment):
    if not holds(user, commitment.unit):
        raise Refused(f"{commitment.unit} theo dõi cam kết này: gia hạn, xác nhận hoặc mở lại.")


def check_is_judge(user, commitment, sentence):
    """Nobody judges the work of an own unit, in whatever role."""
    if belongs_to(user, commitment.owner_id):
        raise Refused(sentence)


def check_can_postpone(user, commitment):
    """A later promised day on the form is an extension that leaves no line."""
    stored = type(commitment).objects.filter(pk=commitment.pk).first()
    if stored and commitment.due_on > stored.due_on and belongs_to(user, stored.owner_id):
        raise Refused("Đơn vị thực hiện không tự lùi hạn của mình. Cơ quan dân vận gia hạn cam kết này.", field="due_on")


def check_can_confirm(user, commitment):
    check_holder(user, commitment)
    if commitment.status != CommitmentStatus.DONE:
        raise Refused(f"{commitment.owner} chưa báo hoàn thành cam kết này.")
    if commitment.confirmed_on:
        raise Refused("Cam kết này đã được xác nhận.")
    check_is_judge(user, commitment, "Đơn vị không tự xác nhận việc của mình. Cơ quan dân vận xác nhận cam kết này.")


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
