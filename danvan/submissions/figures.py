"""The numbers that units type in their period reports, and the rules between them (domain.md §6)."""

from danvan.figures.declare import AtMost, Balance, NotNegative, Rate, Typed

MEDIATION, RECEPTION, ONE_STOP = "Hòa giải ở cơ sở", "Tiếp công dân, đơn thư", "Bộ phận một cửa"
CEREMONIES, COMMUNICATION = "Việc cưới, việc tang văn minh", "Tuyên truyền, vận động"
MEETINGS, SCHOOL = "Họp tổ dân phố, thôn", "Dân chủ trong nhà trường"

TYPED = [
    Typed("hg_total", "Vụ việc hòa giải tiếp nhận", "vụ", MEDIATION),
    Typed("hg_success", "Vụ việc hòa giải thành", "vụ", MEDIATION),
    Typed("hg_fail", "Vụ việc hòa giải không thành", "vụ", MEDIATION),
    Typed("tcd_turns", "Lượt tiếp công dân", "lượt", RECEPTION),
    Typed("dt_carried", "Đơn thư kỳ trước chuyển sang", "đơn", RECEPTION),
    Typed("dt_in", "Đơn thư tiếp nhận trong kỳ", "đơn", RECEPTION),
    Typed("dt_done", "Đơn thư đã giải quyết trong kỳ", "đơn", RECEPTION),
    Typed("mc_files", "Hồ sơ một cửa đã giải quyết", "hồ sơ", ONE_STOP),
    Typed("mc_ontime", "Hồ sơ một cửa giải quyết đúng hạn", "hồ sơ", ONE_STOP),
    Typed("cuoi_total", "Đám cưới trên địa bàn", "đám", CEREMONIES),
    Typed("cuoi_vm", "Đám cưới theo nếp sống văn minh", "đám", CEREMONIES),
    Typed("tang_total", "Đám tang trên địa bàn", "đám", CEREMONIES),
    Typed("tang_vm", "Đám tang theo nếp sống văn minh", "đám", CEREMONIES),
    Typed("tt_sessions", "Cuộc tuyên truyền", "cuộc", COMMUNICATION),
    Typed("tt_turns", "Lượt người dự tuyên truyền", "lượt người", COMMUNICATION),
]

# asked of residential groups and of schools where these report by themselves; no sum of wards counts them twice
BELOW_WARDS = [
    Typed("hop_meetings", "Cuộc họp tổ dân phố, thôn", "cuộc", MEETINGS),
    Typed("hop_households", "Lượt hộ dự họp", "lượt hộ", MEETINGS),
    Typed("hop_opinions", "Ý kiến của Nhân dân tiếp nhận tại các cuộc họp", "ý kiến", MEETINGS),
    Typed("hop_passed_on", "Ý kiến đã chuyển nơi có trách nhiệm trả lời", "ý kiến", MEETINGS),
    Typed("nt_meetings", "Hội nghị viên chức, họp cha mẹ học sinh", "cuộc", SCHOOL),
    Typed("nt_opinions", "Ý kiến của nhà giáo, cha mẹ học sinh", "ý kiến", SCHOOL),
    Typed("nt_answered", "Ý kiến nhà trường đã trả lời", "ý kiến", SCHOOL),
]

FIGURES = [
    *BELOW_WARDS,
    # sources differ on the denominator: received, not only concluded, cases are taken here (cần đối chiếu)
    Rate("hg_rate", "Tỷ lệ hòa giải thành", "hg_success", "hg_total", MEDIATION),
    Balance("dt_left", "Đơn thư còn lại", "đơn", ("dt_carried", "dt_in"), ("dt_done",), RECEPTION),
    Rate("mc_rate", "Tỷ lệ hồ sơ một cửa đúng hạn", "mc_ontime", "mc_files", ONE_STOP),
    Rate("cuoi_rate", "Tỷ lệ đám cưới văn minh", "cuoi_vm", "cuoi_total", CEREMONIES),
    Rate("tang_rate", "Tỷ lệ đám tang văn minh", "tang_vm", "tang_total", CEREMONIES),
]

RULES = [
    AtMost(("hg_success", "hg_fail"), "hg_total"),
    AtMost(("mc_ontime",), "mc_files"),
    AtMost(("cuoi_vm",), "cuoi_total"),
    AtMost(("tang_vm",), "tang_total"),
    AtMost(("hop_passed_on",), "hop_opinions"),
    AtMost(("nt_answered",), "nt_opinions"),
    NotNegative("dt_left", "dt_done"),
]
