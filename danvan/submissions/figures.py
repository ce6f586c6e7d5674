"""The numbers a ward types in its year report, and the rules between them (domain.md §6)."""

from danvan.figures.declare import AtMost, Balance, NotNegative, Rate, Typed

MEDIATION, RECEPTION, ONE_STOP = "Hòa giải ở cơ sở", "Tiếp công dân, đơn thư", "Bộ phận một cửa"
CEREMONIES, COMMUNICATION = "Việc cưới, việc tang văn minh", "Tuyên truyền, vận động"

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

FIGURES = [
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
    NotNegative("dt_left", "dt_done"),
]
