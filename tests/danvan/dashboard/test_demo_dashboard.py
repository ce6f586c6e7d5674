"""The dashboard over the demo office: every number is followed to its rows."""

import re

import pytest

from danvan.accounts.models import User
from danvan.figures.compute import compute, compute_periods
from danvan.figures.registry import counted, figure
from danvan.units.models import Unit
from tests.danvan.dashboard.conftest import browser
from tests.danvan.dashboard.reading import counts_of, grid_of, marked_links, paragraph_of, plain

pytestmark = [pytest.mark.django_db, pytest.mark.embedded, pytest.mark.usefixtures("demo")]


@pytest.fixture
def leader(clock):
    return browser(User.objects.get(username="lanh-dao"))


@pytest.mark.parametrize("year", ["2018", "2019"])
def test_every_number_opens_its_rows(leader, year):
    page = leader.get("/bang-dieu-hanh/", {"ky": year}).content.decode()
    found = marked_links(page)
    assert len(found) > 40
    for address in {address for address, *_ in found}:
        rows, done = counts_of(leader.get(address).content.decode())
        for _, figure_, its_done, words in [each for each in found if each[0] == address]:
            if figure_ is not None:
                assert rows == figure_, (words, address)
            if its_done is not None:
                assert done == its_done, (words, address)


def test_words_and_marks_say_the_same_number(leader):
    """What the reader sees is what the test follows."""
    for _, rows, done, words in marked_links(leader.get("/bang-dieu-hanh/").content.decode()):
        if rows is None or done is None:
            shown = re.search(r"\d[\d.]*", words)[0].replace(".", "")
            assert int(shown) == (rows if done is None else done), words


def test_the_promised_figures_of_2019(leader):
    said = plain(paragraph_of(leader.get("/bang-dieu-hanh/").content.decode()))
    assert said.startswith(
        "Tình hình năm 2019, số liệu đến ngày 08/01/2020. Còn 2 ngày đến hạn nộp báo cáo năm 2019: 4 trong 8 phường đã gửi."
    )
    assert "Có 66 mô hình và 72 điển hình “Dân vận khéo” đăng ký; 17 mô hình và 11 điển hình được công nhận." in said


@pytest.mark.parametrize("year", ["2018", "2019"])
def test_every_number_of_the_paragraph_is_a_link(leader, year):
    paragraph = paragraph_of(leader.get("/bang-dieu-hanh/", {"ky": year}).content.decode())
    outside = plain(re.sub(r"<a .*?</a>", "", paragraph, flags=re.S))
    assert not re.findall(r"\d+", re.sub(r"năm \d{4}|\d\d/\d\d/\d{4}", "", outside))


def test_the_grid_shows_who_sent_last_years_report(leader):
    """The report of 2018 was due in January 2019: in the column of that month, never in a month without duties."""
    rows = grid_of(leader.get("/bang-dieu-hanh/").content.decode())
    assert {"An Phú", "Bình Minh", "Cẩm Đông", "Lộc Hạ", "Chung"} <= set(rows)
    assert all(len(cells) == 12 for cells in rows.values())
    late = plain(leader.get("/bang-dieu-hanh/nhiem-vu/", {"thang": "2019-01"}).content.decode())
    assert "Gửi báo cáo năm 2018" in late


def test_several_periods_at_once_count_as_one_by_one(db):
    units = Unit.objects.all()
    figures = counted()
    both = compute_periods({"2018": figures, "2019": figures}, list(units.values_list("pk", flat=True)))
    for year, values in both.items():
        one = compute(year, units)
        assert {item.code: values.value(item.code) for item in figures} == {item.code: one.value(item.code) for item in figures}
        assert {code for code, _ in values.frozen} == {code for code, _ in one.frozen if figure(code) in figures}


@pytest.mark.parametrize("address", ["/bang-dieu-hanh/", "/bang-dieu-hanh/nhiem-vu/"])
def test_the_reviewer_reads_it_and_a_ward_does_not(clock, address):
    assert browser(User.objects.get(username="chuyen-vien")).get(address).status_code == 200
    for name in ("phuong-a", "truong-khoi-a", "truong-a", "mat-tran", "hoi-dong-1", "quan-tri"):
        assert browser(User.objects.get(username=name)).get(address).status_code == 403, name


def test_the_projector_has_no_frame_and_a_way_out(leader):
    page = leader.get("/bang-dieu-hanh/", {"ky": "2019", "trinh-chieu": "1"}).content.decode()
    assert '<html lang="vi" class="present">' in page
    assert 'class="btn exit" href="/bang-dieu-hanh/?ky=2019"' in page and "data-print" not in page


def test_no_style_attribute_and_every_drawing_has_its_own_ids(leader):
    page = leader.get("/bang-dieu-hanh/").content.decode()
    assert "style=" not in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
