"""Snapshot → HTML: the template context, with every optional part present, and the two documents."""

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from danvan.reporting.rendering import charts
from danvan.reporting.rendering.profiles import PROFILES, Profile
from danvan.reporting.rendering.text import clean_tree, roman

Json = dict[str, Any]
BLANK_NUMBER = "\u00a0" * 5
BLANK_DATE_PART = "\u00a0" * 6
LONG_NAME = 6  # words
ITEM_MARKS = ("-", "+", "–", "•", "*")


def render_html(snapshot: Json) -> str:
    snapshot = clean_tree(snapshot)
    return render_to_string("reports/report.html", report_context(snapshot))


def render_figures_html(snapshot: Json) -> str:
    snapshot = clean_tree(snapshot)
    return render_to_string("reports/figures.html", figures_context(snapshot))


def profile_of(snapshot: Json) -> Profile:
    if snapshot["schema"] != 1:
        raise ValueError(f"unknown snapshot schema {snapshot['schema']!r}")
    return PROFILES[snapshot["profile"]]


def report_context(snapshot: Json) -> Json:
    profile = profile_of(snapshot)
    title = snapshot["title"]
    return {
        "document_title": f"{title['type']} {title['summary']}",
        "author": snapshot["unit"]["name"],
        "profile": profile,
        "header": header_context(snapshot["header"], profile),
        "title": title,
        "draft": bool(snapshot["draft"]),
        "sections": [section_context(section) for section in snapshot["sections"]],
        "signature": snapshot["signature"],
        "recipients": recipient_lines(snapshot["recipients"], profile),
        "appendices": [
            appendix_context(appendix, f"{profile.appendix_label} {roman(position)}")
            for position, appendix in enumerate(snapshot["appendices"], start=1)
        ],
    }


def header_context(header: Json, profile: Profile) -> Json:
    number = header["number"].strip()
    if number.isdigit():
        number = number.zfill(2)
    return {
        "superior": header["superior"].upper(),
        "issuer": kept_together(header["issuer"].upper()),
        "right": header["right"].upper(),
        "number": profile.number_format.format(number=number or BLANK_NUMBER, symbol=header["symbol"]),
        "place": f"{header['place']}, {written_date(header['issued_on'])}",
    }


def kept_together(name: str) -> str:
    """A name of two lines does not leave its last word alone on the second."""
    words = name.split(" ")
    return name if len(words) < LONG_NAME else " ".join(words[:-2]) + f" {words[-2]}\u00a0{words[-1]}"


def written_date(issued_on: str | None) -> str:
    """P11: days below 10 and months 1 and 2 take a leading zero; blanks until the document is issued."""
    if not issued_on:
        return f"ngày{BLANK_DATE_PART}tháng{BLANK_DATE_PART}năm{BLANK_DATE_PART}"
    day = date.fromisoformat(issued_on)
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def recipient_lines(recipients: list[str], profile: Profile) -> list[str]:
    last = len(recipients) - 1
    return [f"- {name.rstrip(' .,;')}{'.' if index == last else profile.recipients_separator}" for index, name in enumerate(recipients)]


def section_context(section: Json) -> Json:
    level = section["level"]
    if level not in (1, 2, 3, 4):
        raise ValueError(f"section {section['code']}: level {level!r}")
    return {
        "tag": f"h{level + 1}",
        "level": str(level),
        "heading": section["heading"],
        "blocks": [block_context(block) for block in section["blocks"]],
    }


def appendix_context(appendix: Json, label: str) -> Json:
    return {
        "label": label,
        "title": appendix["title"].upper(),
        "bookmark": f"{label}. {appendix['title']}",
        "reference": appendix["reference"],
        "landscape": appendix["orientation"] == "landscape",
        "blocks": [block_context(block, landscape=appendix["orientation"] == "landscape") for block in appendix["blocks"]],
    }


def block_context(block: Json, *, landscape: bool = False) -> Json:
    kind = block["type"]
    if kind == "paragraph":
        return {"type": kind, "lines": text_lines(block["text"])}
    if kind == "list":
        return {"type": kind, "items": [list_item(item) for item in block["items"] if item.strip()]}
    if kind == "table":
        return {"type": kind, **table_context(block)}
    if kind == "chart":
        width = charts.WIDE if landscape else charts.NARROW
        return {"type": kind, "title": block["title"], "svg": mark_safe(charts.render(block, width=width))}  # noqa: S308
    raise ValueError(f"unknown block type {kind!r}")


def text_lines(text: str) -> list[str]:
    return [line for line in (part.strip() for part in text.split("\n")) if line]


def list_item(item: str) -> str:
    item = " ".join(item.split())
    return item if item.startswith(ITEM_MARKS) else f"- {item}"


def table_context(block: Json) -> Json:
    columns = block["columns"]
    whole = sum(column["width"] for column in columns)
    aligns = [column["align"][0] for column in columns]  # the classes l, r, c

    def cells(values: list[str]) -> list[Json]:
        return [{"text": str(text), "css": css} for text, css in zip(values, aligns, strict=True)]

    return {
        "caption": block["caption"],
        "unit_note": block["unit_note"] or "",
        "widths": [f"{100 * column['width'] / whole:.3f}%" for column in columns],
        "labels": [column["label"] for column in columns],
        "rows": [cells(row) for row in block["rows"]],
        "total": cells(block["total"]) if block["total"] else [],
    }


def figures_context(snapshot: Json) -> Json:
    title = snapshot["title"]
    return {
        "document_title": f"Bảng kê số liệu {title['type'].lower()} {title['summary']}",
        "author": snapshot["unit"]["name"],
        "profile": profile_of(snapshot),
        "issuer": snapshot["header"]["issuer"],
        "title": title,
        "period": snapshot["period"]["label"],
        "live_units": snapshot["live_units"],
        "override_reason": text_lines(snapshot["override_reason"]),
        "figures": [figure_context(figure) for figure in snapshot["figures"]],
    }


def figure_context(figure: Json) -> Json:
    """Units stand two to a row, read down and then right, as long lists of wards are short lines."""
    units = figure["by_unit"]
    half = (len(units) + 1) // 2
    empty = {"unit": "", "value": "", "source": ""}
    right = [*units[half:], *([empty] if len(units) % 2 else [])]
    return {**figure, "pairs": list(zip(units[:half], right, strict=True))}
