from django.db import models


class Status(models.TextChoices):
    COMPOSING = "dang_soan", "Đang soạn"
    PRODUCED = "da_lap", "Đã lập dự thảo"
    APPROVED = "da_phe_duyet", "Đã phê duyệt"
    ISSUED = "da_phat_hanh", "Đã phát hành"
    ARCHIVED = "luu_tru", "Đã lưu trữ"


TRANSITIONS = {
    Status.COMPOSING: [Status.PRODUCED],
    Status.PRODUCED: [Status.COMPOSING, Status.APPROVED],
    Status.APPROVED: [Status.COMPOSING, Status.ISSUED],
    Status.ISSUED: [Status.ARCHIVED],
    Status.ARCHIVED: [],
}
EDITABLE = (Status.COMPOSING, Status.PRODUCED)

OWNERS = {
    Status.COMPOSING: "Chuyên viên cơ quan dân vận", Status.PRODUCED: "Lãnh đạo cơ quan dân vận",
    Status.APPROVED: "Lãnh đạo cơ quan dân vận", Status.ISSUED: "Lãnh đạo cơ quan dân vận", Status.ARCHIVED: "—",
}  # fmt: skip

TONES = {
    Status.COMPOSING: ("edit", "pencil"), Status.PRODUCED: ("wait", "file-text"), Status.APPROVED: ("wait", "check"),
    Status.ISSUED: ("done", "stamp"), Status.ARCHIVED: ("idle", "archive"),
}  # fmt: skip

# what a worker does one after the other, as the progress tells it
JOB_STEPS = ["Tổng hợp số liệu", "Vẽ biểu đồ và dàn trang PDF", "Lập danh mục chỉ tiêu", "Lưu tệp"]
