"""The parts of the page below the headlines: recommendations by month, models by field, this year beside the last."""

from collections import Counter
from urllib.parse import urlencode

from danvan.common.text import format_number
from danvan.dashboard import charts, chosen
from danvan.dashboard.links import number
from danvan.figures import registry
from danvan.figures.compute import tally
from danvan.figures.links import url_of
from danvan.figures.periods import span_of, words_of

# the steps of the funnel: title, {kind of the registration: (figure, further parameters of its list)}
STEPS = [
    ("Đăng ký", {"mo_hinh": "dvk_model", "dien_hinh": "dvk_exemplar"}),
    ("Khảo sát", {"mo_hinh": "dvk_surveyed", "dien_hinh": "dvk_surveyed"}),
    ("Thẩm định", {"mo_hinh": "dvk_appraised", "dien_hinh": "dvk_appraised"}),
    ("Công nhận", {"mo_hinh": "dvk_model_recognised", "dien_hinh": "dvk_exemplar_recognised"}),
]
KINDS = {"mo_hinh": "Mô hình", "dien_hinh": "Điển hình"}


# --- models by field ---------------------------------------------------------------------


def funnel_rows(key, units):
    """[{kind, field_id, field__name, n0..n3}]: what reached each step in the year, in one query."""
    steps = [(place, by_kind, code) for place, (_, by_kind) in enumerate(STEPS) for code in dict.fromkeys(by_kind.values())]
    if not chosen.complete([code for *_, code in steps]):
        return []
    cells = [((place, by_kind), registry.figure(code), span_of(key)) for place, by_kind, code in steps]
    rows, nothing = {}, {f"n{place}": 0 for place in range(len(STEPS))}
    for (place, by_kind), item, group, count in tally(units, cells, ["kind", "field__position", "field_id", "field__name"]):
        kind, _, field_id, name = group
        if count and by_kind[kind] == item.code:
            rows.setdefault(group, {"kind": kind, "field_id": field_id, "field__name": name, **nothing})[f"n{place}"] = count
    return [rows[group] for group in sorted(rows, key=lambda group: group[1:3])]


def funnel(board):
    """{"titles", "kinds": [{"title", "rows", "totals"}]}; None while there is nothing to count."""
    if not board.fields:
        return None
    top = max(row[f"n{place}"] for row in board.fields for place in range(len(STEPS)))
    kinds = [_kind(board.key, kind, [row for row in board.fields if row["kind"] == kind], top) for kind in KINDS]
    return {"titles": [title for title, _ in STEPS], "kinds": [kind for kind in kinds if kind["rows"]], "words": funnel_words(board.fields)}


def _kind(key, kind, rows, top):
    return {
        "title": KINDS[kind],
        "rows": [{"name": row["field__name"], "cells": _cells(key, kind, row, top, row["field_id"])} for row in rows],
        "totals": [
            number(sum(row[f"n{place}"] for row in rows), _step_url(key, kind, code[kind])) for place, (_, code) in enumerate(STEPS)
        ],
    }


def _cells(key, kind, row, top, field_id):
    return [
        {
            "number": number(row[f"n{place}"], _step_url(key, kind, code[kind], field_id)),
            "bar": charts.bar(row[f"n{place}"], top, place),
        }
        for place, (_, code) in enumerate(STEPS)
    ]


def _step_url(key, kind, code, field_id=None):
    params = {"loai": kind, **({"linh_vuc": field_id} if field_id else {})}
    return f"{url_of(code, key)}&{urlencode(params)}"


def funnel_words(rows):
    """ "Cứ 4 mô hình, điển hình đăng ký thì 1 được công nhận." and the field with the longest way still to go."""
    registered, recognised = (sum(row[f"n{place}"] for row in rows) for place in (0, 3))
    if not recognised:
        return "Chưa có mô hình, điển hình nào được công nhận trong kỳ."
    every = round(registered / recognised)
    return (
        f"Cứ {every} mô hình, điển hình đăng ký thì 1 được công nhận."
        if every > 1
        else "Hầu hết mô hình, điển hình đăng ký được công nhận."
    )


# --- recommendations by month --------------------------------------------------------------


def by_month(key, units):
    """{code: {(year, month): number}}: the recommendations sent in the year, by the month in which they were sent and answered."""
    if not chosen.complete(chosen.RECOMMENDATIONS):
        return {}
    _, sent = chosen.RECOMMENDATIONS
    found = {code: Counter() for code in chosen.RECOMMENDATIONS}
    cells = [(code, registry.figure(code), span_of(key)) for code in chosen.RECOMMENDATIONS]
    columns = [f"{date}__{part}" for date in ("sent_on", "replied_on") for part in ("year", "month")]
    for code, _, (year, month, *replied), count in tally(units, cells, columns):
        found[code][(year, month) if code == sent else tuple(replied)] += count
    return found


def so_far(board, code, day):
    """What came up to the end of the month."""
    return sum(count for month, count in board.monthly[code].items() if count and month <= (day.year, day.month))


def recommendations(board):
    """Two cumulative lines drawn twice, for a wide page and for a phone; None while supervision is not there.

    After the end of the year a last point says how it stands today: replies still come in.
    """
    if not chosen.complete(chosen.RECOMMENDATIONS):
        return None
    answered_code, sent_code = chosen.RECOMMENDATIONS
    passed = [month for month in board.months if month <= board.today]
    sent, answered = ([so_far(board, code, month) for month in passed] for code in (sent_code, answered_code))
    labels = [f"T{month.month}" for month in board.months]
    if board.today.year > board.months[-1].year:
        labels, sent, answered = [*labels, "nay"], [*sent, board.value(sent_code)], [*answered, board.value(answered_code)]
    totals = board.value(sent_code), board.value(answered_code)
    left = totals[0] - totals[1]
    drawing = {
        "labels": labels,
        "title": f"Kiến nghị sau giám sát: đã gửi và đã trả lời, lũy kế {words_of(board.key)}",
        "told": f"Đã gửi {totals[0]}, đã trả lời {totals[1]}" + (f", còn {left} kiến nghị." if left > 0 else "."),
    }
    return {
        "drawn": [
            charts.gap_lines(sent, answered, ("đã gửi", "đã trả lời"), width=width, height=height, key=key, **drawing)
            for width, height, key in ((430, 226, "kn-rong"), (350, 200, "kn-hep"))
            if totals[0]
        ],
        "sent": number(totals[0], url_of(sent_code, board.key), "kiến nghị"),
        "answered": number(totals[1], url_of(answered_code, board.key)),
        "resolved": number(board.value(chosen.RESOLVED), url_of(chosen.RESOLVED, board.key)),
        "left": number(left, f"{url_of(sent_code, board.key)}&trang_thai=da_gui") if left > 0 else "",
    }


# --- this year beside the last -----------------------------------------------------------------


def year_on_year(board):
    """{"words", "rows"}: figures that either year knows, on one scale of percent; None when nothing can be compared yet."""
    if board.compared is None:
        return None
    this, last = board.compared
    pairs = [(code, board.value(code, this), board.value(code, last)) for code in chosen.known(chosen.COMPARED)]
    pairs = [(code, now, before) for code, now, before in pairs if now or before]
    percents = [_percent(now, before) for _, now, before in pairs]
    shown = [max(min(percent, 200), -100) for percent in percents if percent is not None]
    least, most = min([0, *shown]), max([0, *shown])
    rows = [
        {
            "label": registry.figure(code).label,
            "now": number(now, url_of(code, this)),
            "before": number(before, url_of(code, last)),
            "change": _change_words(percent),
            "bar": charts.deviation(max(min(percent, 200), -100), least, most) if percent is not None else "",
        }
        for (code, now, before), percent in zip(pairs, percents, strict=True)
    ]
    return {"this": words_of(this), "last": words_of(last), "rows": rows}


def _percent(now, before):
    return (now - before) * 100 / before if before else None


def _change_words(percent):
    """ "+22,6%", "−7,7%", "0%"; without a number of last year "mới"."""
    if percent is None:
        return "mới"
    sign = "+" if percent > 0 else "−" if percent < 0 else ""
    return f"{sign}{format_number(abs(percent), 0 if not percent else 1)}%"
