"""Compiles the project's .po files to the .mo files that Django reads; needs no gettext tools.

    python danvan/locale/compile.py

The .mo files are committed beside the .po files, so that a machine without gettext shows Vietnamese.
"""

import ast
import struct
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Entry(NamedTuple):
    context: str | None
    singular: str
    plural: str | None
    texts: tuple[str, ...]


def read_po(path):
    """The entries of a .po file in their order, the header (empty msgid) too, without obsolete ones."""
    entries: list[Entry] = []
    fields: dict[str, str] = {}
    keyword = ""

    def finish():
        if "msgid" in fields:
            texts = tuple(text for key, text in fields.items() if key.startswith("msgstr"))
            entries.append(Entry(fields.get("msgctxt"), fields["msgid"], fields.get("msgid_plural"), texts))
        fields.clear()

    for line in path.read_text("utf-8").splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if not line.startswith('"'):
            before, (keyword, line) = keyword, line.split(" ", 1)
            if keyword == "msgctxt" or (keyword == "msgid" and before != "msgctxt"):
                finish()
            fields[keyword] = ""
        fields[keyword] += ast.literal_eval(line)
    finish()
    return entries


def compiled(entries):
    """The bytes of a .mo file: two tables of (length, place), sorted, then the texts."""
    pairs = []
    for entry in entries:
        key = entry.singular if entry.plural is None else f"{entry.singular}\0{entry.plural}"
        key = key if entry.context is None else f"{entry.context}\4{key}"
        pairs.append((key.encode(), "\0".join(entry.texts).encode()))
    pairs.sort()
    start = 28
    place = start + 16 * len(pairs)
    tables, texts = [], b""
    for column in zip(*pairs, strict=True):
        for text in column:
            tables.append(struct.pack("<2I", len(text), place + len(texts)))
            texts += text + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), start, start + 8 * len(pairs), 0, place)
    return head + b"".join(tables) + texts


def catalogues():
    return sorted(HERE.glob("*/LC_MESSAGES/*.po"))


if __name__ == "__main__":
    for po in catalogues():
        entries = read_po(po)
        po.with_suffix(".mo").write_bytes(compiled(entries))
        print(f"{po.relative_to(HERE)}: {len(entries) - 1} texts")
