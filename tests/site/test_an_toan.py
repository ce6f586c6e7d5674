"""docs/an-toan.md maps every requirement to a test that exists, to the operator, or to the reason why it does not apply."""

import ast
import re

import pytest
from django.conf import settings

from danvan.access.privacy import GUARDED, MARKS

PAGE = settings.BASE_DIR / "docs" / "an-toan.md"
ROW = re.compile(r"^\| (I\d\d|V\d[^|]*) \|(.*)\|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[^`]+)`")
LEVEL_2 = [f"I{number:02d}" for number in range(1, 18)]
CHAPTERS = {f"V{number}" for number in range(1, 18)}


def rows():
    """{requirement: evidence}"""
    return {name.strip(): cells.split("|")[-1].strip() for name, cells in ROW.findall(PAGE.read_text())}


def is_evidence(words):
    """A test that stands there, a check of the Makefile, the operator, or a reason."""
    if words == "Bên vận hành" or re.fullmatch(r"Không áp dụng, vì .{10,}", words):
        return True
    rest = re.sub(r"`[^`]*`", "", words).strip(" ,")
    named = re.findall(r"`([^`]+)`", words)
    return rest == "" and bool(named) and all(name == "make check" or stands(name) for name in named)


def stands(name):
    path, _, test = name.partition("::")
    file = settings.BASE_DIR / path
    if not path.startswith("tests/") or not file.exists():
        return False
    if file.is_dir():
        return not test and any(file.rglob("test_*.py"))
    functions = {node.name for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)}
    return test in functions if test else any(name.startswith("test_") for name in functions)


def test_every_level_2_line_stands_once_and_in_order():
    assert [name for name, _ in ROW.findall(PAGE.read_text()) if name.startswith("I")] == LEVEL_2


def test_every_chapter_of_asvs_is_answered():
    assert {name.split()[0] for name in rows() if name.startswith("V")} == CHAPTERS
    assert len(rows()) > 75, "no line twice, none lost"


@pytest.mark.parametrize("name", rows())
def test_every_line_has_evidence(name):
    assert is_evidence(rows()[name]), rows()[name]


@pytest.mark.parametrize(
    "words",
    ["", "sẽ có", "`tests/site/test_an_toan.py::test_that_is_not_there`", "`tests/khong_co`", "Không áp dụng", "`make scanner`",
     "`tests/site` và hơn thế"],
)  # fmt: skip
def test_what_is_no_evidence_is_refused(words):
    assert not is_evidence(words)


def test_the_inventory_names_every_guarded_column():
    listed = set(re.findall(r"^\| `(\w+\.\w+\.\w+)` \| (?:cá nhân|nhạy cảm) \|", PAGE.read_text(), re.MULTILINE))
    assert listed == {f"{label}.{name}" for label, marks in MARKS.items() for name, mark in marks.items() if mark in GUARDED}


def test_access_logs_leave_out_what_was_asked():
    """A word looked for may be a name: neither nginx nor gunicorn writes the part behind the question mark."""
    compose = (settings.BASE_DIR / "docker-compose.yml").read_text()
    [gunicorn] = re.findall(r"--access-logformat=([^']+)'", compose)
    [nginx] = re.findall(r"log_format \w+ '([^']+)'", compose)
    assert "%(U)s" in gunicorn and not {"%(r)s", "%(q)s", "%(f)s"} & set(re.findall(r"%\(\w\)s", gunicorn))
    assert "$$uri" in nginx and not re.search(r"\$\$(?:request|args|query_string|http_referer|request_uri)\b", nginx)
    assert "access_log /dev/stdout plain;" in compose
