"""The cells of a workbook's sheet, read without running or computing anything.

A few hundred rows of a form that we handed out: no library of ours reads workbooks, and these parts are all that it takes.
"""

import datetime
import io
import re
import zipfile
import zlib
from decimal import Decimal, InvalidOperation

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from danvan.attachments.checks import check_upload
from danvan.common import text
from danvan.common.exceptions import Refused

MB = 1024 * 1024
MAX_PART = 8 * MB  # of XML once unpacked: parsing takes some ten times as much memory
MAX_COLUMNS = 40
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
MAX_DIGITS = 30  # a number of a sheet has fifteen
# not a package, damaged, locked or packed in an odd way; no XML; parts or cells that make no sense
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ParseError, DefusedXmlException,
    KeyError, IndexError, ValueError, TypeError, InvalidOperation,
)  # fmt: skip
FIRST_DAY = datetime.date(1899, 12, 30)  # day 0 of a sheet, with the leap day that 1900 never had already counted


def rows_of_upload(upload, *, most):
    """[(row number, {column letter: text, or Decimal for a number})] of rows with content; raises Refused, the file named, when unfit."""
    checked = check_upload(upload)
    if checked.kind != "xlsx":
        raise Refused(f"Tệp “{checked.name}” không phải là tệp Excel (.xlsx).")
    return sheet_rows(checked.data, None, most=most, named=checked.name)


def sheet_rows(data, title, *, most, named=""):
    """The rows of the sheet with that title, of the first one without; raises Refused."""
    file = f"tệp “{named}”" if named else "tệp"
    try:
        rows = list(cells_of(data, title))
    except UNREADABLE:
        sheet = f"bảng “{title}”" if title else "bảng"
        raise Refused(f"Không đọc được {sheet} trong {file}. Anh/chị lưu lại bằng Excel rồi gửi lại.") from None
    if len(rows) > most:
        raise Refused(f"Bảng trong {file} có {text.format_number(len(rows))} dòng, quá mức {text.format_number(most)} dòng một lần.")
    return rows


def cells_of(data, title):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        shared = shared_strings(package)
        for row in part(package, sheet_path(package, title)).iter(f"{MAIN}row"):
            cells = dict(cell for entry in row[:MAX_COLUMNS] if (cell := cell_of(entry, shared)))
            if cells:
                yield int(row.get("r")), cells


def sheet_path(package, title):
    sheets = {sheet.get("name"): sheet.get(LINK) for sheet in part(package, "xl/workbook.xml").find(f"{MAIN}sheets")}
    wanted = sheets[title] if title else next(iter(sheets.values()))
    links = {link.get("Id"): link.get("Target") for link in part(package, "xl/_rels/workbook.xml.rels")}
    target = links[wanted]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def shared_strings(package):
    if "xl/sharedStrings.xml" not in package.NameToInfo:
        return []
    return [words(entry) for entry in part(package, "xl/sharedStrings.xml")]


def part(package, name):
    if package.getinfo(name).file_size > MAX_PART:
        raise Refused("Bảng trong tệp quá lớn. Anh/chị xóa các dòng trống và định dạng thừa, hoặc chia thành nhiều tệp.")
    return fromstring(package.read(name), forbid_dtd=True)


def words(entry):
    """Runs of different looks are one text; what only tells how to pronounce it is not part of it."""
    runs = [entry.find(f"{MAIN}t")] if entry.find(f"{MAIN}r") is None else [run.find(f"{MAIN}t") for run in entry.iter(f"{MAIN}r")]
    return text.nfc("".join(run.text or "" for run in runs if run is not None)).strip()


def cell_of(entry, shared):
    """(column letter, value), or None for an empty cell."""
    column = CELL.fullmatch(entry.get("r"))[1]
    kind = entry.get("t", "n")
    inner = entry.find(f"{MAIN}is" if kind == "inlineStr" else f"{MAIN}v")
    if inner is None or not (len(inner) or inner.text):
        return None
    if kind == "inlineStr":
        value = words(inner)
    elif kind == "s":
        value = shared[int(inner.text)]
    else:
        value = number_of(inner.text) if kind == "n" else text.nfc(inner.text).strip()
    return None if value == "" else (column, value)


def number_of(written):
    value = Decimal(written)
    if not value.is_finite() or abs(value.adjusted()) > MAX_DIGITS:
        raise ValueError(written)
    return value


def as_text(value):
    """A number of a cell as it was typed: 101, not 101.0."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def as_date(value):
    """A date cell is a count of days; written as text it is left to the form. Returns what a date field reads."""
    if isinstance(value, Decimal) and 0 < value < 100_000:
        return text.format_date(FIRST_DAY + datetime.timedelta(days=int(value)))
    return as_text(value)
