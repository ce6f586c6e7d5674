"""Kinds, statuses and moves of regulations and disclosures: data, no rules."""

from django.db import models

from danvan.catalogues.models import RegulationSubject
from danvan.units.models import Kind


class Status(models.TextChoices):
    DRAFT = "du_thao", "Dự thảo"
    IN_FORCE = "hieu_luc", "Đang có hiệu lực"
    REPLACED = "duoc_thay_the", "Đã được thay thế"
    ABOLISHED = "bai_bo", "Đã bãi bỏ"


ENDED = [Status.REPLACED, Status.ABOLISHED]

TRANSITIONS = {
    Status.DRAFT: [Status.IN_FORCE],
    Status.IN_FORCE: [Status.REPLACED, Status.ABOLISHED],
    Status.REPLACED: [],
    Status.ABOLISHED: [],
}

# whose turn it is in each state: for docs/states.md and the to-do home
OWNERS = {
    Status.DRAFT: "Cán bộ đơn vị ban hành",
    Status.IN_FORCE: "Cán bộ đơn vị ban hành",
    Status.REPLACED: "—",
    Status.ABOLISHED: "—",
}

STATUS_TONES = {
    Status.DRAFT: ("edit", "pencil"),
    Status.IN_FORCE: ("done", "circle-check"),
    Status.REPLACED: ("idle", "copy"),
    Status.ABOLISHED: ("idle", "x"),
}


class Applies(models.TextChoices):
    """Whether a unit has to have the regulation."""

    MUST = "bat_buoc", "Bắt buộc"
    BY_FEATURES = "theo_dac_diem", "Theo đặc điểm"
    NOT = "khong_ap_dung", "Không áp dụng"


Scope = RegulationSubject.Scope

# which kinds of units issue the regulations of a scope
ISSUERS = {
    Scope.DISTRICT: [Kind.PARTY_COMMITTEE, Kind.GOVERNMENT],
    Scope.WARD: [Kind.WARD],
    Scope.SCHOOL: [Kind.SCHOOL],
    Scope.MARKET: [Kind.MARKET],
    Scope.AGENCY: [Kind.GOVERNMENT, Kind.AGENCY, Kind.MOBILIZATION_BOARD, Kind.FRONT, Kind.MASS_ORGANIZATION, Kind.ARMED_FORCE],
}


class Channel(models.TextChoices):
    """The ten forms of disclosure (Law 10/2022/QH15, Art. 12.1)."""

    POSTING = "niem_yet", "Niêm yết"
    PORTAL = "cong_thong_tin", "Cổng, trang thông tin điện tử"
    LOUDSPEAKER = "loa_truyen_thanh", "Loa truyền thanh"
    RESIDENTIAL_HEAD = "to_truong", "Qua Trưởng thôn, Tổ trưởng tổ dân phố"
    WRITTEN = "gui_van_ban", "Gửi văn bản"
    CONFERENCE = "hoi_nghi", "Hội nghị trao đổi, đối thoại"
    RECEPTION = "tiep_cong_dan", "Tiếp công dân, tiếp xúc cử tri, họp báo"
    ORGANIZATIONS = "to_chuc_chinh_tri", "Thông báo đến tổ chức chính trị - xã hội"
    NETWORK = "mang_xa_hoi", "Mạng viễn thông, mạng xã hội hợp pháp"
    OTHER = "khac", "Hình thức khác"


# the number set by law that says how many days a channel lasts at least
DAYS_OF = {Channel.POSTING: "disclosure_posting", Channel.LOUDSPEAKER: "disclosure_loudspeaker"}

FIRST_DAY_COUNTS = {Channel.LOUDSPEAKER}  # three days on the air are day, next day, day after; a posting is counted from the day after

ENOUGH, RUNNING, SHORT = "Đủ ngày", "Đang công khai", "Thiếu ngày"
POSTING_TONES = {ENOUGH: ("done", "circle-check"), RUNNING: ("edit", "clock"), SHORT: ("late", "triangle-alert")}
