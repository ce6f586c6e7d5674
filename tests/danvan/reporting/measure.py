"""Measures a PDF against the document format hd36 (Hướng dẫn 36-HD/VPTW), in mm and pt, from the file alone.

`check_hd36(pdf_bytes, expectations(snapshot))` returns {rule: measured} and raises AssertionError naming the rule.
"""

import io
import re
import unicodedata
from itertools import pairwise
from typing import Any

import pdfplumber
import pikepdf

from tests.danvan.reporting.pdf_lines import MM, Line, begins, find, lines_of, same

DIGIT_HEIGHT = 1356 / 2048  # of Tinos, in em
LEFT, RIGHT, TOP, BOTTOM = 30, 15, 20, 20
COLUMN = LEFT + 75  # where the two header columns meet
INDENT = LEFT + 10
Json = dict[str, Any]


def expectations(snapshot: Json) -> Json:
    header, title, signature = snapshot["header"], snapshot["title"], snapshot["signature"]
    number = header["number"].zfill(2) if header["number"] else ""
    issued = None
    if header["issued_on"]:
        year, month, day = header["issued_on"].split("-")
        issued = f"ngày {day} tháng {month if int(month) <= 2 else int(month)} năm {year}"
    return {
        **{key: header[key] for key in ("superior", "issuer", "symbol", "place", "right")},
        "number": number, "issued": issued, "type": title["type"], "summary": title["summary"], "draft": snapshot["draft"],
        "authority": signature["authority"], "signer": signature["title"], "name": signature["name"], "recipients": snapshot["recipients"],
        "headings": [(section["level"], section["heading"]) for section in snapshot["sections"]],
    }  # fmt: skip


def check_hd36(pdf_bytes: bytes, expect: Json) -> Json:
    measured: Json = {}
    with pdfplumber.open(io.BytesIO(pdf_bytes)) as pdf:
        pages = pdf.pages
        measured["P01"] = paper(pages)
        measured["P02"] = margins(pages)
        measured["P03"] = letters(pages)
        measured["P04"] = page_numbers(pages)
        measured |= header(pages[0], expect)
        measured |= title(pages[0], expect)
        lines = [line for page in pages for line in lines_of(page, top=TOP * MM - 1)]
        measured["P16"] = body(lines)
        measured["P18"] = headings(lines, expect["headings"])
        measured |= ending(pages, expect)
    measured["A"] = archive(pdf_bytes, expect)
    return measured


def styled(line: Line, rule: str, font: str, *sizes: float) -> str:
    assert line.fonts == {font} and len(line.sizes) == 1 and line.sizes <= set(sizes), (
        f"{rule}: {line.text!r} is {line.style}, not {font} {sizes}"
    )
    return f"{font} {min(line.sizes):g} pt"


def near(actual: float, wanted: float, slack: float, rule: str) -> float:
    assert abs(actual - wanted) <= slack, f"{rule}: measured {actual:.2f}, wanted {wanted:g} ± {slack:g}"
    return round(actual, 2)


def paper(pages: list[Any]) -> str:
    for page in pages:
        size = sorted((float(page.width) / MM, float(page.height) / MM))
        near(size[0], 210, 0.1, "P01")
        near(size[1], 297, 0.1, "P01")
    assert pages[0].width < pages[0].height, "P01: the first page is not upright"
    return f"{len(pages)} pages 210 × 297 mm, landscape: {sum(page.width > page.height for page in pages)}"


def margins(pages: list[Any]) -> str:
    free = {"left": 999.0, "right": 999.0, "top": 999.0, "bottom": 999.0}
    for page in pages:
        width, height = float(page.width) / MM, float(page.height) / MM
        drawn = [
            thing
            for thing in (*page.chars, *page.rects, *page.lines, *page.curves)
            if thing["bottom"] > TOP * MM - 2 and thing.get("text", "x").strip()
        ]
        assert drawn, f"P02: page {page.page_number} is empty"
        here = {
            "left": min(thing["x0"] for thing in drawn) / MM, "right": width - max(thing["x1"] for thing in drawn) / MM,
            "top": min(thing["top"] for thing in drawn) / MM, "bottom": height - max(thing["bottom"] for thing in drawn) / MM,
        }  # fmt: skip
        for side, wanted in (("left", LEFT), ("right", RIGHT), ("top", TOP), ("bottom", BOTTOM)):
            assert here[side] >= wanted - 0.3, f"P02: page {page.page_number} {side} margin {here[side]:.2f} mm, wanted {wanted}"
            free[side] = min(free[side], here[side])
    near(free["left"], LEFT, 0.5, "P02 left")
    near(free["right"], RIGHT, 0.5, "P02 right")
    near(free["top"], TOP, 2.5, "P02 top")  # from the line's box to its letters
    return ", ".join(f"{side} {value:.2f} mm" for side, value in free.items())


def letters(pages: list[Any]) -> str:
    fonts = set()
    for page in pages:
        for char in page.chars:
            fonts.add(char["fontname"].split("+")[-1])
            colour = char["non_stroking_color"]
            assert not any(colour if isinstance(colour, list | tuple) else [colour]), (
                f"P03: page {page.page_number} {char['text']!r} is not black: {colour}"
            )
        text = "".join(char["text"] for char in page.chars)
        assert unicodedata.is_normalized("NFC", text), f"P03: page {page.page_number} is not NFC"
        assert "�" not in text and "\x00" not in text, f"P03: a missing character on page {page.page_number}"
    assert all(re.fullmatch(r"Tinos(-Bold)?(-Italic)?", font) for font in fonts), f"P03: fonts {sorted(fonts)}"
    return f"{sorted(fonts)}, black, NFC"


def page_numbers(pages: list[Any]) -> str:
    first = lines_of(pages[0], bottom=TOP * MM - 1)
    assert not first, f"P04: the first page shows {first[0].text!r} in its top margin"
    tops = set()
    for index, page in enumerate(pages[1:], start=2):
        above = lines_of(page, bottom=TOP * MM - 1)
        assert [line.text for line in above] == [str(index)], f"P04: page {index} shows {[line.text for line in above]}"
        styled(above[0], "P04", "Tinos", 14)
        near(above[0].centre, LEFT + (float(page.width) / MM - LEFT - RIGHT) / 2, 0.5, "P04 centre")
        tops.add(near(above[0].baseline / MM - DIGIT_HEIGHT * 14 / MM, 10, 0.4, "P04 from the top edge, mm"))
    return f"none on page 1; tops of the digits at {sorted(tops)} mm, 14 pt, centred"


def header(page: Any, expect: Json) -> Json:
    left = lines_of(page, right=COLUMN, bottom=110 * MM)
    right = lines_of(page, left=COLUMN, bottom=110 * MM)
    party = find(right, expect["right"], "P05")
    measured = {"P05": styled(party, "P05", "Tinos-Bold", 15)}
    under = [rule for rule in (*page.rects, *page.lines, *page.curves) if 0 < rule["top"] - party.baseline < 8 and rule["height"] < 2]
    assert under, "P05: no rule below the words"
    words = (party.x1 - party.x0) * MM
    near(under[0]["width"], words, 1.5, "P05 rule's length against the words, pt")
    near(under[0]["x0"], party.x0 * MM, 1.5, "P05 rule's start, pt")
    measured["P05 rule"] = f"{under[0]['width']:.1f} pt for words of {words:.1f} pt"
    superior, issuer = find(left, expect["superior"], "P06"), find(left, expect["issuer"], "P07")
    measured["P06"], measured["P07"] = styled(superior, "P06", "Tinos", 14), styled(issuer, "P07", "Tinos-Bold", 14)
    near(superior.baseline, party.baseline, 1.5, "P05 level with P06, pt")
    star = find(left, "*", "P08")
    measured["P08"] = f"centre {near(star.centre, issuer.centre, 0.5, 'P08')} mm"
    number = next((line for line in left if line.text.startswith("Số")), None)
    assert number and re.fullmatch(rf"Số {expect['number']}-{re.escape(expect['symbol'])}", number.text), f"P09: {number and number.text!r}"
    measured["P09"] = f"{number.text!r} {styled(number, 'P09', 'Tinos', 14)}"
    place = next((line for line in right if line.text.startswith(f"{expect['place']}, ngày")), None)
    assert place, "P11: no place and date under the right header"
    assert place.text == f"{expect['place']}, {expect['issued'] or 'ngày tháng năm'}", f"P11: {place.text!r}"
    measured["P11"] = f"{place.text!r} {styled(place, 'P11', 'Tinos-Italic', 14)}"
    assert superior.baseline < issuer.baseline < star.baseline < number.baseline, "P06–P09: order of the left column"
    draft = [line for line in left if line.text.startswith("Dự thảo")]
    assert bool(draft) == bool(expect["draft"]), f"P24: draft mark {'shown' if draft else 'missing'}"
    measured["P24"] = styled(draft[0], "P24", "Tinos-Italic", 14) if draft else "no draft mark"
    return measured


def title(page: Any, expect: Json) -> Json:
    lines = lines_of(page)
    middle = LEFT + (210 - LEFT - RIGHT) / 2
    kind = find(lines, expect["type"], "P13")
    measured = {"P13": styled(kind, "P13", "Tinos-Bold", 15, 16)}
    near(kind.centre, middle, 0.5, "P13 centre")
    after = lines[lines.index(kind) + 1 :]
    dashes = find(after, "-----", "P14")
    summary = after[: after.index(dashes)]
    assert " ".join(line.text for line in summary) == same(expect["summary"]), f"P14: {[line.text for line in summary]}"
    assert summary[0].text[0].islower(), "P14: the summary starts with a capital"
    for line in (*summary, dashes):
        near(line.centre, middle, 0.5, "P14 centre")
    measured["P14"] = f"{styled(summary[0], 'P14', 'Tinos-Bold', 14, 15)}, then -----"
    return measured


def body(lines: list[Line]) -> str:
    """Pairs of successive 14 pt upright lines: a line at the margin continues, a line at the indent begins a paragraph."""
    leadings, gaps, indents = [], [], []
    for above, line in pairwise(lines):
        if line.style != ({"Tinos"}, {14.0}) or above.style != line.style or above.page != line.page:
            continue
        distance = line.baseline - above.baseline
        if abs(line.x0 - LEFT) < 0.5 and (abs(above.x0 - LEFT) < 0.5 or abs(above.x0 - INDENT) < 0.7) and distance < 23:
            leadings.append(near(distance, 18, 0.25, f"P16 line spacing on page {line.page}, pt"))
            near(above.x1, 210 - RIGHT, 0.5, f"P16 justified {above.text[:30]!r}, right edge mm")
        elif abs(line.x0 - INDENT) < 1.5:
            indents.append(near(line.x0 - LEFT, 10, 0.7, "P16 first-line indent, mm"))
            assert distance >= 18 + 6 - 0.25, f"P16: {distance:.1f} pt between paragraphs on page {line.page}"
            gaps.append(round(distance - 18, 1))
    assert leadings and indents, "P16: no body paragraphs found"
    return ", ".join(
        (
            f"{len(leadings)} lines at {min(leadings):g}–{max(leadings):g} pt",
            f"gaps {min(gaps):g}–{max(gaps):g} pt",
            f"indents {min(indents):g}–{max(indents):g} mm",
        )
    )


def headings(lines: list[Line], wanted: list[tuple[int, str]]) -> str:
    fonts = {1: "Tinos-Bold", 2: "Tinos-Bold", 3: "Tinos-Bold", 4: "Tinos-Bold-Italic"}
    for level, heading in wanted:
        found = [index for index, line in enumerate(lines) if line.fonts == {fonts[level]} and begins(same(heading), line.text)]
        assert found, f"P18: heading {heading!r} not found in {fonts[level]}"
        line = lines[found[0]]
        styled(line, "P18", fonts[level], 14)
        near(line.centre if level == 1 else line.x0, LEFT + 82.5 if level == 1 else INDENT, 0.7, f"P18 {heading!r}, mm")
        assert any(below.page == line.page for below in lines[found[0] + 1 : found[0] + 2]), (
            f"P18: {heading!r} alone at the foot of page {line.page}"
        )
    return f"{len(wanted)} headings in place, none alone at a page's foot"


def ending(pages: list[Any], expect: Json) -> Json:
    for page in pages:
        left, right = lines_of(page, right=COLUMN, top=TOP * MM), lines_of(page, left=COLUMN, top=TOP * MM)
        label = next((line for line in left if line.text == "Nơi nhận:"), None)
        if label:
            break
    assert label, "P23: no Nơi nhận"
    signer = find([line for line in right if line.baseline > label.baseline - 1], expect["signer"], "P21")
    measured = {"P21": styled(signer, "P21", "Tinos", 14), "P23": f"{styled(label, 'P23', 'Tinos', 14)}, page {page.page_number}"}
    underlines = [rule for rule in (*page.rects, *page.lines, *page.curves) if 0 < rule["top"] - label.baseline < 5 and rule["height"] < 2]
    assert underlines, "P23: the label is not underlined"
    near(underlines[0]["width"], (label.x1 - label.x0) * MM, 1.5, "P23 underline, pt")
    if expect["authority"]:
        authority = find(right, expect["authority"], "P20")
        measured["P20"] = styled(authority, "P20", "Tinos-Bold", 14)
        near(signer.baseline - authority.baseline, 18, 0.5, "P20 above P21, pt")
    if expect["name"]:
        name = find([line for line in right if line.baseline > signer.baseline], expect["name"], "P21 name")
        measured["P21 name"] = (
            f"{styled(name, 'P21', 'Tinos-Bold', 14)}, {near(name.baseline - signer.baseline, 90, 1, 'P21 four blank lines, pt')} pt below"
        )
    listed = [line for line in left if line.baseline > label.baseline]
    last = len(expect["recipients"]) - 1
    wanted = [f"- {name}{'.' if index == last else ','}" for index, name in enumerate(expect["recipients"])]
    assert " ".join(line.text for line in listed) == same(" ".join(wanted)), f"P23: {[line.text for line in listed]}"
    for line in listed:
        styled(line, "P23 list", "Tinos", 12)
        near(line.x0, LEFT, 0.5, "P23 at the left margin, mm")
    return measured


def archive(pdf_bytes: bytes, expect: Json) -> str:
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A"), f"A: {meta.pdfa_status}"
        assert bool(pdf.Root.MarkInfo.Marked) and "/StructTreeRoot" in pdf.Root, "A: not tagged"
        assert str(pdf.Root.Lang) == "vi", f"A: /Lang {pdf.Root.Lang}"
        assert same(f"{expect['type']} {expect['summary']}") == str(meta["dc:title"]) == str(pdf.docinfo["/Title"]), (
            f"A: title {meta['dc:title']!r}"
        )
        assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys()), "A: a date of making in the file"
        fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"]
        assert fonts and all("/FontFile2" in font or "/FontFile3" in font for font in fonts), "A: a font is not embedded"
        figures = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"]
        assert all(str(figure.get("/Alt", "")) for figure in figures), "A: a figure without its text"
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {}), "A: an attached file"
        return f"PDF/A-2A declared, tagged, vi, {len(fonts)} fonts embedded, {len(figures)} figures with text"
