"""Thành phố Thanh Bình, which does not exist, as after 1/7/2025: no level between the city and its wards and communes."""

import datetime

from danvan.demo.content.city_places import COMMUNE, GROUPS, PLACES, SCHOOLS, WARD
from danvan.units.models import Kind
from danvan.units.services import create_unit

FOUNDED_ON = datetime.date(2025, 7, 1)
ROOT, BOARD = "TU", "BTGDV"
CITY, COMMITTEE = "Thanh Bình", "THÀNH ỦY THANH BÌNH"
LEVEL, ATTACHED = "Cấp thành phố", "Đơn vị trực thuộc"

# code, unit above, name, kind
OFFICES = [
    (ROOT, None, "Thành ủy Thanh Bình", Kind.PARTY_COMMITTEE),
    (BOARD, ROOT, "Ban Tuyên giáo và Dân vận Thành ủy", Kind.MOBILIZATION_BOARD),
    ("UBND", ROOT, "UBND thành phố Thanh Bình", Kind.GOVERNMENT),
    ("S-NV", "UBND", "Sở Nội vụ", Kind.AGENCY),
    ("S-XD", "UBND", "Sở Xây dựng", Kind.AGENCY),
    ("S-NNMT", "UBND", "Sở Nông nghiệp và Môi trường", Kind.AGENCY),
    ("S-GDDT", "UBND", "Sở Giáo dục và Đào tạo", Kind.AGENCY),
    ("S-CT", "UBND", "Sở Công Thương", Kind.AGENCY),
    ("CA", ROOT, "Công an thành phố", Kind.ARMED_FORCE),
    ("MTTQ", ROOT, "Ủy ban MTTQ Việt Nam thành phố", Kind.FRONT),
    ("PN", "MTTQ", "Hội Liên hiệp Phụ nữ thành phố", Kind.MASS_ORGANIZATION),
    ("ND", "MTTQ", "Hội Nông dân thành phố", Kind.MASS_ORGANIZATION),
    ("CCB", "MTTQ", "Hội Cựu chiến binh thành phố", Kind.MASS_ORGANIZATION),
    ("LDLD", "MTTQ", "Liên đoàn Lao động thành phố", Kind.MASS_ORGANIZATION),
    ("TN", "MTTQ", "Thành đoàn", Kind.MASS_ORGANIZATION),
]


def create_units():
    """{code: unit}"""
    units = {}
    for code, above, name, kind in OFFICES:
        add(units, code, above, name, kind, LEVEL, **office_header(code, name, kind))
    for code, (word, place) in PLACES.items():
        create_ward(units, code, word, place)
    return units


def add(units, code, above, name, kind, level, **header):
    values = {"level_name": level, "parent": units.get(above), "valid_from": FOUNDED_ON, **header}
    units[code] = create_unit(code=code, name=name, kind=kind, **values)


def create_ward(units, code, word, place):
    """The ward with the board and the Front of its Party committee, its schools and its residential groups."""
    level, body = f"Cấp {word}", f"{word} {place}"
    committee = f"ĐẢNG ỦY {body.upper()}"
    add(units, code, ROOT, f"{word.capitalize()} {place}", Kind.WARD, level, **ward_header(committee, place))
    board, front = f"Ban Xây dựng Đảng Đảng ủy {body}", f"Ủy ban MTTQ Việt Nam {body}"
    add(units, f"{code}-XDD", code, board, Kind.MOBILIZATION_BOARD, level, **board_header(committee, place))
    add(units, f"{code}-MT", code, front, Kind.FRONT, level, **cell_header(committee, front, place))
    for number, school in enumerate(SCHOOLS[code], start=1):
        add(units, f"{code}-TH{number}", code, school, Kind.SCHOOL, ATTACHED, **cell_header(committee, school, place))
    for number in range(1, GROUPS[code] + 1):
        group = f"{ {WARD: 'Tổ dân phố', COMMUNE: 'Thôn'}[word] } {number}, {body}"
        add(units, f"{code}-T{number}", code, group, Kind.RESIDENTIAL_GROUP, ATTACHED, **cell_header(committee, group, place))


# --- how they head and sign their papers -------------------------------------------------------------


def office_header(code, name, kind):
    if code == BOARD:
        recipients = ["Ban Tuyên giáo và Dân vận Trung ương", "Thường trực Thành ủy", "Các đảng ủy phường, xã", "Lưu Ban"]
        return {
            "superior_name": COMMITTEE, "issuer_name": "BAN TUYÊN GIÁO VÀ DÂN VẬN", "symbol": "BC/BTGDVTU", "place": CITY,
            "signer_title": "TRƯỞNG BAN", "recipients": recipients,
        }  # fmt: skip
    if kind in (Kind.PARTY_COMMITTEE, Kind.GOVERNMENT):
        return {"place": CITY}
    return cell_header(COMMITTEE, name, CITY)


def ward_header(committee, place):
    return {
        "superior_name": "ĐẢNG BỘ THÀNH PHỐ THANH BÌNH", "issuer_name": committee, "symbol": "BC/ĐU", "place": place,
        "signing_authority": "T/M BAN THƯỜNG VỤ", "signer_title": "PHÓ BÍ THƯ",
        "recipients": ["Ban Tuyên giáo và Dân vận Thành ủy", "Ban Thường vụ Đảng ủy", "Lưu Văn phòng Đảng ủy"],
    }  # fmt: skip


def board_header(committee, place):
    return {
        "superior_name": committee, "issuer_name": "BAN XÂY DỰNG ĐẢNG", "symbol": "BC/BXDĐ", "place": place, "signer_title": "TRƯỞNG BAN",
        "recipients": ["Ban Tuyên giáo và Dân vận Thành ủy", "Thường trực Đảng ủy", "Lưu Ban"],
    }  # fmt: skip


def cell_header(committee, name, place):
    return {
        "superior_name": committee, "issuer_name": f"CHI BỘ {name.split(',')[0].upper()}", "symbol": "BC/CB", "place": place,
        "signing_authority": "T/M CHI BỘ", "signer_title": "BÍ THƯ", "recipients": ["Cấp ủy cấp trên", "Lưu Chi bộ"],
    }  # fmt: skip
