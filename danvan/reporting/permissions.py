"""Who may compose, approve and issue, with the sentence for the screen."""

from functools import partial

from danvan.access.permissions import acts_for, has_right, says_yes
from danvan.common.exceptions import Refused
from danvan.reporting.choices import EDITABLE, Status
from danvan.reporting.kinds import KINDS, OFFICE


def check_can_compose_for(user, kind, unit):
    right = "report.compose" if kind.issuer == OFFICE else "report.compose_own"
    if not acts_for(user, unit.pk, right):
        raise Refused("Tài khoản của anh/chị không lập loại báo cáo này cho đơn vị đã chọn.")


def check_can_compose(user, report):
    check_can_compose_for(user, KINDS[report.kind], report.unit)
    if report.status not in EDITABLE:
        raise Refused(f"Báo cáo ở trạng thái “{report.get_status_display()}” nên không sửa được nữa.")


def check_can_sign(user, report):
    """The office's reports are signed by its leader, a ward's by the head of the ward."""
    if KINDS[report.kind].issuer == OFFICE:
        if not has_right(user, "report.approve"):
            raise Refused("Lãnh đạo Ban Dân vận phê duyệt và phát hành báo cáo.")
    elif not acts_for(user, report.unit_id, "submission.send_own"):
        raise Refused("Người đứng đầu đơn vị phê duyệt và phát hành báo cáo này.")


def check_can_approve(user, report):
    check_can_sign(user, report)
    if report.status != Status.PRODUCED:
        raise Refused("Chỉ phê duyệt báo cáo đã lập dự thảo.")


def check_can_issue(user, report):
    check_can_sign(user, report)
    if report.status != Status.APPROVED:
        raise Refused("Phê duyệt báo cáo trước khi ghi số và ngày.")


def check_can_archive(user, report):
    check_can_sign(user, report)
    if report.status != Status.ISSUED:
        raise Refused("Chỉ lưu trữ báo cáo đã phát hành.")


can_compose = partial(says_yes, check_can_compose)
can_approve = partial(says_yes, check_can_approve)
can_issue = partial(says_yes, check_can_issue)
can_archive = partial(says_yes, check_can_archive)
