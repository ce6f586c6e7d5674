"""The kinds of reports: who issues them, what they are called, which headings they have. The office's words as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.module_loading import autodiscover_modules

from danvan.figures.periods import is_year, words_after, words_of

OFFICE, WARD = "co_quan", "don_vi"


@dataclass(frozen=True)
class Heading:
    """`code` names the place of chapters and of narrative; level 1 part, 2 section, 3 item. Its number is counted on printing."""

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
    summary: Callable[[str], str]  # of a period key
    outline: Callable[[str], list[Heading]]
    free: tuple[str, ...]  # headings whose text is written by people
    told_by: Mapping[str, str]  # heading -> the paragraph of the units' reports that tells the same matter


def _annual_outline(period):
    return [
        Heading("A", 1, f"KẾT QUẢ CÔNG TÁC DÂN VẬN {words_of(period).upper()}"),
        Heading("A.I", 2, "ĐẶC ĐIỂM TÌNH HÌNH", "Tình hình kinh tế - xã hội; tâm trạng, nguyện vọng của Nhân dân."),
        Heading("A.II", 2, "KẾT QUẢ THỰC HIỆN"),
        Heading("A.II.1", 3, "Công tác lãnh đạo, chỉ đạo của cấp ủy"),
        Heading("A.II.2", 3, "Công tác dân vận của chính quyền"),
        Heading("A.II.3", 3, "Thực hiện Quy chế dân chủ ở cơ sở"),
        Heading("A.II.4", 3, "Giám sát, phản biện xã hội, góp ý và đối thoại"),
        Heading("A.II.5", 3, "Hoạt động của Mặt trận Tổ quốc và các đoàn thể"),
        Heading("A.II.6", 3, "Công tác dân tộc, tôn giáo"),
        Heading("A.II.7", 3, "Phong trào thi đua “Dân vận khéo” và công tác khen thưởng"),
        Heading("A.III", 2, "HOẠT ĐỘNG CỦA CƠ QUAN DÂN VẬN"),
        Heading("A.IV", 2, "ĐÁNH GIÁ CHUNG"),
        Heading("A.IV.1", 3, "Ưu điểm"),
        Heading("A.IV.2", 3, "Hạn chế, nguyên nhân"),
        Heading("A.IV.3", 3, "Bài học kinh nghiệm"),
        Heading("B", 1, f"PHƯƠNG HƯỚNG, NHIỆM VỤ {words_after(period).upper()}"),
        Heading("B.I", 2, "PHƯƠNG HƯỚNG CHUNG"),
        Heading("B.II", 2, "NHIỆM VỤ TRỌNG TÂM"),
        Heading("B.III", 2, "KIẾN NGHỊ, ĐỀ XUẤT"),
    ]


def _unit_outline(period):
    return [
        Heading("A", 1, f"KẾT QUẢ CÔNG TÁC DÂN VẬN {words_of(period).upper()}"),
        Heading("A.I", 2, "KẾT QUẢ NỔI BẬT"),
        Heading("A.II", 2, "SỐ LIỆU THỰC HIỆN"),
        Heading("A.II.1", 3, "Thực hiện Quy chế dân chủ ở cơ sở"),
        Heading("A.II.2", 3, "Tiếp công dân, đơn thư và bộ phận một cửa"),
        Heading("A.II.3", 3, "Hòa giải ở cơ sở"),
        Heading("A.II.5", 3, "Tuyên truyền; việc cưới, việc tang văn minh"),
        Heading("A.II.7", 3, "Phong trào thi đua “Dân vận khéo”"),
        Heading("A.III", 2, "HẠN CHẾ, NGUYÊN NHÂN"),
        Heading("B", 1, f"PHƯƠNG HƯỚNG, NHIỆM VỤ {words_after(period).upper()}"),
        Heading("B.I", 2, "NHIỆM VỤ TRỌNG TÂM"),
        Heading("B.II", 2, "KIẾN NGHỊ, ĐỀ XUẤT"),
    ]


def _summary(period):
    if is_year(period):
        return f"tổng kết công tác dân vận {words_of(period)}, phương hướng, nhiệm vụ {words_after(period)}"
    return f"kết quả công tác dân vận {words_of(period)}, nhiệm vụ {words_after(period)}"


KINDS = {
    kind.code: kind
    for kind in [
        Kind(
            "annual", "Báo cáo tổng kết công tác dân vận năm", OFFICE, "annual-1", _summary, _annual_outline,
            ("A.I", *(f"A.II.{n}" for n in range(1, 8)), "A.III", "A.IV.1", "A.IV.2", "A.IV.3", "B.I", "B.II", "B.III"),
            {"A.IV.1": "ket_qua", "A.IV.2": "han_che", "B.I": "phuong_huong", "B.III": "kien_nghi"},
        ),
        Kind(
            "unit", "Báo cáo công tác dân vận năm của đơn vị", WARD, "unit-1", _summary, _unit_outline,
            ("A.I", "A.II.7", "A.III", "B.I", "B.II"), {"A.I": "ket_qua", "A.III": "han_che", "B.I": "phuong_huong", "B.II": "kien_nghi"},
        ),
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


# --- numbers of headings ---------------------------------------------------------------------------
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
MARKS = {1: lambda n: f"{'ABCDE'[n]}- ", 2: lambda n: f"{ROMAN[n]}- ", 3: lambda n: f"{n + 1}. ", 4: lambda n: f"{'abcdeghik'[n]}) "}


def numbered(headings):
    """[(heading, its printed text)]: letters, Roman, Arabic; a level starts anew below each heading above it."""
    counts, told = {}, []
    for heading in headings:
        counts = {level: n for level, n in counts.items() if level <= heading.level}
        counts[heading.level] = counts.get(heading.level, -1) + 1
        told.append((heading, MARKS[heading.level](counts[heading.level]) + heading.text))
    return told
