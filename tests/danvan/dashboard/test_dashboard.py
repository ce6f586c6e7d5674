"""What the dashboard counts, for whom, for which year, and at what price."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danvan.catalogues.models import LegalNumber
from danvan.figures import duties as figure_duties
from danvan.figures.duties import Duty, duties_between
from danvan.submissions.choices import Status
from danvan.submissions.duties import owing, versions_of
from danvan.submissions.selectors import owing_units
from danvan.units.models import Kind, Unit, UnitVersion
from tests.danvan.dashboard.conftest import TODAY, browser, new_period, new_place, new_registrations, new_report, new_ward
from tests.danvan.dashboard.reading import counts_of, grid_of, marked_links, paragraph_of, plain
from tests.roles import asked

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def read(user, **params):
    response = browser(user).get("/bang-dieu-hanh/", params)
    assert response.status_code == 200
    return response.content.decode()


def day(text):
    return datetime.date.fromisoformat(text)


# --- an office at its beginning, and others beside it ---------------------------------------


def test_an_office_without_any_data(place):
    page = read(place.leader)
    said = plain(paragraph_of(page))
    assert said.startswith("Tình hình năm 2020, số liệu đến ngày 08/01/2020.")
    assert "Không có cam kết sau đối thoại nào quá hạn. Chưa gửi kiến nghị nào sau giám sát." in said
    assert "Chưa có nhiệm vụ nào trong kỳ này" in page
    assert all(rows == 0 for _, rows, _, _ in marked_links(page) if rows is not None)
    assert browser(place.leader).get("/bang-dieu-hanh/nhiem-vu/").status_code == 200


def test_a_neighbouring_district_is_not_there(place):
    new_period(place)
    new_registrations(place, 2)
    alone = read(place.leader, ky="2019")
    other = new_place("B", "Bắc", "Phường Kim Liên", "Phường Mai Dịch")
    theirs = new_period(other)
    new_report(theirs, other.wards[0], Status.ACCEPTED, other.head)
    new_registrations(other, 5)
    new_period(other, "2017")
    page = read(place.leader, ky="2019")
    assert "Kim Liên" not in page and "Mai Dịch" not in page
    assert marked_links(page) == marked_links(alone) and paragraph_of(page) == paragraph_of(alone)
    assert 'value="2017"' not in page and "Tình hình năm 2019" in read(place.leader, ky="2017")
    duties = browser(place.leader).get("/bang-dieu-hanh/nhiem-vu/", {"ky": "2019"}).content.decode()
    assert "Kim Liên" not in duties
    foreign = browser(place.leader).get("/bang-dieu-hanh/nhiem-vu/", {"ky": "2019", "don_vi": other.wards[0].pk})
    assert foreign.status_code == 404


def test_who_may_open_it(place):
    for address in ("/bang-dieu-hanh/", "/bang-dieu-hanh/nhiem-vu/"):
        assert browser(place.officer).get(address).status_code == 403
        assert browser(place.head).get(address).status_code == 403
        assert browser(place.reviewer).get(address).status_code == 200


def test_the_leader_begins_here_and_keeps_the_to_do_list(place):
    leader = browser(place.leader)
    assert leader.get("/").headers["Location"] == "/bang-dieu-hanh/"
    page = leader.get("/viec-can-lam/")
    assert page.status_code == 200 and "Việc cần làm" in page.content.decode()
    places = re.findall(r'<nav class="side".*?</nav>', page.content.decode(), re.S)[0]
    assert places.index("/bang-dieu-hanh/") < places.index('href="/viec-can-lam/" aria-current="page"')
    for user in (place.officer, place.reviewer):
        assert browser(user).get("/").status_code == 200


# --- which year -------------------------------------------------------------------------------


@pytest.mark.parametrize("today, asked, shown", [
    ("2020-01-08", "", "2019"), ("2020-01-08", "2018", "2018"), ("2020-01-08", "1999", "2019"), ("2020-01-08", "x'<", "2019"),
    ("2020-01-08", "2019-Q1", "2019"), ("2020-02-01", "2020", "2020"), ("2020-02-01", "", "2020"), ("2018-05-01", "", "2018"),
])  # fmt: skip
def test_the_year_shown(place, settings, today, asked, shown):
    for year in ("2018", "2019"):
        new_period(place, year)
    if today > "2020-01-31":
        new_period(place, "2020")
    settings.TODAY = day(today)
    assert f"Tình hình năm {shown}, số liệu đến ngày" in read(place.leader, ky=asked)


def test_a_running_year_is_compared_by_its_finished_part(place, settings):
    new_period(place)
    settings.TODAY = day("2019-10-05")
    new_registrations(place, 3)
    new_registrations(place, 2, year=2018)
    page = read(place.leader)
    assert "9 tháng năm 2019 so với 9 tháng năm 2018" in page and "+50,0%" in page
    assert "chi-tieu=dvk_model&amp;ky=2018-9M" in page
    settings.TODAY = day("2019-02-05")
    assert "Chưa có số liệu của hai năm để so sánh." in read(place.leader)


# --- reports ------------------------------------------------------------------------------------


def test_sent_reports_over_owing_units(place):
    period = new_period(place)
    new_report(period, place.wards[0], Status.SUBMITTED, place.head)
    page = read(place.leader)
    assert "Còn 2 ngày đến hạn nộp báo cáo năm 2019: 1 trong 2 phường đã gửi." in plain(paragraph_of(page))
    assert "1 trong 2 đã gửi" in plain(page) and "1 chờ duyệt" in plain(page)


def test_the_duty_to_report_is_done_when_it_is_sent(place):
    period = new_period(place)
    for ward, status in zip(place.wards, (Status.SUBMITTED, Status.RETURNED), strict=True):
        new_report(period, ward, status, place.head)
    found = duties_between(day("2020-01-01"), day("2020-01-31"), Unit.objects.visible_to(place.leader))
    reports = {duty.unit_id: (duty.done, duty.due_on) for duty in found if duty.label == "Gửi báo cáo năm 2019"}
    assert reports == {place.wards[0].pk: (True, period.due_on), place.wards[1].pk: (False, period.due_on)}
    assert not [d for d in duties_between(day("2019-12-01"), day("2019-12-31"), Unit.objects.all()) if d.label.startswith("Gửi báo cáo")]


def test_owing_is_read_from_versions_as_the_submissions_do(place):
    period = new_period(place)
    UnitVersion.objects.create(
        unit=place.wards[1],
        valid_from=day("2019-06-01"),
        parent=place.district,
        path=place.wards[1].scope_path,
        name="Phường Bình Minh",
        kind=Kind.WARD,
        closed=True,
    )
    new_ward("SAU", "Phường Mới", place.district, superior_name="")
    UnitVersion.objects.filter(unit__code="SAU").update(valid_from=day("2020-06-01"))
    versions = versions_of(Unit.objects.all())
    assert [v.unit_id for v in owing(period, versions)] == list(owing_units(period).values_list("pk", flat=True)) == [place.wards[0].pk]


# --- completeness ---------------------------------------------------------------------------------


class Source:
    """Stands in for the duties.py of the apps."""

    def __init__(self, *rows):
        self.rows = rows

    def duties(self, starts_on, ends_on, units):
        ids = {unit.pk for unit in units}
        return [row for row in self.rows if starts_on <= row.due_on <= ends_on and row.unit_id in ids]


def test_the_grid_against_a_count_by_hand(place, monkeypatch):
    new_period(place)
    first, second = place.wards
    rows = [Duty(first.pk, day("2019-03-10"), n < 2, f"Việc {n}", "/") for n in range(3)]
    rows += [Duty(first.pk, day("2019-05-31"), n > 0, f"Việc {n}", "/") for n in range(200)]
    rows += [Duty(second.pk, day("2019-03-31"), True, "Việc", "/"), Duty(second.pk, day("2019-12-31"), False, "Việc", "/")]
    monkeypatch.setattr(figure_duties, "_modules", lambda: [Source(*rows)])
    page = read(place.leader)
    none = [None] * 12
    expected = {"An Phú": {3: 66, 5: 99}, "Bình Minh": {3: 100, 12: 0}, "Chung": {3: 75, 5: 99, 12: 0}}
    assert grid_of(page) == {name: [cells.get(n + 1) for n, _ in enumerate(none)] for name, cells in expected.items()}
    for step, percent in (("v50", 66), ("v80", 99), ("v100", 100), ("v0", 0)):
        assert re.search(rf'class="{step}"[^>]*>{percent}</a>', page)
    links = [link for link in marked_links(page) if link[0].startswith("/bang-dieu-hanh/nhiem-vu/")]
    assert len(links) == 9  # seven cells, and the sentence with its two numbers
    for address, total, done, _ in links:
        rows_, done_ = counts_of(browser(place.leader).get(address).content.decode())
        assert total in (None, rows_) and done in (None, done_)


def test_what_is_not_due_yet_is_not_counted(place, settings, monkeypatch):
    new_period(place, "2020", due_on=day("2021-01-10"))
    settings.TODAY = day("2020-03-10")
    rows = [Duty(place.wards[0].pk, day(text), False, f"Việc {text}", "/") for text in ("2020-03-10", "2020-03-11", "2020-07-01")]
    monkeypatch.setattr(figure_duties, "_modules", lambda: [Source(*rows)])
    assert grid_of(read(place.leader))["An Phú"] == [None, None, 0] + [None] * 9
    page = browser(place.leader).get("/bang-dieu-hanh/nhiem-vu/", {"thang": "2020-03"}).content.decode()
    assert counts_of(page) == (1, 0) and "Chưa đến hạn" in page and "Việc 2020-03-11" in page


def test_a_month_without_duties_is_a_dot_and_never_a_number(place, monkeypatch):
    new_period(place)
    monkeypatch.setattr(figure_duties, "_modules", lambda: [])
    page = read(place.leader)
    assert grid_of(page) == {"An Phú": [None] * 12, "Bình Minh": [None] * 12, "Chung": [None] * 12}
    assert page.count("không có nhiệm vụ đến hạn") == 36 and "không tính là 100" in page


def test_other_units_stand_below_those_that_report(place, monkeypatch):
    new_period(place)
    monkeypatch.setattr(figure_duties, "_modules", lambda: [Source(Duty(place.office.pk, day("2019-02-01"), True, "Việc", "/"))])
    assert list(grid_of(read(place.leader))) == ["An Phú", "Bình Minh", "Ban An", "Chung"]


@pytest.mark.parametrize("query", ["thang=2019-13", "thang=x", "don_vi=x", "ky=0", "don_vi=²", "thang=9999-99", "don_vi=&thang="])
def test_an_unreadable_address_shows_the_whole_year(place, query):
    new_period(place)
    response = browser(place.leader).get(f"/bang-dieu-hanh/nhiem-vu/?{query}")
    assert response.status_code == 200 and "Nhiệm vụ đến hạn năm 2019" in response.content.decode()


# --- records of the modules -------------------------------------------------------------------------


def new_recommendation(place, ward, sent_on, replied_on=None, **changes):
    from supervision.models import Recommendation

    rule, _ = LegalNumber.objects.get_or_create(
        code="recommendation_reply", valid_from=day("2015-01-01"), defaults={"label": "Hạn", "value": 15, "source": "Thử"}
    )
    status = "da_tra_loi" if replied_on else "da_gui"
    reply = {"replied_on": replied_on, "reply_kind": "tiep_thu", "reply_text": "Đã làm"} if replied_on else {}
    values = {"unit": place.office, "addressed_to": ward, "title": "Kiến nghị", "content": "Nội dung", "sent_on": sent_on, "due_rule": rule}
    return Recommendation.objects.create(
        **{**values, "due_on": sent_on + datetime.timedelta(days=15), "status": status, **reply, **changes}
    )


def test_recommendations_as_lines_figures_and_sentence(place):
    new_period(place)
    ward = place.wards[0]
    new_recommendation(place, ward, day("2019-02-05"), day("2019-03-01"))
    new_recommendation(place, ward, day("2019-02-06"), day("2020-01-03"))
    new_recommendation(place, ward, day("2019-11-06"))
    new_recommendation(place, ward, day("2018-11-06"), day("2019-02-01"))
    page = read(place.leader)
    said = plain(paragraph_of(page))
    assert "Đã trả lời 2 trong 3 kiến nghị sau giám sát; năm 2018 là 1 trong 1." in said
    assert plain(page).count("Đã gửi 3, đã trả lời 2, còn 1 kiến nghị.") == 2  # the wide and the narrow drawing
    for address, rows, _, words in marked_links(page):
        if "gs_rec" in address:
            assert counts_of(browser(place.leader).get(address).content.decode())[0] == rows, words


def test_the_lines_by_month(place):
    from danvan.dashboard import parts, selectors

    new_period(place)
    ward = place.wards[0]
    new_recommendation(place, ward, day("2019-02-28"), day("2019-03-31"))
    new_recommendation(place, ward, day("2019-12-31"), day("2020-01-03"))
    board = selectors.board_of(place.leader, "2019")
    assert [parts.so_far(board, "gs_rec_sent", datetime.date(2019, n, 1)) for n in (1, 2, 3, 11, 12)] == [0, 1, 1, 1, 2]
    assert [parts.so_far(board, "gs_rec_answered", datetime.date(2019, n, 1)) for n in (2, 3, 12)] == [0, 1, 1]
    assert board.value("gs_rec_answered") == 2


def test_what_another_district_sent_here_is_not_counted_as_ours(place):
    """The addressee reads it in the list of the module; the figure and the list behind it hold what our units sent."""
    new_period(place)
    other = new_place("B", "Bắc", "Phường Kim Liên")
    new_recommendation(other, place.wards[0], day("2019-02-05"))
    new_recommendation(place, place.wards[0], day("2019-02-05"))
    page = read(place.leader)
    sent = [
        (address, rows) for address, rows, _, _ in marked_links(page) if "chi-tieu=gs_rec_sent&ky=2019" in address and "thai" not in address
    ]
    assert {rows for _, rows in sent} == {1}
    assert counts_of(browser(place.leader).get(sent[0][0]).content.decode()) == (1, None)
    assert counts_of(browser(place.leader).get("/giam-sat/kien-nghi/").content.decode()) == (2, None)


def new_commitments(place, count, due_on):
    from dialogues.models import Commitment, Dialogue

    dialogue = Dialogue.objects.create(
        unit=place.wards[0], kind="dinh_ky", topic="Thử", chair_title="Bí thư", held_on=day("2019-04-01"), status="da_to_chuc"
    )
    for n in range(count):
        due = due_on + datetime.timedelta(days=n)
        Commitment.objects.create(
            unit=place.wards[0], owner=place.wards[1], dialogue=dialogue, content=f"Việc hứa {n}", due_on=due, deadline_on=due
        )


def test_overdue_commitments_the_longest_first(place):
    new_period(place)
    new_commitments(place, 8, day("2019-12-30"))
    page = read(place.leader)
    late = plain(paragraph_of(page))
    assert "8 cam kết sau đối thoại đã quá hạn, lâu nhất 9 ngày tại Phường An Phú." in late
    card = re.search(r'<section class="card" aria-labelledby="h-cam">.*?</section>', page, re.S)[0]
    assert re.findall(r"Việc hứa (\d)", card) == ["0", "1", "2", "3", "4"] and "Phường An Phú · Phường Bình Minh" in plain(card)
    assert "quá 9 ngày" in card and ">Cả 8</a>" in card
    assert counts_of(browser(place.leader).get("/doi-thoai/cam-ket/?muc=qua-han").content.decode()) == (8, None)


def test_funnel_counts_kinds_apart_on_one_scale(place):
    new_period(place)
    new_registrations(place, 8, recognised=2)
    new_registrations(place, 4, kind="dien_hinh", unit=place.wards[1], recognised=1)
    page = read(place.leader)
    card = re.search(r'<section class="card" aria-labelledby="h-dvk">.*?</section>', page, re.S)[0]
    assert [rows for _, rows, _, _ in marked_links(card)] == [8, 3, 0, 2, 8, 3, 0, 2, 4, 2, 0, 1, 4, 2, 0, 1]
    assert re.findall(r'<rect width="([\d.]+)" height="10" fill="#A9C3E0"', card) == ["100.0", "50.0"]
    assert "Cứ 4 mô hình, điển hình đăng ký thì 1 được công nhận." in card
    for address, rows, _, _ in marked_links(card):
        assert counts_of(browser(place.leader).get(address).content.decode())[0] == rows


# --- price --------------------------------------------------------------------------------------------


def queries(user, address):
    client = browser(user)
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("address", ["/bang-dieu-hanh/?ky=2019", "/bang-dieu-hanh/nhiem-vu/?ky=2019"])
def test_the_price_does_not_grow_with_records_and_units(place, address):
    period = new_period(place)
    new_registrations(place, 1)
    new_commitments(place, 1, day("2019-12-01"))
    new_recommendation(place, place.wards[0], day("2019-02-05"))
    new_report(period, place.wards[0], Status.DRAFT, place.head)
    few = queries(place.leader, address)
    for n in range(30):
        ward = new_ward(f"T{n}", f"Phường {n}", place.district)
        new_report(period, ward, Status.SUBMITTED, place.head)
        new_recommendation(place, ward, day("2019-02-05"), day("2019-03-05"))
    new_registrations(place, 30, recognised=5)
    new_registrations(place, 30, year=2018)
    new_commitments(place, 30, day("2019-11-01"))
    assert queries(place.leader, address) == few


def test_the_page_itself_asks_little(place, monkeypatch):
    """Session, user, memberships; periods, units, reports, duties; figures, frozen values, fields, months; overdue list."""
    from danvan.submissions import duties

    new_period(place)
    monkeypatch.setattr(figure_duties, "_modules", lambda: [duties])
    client = browser(place.leader)
    client.get("/bang-dieu-hanh/")
    with CaptureQueriesContext(connection) as log:
        client.get("/bang-dieu-hanh/")
    assert len(asked(log)) <= 12


# --- the to-do list of the modules ---------------------------------------------------------------------


def test_tasks_of_a_module_stand_on_the_to_do_list(place, monkeypatch):
    from types import SimpleNamespace

    from danvan.home import tasks

    row = {
        "title": "Trả lời kiến nghị thử", "url": "/giam-sat/kien-nghi/", "due_on": TODAY, "label": "Chờ trả lời", "tone": "wait",
        "icon": "clock", "urgent": True, "meta": "Mặt trận gửi.",
    }  # fmt: skip
    seen = []
    module = SimpleNamespace(tasks=lambda user, today: seen.append((user, today)) or [row])
    monkeypatch.setattr(tasks, "todo_modules", lambda: [module])
    page = browser(place.officer).get("/").content.decode()
    assert "Trả lời kiến nghị thử" in page and "Cần làm ngay" in page and "Mặt trận gửi." in page
    assert seen == [(place.officer, TODAY)]


@pytest.mark.parametrize("unit", ["²", "9" * 5000])
def test_a_unit_that_is_no_number_opens_no_error_page(place, unit):
    assert browser(place.leader).get("/bang-dieu-hanh/nhiem-vu/", {"don_vi": unit}).status_code in (200, 404)
