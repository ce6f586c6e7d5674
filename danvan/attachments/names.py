"""What is left of a file name from outside."""

import re
import unicodedata
from pathlib import PurePosixPath

from danvan.common import text

MAX_LENGTH = 200
UNNAMED = "khong-ten"


def clean_name(raw):
    """The last part of the path in NFC, without characters that cannot be seen: control marks, line breaks, direction overrides."""
    last = re.split(r"[/\\]", raw or "")[-1]
    seen = "".join(" " if char in "\t\r\n" else char for char in last if char in "\t\r\n" or is_seen(char))
    return shortened(text.nfc(" ".join(seen.split())).strip(". ") or UNNAMED)


def is_seen(char):
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def shortened(name):
    """The end is kept: it says what the file is."""
    if len(name) <= MAX_LENGTH:
        return name
    ending = PurePosixPath(name).suffix[:20]
    return name[: MAX_LENGTH - len(ending)].rstrip() + ending


def extension_of(name):
    return PurePosixPath(name).suffix[1:].lower()
