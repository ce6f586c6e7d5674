"""Text that the document font can print, and Vietnamese numbers."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).resolve().parents[3] / "static" / "fonts" / "pdf"
REPLACEMENTS = str.maketrans({"☐": "□", "☑": "■", "☒": "■", "✓": "x", "✔": "x", "✗": "x", "\t": " ", "\u2028": "\n", "\u2029": "\n"})
MISSING = "□"  # what a reader would see anyway, but the same on every machine
INVISIBLE = re.compile(r"[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]")


@lru_cache(maxsize=1)
def printable_codepoints() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(FONTS / "Tinos-Regular.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


def clean(text: str) -> str:
    """NFC, no invisible controls, and only characters of Tinos: PDF/A forbids a missing glyph."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(REPLACEMENTS)
    text = INVISIBLE.sub("", text)
    if text.isascii():
        return text
    known = printable_codepoints()
    return "".join(char if char == "\n" or ord(char) in known else MISSING for char in text)


def clean_tree(value: Any) -> Any:
    """The snapshot with every string cleaned; the snapshot itself stays untouched."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: clean_tree(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_tree(item) for item in value]
    return value


def roman(number: int) -> str:
    parts = []
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        parts.append(letters * (number // value))
        number %= value
    return "".join(parts)


def format_number(value: float | int | Decimal) -> str:
    """1234.5 -> 1.234,5 (at most two decimals)."""
    number = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{number:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))
