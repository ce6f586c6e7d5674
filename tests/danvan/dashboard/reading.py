"""Reads the pages as a person does: the numbers with their links, the count of the list behind, the cells of the grid."""

import html
import re

LINK = re.compile(r'<a (?P<attributes>[^>]*?data-(?:figure|done)="\d+"[^>]*)>(?P<words>.*?)</a>', re.S)
COUNT = re.compile(r'<span class="count" role="status"><b>([\d.]+)</b>')


def plain(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def attribute(attributes, name):
    found = re.search(rf'{name}="([^"]*)"', attributes)
    return html.unescape(found[1]) if found else None


def marked_links(page):
    """[(address, number of rows or None, number done or None, words)]"""
    return [
        (
            attribute(match["attributes"], "href"),
            _number(attribute(match["attributes"], "data-figure")),
            _number(attribute(match["attributes"], "data-done")),
            plain(match["words"]),
        )
        for match in LINK.finditer(page)
    ]


def _number(text):
    return None if text is None else int(text.replace(".", ""))


def counts_of(page):
    """(rows, done) as the page behind a number tells them: a register, the table of units, the list of duties."""
    if found := COUNT.search(page):
        return _number(found[1]), None
    if found := re.search(r'<b data-done="(\d+)">.*?<b data-total="(\d+)">', page, re.S):
        return int(found[2]), int(found[1])
    if 'class="tbl mx cards"' in page:
        return len(re.findall(r'<th role="rowheader" scope="row">', page)), None
    if "Chưa có" in page or "Không tìm thấy" in page:
        return 0, None
    raise AssertionError(f"no count on the page {plain(page)[:200]}")


def grid_of(page):
    """{row name: [percent or None for each month]}"""
    body = re.search(r'<table class="heat".*?</table>', page, re.S)[0]
    rows = re.findall(r'<tr[^>]*><th role="rowheader" scope="row">(.*?)</th>(.*?)</tr>', body, re.S)
    return {plain(name): [_cell(cell) for cell in re.findall(r'<td role="cell" class="c">(.*?)</td>', cells, re.S)] for name, cells in rows}


def _cell(cell):
    words = re.search(r"<a [^>]*>(\d+)</a>", cell)
    return int(words[1]) if words else None


def paragraph_of(page):
    return re.search(r'<p id="tom-tat">(.*?)</p>', page, re.S)[1]
