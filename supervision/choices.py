"""Forms of supervision, states and moves of recommendations: data, no rules."""

from django.db import models


class SupervisionForm(models.TextChoices):
    """The four forms of Luật Mặt trận Tổ quốc Việt Nam, Điều 27."""

    DOCUMENTS = "nghien_cuu_van_ban", "Nghiên cứu, xem xét văn bản"
    TEAM = "doan_giam_sat", "Tổ chức đoàn giám sát"
    BOARDS = "qua_ttnd_gsdtcd", "Thông qua Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng"
    JOINING = "tham_gia_giam_sat", "Tham gia giám sát với cơ quan có thẩm quyền"


class Rhythm(models.TextChoices):
    REGULAR = "thuong_xuyen", "Thường xuyên"
    THEMATIC = "chuyen_de", "Chuyên đề"


class FindingKind(models.TextChoices):
    STRENGTH = "uu_diem", "Ưu điểm"
    LIMIT = "han_che", "Hạn chế"
    VIOLATION = "vi_pham", "Vi phạm"


class ReplyKind(models.TextChoices):
    ACCEPTED = "tiep_thu", "Tiếp thu"
    PARTLY = "tiep_thu_mot_phan", "Tiếp thu một phần"
    DECLINED = "khong_tiep_thu", "Không tiếp thu"


class Status(models.TextChoices):
    SENT = "da_gui", "Chờ trả lời"
    ANSWERED = "da_tra_loi", "Đã trả lời"
    VERIFIED = "da_xac_minh", "Đã xác minh"
    REOPENED = "mo_lai", "Mở lại"
    WITHDRAWN = "da_rut", "Đã rút"


NEEDS_REASON = [ReplyKind.PARTLY, ReplyKind.DECLINED]
OPEN = [Status.SENT, Status.REOPENED]
CLOSED = [Status.ANSWERED, Status.VERIFIED]

TRANSITIONS = {
    Status.SENT: [Status.ANSWERED, Status.WITHDRAWN],
    Status.ANSWERED: [Status.VERIFIED, Status.REOPENED],
    Status.VERIFIED: [Status.REOPENED],
    Status.REOPENED: [Status.ANSWERED],
    Status.WITHDRAWN: [],
}

# whose turn it is in each state: for docs/states.md and the to-do home
OWNERS = {
    Status.SENT: "Cán bộ đơn vị nhận kiến nghị", Status.ANSWERED: "Đoàn giám sát của đơn vị gửi", Status.VERIFIED: "—",
    Status.REOPENED: "Cán bộ đơn vị nhận kiến nghị", Status.WITHDRAWN: "—",
}  # fmt: skip

STATUS_TONES = {
    Status.SENT: ("wait", "hourglass"), Status.ANSWERED: ("wait", "eye"), Status.VERIFIED: ("done", "circle-check"),
    Status.REOPENED: ("back", "rotate-ccw"), Status.WITHDRAWN: ("idle", "x"),
}  # fmt: skip

# lateness as it is shown; the second threshold in days is the LegalNumber SERIOUS_NUMBER,
# SERIOUS_DAYS where a catalogue has none
REPLY_NUMBER, SERIOUS_NUMBER = "recommendation_reply", "recommendation_seriously_late"
SERIOUS_DAYS, NEAR_DAYS = 30, 7
IN_TIME, NEAR, LATE, SERIOUSLY_LATE = "Trong hạn", "Sắp đến hạn", "Quá hạn", "Quá hạn nghiêm trọng"
ANSWERED_IN_TIME, ANSWERED_LATE, NOT_DUE = "Trả lời đúng hạn", "Trả lời chậm", "Không tính hạn"
LATENESS_TONES = {
    IN_TIME: ("wait", "clock"), NEAR: ("edit", "hourglass"), LATE: ("late", "circle-alert"),
    SERIOUSLY_LATE: ("late", "triangle-alert"), ANSWERED_IN_TIME: ("done", "circle-check"), ANSWERED_LATE: ("back", "clock"),
    NOT_DUE: ("idle", "x"),
}  # fmt: skip
