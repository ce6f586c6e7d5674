"""The lines of text of a PDF page, with their fonts and places."""

import unicodedata
from dataclasses import dataclass
from typing import Any

MM = 72 / 25.4


@dataclass
class Line:
    page: int
    text: str
    x0: float  # mm from the left edge
    x1: float
    baseline: float  # pt from the top edge
    sizes: set[float]
    fonts: set[str]

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def style(self) -> tuple[set[str], set[float]]:
        return self.fonts, self.sizes


def lines_of(page: Any, *, left: float = 0, right: float = 1000, top: float = 0, bottom: float = 10000) -> list[Line]:
    """Lines of text in a region (mm across, pt down), top to bottom."""
    groups: dict[float, list[Any]] = {}
    for char in page.chars:
        baseline = round(float(page.height) - char["matrix"][5], 1)
        if left <= char["x0"] / MM < right and top <= baseline <= bottom:
            key = next((key for key in groups if abs(key - baseline) < 0.6), baseline)
            groups.setdefault(key, []).append(char)
    lines = [line_of(page, baseline, chars) for baseline, chars in sorted(groups.items())]
    return [line for line in lines if line]


def line_of(page: Any, baseline: float, chars: list[Any]) -> Line | None:
    chars = sorted(chars, key=lambda char: char["x0"])
    inked = [char for char in chars if char["text"].strip()]
    if not inked:
        return None
    return Line(
        page=page.page_number,
        text=" ".join("".join(char["text"] for char in chars).split()),
        x0=inked[0]["x0"] / MM,
        x1=inked[-1]["x1"] / MM,
        baseline=baseline,
        sizes={round(char["size"], 1) for char in inked},
        fonts={char["fontname"].split("+")[-1] for char in inked},
    )


def same(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def begins(whole: str, line: str) -> bool:
    return whole == line or (len(line) > 30 and whole.startswith(line))


def find(lines: list[Line], text: str, rule: str) -> Line:
    found = [line for line in lines if line.text == same(text)]
    assert found, f"{rule}: no line {text!r} among {[line.text for line in lines][:12]}"
    return found[0]
