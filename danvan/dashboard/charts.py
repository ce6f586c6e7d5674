"""Small drawings as SVG, made on the server. Presentation attributes only: the pages run under a strict CSP."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from danvan.common.text import format_number

LINE, TEXT, TRACK = "#E4E1DB", "#4A4C50", "#F1EFEA"
ISSUED, CLOSED, GAP, GAP_TEXT, SHADE = "#6B6E74", "#1A4F8B", "#C8641B", "#8A4B00", "#F6E7D8"
RAMP = ("#A9C3E0", "#6F9BCB", "#3A73B0", "#1A4F8B")
UP, DOWN, ZERO = "#1A4F8B", "#C8641B", "#85827B"
LEFT, TOP, BELOW, LABELS = 30, 14, 24, 104  # room around the plot; LABELS is the room for words at its right
LETTER = 16  # least distance between two lines of words


@dataclass(frozen=True)
class Plot:
    width: int
    height: int
    steps: int  # points on the x axis of the whole period
    top: int  # the highest value of the scale

    def x(self, index):
        return round(LEFT + (self.width - LEFT - LABELS) * index / max(self.steps - 1, 1), 1)

    def y(self, value):
        return round(self.height - BELOW - (self.height - BELOW - TOP) * value / self.top, 1)

    def points(self, series):
        return " ".join(f"{self.x(i)},{self.y(v)}" for i, v in enumerate(series))


def gap_lines(upper, lower, names, *, width, height, labels, title, told, key):
    """Two cumulative lines over the months `labels`, the gap between them shaded and named.

    `names` are the words behind the last numbers; the series may end before the last month. `key` makes the ids of the
    drawing unique on its page.
    """
    plot = Plot(width, height, len(labels), scale_top(max([*upper, *lower, 1])))
    parts = [_grid(plot), _months(plot, labels)]
    if upper:
        area = f"{plot.points(upper)} " + " ".join(reversed(plot.points(lower).split()))
        parts += [
            format_html('<polygon points="{}" fill="{}"/>', area, SHADE),
            _line(plot, upper, ISSUED, "2", "5 3"),
            _line(plot, lower, CLOSED, "2.5", "none"),
            _ends(plot, upper, lower, names),
        ]
    return _svg(width, height, title, told, key, parts)


def _svg(width, height, title, told, key, parts):
    """The frame of a drawing that stands twice on its page, wide and narrow; `key` makes its ids unique there."""
    return format_html(
        '<svg class="{}" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-labelledby="{k}-t {k}-d" '
        'xmlns="http://www.w3.org/2000/svg" font-family="Inter, sans-serif" font-size="12.5">'
        '<title id="{k}-t">{}</title><desc id="{k}-d">{}</desc>{}</svg>',
        "only-w" if width > 400 else "only-s",
        title,
        told,
        _join(parts),
        w=width,
        h=height,
        k=key,
    )


def scale_top(value):
    """The first round number at or above the value that five steps divide into whole numbers."""
    step = 1
    while step * 5 < value:
        step = next(n for n in _round_steps() if n > step)
    return step * 5


def _round_steps():
    unit = 1
    while True:
        yield from (unit, unit * 2, unit * 3, unit * 4, unit * 5)
        unit *= 10


def _grid(plot):
    rows = [(plot.y(plot.top * n // 5), format_number(plot.top * n // 5)) for n in range(6)]
    right = plot.width - LABELS
    return _join(
        format_html(
            '<line x1="{}" x2="{}" y1="{y}" y2="{y}" stroke="{}"/><text x="{}" y="{}" text-anchor="end" fill="{}">{}</text>',
            LEFT, right, LINE, LEFT - 8, y + 4, TEXT, words, y=y,
        )
        for y, words in rows
    )  # fmt: skip


def _months(plot, labels):
    every = 1 if len(labels) < 7 or (plot.width > 400 and len(labels) < 13) else 2
    return _join(
        format_html('<text x="{}" y="{}" text-anchor="middle" fill="{}">{}</text>', plot.x(i), plot.height - 5, TEXT, label)
        for i, label in enumerate(labels)
        if i % every == 0
    )


def _line(plot, series, colour, width, dashes):
    return format_html(
        '<polyline points="{}" fill="none" stroke="{}" stroke-width="{}" stroke-linejoin="round" stroke-dasharray="{}"/>',
        plot.points(series), colour, width, dashes,
    )  # fmt: skip


def _ends(plot, upper, lower, names):
    """The last values in words beside their points, kept apart; between them what is left."""
    x, high, low = plot.x(len(upper) - 1), plot.y(upper[-1]), plot.y(lower[-1])
    left = upper[-1] - lower[-1]
    apart = LETTER * 2 if left > 0 else LETTER
    top_y = min(high, plot.height - BELOW - apart) + 4
    low_y = max(low + 4, top_y + apart)
    words = [(top_y, TEXT, f"{format_number(upper[-1])} {names[0]}"), (low_y, CLOSED, f"{format_number(lower[-1])} {names[1]}")]
    parts = [
        format_html('<circle cx="{}" cy="{}" r="3.5" fill="{}"/>', x, high, ISSUED),
        format_html('<circle cx="{}" cy="{}" r="3.5" fill="{}"/>', x, low, CLOSED),
    ]
    if left > 0:
        parts.append(format_html('<line x1="{x}" x2="{x}" y1="{}" y2="{}" stroke="{}" stroke-width="2"/>', high, low, GAP, x=x))
        words.append(((top_y + low_y) / 2, GAP_TEXT, f"còn {format_number(left)}"))
    row = '<text class="lab" x="{}" y="{}" fill="{}" font-weight="600">{}</text>'
    return _join([*parts, *(format_html(row, x + 10, round(y, 1), colour, said) for y, colour, said in words)])


def columns(values, texts, labels, *, width, title, told, key):
    """One column a year with its number above; a year without a number has none."""
    height, room, step = 190, 24, width / len(values)
    top = max(float(value or 0) for value in values) or 1
    every = 1 if step > 8.5 * max(map(len, texts)) else 2  # numbers that would touch are left out in turn
    parts = [format_html('<line x1="0" x2="{}" y1="{y}" y2="{y}" stroke="{}"/>', width, LINE, y=height - room)]
    words = '<text x="{}" y="{}" text-anchor="middle" fill="{}"{}>{}</text>'
    for place, (value, said, label) in enumerate(zip(values, texts, labels, strict=True)):
        tall = round((height - 2 * room) * float(value or 0) / top, 1)
        middle, up = round(step * (place + 0.5), 1), height - room - tall
        box = (round(step * (place + 0.2), 1), up, round(step * 0.6, 1), tall, CLOSED)
        parts.append(format_html('<rect x="{}" y="{}" width="{}" height="{}" rx="2" fill="{}"/>', *box))
        if place % every == 0:
            parts.append(format_html(words, middle, up - 6, TEXT, SafeString(' font-weight="600"'), said))
        parts.append(format_html(words, middle, height - 6, TEXT, "", label))
    return _svg(width, height, title, told, key, parts)


def bar(value, top, step=0):
    """A bar on a track; `step` picks the colour of the ramp."""
    share = round(value * 100 / top, 2) if top else 0
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="100" height="10" fill="{}"/><rect width="{}" height="10" fill="{}"/></svg>',
        TRACK, share, RAMP[step],
    )  # fmt: skip


def deviation(percent, least, most):
    """A bar to the right or left of a zero line; `least` ≤ 0 ≤ `most` are the ends of the scale that all rows share."""
    zero = 100 * -least / ((most - least) or 1)
    zero = min(max(zero, 12), 88)
    unit = min(zero / -least if least else 100, (100 - zero) / most if most else 100)
    width = round(abs(percent) * unit, 2)
    start = round(zero if percent > 0 else max(zero - width, 0), 2)
    return format_html(
        '<svg class="bar2" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">'
        '<rect x="{}" y="3" width="{}" height="10" fill="{}"/><rect x="{}" width="0.6" height="16" fill="{}"/></svg>',
        start, width, UP if percent > 0 else DOWN, round(zero - 0.3, 2), ZERO,
    )  # fmt: skip


def _join(parts):
    return format_html_join("", "{}", ((part,) for part in parts))
