"""P7: the whole job of the annual report against a plain script on the same two documents, each in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from pypdf import PdfReader

from tests.benchmarks.measure import interleaved
from tests.danvan.operations.databases import environment, manage, new_database

pytestmark = pytest.mark.django_db
HERE = Path(__file__).parent
ROUNDS = 5


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Variables of a process that works on the demo office, in a database of its own."""
    if settings.EMBEDDED:
        pytest.skip("speed is measured on PostgreSQL")
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), new_database("bench_demo") as url:
        variables = {"DATABASE_URL": url, "DANVAN_VAR": str(folder), "DANVAN_DEMO": "1", "TODAY": "2020-01-08"}
        for command in ("migrate", "demo_data"):
            made = manage(command, "--verbosity=0", **variables)
            assert made.returncode == 0, made.stderr
        fonts = str(settings.BASE_DIR / "static" / "fonts" / "pdf" / "fonts.conf")
        yield {**variables, "DJANGO_SETTINGS_MODULE": "danvan.settings", "FONTCONFIG_FILE": fonts, "PYTHONPATH": str(settings.BASE_DIR)}


def script(name, *arguments, variables):
    command = [sys.executable, HERE / name, *arguments]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment(**variables), capture_output=True, text=True, check=True).stdout


def pages(path):
    with path.open("rb") as file:
        return len(PdfReader(file).pages)


def test_annual_report(demo, table, tmp_path):
    css, *html = (tmp_path / name for name in ("report.css", "report.html", "figures.html"))
    plain = [path.with_suffix(".pdf") for path in html]
    files = [path for pair in zip(html, plain, strict=True) for path in pair]
    script("report_job.py", "--parts", css, *html, variables=demo)
    made = [Path(demo["DANVAN_VAR"]) / "private" / path for path in script("report_job.py", variables=demo).splitlines()]
    script("plain_pdf.py", css, *files, variables=demo)
    assert [pages(path) for path in made] == [pages(path) for path in plain]
    took = interleaved(
        {
            "job": lambda: script("report_job.py", variables=demo),
            "plain": lambda: script("plain_pdf.py", css, *files, variables=demo),
            "report": lambda: script("plain_pdf.py", css, *files[:2], variables=demo),
        },
        ROUNDS,
        warm=1,
    )
    name = "P7-bao-cao-nam-{}-trang-va-danh-muc-{}-trang".format(*map(pages, made))
    table(name, took["job"], "ms", "write_pdf-tron-hai-tai-lieu(<=1.0)", took["job"] / took["plain"])
    table(name, took["job"], "ms", "write_pdf-tron-rieng-bao-cao", took["job"] / took["report"])
