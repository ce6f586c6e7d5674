"""The report studio in the browser: what it shows before, the way to the produced file, the words of the file."""

import io
import re

import pypdf
from playwright.sync_api import expect

FIGURES = """rows => rows.map(row => [row.cells[0].firstChild.textContent.trim(),
  row.cells[2].querySelector("a.strong, b").firstChild.textContent.trim()])"""
LINES = """parts => parts.map(part => part.innerText.trim().replace(/\\s+/g, " "))"""


def open_annual(person):
    """The key of the annual report of 2019, opened from the first step."""
    person.page.get_by_role("link", name=re.compile("tổng kết công tác dân vận năm 2019")).first.click()
    return re.search(r"/bao-cao/(\d+)/", person.page.url)[1]


def studio_figures(person, report):
    """{label: number of the year} of the step “Số liệu”."""
    page = person.open(f"/bao-cao/{report}/so-lieu/")
    return dict(page.locator("main tr", has=page.locator("th[scope=row]")).evaluate_all(FIGURES))


def studio_lines(person, report):
    """What the report says by itself: sentences and rows of tables, as the step “Lời văn” shows them."""
    page = person.open(f"/bao-cao/{report}/loi-van/")
    return page.locator("main .quote .stack > p, main .quote .stack tbody tr").evaluate_all(LINES)


def produce(person, report, reason, version, before, waiting):
    """Through the last step but one to the produced file; the pictures show the form and the wait."""
    page = person.open(f"/bao-cao/{report}/lap/")
    page.get_by_label(re.compile("Lý do vẫn lập")).fill(reason)
    person.shot(before)
    page.get_by_role("button", name="Lập báo cáo").click()
    page.wait_for_url("**/tai-ve/")
    person.shot(waiting, axe=False)
    expect(page.get_by_text(f"Bản {version}", exact=True)).to_be_visible(timeout=120_000)


def pdf_words(person, address):
    """All words of a PDF in reading order, without page numbers."""
    body = person.context.request.get(f"{person.portal.url}{address}").body()
    pages = (re.sub(r"\n\d+\s*$", "", page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    return " ".join("\n".join(pages).split())
