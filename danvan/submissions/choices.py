from django.db import models


class Status(models.TextChoices):
    DRAFT = "dang_nhap", "Đang nhập"
    READY = "cho_xac_nhan", "Chờ xác nhận"
    SUBMITTED = "cho_duyet", "Chờ duyệt"
    RETURNED = "tra_lai", "Cần bổ sung"
    ACCEPTED = "da_duyet", "Đã duyệt"


NOT_STARTED = ("chua_bat_dau", "Chưa bắt đầu")

TRANSITIONS = {
    Status.DRAFT: [Status.READY],
    Status.READY: [Status.DRAFT, Status.SUBMITTED],
    Status.SUBMITTED: [Status.RETURNED, Status.ACCEPTED],
    Status.RETURNED: [Status.READY, Status.SUBMITTED],
    Status.ACCEPTED: [Status.RETURNED],
}
EDITABLE = (Status.DRAFT, Status.RETURNED)
SENT = (Status.SUBMITTED, Status.ACCEPTED)

OWNERS = {
    Status.DRAFT: "Cán bộ đơn vị", Status.READY: "Người đứng đầu đơn vị", Status.SUBMITTED: "Chuyên viên cơ quan dân vận",
    Status.RETURNED: "Cán bộ đơn vị", Status.ACCEPTED: "—",
}  # fmt: skip

TONES = {
    NOT_STARTED[0]: ("idle", "circle-dashed"), Status.DRAFT: ("edit", "pencil"), Status.READY: ("wait", "hourglass"),
    Status.SUBMITTED: ("wait", "clock"), Status.RETURNED: ("back", "undo-2"), Status.ACCEPTED: ("done", "circle-check"),
}  # fmt: skip

# An odd jump, or the same number again, is a question and not an error; below the least number neither is asked.
JUMP_PERCENT, JUMP_LEAST = 50, 10
