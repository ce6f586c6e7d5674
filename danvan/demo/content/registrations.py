"""The registrations of 2018 and 2019, built from the hand-written topics. No randomness."""

import re
import unicodedata
from datetime import date, timedelta

from danvan.demo.content import (
    topics_kinh_te,
    topics_quoc_phong_an_ninh,
    topics_van_hoa_xa_hoi,
    topics_xay_dung_do_thi_van_minh,
    topics_xay_dung_he_thong_chinh_tri,
)
from danvan.demo.content.places import TAKEN_UP_AGAIN
from danvan.demo.content.shapes import BOXES, Placement, Topic

TOPIC_MODULES = (
    topics_kinh_te,
    topics_van_hoa_xa_hoi,
    topics_quoc_phong_an_ninh,
    topics_xay_dung_he_thong_chinh_tri,
    topics_xay_dung_do_thi_van_minh,
)

WARDS = {
    "AP": "An Phú",
    "BM": "Bình Minh",
    "CD": "Cẩm Đông",
    "DS": "Đông Sơn",
    "HL": "Hòa Lạc",
    "HT": "Hưng Thịnh",
    "KL": "Kim Long",
    "LH": "Lộc Hạ",
}

# code: (the unit in running text, who leads there)
UNITS = {code: (f"phường {name}", f"Đảng ủy, UBND phường {name}") for code, name in WARDS.items()} | {
    "TH-AP": ("Trường Tiểu học An Phú", "Chi bộ, Ban Giám hiệu Trường Tiểu học An Phú"),
    "THCS-KL": ("Trường THCS Kim Long", "Chi bộ, Ban Giám hiệu Trường THCS Kim Long"),
    "CHO-TB": ("Ban Quản lý Chợ Thanh Bình", "Chi bộ, Ban Quản lý Chợ Thanh Bình"),
    "MTTQ": ("Ủy ban MTTQ quận", "Ban Thường trực Ủy ban MTTQ quận"),
    "PN": ("Hội Liên hiệp Phụ nữ quận", "Ban Thường vụ Hội Liên hiệp Phụ nữ quận"),
    "TN": ("Quận đoàn", "Ban Thường vụ Quận đoàn"),
    "CCB": ("Hội Cựu chiến binh quận", "Ban Thường vụ Hội Cựu chiến binh quận"),
    "LDLD": ("Liên đoàn Lao động quận", "Ban Thường vụ Liên đoàn Lao động quận"),
    "P-TNMT": (
        "Phòng Tài nguyên và Môi trường",
        "Chi bộ, lãnh đạo Phòng Tài nguyên và Môi trường",
    ),
    "P-LDTBXH": (
        "Phòng Lao động - Thương binh và Xã hội",
        "Chi bộ, lãnh đạo Phòng Lao động - Thương binh và Xã hội",
    ),
    "CA": ("Công an quận", "Đảng ủy, chỉ huy Công an quận"),
    "BCHQS": ("Ban Chỉ huy Quân sự quận", "Đảng ủy, chỉ huy Ban Chỉ huy Quân sự quận"),
}

# The Tết break and the Hùng Kings' day of the two years.
DAYS_OFF = {
    2018: {date(2018, 2, 14) + timedelta(days=n) for n in range(7)} | {date(2018, 4, 25)},
    2019: {date(2019, 2, 4) + timedelta(days=n) for n in range(5)} | {date(2019, 4, 15)},
}
FIRST, MAIN, LAST = (1, 15), (2, 18), (4, 26)


def _working_days(year: int, start: tuple[int, int]) -> list[date]:
    first, last = date(year, *start), date(year, *LAST)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5 and day not in DAYS_OFF[year]]


def _registered_on(year: int, unit: str, index: int) -> date:
    """Every ninth registration comes early, the others between mid-February and the deadline."""
    days = _working_days(year, FIRST if index % 9 == 0 else MAIN)
    if unit == "AP":
        days = [day for day in days if day != date(2019, 3, 15)]
    return days[index * 29 % len(days)]


def _starting_month(day: date) -> str:
    return f"tháng {day.month if day.day <= 15 else day.month + 1}"


def _number(value: int) -> str:
    """05, 48, 1.250: as official papers write counts."""
    return f"{value:02,}".replace(",", ".")


def _tidy(text: str) -> str:
    """NFC, and a capital letter at the start of every sentence."""
    text = unicodedata.normalize("NFC", text)
    return re.sub(r"(^|\. )([^\W\d_])", lambda m: m[1] + m[2].upper(), text)


def _continued_title(topic: Topic, placement: Placement) -> str | None:
    if not placement.continuing:
        return None
    (before,) = [p for p in topic.placements if p.year == 2018 and p.unit == placement.unit]
    return before.title


def _record(field: str, topic: Topic, placement: Placement, index: int) -> dict:
    registered_on = _registered_on(placement.year, placement.unit, index)
    running_text, lead = UNITS[placement.unit]
    slots = {
        "d": placement.d,
        "h": "" if placement.households is None else _number(placement.households),
        "n": _number(placement.n),
        "c": _number(placement.c),
        "x": placement.x,
        "u": running_text,
        "lead": lead,
        "m": _starting_month(registered_on),
        "y": placement.year,
        "y1": placement.year - 1,
    }

    def place(box: str) -> str:
        """The full name in "area" (and "goals" when short); its short form elsewhere."""
        if box == "area" or (box == "goals" and len(placement.p) <= 40):
            return placement.p
        return TAKEN_UP_AGAIN.get(placement.p, placement.p)

    texts = topic.texts | placement.own
    continues = _continued_title(topic, placement)
    return {
        "title": unicodedata.normalize("NFC", placement.title),
        "kind": topic.kind,
        "subject_type": placement.subject_type or topic.subject_type,
        "field": field,
        "unit": placement.unit,
        "registered_on": registered_on,
        "is_continuing": continues is not None,
        "continues": continues,
        "households": placement.households,
        **{box: _tidy(texts[box].format(**slots, p=place(box))) for box in BOXES},
    }


def _registrations(year: int) -> list[dict]:
    chosen = [
        (module.FIELD, topic, placement)
        for module in TOPIC_MODULES
        for topic in module.TOPICS
        for placement in topic.placements
        if placement.year == year
    ]
    records = [_record(*item, index) for index, item in enumerate(chosen)]
    return sorted(records, key=lambda r: (r["registered_on"], r["unit"], r["title"]))


def registrations_2019() -> list[dict]:
    """66 models and 72 exemplars, in order of registration."""
    return _registrations(2019)


def registrations_2018() -> list[dict]:
    """44 models and 48 exemplars, in order of registration."""
    return _registrations(2018)
