"""Opening a reporting period in pages: who may, for whom, and what the units see then."""

import datetime
import html

import pytest

from danvan.access.roles import ADMINISTRATOR
from danvan.submissions import selectors, services
from danvan.submissions.models import Period
from tests.danvan.common.cast import browser, new_unit, new_user

OPEN = "/ky-bao-cao/mo-ky/"


def text_of(response):
    return html.unescape(response.content.decode())


@pytest.fixture
def filled(cast, regime):
    return {
        "regime": regime.pk, "unit": cast.district.pk, "part": "-Q1", "year": "2020",
        "opens_on": "20/3/2020", "due_on": "5/4/2020", "review_due_on": "15/4/2020",
    }  # fmt: skip


@pytest.mark.embedded
def test_a_quarter_is_opened_and_the_unit_begins_it(cast, filled, settings):
    reviewer = browser(cast.reviewer)
    assert OPEN in text_of(reviewer.get("/ky-bao-cao/"))
    answer = reviewer.post(OPEN, filled, follow=True)
    period = Period.objects.get()
    assert (period.code, period.name) == ("2020-Q1", "Quý I/2020")
    assert (period.starts_on, period.ends_on) == (datetime.date(2020, 1, 1), datetime.date(2020, 3, 31))
    assert period.history.get().history_user == cast.reviewer
    assert answer.redirect_chain[-1][0] == f"/ky-bao-cao/ky/{period.pk}/" and "Đã mở kỳ báo cáo quý I/2020." in text_of(answer)
    settings.TODAY = datetime.date(2020, 3, 20)
    assert "Quý I/2020" in text_of(browser(cast.officer).get("/ky-bao-cao/"))
    assert set(selectors.owing_units(period)) == {cast.a, cast.b}


def test_the_same_period_is_not_opened_twice(cast, filled):
    reviewer = browser(cast.reviewer)
    reviewer.post(OPEN, filled)
    again = reviewer.post(OPEN, filled)
    assert again.status_code == 422 and "đã mở từ trước" in text_of(again) and Period.objects.count() == 1
    assert 'value="5/4/2020"' in text_of(again)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("due_on", "19/3/2020", "Ngày này không được trước “mở nhập từ ngày” (20/03/2020)."),
        ("review_due_on", "4/4/2020", "Ngày này không được trước “hạn các đơn vị gửi báo cáo” (05/04/2020)."),
        ("opens_on", "31/12/2019", "Ngày mở nhập không được trước ngày đầu của kỳ."),
        ("due_on", "31/4/2020", "31/4/2020"),
        ("year", "20", "2000"),
        ("part", "-Q5", "Q5"),
    ],
)
def test_a_wrong_value_is_said_at_its_field(cast, filled, field, value, said):
    answer = browser(cast.reviewer).post(OPEN, {**filled, field: value})
    assert answer.status_code == 422 and said in text_of(answer) and field in answer.context["form"].errors
    assert not Period.objects.exists()


def test_only_for_units_that_one_manages(cast, filled):
    elsewhere = new_unit("Q2", "Quận khác")
    form = browser(cast.reviewer).get(OPEN).context["form"]
    assert list(form.fields["unit"].queryset) == [cast.district]
    assert browser(cast.reviewer).post(OPEN, {**filled, "unit": elsewhere.pk}).status_code == 422
    for user in (cast.officer, cast.head, cast.leader, cast.appraiser):
        assert browser(user).post(OPEN, filled).status_code == 403
    assert not Period.objects.exists()


def test_an_administrator_opens_without_seeing_content(cast, filled):
    administrator = new_user("quan-tri", cast.district, ADMINISTRATOR)
    page = browser(administrator)
    assert OPEN in text_of(page.get("/", follow=True))
    answer = page.post(OPEN, filled, follow=True)
    period = Period.objects.get()
    assert answer.redirect_chain[-1][0] == f"/ky-bao-cao/ky/{period.pk}/thoi-han/" and answer.status_code == 200
    assert page.get(f"/ky-bao-cao/ky/{period.pk}/").status_code == 403


def test_the_second_mover_of_the_days_sees_both(cast, period):
    address, base = f"/ky-bao-cao/ky/{period.pk}/thoi-han/", services.version_of(period)
    days = {"opens_on": "1/12/2019", "review_due_on": "31/1/2020", "_version": base}
    colleague = new_user("chuyen-vien-3", cast.office, "chuyen_vien", sees=cast.district)
    assert browser(colleague).post(address, {**days, "due_on": "20/1/2020"}).status_code == 302
    reviewer = browser(cast.reviewer)
    late = reviewer.post(address, {**days, "due_on": "22/1/2020"})
    words = text_of(late)
    assert late.status_code == 409 and "22/1/2020" in words and "20/01/2020" in words and str(colleague) in words
    period.refresh_from_db()
    assert period.due_on == datetime.date(2020, 1, 20)
    assert reviewer.post(address, {**days, "due_on": "22/1/2020", "_version": late.context["version"]}).status_code == 302
    assert reviewer.post(address, {"opens_on": "1/12/2019", "review_due_on": "31/1/2020", "due_on": "25/1/2020"}).status_code == 409


def test_the_days_are_moved_and_the_history_keeps_the_old_ones(cast, period):
    address = f"/ky-bao-cao/ky/{period.pk}/thoi-han/"
    reviewer, old = browser(cast.reviewer), period.due_on
    assert address in text_of(reviewer.get(f"/ky-bao-cao/ky/{period.pk}/"))
    days = {"opens_on": "1/12/2019", "due_on": "20/1/2020", "review_due_on": "31/1/2020", "_version": services.version_of(period)}
    assert reviewer.post(address, days).url == f"/ky-bao-cao/ky/{period.pk}/"
    period.refresh_from_db()
    assert period.due_on == datetime.date(2020, 1, 20)
    assert [row.due_on for row in period.history.order_by("history_id")] == [old, period.due_on]
    assert browser(cast.officer).get(address).status_code == 403
    elsewhere = new_user("chuyen-vien-2", new_unit("Q2", "Quận khác"), "chuyen_vien")
    assert browser(elsewhere).get(address).status_code == 404
