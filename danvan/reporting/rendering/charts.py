"""Charts as SVG text, drawn on the server for the PDF.

WeasyPrint's SVG: presentation attributes and literal colours only; text-anchor on every <text>, never on the root
(it crashes there); no dominant-baseline (it is ignored), so baselines are computed. One unit is one point.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from danvan.reporting.rendering.text import clean, format_number

PALETTE = ("#1A4F8B", "#C8641B", "#46A08F", "#7A1F3D")
LAST_YEAR = "#B9BDC4"
INK, RULE, TRACK = "#000000", "#6B7280", "#EEF0F3"
NARROW, WIDE = 467, 714  # the text widths of a portrait and of a landscape page, 165 and 252 mm
SIZE, LINE = 11, 13  # of the chart's letters and lines
Json = dict[str, Any]
Number = int | float | None


def render(chart: Json, *, width: int = NARROW) -> str:
    series = [{"label": clean(one["label"]), "values": list(one["values"])} for one in chart["series"]]
    categories = [clean(str(name)) for name in chart["categories"]]
    for one in series:
        if len(one["values"]) != len(categories):
            raise ValueError(f"chart {chart['title']!r}: {len(one['values'])} values, {len(categories)} categories")
    draw = {"bars": bars, "funnel": funnel, "years": years}[chart["chart"]]
    height, marks = draw(series, categories, width) if series and categories else nothing(width)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{_n(height)}pt" '
        f'viewBox="0 0 {width} {_n(height)}" role="img">'
        f"<title>{escape(clean(chart['title']))}</title><desc>{escape(clean(chart['desc']))}</desc>{''.join(marks)}</svg>"
    )


def nothing(width: int) -> tuple[float, list[str]]:
    return 2.0 * LINE, [text(width / 2, LINE, "Không phát sinh", "middle")]


def bars(series: list[Json], categories: list[str], width: int) -> tuple[float, list[str]]:
    """Horizontal bars, one group a category, one colour a series; every bar carries its number."""
    label_width, value_width, thick, gap = width * 0.34, 44, 10, 10
    room = width - label_width - value_width
    top = _top(series)
    marks, y = legend(series, PALETTE, width) if len(series) > 1 else ([], 0)
    start = y
    for index, category in enumerate(categories):
        lines = wrap(category, label_width - 10)
        group = len(series) * (thick + 2) - 2
        height = max(group, len(lines) * LINE)
        marks += label_lines(lines, label_width - 8, y + (height - len(lines) * LINE) / 2, "end")
        bar_y = y + (height - group) / 2
        for position, one in enumerate(series):
            value = one["values"][index]
            length = room * float(value or 0) / top
            marks.append(rect(label_width, bar_y, length, thick, PALETTE[position % len(PALETTE)]))
            marks.append(text(label_width + length + 4, bar_y + thick - 1.4, number(value), "start", bold=True))
            bar_y += thick + 2
        y += height + gap
    marks.append(line(label_width, start - 3, label_width, y - gap + 3))
    return y - gap + 6, marks


def funnel(series: list[Json], categories: list[str], width: int) -> tuple[float, list[str]]:
    """Steps of one process: a centred bar a step, its number and its share of the first step."""
    values = series[0]["values"]
    label_width, value_width, thick, gap = width * 0.32, 92, 22, 6
    room = width - label_width - value_width
    top = _top(series[:1])
    marks: list[str] = []
    y = 2.0
    for index, (category, value) in enumerate(zip(categories, values, strict=True)):
        lines = wrap(category, label_width - 10)
        height = max(thick, len(lines) * LINE)
        bar_y = y + (height - thick) / 2
        length = room * float(value or 0) / top
        marks += label_lines(lines, label_width - 8, y + (height - len(lines) * LINE) / 2, "end")
        marks.append(rect(label_width, bar_y, room, thick, TRACK))
        marks.append(rect(label_width + (room - length) / 2, bar_y, length, thick, PALETTE[0]))
        share = "" if index == 0 else share_of(value, values[0])
        marks.append(text(width - value_width + 8, bar_y + thick / 2 + 4, number(value) + share, "start", bold=True))
        y += height + gap
    return y - gap + 4, marks


def years(series: list[Json], categories: list[str], width: int) -> tuple[float, list[str]]:
    """Columns side by side. Two series: last year grey, this year blue. One series: earlier years grey, the last blue."""
    colours = (LAST_YEAR, PALETTE[0], *PALETTE[1:])
    marks, y = legend(series, colours, width) if len(series) > 1 else ([], 0)
    top, plot = _top(series), 120
    floor = y + LINE + plot
    step = width / max(len(categories), 1)
    thick = min(34.0, (step - min(14, step * 0.18)) / len(series) - 3)
    size = SIZE if thick >= 16 else SIZE - 2  # narrow columns: the numbers must not touch
    depth = 0
    for index, category in enumerate(categories):
        centre = step * (index + 0.5)
        left = centre - (len(series) * (thick + 3) - 3) / 2
        for position, one in enumerate(series):
            value = one["values"][index]
            height = plot * float(value or 0) / top
            if len(series) == 1:
                colour = PALETTE[0] if index == len(categories) - 1 else LAST_YEAR
            else:
                colour = colours[position % len(colours)]
            marks.append(rect(left, floor - height, thick, height, colour))
            marks.append(text(left + thick / 2, floor - height - 3, number(value), "middle", bold=True, size=size))
            left += thick + 3
        lines = wrap(category, step - 6)
        depth = max(depth, len(lines))
        marks += label_lines(lines, centre, floor + 4, "middle")
    marks.append(line(0, floor, width, floor))
    return floor + 8 + depth * LINE, marks


def legend(series: list[Json], colours: tuple[str, ...], width: int) -> tuple[list[str], float]:
    marks: list[str] = []
    x, y = 0.0, 2.0
    for index, one in enumerate(series):
        length = 16 + text_width(one["label"]) + 18
        if x and x + length > width:
            x, y = 0.0, y + LINE + 2
        marks.append(rect(x, y, 10, 10, colours[index % len(colours)]))
        marks.append(text(x + 15, y + 9, one["label"], "start"))
        x += length
    return marks, y + LINE + 8


def label_lines(lines: Iterable[str], x: float, top: float, anchor: str) -> list[str]:
    return [text(x, top + index * LINE + 10, content, anchor) for index, content in enumerate(lines)]


def wrap(label: str, room: float) -> list[str]:
    lines: list[str] = []
    for word in label.split():
        if lines and text_width(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def text_width(content: str) -> float:
    """An upper estimate that needs no font file: capitals are wider than small letters."""
    return SIZE * sum(0.72 if char.isupper() else 0.28 if char in " .,:;-–il" else 0.5 for char in content)


def share_of(value: Number, first: Number) -> str:
    if not value or not first:
        return ""
    share = (Decimal(str(value)) * 100 / Decimal(str(first))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f" ({format_number(share)}%)"


def number(value: Number) -> str:
    return "–" if value is None else format_number(value)


def rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{colour}"/>'


def line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{RULE}" stroke-width="0.75"/>'


def text(x: float, y: float, content: str, anchor: str, *, bold: bool = False, size: int = SIZE) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-family="Tinos" font-size="{size}"{weight} fill="{INK}" '
        f"text-anchor={quoteattr(anchor)}>{escape(content)}</text>"
    )


def _top(series: list[Json]) -> float:
    return max((float(value) for one in series for value in one["values"] if value), default=1.0)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
