"""Kinds, stages and moves of "Dân vận khéo" and awards: data, no rules."""

from django.db import models


class ModelKind(models.TextChoices):
    MODEL = "mo_hinh", "Mô hình"
    EXEMPLAR = "dien_hinh", "Điển hình"


class SubjectType(models.TextChoices):
    COLLECTIVE = "tap_the", "Tập thể"
    INDIVIDUAL = "ca_nhan", "Cá nhân"


class Stage(models.TextChoices):
    REGISTERED = "dang_ky", "Đăng ký"
    RUNNING = "dang_thuc_hien", "Đang thực hiện"
    SURVEYED = "khao_sat", "Đã khảo sát"
    APPRAISED = "tham_dinh", "Đã thẩm định"
    VOTED = "binh_xet", "Đã bình xét"
    PROPOSED = "trinh_hoi_dong", "Đã trình Hội đồng TĐKT"
    RECOGNISED = "cong_nhan", "Được công nhận"
    REWARDED = "khen_thuong", "Được khen thưởng"
    REPLICATED = "nhan_rong", "Đã nhân rộng"
    CONTINUED = "tiep_tuc", "Tiếp tục thực hiện"
    STOPPED = "khong_cong_nhan", "Chưa được công nhận"
    WITHDRAWN = "da_rut", "Đã rút đăng ký"


JUDGED = [Stage.RECOGNISED, Stage.REWARDED, Stage.REPLICATED, Stage.CONTINUED, Stage.STOPPED]


class Level(models.TextChoices):
    WARD = "phuong", "Cấp cơ sở"
    DISTRICT = "quan", "Cấp trên cơ sở"
    CITY = "thanh_pho", "Cấp tỉnh, thành phố"


class CampaignStatus(models.TextChoices):
    OPEN = "mo", "Đang nhận đăng ký"
    CLOSED = "dong", "Đã kết thúc"


class AwardForm(models.TextChoices):
    CERTIFICATE = "giay_khen", "Giấy khen"
    DIPLOMA = "bang_khen", "Bằng khen"
    MEDAL = "ky_niem_chuong", "Kỷ niệm chương"


class GrantingBody(models.TextChoices):
    STANDING_COMMITTEE = "ban_thuong_vu", "Ban Thường vụ cấp ủy"
    PEOPLES_COMMITTEE = "ubnd", "Ủy ban nhân dân cùng cấp"
    MINISTRY = "bo", "Bộ Nội vụ"
    CITY = "thanh_pho", "Cấp tỉnh, thành phố"
    WARD = "phuong", "Cấp cơ sở"


class Occasion(models.TextChoices):
    CONCLUSION_62 = "kl_62", "Thực hiện Kết luận 62-KL/TW"
    CONCLUSION_101 = "kl_101", "Thực hiện Kết luận 101-KL/TW"
    DEMOCRACY = "qcdc", "Thực hiện Quy chế dân chủ ở cơ sở"
    PROPAGANDA = "tuyen_giao", "Công tác tuyên giáo"
    GOVERNMENT_YEAR = "nam_dan_van_chinh_quyen", "Thực hiện “Năm Dân vận chính quyền”"
    RELIGION = "ton_giao", "Sự nghiệp quản lý nhà nước về tôn giáo"
    SKILFUL = "dan_van_kheo", "Phong trào thi đua “Dân vận khéo”"


# The steps in their order. A move goes forward, may skip steps up to recognition, and may end in "tiếp tục" or
# "chưa được công nhận"; only what was recognised is rewarded or replicated.
PATH = [
    Stage.REGISTERED, Stage.RUNNING, Stage.SURVEYED, Stage.APPRAISED, Stage.VOTED,
    Stage.PROPOSED, Stage.RECOGNISED, Stage.REWARDED, Stage.REPLICATED,
]  # fmt: skip
BEFORE_RECOGNITION = PATH[: PATH.index(Stage.RECOGNISED)]
ENDINGS = [Stage.CONTINUED, Stage.STOPPED]

TRANSITIONS = {
    **{stage: [*BEFORE_RECOGNITION[i + 1 :], Stage.RECOGNISED, *ENDINGS] for i, stage in enumerate(BEFORE_RECOGNITION)},
    Stage.RECOGNISED: [Stage.REWARDED, Stage.REPLICATED],
    Stage.REWARDED: [Stage.REPLICATED],
    Stage.REPLICATED: [],
    Stage.CONTINUED: [Stage.RUNNING, Stage.SURVEYED],
    Stage.STOPPED: [Stage.RUNNING],
    Stage.WITHDRAWN: [Stage.REGISTERED],
}
TRANSITIONS[Stage.REGISTERED] = [*TRANSITIONS[Stage.REGISTERED], Stage.WITHDRAWN]

# whose turn it is in each state: for docs/states.md and the to-do home
OWNERS = {
    Stage.REGISTERED: "Cán bộ đơn vị", Stage.RUNNING: "Cán bộ đơn vị", Stage.SURVEYED: "Chuyên viên cơ quan dân vận",
    Stage.APPRAISED: "Thành viên hội đồng", Stage.VOTED: "Chuyên viên cơ quan dân vận", Stage.PROPOSED: "Hội đồng TĐKT",
    Stage.RECOGNISED: "Chuyên viên cơ quan dân vận", Stage.REWARDED: "Cán bộ đơn vị", Stage.REPLICATED: "—",
    Stage.CONTINUED: "Cán bộ đơn vị", Stage.STOPPED: "Cán bộ đơn vị", Stage.WITHDRAWN: "Cán bộ đơn vị",
}  # fmt: skip

STAGE_TONES = {
    Stage.REGISTERED: ("edit", "pencil"), Stage.RUNNING: ("edit", "clock"), Stage.SURVEYED: ("wait", "eye"),
    Stage.APPRAISED: ("wait", "eye"), Stage.VOTED: ("wait", "users"), Stage.PROPOSED: ("wait", "send"),
    Stage.RECOGNISED: ("done", "circle-check"), Stage.REWARDED: ("done", "award"), Stage.REPLICATED: ("done", "copy"),
    Stage.CONTINUED: ("idle", "clock"), Stage.STOPPED: ("back", "undo-2"), Stage.WITHDRAWN: ("idle", "x"),
}  # fmt: skip
