"""Kinds, states and moves of dialogues and of what was promised there: data, no rules."""

from django.db import models


class DialogueKind(models.TextChoices):
    PERIODIC = "dinh_ky", "Định kỳ"
    AD_HOC = "dot_xuat", "Đột xuất"
    WORKERS = "doanh_nghiep_nld", "Doanh nghiệp, người lao động"
    VOTERS = "cu_tri_yeu_cau", "Theo yêu cầu của cử tri"


class DialogueStatus(models.TextChoices):
    PLANNED = "du_kien", "Dự kiến"
    NOTICED = "da_thong_bao", "Đã thông báo"
    HELD = "da_to_chuc", "Đã tổ chức"
    CONCLUDED = "da_ket_luan", "Đã kết luận"


class Channel(models.TextChoices):
    SPOKEN = "truc_tiep", "Trực tiếp"
    WRITTEN = "van_ban", "Văn bản"
    ONLINE = "truc_tuyen", "Trực tuyến"
    COLLECTED = "tong_hop", "Tổng hợp trước"


class Answered(models.TextChoices):
    ON_THE_SPOT = "tai_cho", "Trả lời tại chỗ"
    IN_WRITING = "bang_van_ban", "Trả lời bằng văn bản"
    NOT_YET = "chua", "Chưa trả lời"


class CommitmentStatus(models.TextChoices):
    DOING = "dang_thuc_hien", "Đang thực hiện"
    DONE = "hoan_thanh", "Hoàn thành"
    PARTLY = "hoan_thanh_mot_phan", "Hoàn thành một phần"
    FAILED = "khong_thuc_hien_duoc", "Không thực hiện được"
    REOPENED = "mo_lai", "Mở lại"


OPEN_COMMITMENTS = [CommitmentStatus.DOING, CommitmentStatus.PARTLY, CommitmentStatus.REOPENED]

# The state of a dialogue follows its dates (services.state_by_dates); a corrected date may also move it back.
DIALOGUE_TRANSITIONS = {status: [other for other in DialogueStatus if other != status] for status in DialogueStatus}

COMMITMENT_TRANSITIONS = {
    CommitmentStatus.DOING: [CommitmentStatus.DONE, CommitmentStatus.PARTLY, CommitmentStatus.FAILED],
    CommitmentStatus.PARTLY: [CommitmentStatus.DONE, CommitmentStatus.FAILED],
    CommitmentStatus.REOPENED: [CommitmentStatus.DONE, CommitmentStatus.PARTLY, CommitmentStatus.FAILED],
    CommitmentStatus.DONE: [CommitmentStatus.REOPENED],
    CommitmentStatus.FAILED: [CommitmentStatus.REOPENED],
}

# whose turn it is in each state, of both records
OWNERS = {
    DialogueStatus.PLANNED: "Đơn vị tổ chức",
    DialogueStatus.NOTICED: "Đơn vị tổ chức",
    DialogueStatus.HELD: "Đơn vị tổ chức",
    DialogueStatus.CONCLUDED: "—",
    CommitmentStatus.DOING: "Đơn vị thực hiện",
    CommitmentStatus.PARTLY: "Đơn vị thực hiện",
    CommitmentStatus.REOPENED: "Đơn vị thực hiện",
    CommitmentStatus.DONE: "Đơn vị tổ chức đối thoại xác nhận",
    CommitmentStatus.FAILED: "Đơn vị tổ chức đối thoại",
}

DIALOGUE_TONES = {
    DialogueStatus.PLANNED: ("idle", "calendar"),
    DialogueStatus.NOTICED: ("edit", "bell"),
    DialogueStatus.HELD: ("wait", "users"),
    DialogueStatus.CONCLUDED: ("done", "circle-check"),
}
ANSWER_TONES = {
    Answered.ON_THE_SPOT: ("done", "circle-check"),
    Answered.IN_WRITING: ("done", "file-text"),
    Answered.NOT_YET: ("wait", "clock"),
}
COMMITMENT_TONES = {
    CommitmentStatus.DOING: ("edit", "clock"),
    CommitmentStatus.DONE: ("done", "circle-check"),
    CommitmentStatus.PARTLY: ("wait", "circle-dashed"),
    CommitmentStatus.FAILED: ("back", "x"),
    CommitmentStatus.REOPENED: ("back", "undo-2"),
}
