"""Who may compose, approve and issue, with the sentence for the screen."""

from functools import partial

from danvan.access.permissions import acts_for, says_yes
from danvan.common.exceptions import Conflict, Refused
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
    """The office's reports are signed by its own leader, whoever else reads them; a ward's by the head of the ward."""
    if KINDS[report.kind].issuer == OFFICE:
        if not acts_for(user, report.unit_id, "report.approve"):
            raise Refused(f"Lãnh đạo cơ quan dân vận phê duyệt và phát hành báo cáo của cơ quan mình: {report.unit}.")
    elif not acts_for(user, report.unit_id, "submission.send_own"):
        raise Refused("Người đứng đầu đơn vị phê duyệt và phát hành báo cáo này.")


def check_can_approve(user, report):
    check_can_sign(user, report)
    if report.status != Status.PRODUCED:
        raise Refused("Chỉ phê duyệt báo cáo đã lập dự thảo.")


def check_can_send_back(user, report):
    check_can_sign(user, report)
    if Status.COMPOSING not in report.TRANSITIONS[report.status]:
        raise Refused("Chỉ chuyển lại báo cáo đã lập dự thảo hoặc đã phê duyệt.")


def check_can_issue(user, report):
    check_can_sign(user, report)
    if report.status != Status.APPROVED:
        raise Refused("Phê duyệt báo cáo trước khi ghi số và ngày.")


def check_can_archive(user, report):
    check_can_sign(user, report)
    if report.status != Status.ISSUED:
        raise Refused("Chỉ lưu trữ báo cáo đã phát hành.")
    if not report.versions.filter(issued=True).exists():
        raise Conflict("Bản có số và ngày chưa lập xong. Anh/chị lưu trữ sau khi lập xong.")


def check_can_run(user, report):
    """Retrying and cancelling belong to those who compose or sign the report."""
    if not (says_yes(check_can_compose_for, user, KINDS[report.kind], report.unit) or says_yes(check_can_sign, user, report)):
        raise Refused("Tài khoản của anh/chị không điều khiển việc lập báo cáo này.")


def check_can_retry(user, report, job):
    check_can_run(user, report)
    if job is None:
        raise Refused("Báo cáo này chưa lập lần nào.")
    if not job.params.get("issue") and report.status not in EDITABLE:
        raise Conflict(f"Báo cáo đã chuyển sang “{report.get_status_display()}” nên không lập lại dự thảo.")


def check_can_cancel(user, report, job):
    check_can_run(user, report)
    if job is None or not job.is_open:
        raise Conflict("Việc lập báo cáo đã kết thúc nên không hủy được nữa.")
    if job.params.get("issue"):
        raise Refused("Báo cáo đã phát hành: bản có số và ngày phải được lập xong, không hủy được.")


can_compose = partial(says_yes, check_can_compose)
can_approve = partial(says_yes, check_can_approve)
can_send_back = partial(says_yes, check_can_send_back)
can_issue = partial(says_yes, check_can_issue)
can_archive = partial(says_yes, check_can_archive)


def at_rest(check):
    """The button is offered only while no worker is at the report."""
    return lambda user, report, job: not (job and job.is_open) and says_yes(check, user, report)


# what the last step offers: name in its template -> whether, given the newest job
BUTTONS = {
    "approvable": at_rest(check_can_approve),
    "returnable": at_rest(check_can_send_back),
    "issuable": at_rest(check_can_issue),
    "archivable": at_rest(check_can_archive),
    "retryable": partial(says_yes, check_can_retry),
    "cancellable": partial(says_yes, check_can_cancel),
}
