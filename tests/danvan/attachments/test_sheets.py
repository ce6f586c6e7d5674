"""What is read from the first sheet of a workbook, and what is refused instead of guessed."""

import datetime
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from danvan.attachments import sheets
from danvan.attachments.sheets import as_date, as_text, rows_of_upload
from danvan.common.exceptions import Refused
from tests.danvan.attachments import good


@pytest.fixture(autouse=True)
def private_root(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path


def upload(data, name="bang.xlsx"):
    return SimpleUploadedFile(name, data)


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def shared(*cells):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.add_worksheet().write_row(0, 0, cells)
    book.close()
    return target.getvalue()


def test_text_numbers_and_dates_of_both_writers_are_read():
    """openpyxl writes strings into the cells; xlsxwriter, as Excel does, shares them."""
    book = openpyxl.Workbook()
    book.active.append(["Phường  Vĩnh Hải ", 12.5, 101, datetime.date(2020, 2, 29), None, True])
    book.active.append([None, ""])
    book.active["C5"] = CellRichText("Cán bộ ", TextBlock(InlineFont(b=True), "phường"))
    assert rows_of_upload(upload(saved(book)), most=10) == [
        (1, {"A": "Phường  Vĩnh Hải", "B": Decimal("12.5"), "C": Decimal(101), "D": Decimal(43890), "F": "1"}),
        (5, {"C": "Cán bộ phường"}),
    ]
    assert rows_of_upload(upload(shared("Đúng", 7)), most=10) == [(1, {"A": "Đúng", "B": Decimal(7)})]


def test_the_first_sheet_counts_wherever_its_part_stands():
    book = openpyxl.Workbook()
    second = book.create_sheet("Danh mục")
    second.append(["danh mục"])
    book.active.append(["dữ liệu"])
    book.move_sheet("Danh mục", -1)
    assert rows_of_upload(upload(saved(book)), most=10) == [(1, {"A": "danh mục"})]


@pytest.mark.parametrize(
    ("value", "date"),
    [
        (Decimal(43890), "29/02/2020"), (Decimal("43890.75"), "29/02/2020"), (Decimal(61), "01/03/1900"), ("5/3/20", "5/3/20"),
        (Decimal(2020000), "2020000"), ("", ""),
    ],
)  # fmt: skip
def test_a_day_count_becomes_a_date(value, date):
    assert as_date(value) == date


@pytest.mark.parametrize(("value", "words"), [(Decimal("101.0"), "101"), (Decimal("1E+3"), "1000"), (Decimal("12.50"), "12.5"), ("a", "a")])
def test_a_number_is_text_as_it_was_typed(value, words):
    assert as_text(value) == words


def test_too_many_rows_and_other_files_are_refused_by_name():
    book = openpyxl.Workbook()
    for number in range(4):
        book.active.append([number])
    with pytest.raises(Refused, match="“bang.xlsx” có 4 dòng, quá mức 3 dòng"):
        rows_of_upload(upload(saved(book)), most=3)
    with pytest.raises(Refused, match="“thu.docx” không phải là tệp Excel"):
        rows_of_upload(upload(good.docx(), "thu.docx"), most=3)
    with pytest.raises(Refused, match="“gia.xlsx”"):
        rows_of_upload(upload(good.docx(), "gia.xlsx"), most=3)


def changed(name, old, new):
    """A good workbook with one part written otherwise."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(shared("chữ", 5))) as source, zipfile.ZipFile(target, "w") as result:
        for member in source.namelist():
            text = source.read(member)
            assert member != name or old in text
            result.writestr(member, text.replace(old, new) if member == name else text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", b"<v>5</v>", b"<v>NaN gi do</v>"),
        ("xl/worksheets/sheet1.xml", b"<v>0</v>", b"<v>77</v>"),
        ("xl/worksheets/sheet1.xml", b'r="B1"', b'r="1B"'),
        ("xl/worksheets/sheet1.xml", b'r="B1"', b""),
        ("xl/worksheets/sheet1.xml", b"</row>", b""),
        ("xl/worksheets/sheet1.xml", b"<v>5</v>", b"<v>NaN</v>"),
        ("xl/worksheets/sheet1.xml", b"<v>5</v>", b"<v>Infinity</v>"),
        ("xl/worksheets/sheet1.xml", b"<v>5</v>", b"<v>1E+999999999</v>"),
        ("xl/sharedStrings.xml", b"</si>", b"</sj>"),
        ("xl/workbook.xml", b"<sheets>", b"<sheets"),
        ("xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"worksheets/khac.xml"),
    ],
)
def test_a_sheet_that_makes_no_sense_is_refused_not_guessed(name, old, new):
    with pytest.raises(Refused, match="Không đọc được bảng trong tệp “bang.xlsx”"):
        rows_of_upload(upload(changed(name, old, new)), most=10)


def damaged(data, name):
    """The same workbook with the packed bytes of one part gone wrong, as a broken disk leaves them."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        member = source.getinfo(name)
    start = member.header_offset + 30 + len(member.filename)
    return data[:start] + b"\xff" * member.compress_size + data[start + member.compress_size :]


def test_a_damaged_file_of_the_operator_is_refused_not_a_trace(tmp_path):
    """A file of the command line passes no check of uploads before it is read."""
    good_one = shared("chữ", 5)
    for data in (damaged(good_one, "xl/worksheets/sheet1.xml"), good_one[:-40], good_one[:200], b"", b"khong phai tep nen"):
        with pytest.raises(Refused, match="Không đọc được bảng trong tệp"):
            sheets.sheet_rows(data, None, most=10)


def test_a_huge_part_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_PART", 200)
    with pytest.raises(Refused, match="quá lớn"):
        rows_of_upload(upload(good.xlsx()), most=1000)
