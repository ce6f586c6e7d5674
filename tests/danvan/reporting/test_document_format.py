import copy
import dataclasses
import io
import json
import os
import re
import socket
import unicodedata

import pdfplumber
import pikepdf
import pypdf
import pytest

from danvan.reporting.rendering import RenderError, pdf, profiles, render_figures_pdf, render_html, render_pdf
from danvan.reporting.rendering.html import written_date
from tests.danvan.reporting import measure, sample


@pytest.fixture(scope="module")
def annual_pdf():
    return render_pdf(sample.annual())


def pages_of(content):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def text_of(content):
    return "\n".join(pages_of(content))


def test_the_annual_report_keeps_every_rule(annual_pdf):
    measured = measure.check_hd36(annual_pdf, measure.expectations(sample.annual()))
    assert measured["P05 rule"] == "206.1 pt for words of 206.1 pt"
    assert {"P01", "P02", "P03", "P04", "P16", "P18", "P23", "A"} <= measured.keys()


def test_the_issued_ward_report_keeps_every_rule():
    snapshot = sample.ward()
    measured = measure.check_hd36(render_pdf(snapshot), measure.expectations(snapshot))
    assert measured["P09"].startswith("'Số 05-BC/KDV'")
    assert measured["P11"].startswith("'An Phú, ngày 06 tháng 01 năm 2020'")
    assert measured["P20"] == "Tinos-Bold 14 pt"


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("P01", {"page_size": "Letter"}),
        ("P02", {"margin_left_mm": 25}),
        ("P02", {"margin_right_mm": 20}),
        ("P04", {"page_number_pt": 12}),
        ("P04", {"page_number_padding_mm": "5"}),
        ("P05", {"right_pt": 14}),
        ("P06", {"organisation_pt": 13}),
        ("P08", {"organisation_mark": "-"}),
        ("P09", {"number_format": "Số: {number}-{symbol}"}),
        ("P11", {"place_pt": 13}),
        ("P13", {"type_pt": 14}),
        ("P14", {"title_separator": "---"}),
        ("P16", {"leading_pt": 20}),
        ("P16", {"paragraph_gap_pt": 3}),
        ("P20", {"authority_bold": False}),
        ("P21", {"signer_title_bold": True}),
        ("P21", {"signature_blank_lines": 2}),
        ("P23", {"recipients_label_pt": 12}),
        ("P23", {"recipients_pt": 13}),
        ("P23", {"recipients_separator": ";"}),
    ],
)
def test_the_measurement_notices_a_broken_rule(monkeypatch, rule, change):
    monkeypatch.setitem(profiles.PROFILES, "hd36", dataclasses.replace(profiles.HD36, **change))
    pdf._stylesheet.cache_clear()
    try:
        with pytest.raises(AssertionError, match=f"^{rule}"):
            measure.check_hd36(render_pdf(sample.ward()), measure.expectations(sample.ward()))
    finally:
        pdf._stylesheet.cache_clear()


def test_the_text_reads_line_by_line(annual_pdf):
    lines = [line.strip() for line in pages_of(annual_pdf)[0].splitlines()]
    summary = sample.annual()["title"]["summary"]
    for wanted in ("QUẬN ỦY THANH BÌNH", "BAN DÂN VẬN", "*", "ĐẢNG CỘNG SẢN VIỆT NAM", "BÁO CÁO", summary, "-----"):
        assert wanted in lines
    assert any(re.fullmatch(r"Số\s+-BC/BDVQU", line) for line in lines)


def test_the_same_snapshot_gives_the_same_bytes(annual_pdf):
    before = json.dumps(sample.annual(), ensure_ascii=False)
    render_pdf(sample.ward())  # another document in between
    snapshot = sample.annual()
    assert render_pdf(snapshot) == annual_pdf
    assert json.dumps(snapshot, ensure_ascii=False) == before


def test_tables_repeat_their_header_and_never_split_a_row(annual_pdf):
    lists = [page for page in pages_of(annual_pdf) if "Tên mô hình, điển hình" in page]
    assert len(lists) >= 4
    for page in lists:
        assert page.count("Tổ dân phố số") == page.count("môi trường") == len(re.findall(r"0\d/2019", page))
    assert sum(page.count("Tổ dân phố số") for page in lists) == 40


def test_appendices_begin_on_new_pages_and_page_numbers_go_on(annual_pdf):
    pages = pages_of(annual_pdf)
    starts = [index for index, page in enumerate(pages) if "Phụ lục I\n" in page or "Phụ lục II\n" in page]
    assert len(starts) == 2
    reader = pypdf.PdfReader(io.BytesIO(annual_pdf))
    assert reader.pages[starts[0]].mediabox.width > reader.pages[starts[0]].mediabox.height
    assert reader.pages[starts[1]].mediabox.width < reader.pages[starts[1]].mediabox.height
    assert str(starts[1] + 1) in [line.strip() for line in pages[starts[1]].splitlines()]


def test_the_tags_name_headings_tables_and_lists(annual_pdf):
    with pikepdf.open(io.BytesIO(annual_pdf)) as document:
        tags = {str(thing["/S"]) for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing}
    assert {"/H1", "/H2", "/H3", "/H4", "/H5", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure", "/Caption"} <= tags


def test_signature_and_recipients_stay_with_the_end_of_the_text():
    for extra in range(14):
        snapshot = sample.ward()
        snapshot["sections"][0]["blocks"] += [sample.paragraph("Nội dung bổ sung.")] * extra
        pages = pages_of(render_pdf(snapshot))
        (page,) = [page for page in pages if "Nơi nhận:" in page]
        assert {"T/M KHỐI DÂN VẬN", "Trần Thị Hòa", "- Lưu Khối Dân vận."} <= {line.strip() for line in page.splitlines()}
        assert "phản biện xã hội 02 dự thảo" in page, extra


@pytest.mark.parametrize(
    ("issued_on", "written"),
    [
        ("2020-01-05", "ngày 05 tháng 01 năm 2020"),
        ("2020-02-10", "ngày 10 tháng 02 năm 2020"),
        ("2019-03-09", "ngày 09 tháng 3 năm 2019"),
        ("2019-12-31", "ngày 31 tháng 12 năm 2019"),
        (None, "ngày tháng năm"),
    ],
)
def test_the_written_date(issued_on, written):
    assert " ".join(written_date(issued_on).split()) == written


HOSTILE = (
    '<img src=file:///etc/passwd><link rel=attachment href="file:///etc/hostname">'
    "<style>@import url(http://example.org/x.css)</style>{{ 7|add:7 }}"
)


def test_snapshot_text_is_never_markup():
    snapshot = sample.ward()
    snapshot["sections"][0]["heading"] = snapshot["recipients"][0] = snapshot["signature"]["name"] = HOSTILE
    snapshot["sections"][0]["blocks"] = [
        sample.paragraph(HOSTILE),
        {"type": "list", "items": [HOSTILE]},
        sample.table(HOSTILE, [sample.column(HOSTILE, 1)], [[HOSTILE]], [HOSTILE], HOSTILE),
        sample.chart("bars", HOSTILE, HOSTILE, {HOSTILE: [1], "B": [2]}, [HOSTILE]),
    ]
    html = render_html(snapshot)
    assert "<img" not in html and "<link" not in html and "<style" not in html
    content = render_pdf(snapshot)
    assert "{{ 7|add:7 }}" in text_of(content)
    assert b"root:x:0" not in content
    with pikepdf.open(io.BytesIO(content)) as document:
        assert "/EmbeddedFiles" not in document.Root.get("/Names", {})


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="file:///etc/passwd">',
        '<img src="http://127.0.0.1:9/x.png">',
        '<img src="data:image/svg+xml,<svg/>">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
        '<style>@import url("http://127.0.0.1:9/x.css")</style>',
        '<style>@font-face { font-family: X; src: url("file:///usr/share/fonts/x.ttf") }</style>',
        '<p style="background: url(file:///etc/passwd)">x</p>',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<object data="file:///etc/passwd"></object>',
    ],
)
def test_every_fetch_outside_our_fonts_is_refused(monkeypatch, markup):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: pytest.fail("a name was looked up"))
    monkeypatch.setattr(socket.socket, "connect", lambda *args: pytest.fail("a connection was tried"))
    with pytest.raises(RenderError):
        pdf.write_pdf(f'<html lang="vi"><title>x</title><body>{markup}', "hd36")
    assert render_pdf(sample.ward())  # the process still renders


def test_a_picture_inside_a_drawing_is_refused_too():
    """WeasyPrint swallows even a fatal refusal inside an SVG: the drawing stays empty."""
    asked = []
    fetcher = pdf._fetcher()
    original = fetcher.fetch

    def fetch(url, headers=None):
        asked.append(url)
        return original(url, headers)

    fetcher.fetch = fetch
    try:
        svg = '<svg width="9" height="9"><image href="file:///etc/passwd" width="9" height="9"/></svg>'
        content = pdf.write_pdf(f'<html lang="vi"><title>x</title><body>{svg}', "hd36")
    finally:
        del fetcher.fetch
    assert asked == ["file:///etc/passwd"] and not text_of(content).strip()


@pytest.mark.parametrize("name", ["../../../../etc/passwd", "fonts.conf", "Tinos-Regular.ttf/../fonts.conf", "%2e%2e/x.ttf"])
def test_the_fetcher_serves_the_four_faces_only(name):
    base = pdf.FONTS.as_uri()
    assert pdf.FontsOnlyFetcher().fetch(f"{base}/Tinos-Bold.ttf").read()[:4] == b"\x00\x01\x00\x00"
    with pytest.raises(ValueError, match="refused"):
        pdf.FontsOnlyFetcher().fetch(f"{base}/{name}")


def test_strange_letters_never_bring_another_font():
    snapshot = sample.ward()
    decomposed = unicodedata.normalize("NFD", "Đống Đa tổ chức")
    snapshot["sections"][0]["blocks"] = [sample.paragraph(f"Đã xong ✓ chưa ☐ 漢字 😀 \u200bẩn\x07 {decomposed}")]
    content = render_pdf(snapshot)
    assert "Đã xong x chưa □ □□ □ ẩn Đống Đa tổ chức" in " ".join(text_of(content).split())
    measure.check_hd36(content, measure.expectations(snapshot) | {"headings": []})


def test_fontconfig_sees_the_vendored_folder_only():
    assert os.environ["FONTCONFIG_FILE"] == str(pdf.FONTS / "fonts.conf")


def test_an_empty_table_says_so_and_a_long_place_stays_in_the_margins():
    snapshot = sample.ward()
    snapshot["header"]["place"] = "Thành phố Hồ Chí Minh"
    snapshot["sections"][0]["blocks"].append(sample.table("Biểu 1", [sample.column("TT", 1), sample.column("Tên", 4)], []))
    content = render_pdf(snapshot)
    assert "Không phát sinh" in text_of(content)
    with pdfplumber.open(io.BytesIO(content)) as document:
        measure.margins(document.pages)


def test_the_internal_figures_document():
    content = render_figures_pdf(sample.annual())
    text = " ".join(text_of(content).split())
    for wanted in (
        "BẢNG KÊ SỐ LIỆU",
        "Đếm đăng ký có ngày đăng ký trong kỳ",
        "53 công nhận ÷ 66 đăng ký × 100",
        "[dvk.ty_le]",
        "Phường An Phú, Phường Hòa Khánh.",
        "Hai phường nộp chậm",
    ):
        assert wanted in text
    assert text.count("hiện tại") >= 3 and "Phường Vĩnh Yên 4 chốt" in text
    assert render_figures_pdf(sample.annual()) == content


@pytest.mark.parametrize(
    "break_it",
    [
        lambda snapshot: snapshot.update(schema=2),
        lambda snapshot: snapshot.update(profile="nd99"),
        lambda snapshot: snapshot["sections"][0].update(level=5),
        lambda snapshot: snapshot["sections"][0]["blocks"].append({"type": "html", "html": "<b>"}),
        lambda snapshot: snapshot["sections"][0]["blocks"].append(sample.table("", [sample.column("A", 1)], [["1", "2"]])),
    ],
)
def test_an_unknown_shape_stops_the_document(break_it):
    snapshot = copy.deepcopy(sample.annual())
    break_it(snapshot)
    with pytest.raises((ValueError, KeyError)):
        render_html(snapshot)
