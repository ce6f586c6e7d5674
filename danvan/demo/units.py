"""Quận Thanh Bình, which does not exist: its offices, organisations, wards, two schools and a market."""

import datetime

from danvan.demo.content.registrations import WARDS
from danvan.units.models import Kind
from danvan.units.services import create_unit

FOUNDED_ON = datetime.date(2008, 1, 1)
ROOT, BOARD = "QU", "BDV"
COMMITTEE = "QUẬN ỦY THANH BÌNH"

# code, unit above, name, kind, level
OFFICES = [
    (ROOT, None, "Quận ủy Thanh Bình", Kind.PARTY_COMMITTEE, "Cấp quận"),
    (BOARD, ROOT, "Ban Dân vận Quận ủy", Kind.MOBILIZATION_BOARD, "Cấp quận"),
    ("UBND", ROOT, "UBND quận Thanh Bình", Kind.GOVERNMENT, "Cấp quận"),
    ("VP-UBND", "UBND", "Văn phòng HĐND và UBND quận", Kind.AGENCY, "Cấp quận"),
    ("P-NV", "UBND", "Phòng Nội vụ", Kind.AGENCY, "Cấp quận"),
    ("P-TP", "UBND", "Phòng Tư pháp", Kind.AGENCY, "Cấp quận"),
    ("P-KT", "UBND", "Phòng Kinh tế", Kind.AGENCY, "Cấp quận"),
    ("P-QLDT", "UBND", "Phòng Quản lý đô thị", Kind.AGENCY, "Cấp quận"),
    ("P-GDDT", "UBND", "Phòng Giáo dục và Đào tạo", Kind.AGENCY, "Cấp quận"),
    ("P-TNMT", "UBND", "Phòng Tài nguyên và Môi trường", Kind.AGENCY, "Cấp quận"),
    ("P-LDTBXH", "UBND", "Phòng Lao động - Thương binh và Xã hội", Kind.AGENCY, "Cấp quận"),
    ("CHO-TB", "P-KT", "Ban Quản lý Chợ Thanh Bình", Kind.MARKET, "Đơn vị trực thuộc"),
    ("CA", ROOT, "Công an quận", Kind.ARMED_FORCE, "Cấp quận"),
    ("BCHQS", ROOT, "Ban Chỉ huy Quân sự quận", Kind.ARMED_FORCE, "Cấp quận"),
    ("MTTQ", ROOT, "Ủy ban MTTQ quận Thanh Bình", Kind.FRONT, "Cấp quận"),
    ("PN", "MTTQ", "Hội Liên hiệp Phụ nữ quận", Kind.MASS_ORGANIZATION, "Cấp quận"),
    ("TN", "MTTQ", "Quận đoàn", Kind.MASS_ORGANIZATION, "Cấp quận"),
    ("CCB", "MTTQ", "Hội Cựu chiến binh quận", Kind.MASS_ORGANIZATION, "Cấp quận"),
    ("LDLD", "MTTQ", "Liên đoàn Lao động quận", Kind.MASS_ORGANIZATION, "Cấp quận"),
]
SCHOOLS = [
    ("TH-AP", "AP", "Trường Tiểu học An Phú", Kind.SCHOOL, "Đơn vị trực thuộc"),
    ("THCS-KL", "KL", "Trường THCS Kim Long", Kind.SCHOOL, "Đơn vị trực thuộc"),
]
TREE = [*OFFICES, *((code, ROOT, f"Phường {name}", Kind.WARD, "Cấp phường") for code, name in WARDS.items()), *SCHOOLS]


def create_units():
    """{code: unit}"""
    units = {}
    for code, above, name, kind, level in TREE:
        header = header_of(code, name, kind)
        units[code] = create_unit(
            code=code, name=name, kind=kind, level_name=level, parent=units.get(above), valid_from=FOUNDED_ON, **header
        )
    return units


def header_of(code, name, kind):
    """How the unit heads and signs its papers. Below the board it is a Party body that reports: a ward's khối, a cell (chi bộ)."""
    if code == BOARD:
        return board_header()
    if kind == Kind.WARD:
        return ward_header(name.removeprefix("Phường "))
    if kind in (Kind.PARTY_COMMITTEE, Kind.GOVERNMENT):
        return {"place": "Thanh Bình"}
    return cell_header(name)


def board_header():
    return {
        "superior_name": COMMITTEE,
        "issuer_name": "BAN DÂN VẬN",
        "symbol": "BC/BDVQU",
        "place": "Thanh Bình",
        "signer_title": "TRƯỞNG BAN",
        "recipients": [
            "Ban Dân vận Thành ủy",
            "Thường trực Quận ủy",
            "Các cơ quan, đơn vị thuộc quận",
            "Các phường",
            "Lưu Ban Dân vận",
        ],
    }


def ward_header(name):
    return {
        "superior_name": f"ĐẢNG ỦY PHƯỜNG {name.upper()}",
        "issuer_name": "KHỐI DÂN VẬN",
        "symbol": "BC/KDV",
        "place": name,
        "signing_authority": "T/M KHỐI DÂN VẬN",
        "signer_title": "TRƯỞNG KHỐI",
        "recipients": ["Ban Dân vận Quận ủy", "Ban Thường vụ Đảng ủy phường", "Lưu Khối dân vận"],
    }


def cell_header(name):
    return {
        "superior_name": COMMITTEE,
        "issuer_name": f"CHI BỘ {name.upper()}",
        "symbol": "BC/CB",
        "place": "Thanh Bình",
        "signing_authority": "T/M CHI BỘ",
        "signer_title": "BÍ THƯ",
        "recipients": ["Ban Dân vận Quận ủy", "Lưu Chi bộ"],
    }
