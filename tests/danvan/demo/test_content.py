"""The sample registrations read like an office's own and keep the promised figures."""

import re
import unicodedata
from collections import Counter
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations

import pytest

from danvan.demo.content.registrations import (
    DAYS_OFF,
    UNITS,
    WARDS,
    registrations_2018,
    registrations_2019,
)
from danvan.demo.content.shapes import BOXES

FIELDS = {
    "kinh_te",
    "van_hoa_xa_hoi",
    "quoc_phong_an_ninh",
    "xay_dung_he_thong_chinh_tri",
    "xay_dung_do_thi_van_minh",
}
REDUPLICATED = {"chung", "ngày"}  # words the language itself doubles
KEYS = {
    "title",
    "kind",
    "subject_type",
    "field",
    "unit",
    "registered_on",
    "is_continuing",
    "continues",
    "households",
    *BOXES,
}
Y2018, Y2019 = registrations_2018(), registrations_2019()
BOTH = Y2018 + Y2019


def fold(text):
    text = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", text))


def texts(record):
    return {"title": record["title"]} | {box: record[box] for box in BOXES}


def every_text():
    return [(r["unit"], name, text) for r in BOTH for name, text in texts(r).items()]


def test_counts():
    assert len(Y2019) == 138 and len(Y2018) == 92
    assert Counter(r["kind"] for r in Y2019) == {"mo_hinh": 66, "dien_hinh": 72}
    assert Counter(r["kind"] for r in Y2018) == {"mo_hinh": 44, "dien_hinh": 48}


def test_shape():
    for r in BOTH:
        assert set(r) == KEYS
        assert r["unit"] in UNITS and r["field"] in FIELDS
        assert r["kind"] in {"mo_hinh", "dien_hinh"}
        assert r["subject_type"] in {"tap_the", "ca_nhan"}
        assert r["households"] is None or r["households"] > 0


def test_order_and_content_are_stable():
    assert registrations_2019() == Y2019 and registrations_2018() == Y2018
    days = [r["registered_on"] for r in Y2019]
    assert days == sorted(days)


@pytest.mark.parametrize("records", [Y2018, Y2019], ids=["2018", "2019"])
def test_spread(records):
    assert {r["field"] for r in records} == FIELDS
    for kind in ("mo_hinh", "dien_hinh"):
        subjects = {r["subject_type"] for r in records if r["kind"] == kind}
        assert subjects == {"tap_the", "ca_nhan"} or (kind == "mo_hinh" and records is Y2018)
    assert len({r["unit"] for r in records}) >= 16


def test_subjects_lean_the_right_way():
    pairs = Counter((r["kind"], r["subject_type"]) for r in Y2019)
    assert pairs["mo_hinh", "tap_the"] > 3 * pairs["mo_hinh", "ca_nhan"] > 0
    assert pairs["dien_hinh", "ca_nhan"] > 3 * pairs["dien_hinh", "tap_the"] > 0


def test_units_of_2019():
    units = Counter(r["unit"] for r in Y2019)
    assert all(units[ward] >= 11 for ward in WARDS)
    an_phu = [r for r in Y2019 if r["unit"] == "AP"]
    assert Counter(r["kind"] for r in an_phu) == {"mo_hinh": 7, "dien_hinh": 6}
    march = [r for r in an_phu if r["registered_on"].month == 3]
    assert sum("tháng 3" in r["resources"] for r in march) >= 2
    assert date(2019, 3, 15) not in {r["registered_on"] for r in an_phu}


def test_days():
    for r in Y2018:
        assert date(2018, 1, 15) <= r["registered_on"] <= date(2018, 4, 26)
    for r in Y2019:
        assert date(2019, 1, 15) <= r["registered_on"] <= date(2019, 4, 26)
    for r in BOTH:
        day = r["registered_on"]
        assert day.weekday() < 5 and day not in DAYS_OFF[day.year]
    assert sum(r["registered_on"].month >= 2 for r in Y2019) > 110
    for records in (Y2018, Y2019):
        assert max(Counter(r["registered_on"] for r in records).values()) <= 6


def test_titles_differ_in_substance():
    folded = [re.sub(r"\d+", "", fold(r["title"])) for r in BOTH]
    assert len(set(folded)) == len(folded)
    for r in BOTH:
        assert 40 <= len(r["title"]) <= 160, r["title"]
        assert not r["title"].endswith(".")
        assert not re.search(r"(^|\s)(số|mô hình|điển hình) \d", r["title"].lower()), r["title"]
    for a, b in combinations(Y2019, 2):
        same = SequenceMatcher(None, fold(a["title"]), fold(b["title"]), autojunk=False)
        assert same.quick_ratio() < 0.85 or same.ratio() < 0.85, (a["title"], b["title"])


def test_boxes_are_long_enough_and_not_repeated():
    for unit, name, text in every_text():
        assert 40 <= len(text) <= 420, (unit, name, text)
    for records in (Y2018, Y2019):
        used = Counter(text for r in records for text in texts(r).values())
        assert [t for t, n in used.items() if n > 1] == []


def test_continuing():
    before = {r["title"]: r for r in Y2018}
    continuing = [r for r in Y2019 if r["continues"]]
    assert 22 <= len(continuing) <= 28
    assert len({r["continues"] for r in continuing}) == len(continuing)
    for r in BOTH:
        assert r["is_continuing"] == (r["continues"] is not None)
    for r in continuing:
        old = before[r["continues"]]
        assert (old["unit"], old["field"], old["kind"]) == (r["unit"], r["field"], r["kind"])


def test_spelling_and_form():
    new_style = re.compile(r"(o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![^\W\d_])", re.IGNORECASE)
    banned = re.compile(r"\b(lorem|demo|test|mẫu)\b", re.IGNORECASE)
    for unit, name, text in every_text():
        where = (unit, name, text)
        assert text == unicodedata.normalize("NFC", text) == text.strip(), where
        assert "  " not in text and "{" not in text and " ." not in text, where
        assert not new_style.search(text), where
        assert not banned.search(text), where
        assert not re.search(r"\. [a-zà-ỹđ]", text) and text[0] not in ",;", where
        doubled = {m[1].lower() for m in re.finditer(r"\b([^\W\d]+) \1\b", text, re.IGNORECASE)}
        assert doubled <= REDUPLICATED, where
        if name != "title":
            assert text.endswith("."), where
            assert text[0].isupper() or text[0].isdigit() or text[0] == "“", where


def test_no_person_is_named():
    """A person is described by role: no "ông/bà/anh/chị ..." before a capitalised name."""
    for unit, name, text in every_text():
        found = re.search(r"\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Cc]ô|[Tt]hầy|[Cc]ụ) (\w)", text)
        assert not (found and found[1].isupper()), (unit, name, text)
