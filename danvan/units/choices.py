from django.db import models


class Status(models.TextChoices):
    DRAFT = "dang_soan", "Đang soạn"
    APPLIED = "da_ap_dung", "Đã áp dụng"
    UNDONE = "da_hoan_tac", "Đã hoàn tác"


# an undone decision is corrected and applied again; every move is kept with who and when
TRANSITIONS = {Status.DRAFT: [Status.APPLIED], Status.APPLIED: [Status.UNDONE], Status.UNDONE: [Status.APPLIED]}
EDITABLE = (Status.DRAFT, Status.UNDONE)
OWNERS = {Status.DRAFT: "Quản trị hệ thống", Status.APPLIED: "—", Status.UNDONE: "Quản trị hệ thống"}
TONES = {Status.DRAFT: ("edit", "pencil"), Status.APPLIED: ("done", "circle-check"), Status.UNDONE: ("back", "undo-2")}


class Change(models.TextChoices):
    """What one line of a decision does."""

    CREATE = "lap", "Lập đơn vị mới"
    RENAME = "doi_ten", "Đổi tên, tiêu đề văn bản"
    MOVE = "chuyen", "Chuyển đơn vị cấp trên"
    MERGE = "nhap", "Nhập các đơn vị"
    SPLIT = "chia", "Chia tách một đơn vị"
    CLOSE = "ket_thuc", "Kết thúc hoạt động"
    LEVEL = "bo_cap", "Bỏ cả một cấp"


# lines about one unit that stands there already
ABOUT_ONE = (Change.RENAME, Change.MOVE, Change.SPLIT, Change.CLOSE)
