"""The wards and communes of the invented city, their schools and what places in them are called. Nothing of it is real."""

WARD, COMMUNE = "phường", "xã"
PLACES = {
    "AH": (WARD, "An Hà"), "BG": (WARD, "Bến Gạch"), "CS": (WARD, "Cầu Son"), "DM": (WARD, "Đồng Mai"), "HT": (WARD, "Hương Trầm"),
    "LG": (WARD, "Lạc Giang"), "NP": (WARD, "Nam Phố"), "SV": (COMMUNE, "Sơn Vân"), "TL": (COMMUNE, "Thượng Lạc"),
}  # fmt: skip
# in these the ward's own board and Front have the reports of schools and residential groups sent to them
REPORTED_TO = ["AH", "BG"]
SCHOOLS = {
    code: [f"Trường Tiểu học {place}", f"Trường THCS {place}"][: 2 if code in REPORTED_TO else 1] for code, (_, place) in PLACES.items()
}
GROUPS = {code: 4 if code in REPORTED_TO else 2 for code in PLACES}
CORNERS = {
    "AH": ("ngõ Cây Sấu", "phố Lò Vôi", "khu tập thể Bưu điện"), "BG": ("bến Đá", "phố Hàng Nồi", "xóm Chài"),
    "CS": ("đầu cầu Son", "phố Chợ Chiều", "ngõ Ao Đình"), "DM": ("khu nhà trọ Đồng Mai", "đường gom", "xóm Vườn"),
    "HT": ("phố Hương Trầm", "khu đô thị Hồ Xanh", "ngõ Giếng Tròn"), "LG": ("đê sông Lạc", "xóm Bãi", "phố Bờ Kè"),
    "NP": ("phố Nam", "khu bến xe", "ngõ Nhà Thờ"), "SV": ("thôn Đồi Chè", "xóm Suối", "trục đường xã"),
    "TL": ("thôn Hạ", "thôn Trung", "chợ quê Thượng Lạc"),
}  # fmt: skip


def body(code):
    """ "phường An Hà", in running text."""
    word, place = PLACES[code]
    return f"{word} {place}"
