"""Words and controls of the period report's pages."""

from django import template

from danvan.common import clock
from danvan.submissions import selectors
from danvan.submissions.choices import NOT_STARTED, OWNERS, Status

register = template.Library()

NEXT = {
    NOT_STARTED[0]: "Cán bộ đơn vị bắt đầu nhập.",
    Status.DRAFT: "Cán bộ đơn vị nhập, rồi chuyển người đứng đầu xác nhận.",
    Status.READY: "Người đứng đầu đơn vị xác nhận và gửi.",
    Status.SUBMITTED: "Chuyên viên cơ quan dân vận xem và kết luận.",
    Status.RETURNED: "Cán bộ đơn vị bổ sung theo ý kiến rồi gửi lại.",
    Status.ACCEPTED: "Báo cáo đã xong, số liệu được giữ cố định.",
}
DEEDS = {
    (Status.DRAFT, Status.READY): "chuyển người đứng đầu xác nhận",
    (Status.READY, Status.DRAFT): "chuyển lại cán bộ để sửa",
    (Status.READY, Status.SUBMITTED): "xác nhận và gửi báo cáo",
    (Status.RETURNED, Status.SUBMITTED): "bổ sung và gửi lại",
    (Status.RETURNED, Status.READY): "chuyển người đứng đầu xác nhận lại",
    (Status.SUBMITTED, Status.RETURNED): "trả lại để bổ sung",
    (Status.SUBMITTED, Status.ACCEPTED): "duyệt báo cáo",
    (Status.ACCEPTED, Status.RETURNED): "mở lại báo cáo đã duyệt",
}


@register.filter
def state(submission):
    """Label, tone and icon of the status, with who acts next."""
    found = selectors.state_of(submission)
    return {**found, "next": NEXT[found["status"]]}


@register.filter
def owner(status):
    """Who has the report in hands now."""
    return OWNERS.get(status, OWNERS[Status.DRAFT])


@register.filter
def deeds(changes):
    """Status changes as the entries of components/history.html."""
    return [
        {
            "at": change.changed_at,
            "who": change.changed_by,
            "text": DEEDS.get((change.from_status, change.to_status), Status(change.to_status).label),
            "reason": change.note,
        }
        for change in changes
    ]


@register.filter
def is_past(day):
    return day < clock.today()


@register.simple_tag
def figure_input(line):
    """The input of a typed figure, tied to every sentence that stands beside it."""
    field = line["field"]
    told = {"helptext": field.help_text, "error": field.errors, "rule": line["hard"], "odd": line["soft"], "remark": line["remark"]}
    names = " ".join(f"{field.auto_id}_{name}" for name, words in told.items() if words)
    attrs = {"aria-describedby": names} if names else {}
    if line["hard"]:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)
