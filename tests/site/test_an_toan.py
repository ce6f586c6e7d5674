"""docs/an-toan.md maps every requirement to a test that exists, to the operator, to why it does not apply, or says that it is not met."""

import ast
import re
from collections import Counter

import pytest
from django.conf import settings

from danvan.access.privacy import GUARDED, MARKS
from danvan.accounts.hashers import OfficeArgon2Hasher
from danvan.accounts.password_policy import COMMON_WORDS, OWN_LETTERS
from danvan.attachments import checks, office, pdf_probe, pictures
from danvan.celery import MEMORY_LIMIT
from danvan.jobs.worker import MAX_SECONDS
from danvan.registers.exporting import EXPORT_LIMIT

PAGE = settings.BASE_DIR / "docs" / "an-toan.md"
LEVEL_2 = [f"I{number:02d}" for number in range(1, 18)]
# Every requirement of ASVS 5.0.0 of level 1 or 2, in its own order.
ASVS = (settings.BASE_DIR / "tests" / "site" / "asvs.txt").read_text().split()
ROW = re.compile(r"^\| (I\d\d|\d+\.\d+\.\d+) \|(.*)\|$", re.MULTILINE)
WRITTEN = re.compile(r"^\| W(\d+\.\d+\.\d+) \| (.+) \|$", re.MULTILINE)
MB = 1024**2
# Checks that are no tests: targets of the Makefile, and commands that one of them runs.
CHECKS = re.compile(r"make [a-z]+|manage\.py [a-z_]+ --check")
KINDS = {"Bên vận hành": "Bên vận hành: ", "Không áp dụng": "Không áp dụng: vì ", "Chưa đạt": "Chưa đạt: "}


def all_rows():
    """[(requirement, answer)] as they stand."""
    return [(name, cells.split("|")[-1].strip()) for name, cells in ROW.findall(PAGE.read_text())]


def kind_of(words):
    """Which of the four answers this is, or None."""
    for kind, beginning in KINDS.items():
        if words.startswith(beginning):
            return kind if len(words) >= len(beginning) + 10 else None
    rest, named = re.sub(r"`[^`]*`", "", words).strip(" ,"), re.findall(r"`([^`]+)`", words)
    return "Kiểm thử" if rest == "" and named and all(stands(name) for name in named) else None


def stands(name):
    """A test function that is there, by file and name, or a check that the Makefile knows."""
    if CHECKS.fullmatch(name):
        makefile = (settings.BASE_DIR / "Makefile").read_text()
        return f"\n{name.removeprefix('make ')}: ##" in makefile if name.startswith("make ") else f"{name}; " in makefile
    path, _, test = name.partition("::")
    file = settings.BASE_DIR / path
    if not (path.startswith("tests/") and test.startswith("test_") and file.is_file()):
        return False
    return test in {node.name for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)}


def test_every_requirement_stands_once_and_in_order():
    assert len(ASVS) == len(set(ASVS)) == 253
    assert [name for name, _ in all_rows()] == [*LEVEL_2, *ASVS]


@pytest.mark.parametrize("name", [*LEVEL_2, *ASVS])
def test_every_requirement_has_an_answer(name):
    assert kind_of(dict(all_rows())[name]), dict(all_rows())[name]


def test_the_numbers_at_the_top_are_those_of_the_rows():
    counted = Counter(kind_of(words) for name, words in all_rows() if name in ASVS)
    told = dict(re.findall(r"^\| (Kiểm thử|Bên vận hành|Không áp dụng|Chưa đạt|Cộng) \| (\d+) \|$", PAGE.read_text(), re.MULTILINE))
    assert {name: int(number) for name, number in told.items()} == {**counted, "Cộng": len(ASVS)}


@pytest.mark.parametrize(
    "words",
    ["", "sẽ có", "`tests/site/test_an_toan.py::test_that_is_not_there`", "`tests/khong_co`", "`tests/site`", "`make scanner`",
     "`tests/site/test_an_toan.py`", "`tests/site/test_an_toan.py::kind_of`", "Không áp dụng", "Bên vận hành", "Chưa đạt: x",
     "`tests/site/test_an_toan.py::test_what_is_no_answer_is_refused` và hơn thế", "`manage.py khong_co --check`"],
)  # fmt: skip
def test_what_is_no_answer_is_refused(words):
    assert kind_of(words) is None


def test_what_must_be_written_down_is():
    """The policies that ASVS asks to document, with the numbers that the code goes by."""
    written = dict(WRITTEN.findall(PAGE.read_text()))
    named = "`tests/site/test_an_toan.py::test_what_must_be_written_down_is`"
    assert set(written) == {name for name, words in all_rows() if named in words}
    dots = f"{EXPORT_LIMIT:,}".replace(",", ".")
    numbers = {
        "2.1.3": [f"{settings.UPLOAD_MAX_BYTES // MB} MB mỗi tệp", f"{settings.UPLOAD_MAX_PER_RECORD} tệp mỗi hồ sơ",
                  f"{settings.UNIT_QUOTA_BYTES // MB} MB mỗi đơn vị", f"{settings.DATA_UPLOAD_MAX_NUMBER_FILES} tệp và "
                  f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MB} MB chữ", f"{dots} dòng", f"{checks.FREE_BYTES // MB} MB"],
        "5.1.1": [", ".join(checks.EXTENSIONS), f"{office.MAX_MEMBERS} phần", f"{office.MAX_UNPACKED // MB} MB sau khi giải nén",
                  f"tỷ lệ nén {office.MAX_RATIO}", f"{pictures.MAX_PIXELS // 10**6} triệu điểm", f"cạnh dài {pictures.LONGEST_SIDE}"],
        "6.1.1": [f"Sai {settings.LOGIN_TRIES} lần", f"khóa cặp đó {settings.LOGIN_LOCK_MINUTES} phút",
                  f"{settings.LOGIN_TRIES_PER_HOUR} lần thử mỗi giờ"],
        "6.1.2": [*sorted(COMMON_WORDS), f"còn từ {OWN_LETTERS} chữ"],
        "7.1.1": [f"{settings.SESSION_IDLE_MINUTES} phút không thao tác", f"quản trị {settings.SESSION_IDLE_MINUTES_ADMIN} phút",
                  f"{settings.SESSION_HOURS} giờ"],
        "11.1.2": [f"t={OfficeArgon2Hasher.time_cost}, m={OfficeArgon2Hasher.memory_cost // 1024} MiB, p={OfficeArgon2Hasher.parallelism}"],
        "15.1.3": [f"{MAX_SECONDS // 60} phút", f"{MEMORY_LIMIT // 1024**3} GB", f"{dots} dòng", f"{pdf_probe.MEMORY_BYTES // MB} MB"],
        "16.1.1": [f"giữ {settings.AUDIT_KEEP_MONTHS} tháng"],
    }  # fmt: skip
    for name, words in written.items():
        assert len(words) > 80, name
        assert not [number for number in numbers.get(name, []) if number not in words], name
        for setting in re.findall(r"`([A-Z][A-Z_]+)`", words):
            assert setting in (settings.BASE_DIR / "danvan" / "settings.py").read_text(), setting


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
