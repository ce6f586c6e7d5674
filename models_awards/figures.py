"""The numbers of "Dân vận khéo" and awards. Registered ones belong to the units, recognition and awards to the office."""

from django.db.models import Q

from danvan.figures.declare import OFFICE, Figure, Rate
from models_awards.choices import GrantingBody, Level, ModelKind, Occasion, SubjectType
from models_awards.registers import awards, registrations

GROUP = "Phong trào thi đua “Dân vận khéo”"
STANDING = Q(withdrawn_on=None)
MODEL, EXEMPLAR = Q(kind=ModelKind.MODEL) & STANDING, Q(kind=ModelKind.EXEMPLAR) & STANDING
DISTRICT = Q(recognised_level=Level.DISTRICT)


def _registered(code, label, where, words, measure="mô hình, điển hình", sum_of=""):
    return Figure(code, label, measure, registrations, "registered_on", where, sum_of, group=GROUP, words=words)


def _reached(code, label, on, where, words, measure):
    return Figure(code, label, measure, registrations, on, where, owner=OFFICE, group=GROUP, words=words)


def _award(code, label, where, words, measure="lượt tập thể"):
    return Figure(code, label, measure, awards, "awarded_on", where, owner=OFFICE, group="Khen thưởng", words=words)


def _collective(body, occasion):
    return Q(subject_type=SubjectType.COLLECTIVE, granting_body=body, occasion=occasion)


BTV, UBND = GrantingBody.STANDING_COMMITTEE, GrantingBody.PEOPLES_COMMITTEE

FIGURES = [
    _registered("dvk_model", "Mô hình đăng ký", MODEL, "loại mô hình, không tính đã rút", "mô hình"),
    _registered("dvk_exemplar", "Điển hình đăng ký", EXEMPLAR, "loại điển hình, không tính đã rút", "điển hình"),
    _registered("dvk_new", "Đăng ký mới", STANDING & Q(continues=None), "không tiếp tục từ năm trước, không tính đã rút"),
    _registered(
        "dvk_continued", "Đăng ký tiếp tục từ năm trước", STANDING & Q(continues__isnull=False), "tiếp tục từ năm trước, không tính đã rút"
    ),
    _registered(
        "dvk_collective", "Đăng ký của tập thể", STANDING & Q(subject_type=SubjectType.COLLECTIVE), "chủ thể tập thể, không tính đã rút"
    ),
    _registered(
        "dvk_individual", "Đăng ký của cá nhân", STANDING & Q(subject_type=SubjectType.INDIVIDUAL), "chủ thể cá nhân, không tính đã rút"
    ),
    _registered("dvk_households", "Số hộ tham gia mô hình, điển hình", STANDING, "không tính đã rút", "hộ", "households"),
    _reached("dvk_surveyed", "Mô hình, điển hình đã khảo sát", "surveyed_on", STANDING, "không tính đã rút", "mô hình, điển hình"),
    _reached("dvk_appraised", "Mô hình, điển hình đã thẩm định", "appraised_on", STANDING, "không tính đã rút", "mô hình, điển hình"),
    _reached(
        "dvk_model_recognised",
        "Mô hình được công nhận cấp trên cơ sở",
        "recognised_on",
        MODEL & DISTRICT,
        "loại mô hình, công nhận cấp trên cơ sở",
        "mô hình",
    ),
    _reached(
        "dvk_exemplar_recognised",
        "Điển hình được công nhận cấp trên cơ sở",
        "recognised_on",
        EXEMPLAR & DISTRICT,
        "loại điển hình, công nhận cấp trên cơ sở",
        "điển hình",
    ),
    Rate("dvk_model_rate", "Tỷ lệ mô hình được công nhận", "dvk_model_recognised", "dvk_model", GROUP, OFFICE),
    Rate("dvk_exemplar_rate", "Tỷ lệ điển hình được công nhận", "dvk_exemplar_recognised", "dvk_exemplar", GROUP, OFFICE),
    _award(
        "kt_btv_kl62",
        "Ban Thường vụ cấp ủy khen về Kết luận 62-KL/TW",
        _collective(BTV, Occasion.CONCLUSION_62),
        "tập thể, Ban Thường vụ cấp ủy, dịp Kết luận 62-KL/TW",
    ),
    _award(
        "kt_btv_kl101",
        "Ban Thường vụ cấp ủy khen về Kết luận 101-KL/TW",
        _collective(BTV, Occasion.CONCLUSION_101),
        "tập thể, Ban Thường vụ cấp ủy, dịp Kết luận 101-KL/TW",
    ),
    _award(
        "kt_btv_qcdc",
        "Ban Thường vụ cấp ủy khen về Quy chế dân chủ ở cơ sở",
        _collective(BTV, Occasion.DEMOCRACY),
        "tập thể, Ban Thường vụ cấp ủy, dịp Quy chế dân chủ ở cơ sở",
    ),
    _award(
        "kt_btv_tuyen_giao",
        "Ban Thường vụ cấp ủy khen về công tác tuyên giáo",
        _collective(BTV, Occasion.PROPAGANDA),
        "tập thể, Ban Thường vụ cấp ủy, dịp công tác tuyên giáo",
    ),
    _award(
        "kt_ubnd_dvcq",
        "UBND cùng cấp khen về “Năm Dân vận chính quyền”",
        _collective(UBND, Occasion.GOVERNMENT_YEAR),
        "tập thể, UBND cùng cấp, dịp “Năm Dân vận chính quyền”",
    ),
    _award(
        "kt_bo_ton_giao",
        "Bộ Nội vụ tặng Kỷ niệm chương",
        Q(subject_type=SubjectType.INDIVIDUAL, granting_body=GrantingBody.MINISTRY),
        "cá nhân, Bộ Nội vụ",
        "cá nhân",
    ),
    _award(
        "kt_dvk", "Khen thưởng “Dân vận khéo”", Q(occasion=Occasion.SKILFUL), "dịp phong trào thi đua “Dân vận khéo”", "tập thể, cá nhân"
    ),
]
