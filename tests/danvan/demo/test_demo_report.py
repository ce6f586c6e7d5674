"""The annual report of the untouched demo: its words, its figures, its measures, its hash."""

import hashlib
import io
import re

import pypdf
import pytest

from danvan.reporting.kinds import KINDS
from danvan.reporting.models import Report
from danvan.reporting.production import rendered
from danvan.reporting.services import open_report
from danvan.reporting.snapshot import build, digest
from danvan.units.models import Unit
from tests.danvan.reporting import measure

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
FORMAT_RULES = ["P01", "P02", "P04", "P05", "P06", "P07", "P08", "P09", "P11", "P13", "P14", "P16", "P21", "P23"]


def snapshot_of_report():
    report = Report.objects.select_related("unit").get(kind="annual", period="2019")
    return build(KINDS["annual"], report.unit, report.period, narrative=report.narrative, override_reason=report.override_reason)


@pytest.fixture(scope="module")
def snapshot(untouched_demo):
    return snapshot_of_report()


@pytest.fixture(scope="module")
def pdf(snapshot):
    return rendered(snapshot)


@pytest.fixture(scope="module")
def text(pdf):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_the_header_stands_literally(text):
    lines = [line.strip() for line in text.splitlines()]
    start = lines.index("QUẬN ỦY THANH BÌNH")
    assert lines[start : start + 3] == ["QUẬN ỦY THANH BÌNH", "BAN DÂN VẬN", "*"]
    assert re.fullmatch(r"Số\s+-BC/BDVQU", lines[start + 3])
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in lines and "BÁO CÁO" in lines
    title = lines.index("tổng kết công tác dân vận năm 2019, phương hướng, nhiệm vụ năm 2020")
    assert lines[title + 1] == "-----"
    assert "A- KẾT QUẢ CÔNG TÁC DÂN VẬN NĂM 2019" in lines and "B- PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2020" in lines
    assert "TRƯỞNG BAN" in lines and any(line.startswith("Nơi nhận:") for line in lines)


def test_the_public_figures_stand_in_sentences(text):
    flat = " ".join(text.split())
    assert "66 mô hình và 72 điển hình “Dân vận khéo” đăng ký" in flat
    assert "17 mô hình (đạt 25,8% số đăng ký) và 11 điển hình (đạt 15,3% số đăng ký)" in flat
    assert "ngày 11/10/2019" in flat and "15/10" in flat


@pytest.mark.parametrize(
    "line",
    [
        "Ban Thường vụ Quận ủy khen về Kết luận 62-KL/TW lượt tập thể 07",
        "Ban Thường vụ Quận ủy khen về Kết luận 101-KL/TW lượt tập thể 06",
        "Ban Thường vụ Quận ủy khen về Quy chế dân chủ ở cơ sở lượt tập thể 08",
        "Ban Thường vụ Quận ủy khen về công tác tuyên giáo lượt tập thể 09",
        "UBND quận khen về “Năm Dân vận chính quyền” lượt tập thể 11",
        "Bộ Nội vụ tặng Kỷ niệm chương cá nhân 03",
        "Khen thưởng “Dân vận khéo” tập thể, cá nhân 28",
    ],
)
def test_awards_stand_by_occasion(text, line):
    assert line in " ".join(text.split())


def test_the_format_is_measured(pdf, snapshot):
    measured = measure.check_hd36(pdf, measure.expectations(snapshot))
    assert [rule for rule in FORMAT_RULES if rule not in measured] == [], sorted(measured)


def test_the_head_of_an_advisory_board_signs_without_authority_line(text):
    """P22; where there is an authority line (the ward's report) its slash and weight are P20."""
    assert "TRƯỞNG BAN" in text and not re.search(r"\b(T/M|K/T|T/L)\b", text)


def test_rebuilt_snapshot_has_the_same_hash_and_bytes(pdf, snapshot):
    again = snapshot_of_report()
    assert digest(again) == digest(snapshot)
    assert hashlib.sha256(rendered(again)).hexdigest() == hashlib.sha256(pdf).hexdigest()


def test_the_list_of_figures_is_a_document_of_its_own(snapshot, text):
    listed = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(rendered(snapshot, figures=True))).pages)
    flat = " ".join(listed.split())
    for figure in snapshot["figures"]:
        assert figure["label"] in flat
    assert "Đếm Đăng ký Dân vận khéo" in flat and "Đếm Đăng ký Dân vận khéo" not in " ".join(text.split())


def test_a_ward_has_its_own_report_under_its_own_header(untouched_demo):
    from danvan.accounts.models import User

    ward = Unit.objects.get(code="BM")
    report = open_report(KINDS["unit"], ward, "2019", by=User.objects.get(username="phuong-b"))
    made = build(KINDS["unit"], ward, "2019", narrative=report.narrative)
    lines = [line.strip() for line in pypdf.PdfReader(io.BytesIO(rendered(made))).pages[0].extract_text().splitlines()]
    assert "ĐẢNG ỦY PHƯỜNG BÌNH MINH" in lines and "KHỐI DÂN VẬN" in lines
    assert any(re.fullmatch(r"Số\s+-BC/KDV", line) for line in lines)
    assert "T/M KHỐI DÂN VẬN" in measure.expectations(made).values()
    assert "P20" in measure.check_hd36(rendered(made), measure.expectations(made))


def test_narrative_of_the_demo_holds_no_digit(snapshot):
    report = Report.objects.get(kind="annual", period="2019")
    assert report.narrative
    for code, words in report.narrative.items():
        assert not re.search(r"\d", words), code


def test_a_later_start_with_another_password_sets_it(untouched_demo, monkeypatch):
    from django.core.management import call_command

    from danvan.accounts.models import User

    monkeypatch.setenv("DEMO_PASSWORD", "Mat-khau-khac-2020")
    assert not User.objects.get(username="phuong-b").check_password("Mat-khau-khac-2020")
    call_command("demo_data", verbosity=0)
    assert User.objects.get(username="phuong-b").check_password("Mat-khau-khac-2020")
