"""One figure over the years: what is asked for, whose numbers they are, what it costs. Sums of merged units: tests/danvan/demo."""

import datetime
import html
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from danvan.access.roles import ADMINISTRATOR, LEADER, OFFICER
from danvan.accounts.models import Membership, User
from danvan.figures import registry
from danvan.figures.declare import Rate
from danvan.figures.links import url_of
from danvan.figures.models import FigureValue
from danvan.figures.series import THEN, TODAY, Series
from danvan.organization import services
from danvan.organization.permissions import manageable_units
from danvan.units import services as units
from danvan.units.models import Unit
from danvan.units.plan import plan_of
from tests.danvan.dashboard.conftest import START, browser, new_period, new_place, new_registrations, new_user, new_ward
from tests.danvan.dashboard.reading import counts_of, marked_links
from tests.factories.decisions import merge, new_decision, split
from tests.roles import asked

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ADDRESS = "/bang-dieu-hanh/chuoi-so-lieu/"


def ask(user, page="", **params):
    return browser(user).get(f"{ADDRESS}{page}", {"chi_tieu": "dvk_model", "tu_nam": 2018, "den_nam": 2020, **params})


@pytest.fixture
def years(place):
    """Two models in 2018 and three in 2019 of one ward, one of the other; two of them recognised."""
    new_period(place, "2018")
    new_registrations(place, 2, year=2018, recognised=1)
    new_registrations(place, 3, year=2019)
    new_registrations(place, 1, year=2019, unit=place.wards[1])
    return place


def test_it_begins_with_models_over_all_years_of_the_office(years):
    page = browser(years.leader).get(ADDRESS)
    series = page.context["series"]
    assert (series.code, series.years, series.view) == ("dvk_model", ["2018", "2019", "2020"], "nhu-luc-do")
    assert [(line["row"].name, [cell.value for cell in line["row"].cells]) for line in page.context["rows"]] == [
        ("Phường An Phú", [2, 3, 0]), ("Phường Bình Minh", [0, 1, 0]),
    ]  # fmt: skip
    assert [cell.value for cell in series.totals] == [2, 4, 0]


def test_every_number_opens_its_rows_and_a_rate_both_its_counts(years):
    for code, least in (("dvk_model", 8), ("dvk_model_rate", 0)):
        page = ask(years.leader, chi_tieu=code)
        for address, number, _, words in marked_links(page.content.decode()):
            assert counts_of(browser(years.leader).get(address).content.decode())[0] == number, words
        assert len(marked_links(page.content.decode())) >= least
    cell = page.context["rows"][0]["row"].cells[0]
    assert (cell.text, [part.value for part in cell.parts]) == ("50,0%", [1, 2])
    for part in cell.parts:
        assert counts_of(browser(years.leader).get(part.url).content.decode())[0] == part.value


def test_a_neighbouring_office_is_not_there(years):
    other = new_place("B", "Bắc", "Phường Kim Liên", "Phường Mai Dịch")
    alone = ask(years.leader).content.decode()
    new_registrations(other, 5, year=2019)
    page = ask(years.leader, cach_xem="don-vi-hom-nay").content.decode()
    assert "Kim Liên" not in page and [link[1] for link in marked_links(page)] == [link[1] for link in marked_links(alone)]
    assert ask(years.officer).status_code == 403


def test_every_number_opens_its_rows_for_who_writes_elsewhere_too(years):
    """The leader here is officer of a ward there: what that ward has is no number of this office."""
    other = new_place("B", "Bắc", "Phường Kim Liên", "Phường Mai Dịch")
    new_registrations(other, 4, year=2019)
    Membership.objects.create(user=years.leader, unit=other.wards[0], sees=other.wards[0], role=OFFICER, starts_on=START)
    for view in ("nhu-luc-do", "don-vi-hom-nay"):
        page = ask(years.leader, cach_xem=view)
        assert [cell.value for cell in page.context["series"].totals] == [2, 4, 0]
        links = marked_links(page.content.decode())
        for address, number, _, words in links:
            listed = browser(years.leader).get(address).content.decode()
            assert counts_of(listed)[0] == number and "Kim Liên" not in listed.partition("<tbody")[2], words
        assert len(links) >= 8
    spoilt = f"{url_of('dvk_model', '2019')}&quyen=khong_co"
    assert counts_of(browser(years.leader).get(spoilt).content.decode())[0] == 8, "a right that does not exist narrows nothing"


@pytest.mark.parametrize(
    ("params", "field", "words"),
    [
        ({"tu_nam": 2020, "den_nam": 2018}, "den_nam", "Năm cuối (2018) trước năm đầu (2020)."),
        ({"chi_tieu": "khong_co"}, "chi_tieu", "khong_co"),
        ({"cach_xem": "doan"}, "cach_xem", "doan"),
        ({"tu_nam": "1800"}, "tu_nam", "1800"),
    ],
)
def test_what_cannot_be_shown_is_said(years, params, field, words):
    for page in ("", "xuat.xlsx"):
        answer = ask(years.leader, page, **params)
        errors = answer.context["form"].errors
        assert answer.status_code == 422 and list(errors) == [field] and words in errors[field][0]
        assert errors[field][0] in html.unescape(answer.content.decode())


def decide(place, line, words, day):
    decision = new_decision(place.district, line, words=words, effective_on=day)
    units.write(plan_of(decision, set(Unit.objects.values_list("pk", flat=True))), decision)


def rows_of(answer):
    return [(line["row"].name, [cell and cell.value for cell in line["row"].cells], line["row"].gathers) for line in answer.context["rows"]]


def test_who_does_not_see_the_last_successor_reads_the_sum_at_the_last_one_seen(years):
    """An Phú went to Bình Minh, Bình Minh to a ward of another district: its own people see these two."""
    a, b = years.wards
    [other] = new_place("B", "Bắc", "Phường Kim Liên").wards
    decide(years, merge(a, into=b), "01", datetime.date(2019, 7, 1))
    decide(years, merge(b, into=other), "02", datetime.date(2019, 9, 1))
    reader = new_user("lanh-dao-phuong", b, LEADER)
    answer = ask(reader, cach_xem="don-vi-hom-nay")
    assert rows_of(answer) == [("Phường Bình Minh", [2, 4, None], ["Phường An Phú"])]
    for address, number, _, words in marked_links(answer.content.decode()):
        assert counts_of(browser(reader).get(address).content.decode())[0] == number, words


def test_a_split_after_a_merge_leaves_the_sum_with_the_merged(years):
    a, b = years.wards
    c = new_ward("PC", "Phường Cẩm", years.district)
    decide(years, merge(a, b, into=c), "01", datetime.date(2019, 7, 1))
    decide(years, split(c, ("PD", "Phường Dương"), ("PE", "Phường Én")), "02", datetime.date(2019, 9, 1))
    answer = ask(years.leader, cach_xem="don-vi-hom-nay")
    assert rows_of(answer) == [("Phường Cẩm", [2, 4, None], ["Phường An Phú", "Phường Bình Minh"])]
    assert "Đã chia tách thành Phường Dương và Phường Én từ 01/09/2019, không cộng dồn" in answer.content.decode()


def test_the_workbook_says_the_same_with_numbers(years):
    book = load_workbook(io.BytesIO(ask(years.leader, "xuat.xlsx").content))
    rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert rows[0][0] == "Mô hình đăng ký (mô hình). Bộ lọc: Cách xem: như lúc đó"
    assert rows[1:] == [
        ["Đơn vị", 2018, 2019, 2020, "Ghi chú"], ["Phường An Phú", 2, 3, 0, None], ["Phường Bình Minh", 0, 1, 0, None],
        ["Cộng", 2, 4, 0, None],
    ]  # fmt: skip
    rates = load_workbook(io.BytesIO(ask(years.leader, "xuat.xlsx", chi_tieu="dvk_model_rate").content)).active
    assert [cell.value for cell in rates[3]][:3] == ["Phường An Phú", 50, 0]


def test_the_cost_does_not_grow_with_years_or_rows(years):
    client = browser(years.leader)

    def cost(**params):
        with CaptureQueriesContext(connection) as log:
            assert client.get(ADDRESS, {"chi_tieu": "dvk_model", "tu_nam": 2018, "den_nam": 2020, **params}).status_code == 200
        return len(asked(log))

    few = cost(tu_nam=2019, den_nam=2019)
    new_registrations(years, 20, year=2018, unit=years.wards[1])
    assert cost() == few <= 12


# --- units that changed: a rate is worked out anew, a split is shown as such --------------------------------------------------


def apply_in_2020(place, line):
    """As the screens do it, from 2 January 2020: the numbers of the years before stay whose they were."""
    admin = new_user(f"quan-tri-{User.objects.count()}", place.district, ADMINISTRATOR)
    decision = new_decision(place.district, line, effective_on=datetime.date(2020, 1, 2))
    seen = plan_of(decision, manageable_units(admin).values_list("pk", flat=True)).fingerprint
    assert services.apply_decision(decision, by=admin, seen=seen)


def rates():
    return [code for code, item in registry.all_figures().items() if isinstance(item, Rate)]


def counted(unit, code, *numbers):
    """What both counts of a rate were in 2018, as an accepted report keeps them."""
    item = registry.figure(code)
    for part, number in zip((item.numerator, item.denominator), numbers, strict=True):
        FigureValue.objects.create(period="2018", unit=unit, code=part, value=number)


def test_every_rate_is_asked_for():
    assert {"mc_rate", "dvk_model_rate", "gs_rec_rate", "dth_owed_rate", "ck_rate"} < set(rates()) and len(rates()) >= 12


@pytest.mark.parametrize("code", rates())
def test_a_rate_of_a_merged_unit_is_worked_out_anew_from_its_counts(place, code):
    """1 of 4 and 9 of 10 are 10 of 14: neither the mean of both rates, 57,5%, nor the rate of either."""
    counted(place.wards[0], code, 1, 4)
    counted(place.wards[1], code, 9, 10)
    apply_in_2020(place, merge(*place.wards, new=("AB", "Phường An Bình")))
    then = Series(code, ["2018", "2019"], THEN, place.leader)
    assert [(row.name, row.cells[0].text) for row in then.rows] == [("Phường An Phú", "25,0%"), ("Phường Bình Minh", "90,0%")]
    series = Series(code, ["2018", "2019"], TODAY, place.leader)
    [row] = series.rows
    assert (row.name, row.gathers) == ("Phường An Bình", ["Phường An Phú", "Phường Bình Minh"])
    for cell in (row.cells[0], series.totals[0]):
        assert (cell.text, [part.value for part in cell.parts]) == ("71,4%", [10, 14])
    assert row.cells[1].text == "—", "nothing due is no rate"
    answer = ask(place.leader, "xuat.xlsx", chi_tieu=code, cach_xem=TODAY)
    cells = [cell.value for cell in load_workbook(io.BytesIO(answer.content)).active[3]]
    assert cells[0] == "Phường An Bình" and cells[1] == pytest.approx(1000 / 14)


def test_a_split_is_shown_as_such_on_the_page_and_in_the_workbook(years):
    """Nobody knows which part of the old ward's number belongs to which new ward: it stays on a line of its own."""
    apply_in_2020(years, split(years.wards[0], ("P1", "Phường Đông"), ("P2", "Phường Tây")))
    new_registrations(years, 4, year=2020, unit=Unit.objects.get(code="P1"))
    told = "Đã chia tách thành Phường Đông và Phường Tây từ 02/01/2020, không cộng dồn"
    for view in (THEN, TODAY):
        answer = ask(years.leader, cach_xem=view)
        lines = {line["row"].name: line["row"] for line in answer.context["rows"]}
        assert set(lines) == {"Phường An Phú", "Phường Bình Minh", "Phường Đông"}
        old, new = lines["Phường An Phú"], lines["Phường Đông"]
        assert (old.note, old.gathers, [cell and cell.value for cell in old.cells[:2]]) == (told, [], [2, 3])
        assert (new.note, new.gathers, [cell and cell.value for cell in new.cells]) == ("", [], [None, None, 4])
        page = " ".join(html.unescape(answer.content.decode()).split())
        head = f'<th scope="row">Phường An Phú<span class="sub reg">{told}</span></th>'
        assert page.count(head) == page.count(told) == 1
        assert ("Đơn vị đã chia tách đứng riêng, không cộng dồn." in page) is (view == TODAY)
        sheet = load_workbook(io.BytesIO(ask(years.leader, "xuat.xlsx", cach_xem=view).content)).active
        rows = {row[0]: row[1:] for row in sheet.iter_rows(min_row=3, values_only=True)}
        assert rows["Phường An Phú"][:2] == (2, 3) and rows["Phường An Phú"][3] == told
        assert rows["Phường Đông"] == (None, None, 4, None) and "Phường Tây" not in rows
        assert rows["Cộng"][:3] == (2, 4, 4)
