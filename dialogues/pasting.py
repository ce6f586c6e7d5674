"""Questions pasted from Excel: one on a line, columns parted by Tab: nội dung, lĩnh vực, trả lời."""

import re
from dataclasses import dataclass

from danvan.common import text

MOST = 200  # lines of one paste
# "1.", "2)", "3/ ", "Câu 4:", "Câu hỏi 5 -": a number is no part of the question; "2.500 hộ" and "1/5" are
NUMBERING = re.compile(
    r"^\s*(?:câu(?:\s+hỏi)?(?:\s+số)?\s*\d{1,3}\s*[.):\-–/]?|\d{1,3}\s*[.):/](?!\d)|\d{1,3}\s+[\-–]\s)\s*", re.IGNORECASE
)
HEADINGS = {"noi dung", "noi dung cau hoi", "cau hoi", "noi dung cau hoi, kien nghi", "noi dung kien nghi"}


@dataclass(frozen=True)
class Pasted:
    content: str
    field_id: int | None
    field_words: str  # what was written where no field of work fits
    answer: str


def parse(pasted, fields):
    """[Pasted] of the lines that say something. `fields` are the fields of work by which the second column is read."""
    known = {text.fold(field.name): field.pk for field in fields}
    lines = [line for line in text.nfc(pasted).replace("\r", "\n").split("\n") if line.strip()]
    found = [_line(line.split("\t"), known) for line in lines[:MOST]]
    return [line for line in found if line.content and text.fold(line.content) not in HEADINGS]


def _line(cells, known):
    cells = [text.plain(cell.strip().strip('"'), 5000) for cell in cells]
    if len(cells) > 1 and re.fullmatch(r"(\d{1,3}[.)]?|TT|STT)?", cells[0]):
        cells = cells[1:]  # the column of running numbers
    content, field, answer = (*cells, "", "", "")[:3]
    return Pasted(NUMBERING.sub("", content), known.get(text.fold(field)), "" if text.fold(field) in known else field, answer)
