import re
import xml.etree.ElementTree as ElementTree

import pytest

from danvan.reporting.rendering import charts
from tests.danvan.reporting.sample import FIELDS, chart

SVG = "{http://www.w3.org/2000/svg}"
TWO = {"Đăng ký": [12, 27, 10, 17], "Công nhận": [10, 22, 8, 13]}
CHARTS = [
    chart("bars", "Theo lĩnh vực", "Văn hóa – xã hội nhiều nhất.", TWO, FIELDS),
    chart("bars", "Một chuỗi", "Một chuỗi.", {"Đăng ký": [1, 2, 3, 4]}, FIELDS),
    chart("funnel", "Từ đăng ký đến công nhận", "Giảm dần.", {"Số": [66, 61, 56, 53]}, ["Đăng ký", "Khảo sát", "Thẩm định", "Công nhận"]),
    chart("years", "So với năm trước", "Tăng.", {"Năm 2018": [9, 25, 7, 15], "Năm 2019": [12, 27, 10, 17]}, FIELDS),
    chart("years", "Năm năm", "Tăng dần.", {"Đăng ký": [31, 40, 52, 56, 66]}, ["2015", "2016", "2017", "2018", "2019"]),
    chart("bars", "Không có số liệu", "Chưa phát sinh.", {"A": [0, 0], "B": [0, 0]}, ["x", "y"]),
]


def parsed(block, **options):
    return ElementTree.fromstring(charts.render(block, **options))


def rects(root, colour):
    return [mark for mark in root.iter(f"{SVG}rect") if mark.get("fill") == colour]


@pytest.mark.parametrize("block", CHARTS, ids=lambda block: f"{block['chart']} {block['title']}")
@pytest.mark.parametrize("width", [charts.NARROW, charts.WIDE])
def test_the_drawing_uses_only_what_weasyprint_draws(block, width):
    markup = charts.render(block, width=width)
    root = ElementTree.fromstring(markup)
    assert "text-anchor" not in root.attrib and "style=" not in markup and "dominant-baseline" not in markup and "class=" not in markup
    assert root.findtext(f"{SVG}title") == block["title"] and root.findtext(f"{SVG}desc") == block["desc"]
    texts = list(root.iter(f"{SVG}text"))
    assert texts
    for mark in texts:
        assert mark.get("text-anchor") in {"start", "middle", "end"} and mark.get("font-family") == "Tinos"
    allowed = {*charts.PALETTE, charts.LAST_YEAR, charts.INK, charts.RULE, charts.TRACK}
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}", markup)) <= allowed
    height = float(root.get("viewBox").split()[3])
    for mark in root.iter(f"{SVG}rect"):
        x, y, wide, high = (float(mark.get(name)) for name in ("x", "y", "width", "height"))
        assert min(x, y) >= 0 and x + wide <= width + 0.01 and y + high <= height + 0.01
    for mark in texts:
        assert 0 < float(mark.get("y")) <= height


def test_bar_lengths_are_in_proportion_and_each_carries_its_number():
    root = parsed(CHARTS[0])
    first, second = rects(root, charts.PALETTE[0])[1:], rects(root, charts.PALETTE[1])[1:]  # after the legend's
    unit = float(first[1].get("width")) / 27
    assert [float(mark.get("width")) for mark in first] == pytest.approx([value * unit for value in TWO["Đăng ký"]], abs=0.02)
    assert [float(mark.get("width")) for mark in second] == pytest.approx([value * unit for value in TWO["Công nhận"]], abs=0.02)
    numbers = [mark.text for mark in root.iter(f"{SVG}text") if mark.get("font-weight")]
    assert numbers == ["12", "10", "27", "22", "10", "8", "17", "13"]


def test_the_funnel_is_centred_and_states_its_shares():
    root = parsed(CHARTS[2])
    centres = {round(float(mark.get("x")) + float(mark.get("width")) / 2, 1) for mark in rects(root, charts.PALETTE[0])}
    assert len(centres) == 1
    assert [mark.text for mark in root.iter(f"{SVG}text") if mark.get("font-weight")] == ["66", "61 (92,4%)", "56 (84,8%)", "53 (80,3%)"]


def test_last_year_is_grey_and_this_year_blue():
    two, many = parsed(CHARTS[3]), parsed(CHARTS[4])
    assert len(rects(two, charts.LAST_YEAR)) == len(rects(two, charts.PALETTE[0])) == 5  # four columns and the legend
    assert (len(rects(many, charts.LAST_YEAR)), len(rects(many, charts.PALETTE[0]))) == (4, 1)


def test_a_missing_value_is_a_dash_and_large_numbers_are_grouped():
    root = parsed(chart("bars", "t", "d", {"A": [None, 48215.5]}, ["x", "y"]))
    assert [mark.text for mark in root.iter(f"{SVG}text") if mark.get("font-weight")] == ["–", "48.215,5"]


def test_labels_wrap_and_are_escaped():
    label = 'Xây dựng hệ thống chính trị & "quốc phòng" <an ninh> ở cơ sở trong tình hình mới'
    root = parsed(chart("bars", label, label, {label: [1], "B": [2]}, [label]))
    assert root.findtext(f"{SVG}title") == label
    lines = [mark.text for mark in root.iter(f"{SVG}text") if mark.get("text-anchor") == "end"]
    assert len(lines) > 2 and " ".join(lines) == label


@pytest.mark.parametrize("kind", ["bars", "funnel", "years"])
def test_no_data_is_said_in_words(kind):
    for block in (chart(kind, "t", "d", {}, []), chart(kind, "t", "d", {"A": []}, [])):
        assert [mark.text for mark in parsed(block).iter(f"{SVG}text")] == ["Không phát sinh"]


def test_series_and_categories_must_agree():
    with pytest.raises(ValueError, match="3 values, 4 categories"):
        charts.render(chart("bars", "t", "d", {"A": [1, 2, 3]}, FIELDS))
