"""What chapters and appendices are made of: plain JSON that rendering reads."""


def paragraph(text):
    return {"type": "paragraph", "text": text}


def column(label, width, align="left"):
    """`width` is a share of the table's width."""
    return {"label": label, "width": width, "align": align}


def table(columns, rows, *, total=None, caption=""):
    return {"type": "table", "caption": caption, "unit_note": None, "columns": columns, "rows": rows, "total": total}


def numbered_rows(rows):
    """With the column TT in front."""
    return [[str(number), *row] for number, row in enumerate(rows, start=1)]


def wide_appendix(title, *blocks):
    return {"title": title, "orientation": "landscape", "blocks": list(blocks)}
