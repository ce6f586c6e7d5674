"""Who may do what now. The sentence of a refusal is the one the screen shows."""

from functools import partial

from danvan.access.permissions import acts_for, belongs_to, says_yes, sees_as
from danvan.common.exceptions import Refused
from supervision.choices import OPEN, Status


def leads(user, unit):
    """Acts for the unit that supervises, or is the office that helps it."""
    return acts_for(user, unit.pk, "supervision.edit_own") or sees_as(user, unit, "supervision.edit_any")


def check_leads(user, record):
    """The addressee and others who only read are told so."""
    if not leads(user, record.unit):
        raise Refused("Chỉ đơn vị chủ trì giám sát hoặc cơ quan dân vận ghi, sửa được hồ sơ này.")


def check_can_edit_recommendation(user, recommendation):
    check_leads(user, recommendation)
    if recommendation.status != Status.SENT:
        raise Refused("Kiến nghị đã có trả lời hoặc đã rút, nội dung giữ nguyên như khi gửi.")


def _answers_for(user, unit):
    """The unit itself; the office enters the letters of units that have no account."""
    return acts_for(user, unit.pk, "recommendation.reply_own") or sees_as(user, unit, "supervision.edit_any")


def check_can_reply(user, recommendation):
    if not _answers_for(user, recommendation.addressed_to):
        raise Refused(f"Cán bộ của {recommendation.addressed_to} trả lời kiến nghị này.")
    if recommendation.status not in OPEN:
        raise Refused("Kiến nghị này không còn chờ trả lời.")


def check_can_confirm(user, recommendation):
    if not acts_for(user, recommendation.addressed_to_id, "recommendation.confirm_own"):
        raise Refused(f"Người đứng đầu {recommendation.addressed_to} xác nhận trả lời.")
    if recommendation.status != Status.ANSWERED or recommendation.confirmed_on:
        raise Refused("Không có trả lời nào đang chờ người đứng đầu xác nhận.")


def check_can_note_progress(user, recommendation):
    if not _answers_for(user, recommendation.addressed_to):
        raise Refused(f"Cán bộ của {recommendation.addressed_to} ghi tiến độ thực hiện.")
    if recommendation.status == Status.WITHDRAWN:
        raise Refused("Kiến nghị này đã rút.")


def _judges(user, recommendation):
    """The team of the sender or the office above it; nobody judges the own unit's reply."""
    if belongs_to(user, recommendation.addressed_to_id):
        return False
    return acts_for(user, recommendation.unit_id, "recommendation.verify") or sees_as(user, recommendation.unit, "supervision.edit_any")


def check_can_verify(user, recommendation):
    if not _judges(user, recommendation):
        raise Refused(f"Đoàn giám sát của {recommendation.unit} hoặc cơ quan dân vận xác minh trả lời.")
    if recommendation.status != Status.ANSWERED:
        raise Refused("Chỉ xác minh được kiến nghị đã trả lời.")


def check_can_reopen(user, recommendation):
    if not _judges(user, recommendation):
        raise Refused(f"Đoàn giám sát của {recommendation.unit} hoặc cơ quan dân vận mở lại kiến nghị.")
    if Status.REOPENED not in recommendation.TRANSITIONS[recommendation.status]:
        raise Refused("Chỉ mở lại được kiến nghị đã có trả lời.")


def check_can_extend(user, recommendation):
    check_leads(user, recommendation)
    if belongs_to(user, recommendation.addressed_to_id):
        raise Refused("Đơn vị nhận kiến nghị không tự gia hạn cho mình.")
    if recommendation.status not in OPEN:
        raise Refused("Chỉ gia hạn được kiến nghị đang chờ trả lời.")


def check_can_withdraw(user, recommendation):
    check_leads(user, recommendation)
    if recommendation.status != Status.SENT:
        raise Refused("Chỉ rút được kiến nghị chưa có trả lời.")


can_reply = partial(says_yes, check_can_reply)
can_confirm = partial(says_yes, check_can_confirm)
can_verify = partial(says_yes, check_can_verify)
can_edit_recommendation = partial(says_yes, check_can_edit_recommendation)
