"""The kinds of reports: who issues them, what they are called, which headings they have. The office's words as data."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import autodiscover_modules

OFFICE, WARD = "co_quan", "don_vi"


@dataclass(frozen=True)
class Heading:
    """`code` names the place of chapters and of narrative; level 1 part, 2 section, 3 item, 4 point."""

    code: str
    level: int
    text: str
    hint: str = ""


@dataclass(frozen=True)
class Kind:
    code: str
    label: str
    issuer: str  # OFFICE: the reviewing body, over all units it sees; WARD: a reporting unit, over itself
    template: str
    summary: Callable[[int], str]
    outline: Callable[[int], list[Heading]]
    free: tuple[str, ...]  # headings whose text is written by people


def _annual_outline(year):
    return [
        Heading("A", 1, f"A- KẾT QUẢ CÔNG TÁC DÂN VẬN NĂM {year}"),
        Heading("A.I", 2, "I- ĐẶC ĐIỂM TÌNH HÌNH", "Tình hình kinh tế - xã hội; tâm trạng, nguyện vọng của Nhân dân."),
        Heading("A.II", 2, "II- KẾT QUẢ THỰC HIỆN"),
        Heading("A.II.1", 3, "1. Công tác lãnh đạo, chỉ đạo của cấp ủy"),
        Heading("A.II.2", 3, "2. Công tác dân vận của chính quyền"),
        Heading("A.II.3", 3, "3. Thực hiện Quy chế dân chủ ở cơ sở"),
        Heading("A.II.4", 3, "4. Giám sát, phản biện xã hội, góp ý và đối thoại"),
        Heading("A.II.5", 3, "5. Hoạt động của Mặt trận Tổ quốc và các đoàn thể"),
        Heading("A.II.6", 3, "6. Công tác dân tộc, tôn giáo"),
        Heading("A.II.7", 3, "7. Phong trào thi đua “Dân vận khéo” và công tác khen thưởng"),
        Heading("A.III", 2, "III- HOẠT ĐỘNG CỦA BAN DÂN VẬN"),
        Heading("A.IV", 2, "IV- ĐÁNH GIÁ CHUNG"),
        Heading("A.IV.1", 3, "1. Ưu điểm"),
        Heading("A.IV.2", 3, "2. Hạn chế, nguyên nhân"),
        Heading("A.IV.3", 3, "3. Bài học kinh nghiệm"),
        Heading("B", 1, f"B- PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM {year + 1}"),
        Heading("B.I", 2, "I- PHƯƠNG HƯỚNG CHUNG"),
        Heading("B.II", 2, "II- NHIỆM VỤ TRỌNG TÂM"),
        Heading("B.III", 2, "III- KIẾN NGHỊ, ĐỀ XUẤT"),
    ]


def _unit_outline(year):
    return [
        Heading("A", 1, f"A- KẾT QUẢ CÔNG TÁC DÂN VẬN NĂM {year}"),
        Heading("A.I", 2, "I- KẾT QUẢ NỔI BẬT"),
        Heading("A.II", 2, "II- SỐ LIỆU THỰC HIỆN"),
        Heading("A.II.2", 3, "1. Tiếp công dân, đơn thư và bộ phận một cửa"),
        Heading("A.II.3", 3, "2. Hòa giải ở cơ sở"),
        Heading("A.II.5", 3, "3. Tuyên truyền; việc cưới, việc tang văn minh"),
        Heading("A.II.7", 3, "4. Phong trào thi đua “Dân vận khéo”"),
        Heading("A.III", 2, "III- HẠN CHẾ, NGUYÊN NHÂN"),
        Heading("B", 1, f"B- PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM {year + 1}"),
        Heading("B.I", 2, "I- NHIỆM VỤ TRỌNG TÂM"),
        Heading("B.II", 2, "II- KIẾN NGHỊ, ĐỀ XUẤT"),
    ]


def _summary(year):
    return f"tổng kết công tác dân vận năm {year}, phương hướng, nhiệm vụ năm {year + 1}"


KINDS = {
    kind.code: kind
    for kind in [
        Kind(
            "annual", "Báo cáo tổng kết công tác dân vận năm", OFFICE, "annual-1", _summary, _annual_outline,
            ("A.I", "A.II.1", "A.II.2", "A.II.3", "A.II.4", "A.II.5", "A.II.6", "A.II.7", "A.III", "A.IV.1", "A.IV.2", "A.IV.3", "B.I", "B.II", "B.III"),
        ),
        Kind("unit", "Báo cáo công tác dân vận năm của đơn vị", WARD, "unit-1", _summary, _unit_outline, ("A.I", "A.II.7", "A.III", "B.I", "B.II")),
    ]
}  # fmt: skip

# --- what apps add, from their reports.py -----------------------------------------------------
_chapters: list[tuple[str, str, Callable]] = []
_appendices: list[tuple[str, str, Callable]] = []


def chapter(*kinds, at):
    """`function(context) -> blocks` printed under the heading `at`. Numbers come from context only."""

    def enter(function):
        _chapters.extend((kind, at, function) for kind in kinds)
        return function

    return enter


def appendix(*kinds, code):
    """`function(context) -> {"title", "orientation", "blocks"}` or None when it has no rows."""

    def enter(function):
        _appendices.extend((kind, code, function) for kind in kinds)
        return function

    return enter


def chapters_of(kind, at):
    autodiscover_modules("reports")
    return [function for k, place, function in _chapters if k == kind.code and place == at]


def appendices_of(kind):
    autodiscover_modules("reports")
    return sorted(((code, function) for k, code, function in _appendices if k == kind.code), key=lambda entry: entry[0])
