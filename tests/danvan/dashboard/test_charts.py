"""The drawings measured: where a line ends, what a bar says, words that do not run into each other."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest

from danvan.dashboard import charts

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = [f"T{n}" for n in range(1, 13)]


def drawn(upper, lower, labels=MONTHS, width=430, height=226):
    return charts.gap_lines(
        upper, lower, ("đã gửi", "đã trả lời"), width=width, height=height, labels=labels, title="<Tên>", told="Lời", key="k"
    )


def shapes(svg, tag):
    return ET.fromstring(svg).iter(f"{SVG}{tag}")


@pytest.mark.parametrize("value, top", [(1, 5), (5, 5), (6, 10), (12, 15), (41, 50), (101, 150), (950, 1000), (1001, 1500)])
def test_the_scale_ends_at_a_round_number(value, top):
    assert charts.scale_top(value) == top


def test_two_lines_end_at_their_last_numbers():
    svg = drawn([1, 5, 50], [0, 2, 25], labels=MONTHS[:3])
    first, second = shapes(svg, "polyline")
    assert first.get("points").split()[-1] == "326.0,14.0"
    assert second.get("points").split()[-1] == "326.0,108.0"
    assert [t.text for t in shapes(svg, "text") if t.get("class") == "lab"] == ["50 đã gửi", "25 đã trả lời", "còn 25"]
    assert next(shapes(svg, "polygon")).get("fill") == charts.SHADE


@pytest.mark.parametrize("width, height", [(430, 226), (350, 200)])
@pytest.mark.parametrize("upper, lower", [([41], [28]), ([41], [40]), ([3], [3]), ([50], [0]), ([1], [0]), ([2], [5])])
def test_words_keep_their_distance_and_stay_inside(upper, lower, width, height):
    labels = [t for t in shapes(drawn(upper, lower, width=width, height=height), "text") if t.get("class") == "lab"]
    heights = sorted(float(t.get("y")) for t in labels)
    assert all(b - a >= charts.LETTER - 0.2 for a, b in pairwise(heights))
    assert heights[0] > 10 and heights[-1] <= height - charts.BELOW + 12
    assert len(labels) == (3 if upper[-1] > lower[-1] else 2)


def test_a_narrow_drawing_names_every_other_month():
    names = [t.text for t in shapes(drawn([1] * 12, [0] * 12, width=350, height=200), "text") if (t.text or "").startswith("T")]
    assert names == ["T1", "T3", "T5", "T7", "T9", "T11"]


def test_only_presentation_attributes_and_escaped_words():
    svg = str(drawn([1], [0]))
    assert "style" not in svg and "&lt;Tên&gt;" in svg
    assert 'aria-labelledby="k-t k-d"' in svg and 'id="k-t"' in svg


def test_no_month_passed_yet_draws_an_empty_frame():
    assert not list(shapes(drawn([], []), "polyline"))


def test_bars_share_one_scale():
    assert re.findall(r'width="([\d.]+)" height="10"', charts.bar(5, 20, 1)) == ["100", "25.0"]
    assert 'width="0"' in charts.bar(0, 0)


@pytest.mark.parametrize("percent, least, most", [(50, -10, 50), (-10, -10, 50), (0, 0, 0), (40, 0, 50), (-30, -30, 0), (200, -100, 200)])
def test_deviations_stay_inside_and_on_their_side(percent, least, most):
    bar, zero = re.findall(r'<rect x="([\d.]+)"[^>]*? width="([\d.]+)"', charts.deviation(percent, least, most))
    start, width, line = float(bar[0]), float(bar[1]), float(zero[0]) + 0.3
    assert start >= 0 and start + width <= 100.1
    assert start == pytest.approx(line, abs=0.1) if percent > 0 else start + width == pytest.approx(line, abs=0.1)
