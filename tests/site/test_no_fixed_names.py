"""No level and no office is named in the product itself: the words come from the units, whatever tree an office has."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

FIXED = re.compile(r"\b(?:ban dân vận|ban tuyên giáo|quận|huyện|phường|thành ủy|tỉnh ủy|thanh bình)\b", re.IGNORECASE)
ROOMS = ["danvan", "models_awards", "regulations", "supervision", "dialogues", "templates"]
DEMO = "danvan/demo/"  # an invented office has names

# file -> (the words as they stand, why they may)
ALLOWED = {
    "danvan/units/models.py": ("Phường, xã, đặc khu", "the three kinds of units at the grassroots, by law"),
    "danvan/reporting/words.py": ("quận", "what stands above a level of this name, by law"),
    "danvan/operations/account_books.py": ("Cán bộ dân vận phường X", "an example in the first row of the empty form"),
}


def said_in(path):
    """The texts of a file that somebody may read: of Python its strings without docstrings, of a template everything."""
    source = path.read_text()
    if path.suffix == ".html":
        return re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", source, flags=re.DOTALL).splitlines()
    tree = ast.parse(source)
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    notes = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and ast.get_docstring(node, clean=False)}
    return [
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes
    ]


def product_files():
    base = Path(settings.BASE_DIR)
    for room in ROOMS:
        for path in sorted((base / room).rglob("*")):
            name = path.relative_to(base).as_posix()
            if path.suffix in (".py", ".html") and "/migrations/" not in name and not name.startswith(DEMO):
                yield name, path


def fixed_names():
    return [(name, text.strip()) for name, path in product_files() for text in said_in(path) if FIXED.search(text)]


def test_no_level_and_no_office_is_fixed_in_code():
    found = fixed_names()
    assert [(name, text) for name, text in found if ALLOWED.get(name, ("", ""))[0] != text] == []
    assert {name for name, _ in found} == set(ALLOWED), "an exception that nothing needs any more"


@pytest.mark.parametrize(
    ("suffix", "source", "caught"),
    [
        (".py", 'LABEL = "Toàn quận"', True),
        (".py", 'def told(n):\n    return f"Các phường đã công khai {n}"', True),
        (".py", '"""Ban Dân vận, in a note."""\nCODE = "phuong"  # quận', False),
        (".html", "<p>Ban Dân vận xem</p>", True),
        (".html", "{# phường #}<p>đơn vị</p>", False),
    ],
)
def test_the_search_finds_what_is_read_and_nothing_else(tmp_path, suffix, source, caught):
    path = tmp_path / f"page{suffix}"
    path.write_text(source)
    assert any(FIXED.search(text) for text in said_in(path)) == caught
