"""Who may do what with a unit's report, with the sentence for the screen."""

from functools import partial

from danvan.access.permissions import acts_for, belongs_to, says_yes, sees_as
from danvan.common import text
from danvan.common.exceptions import Refused
from danvan.submissions.choices import EDITABLE, Status
from danvan.submissions.selectors import office_periods


def check_can_open(user, unit):
    if not sees_as(user, unit, "period.open"):
        raise Refused("Anh/chị chỉ mở kỳ báo cáo cho các đơn vị trong phạm vi quản lý.", field="unit")


def check_can_fill(user, submission):
    if not acts_for(user, submission.unit_id, "submission.fill_own"):
        raise Refused("Chỉ cán bộ của đơn vị nhập báo cáo này.")
    if submission.status not in EDITABLE:
        raise Refused(f"Báo cáo đang ở trạng thái “{submission.get_status_display()}” nên không sửa được số liệu.")
    if submission.reopening_expired:
        raise Refused(f"Báo cáo chỉ mở lại đến {text.format_date(submission.reopened_until)}. Anh/chị đề nghị chỉnh lý lại.")


def check_can_send(user, submission):
    """The head of the unit confirms and sends."""
    if not acts_for(user, submission.unit_id, "submission.send_own"):
        raise Refused("Người đứng đầu đơn vị xác nhận và gửi báo cáo này.")


def check_can_resend(user, submission):
    """After a return the officer sends again what the slip asked for; anything more goes through the head once more."""
    if submission.status != Status.RETURNED or submission.reopened_until:
        raise Refused("Báo cáo này cần người đứng đầu đơn vị xác nhận trước khi gửi.")
    check_can_fill(user, submission)


def check_is_asked(user, period):
    """An office above sees what units send to an office below it, and judges only what was asked in its own name."""
    if not office_periods(user).filter(pk=period.pk).exists():
        raise Refused(f"Báo cáo này gửi cho cơ quan dân vận của {period.unit}; nơi đó duyệt.")


def check_can_review(user, submission):
    if not sees_as(user, submission.unit, "submission.review"):
        raise Refused("Chuyên viên cơ quan dân vận duyệt báo cáo này.")
    check_is_asked(user, submission.period)
    if belongs_to(user, submission.unit_id):
        raise Refused("Anh/chị không duyệt báo cáo của chính đơn vị mình.")
    if submission.status != Status.SUBMITTED:
        raise Refused(f"Báo cáo đang ở trạng thái “{submission.get_status_display()}”, chưa tới lượt duyệt.")


def check_can_request_correction(user, submission):
    if submission.status != Status.ACCEPTED and not submission.reopening_expired:
        raise Refused("Chỉ đề nghị chỉnh lý báo cáo đã duyệt.")
    if not (acts_for(user, submission.unit_id, "submission.fill_own") or acts_for(user, submission.unit_id, "submission.send_own")):
        raise Refused("Chỉ đơn vị báo cáo gửi đề nghị chỉnh lý.")
    if submission.corrections.filter(answered_at=None).exists():
        raise Refused("Đã có một đề nghị chỉnh lý đang chờ lãnh đạo cơ quan dân vận trả lời.")


def check_can_reopen(user, submission):
    if not sees_as(user, submission.unit, "submission.reopen"):
        raise Refused("Lãnh đạo cơ quan dân vận quyết định mở lại báo cáo đã duyệt.")
    check_is_asked(user, submission.period)
    if belongs_to(user, submission.unit_id):
        raise Refused("Anh/chị không mở lại báo cáo của chính đơn vị mình.")
    if submission.status != Status.ACCEPTED and not submission.reopening_expired:
        raise Refused("Chỉ mở lại báo cáo đã duyệt.")


can_open = partial(says_yes, check_can_open)
can_fill = partial(says_yes, check_can_fill)
can_send = partial(says_yes, check_can_send)
can_resend = partial(says_yes, check_can_resend)
can_review = partial(says_yes, check_can_review)
can_request_correction = partial(says_yes, check_can_request_correction)
can_reopen = partial(says_yes, check_can_reopen)
