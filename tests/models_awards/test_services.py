"""Steps, withdrawal and the campaign's dates, by the services and through the pages."""

import datetime
import html

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from danvan.access.roles import FRONT, OFFICER, REVIEWER
from danvan.common.exceptions import Conflict, Refused
from danvan.registers.history import entries_of
from danvan.workflow.models import StatusChange
from models_awards import choices, permissions, services
from models_awards.choices import Level, Stage
from models_awards.models import Award, Campaign, Registration, StageRecord
from models_awards.registers import registrations
from tests.danvan.common.cast import TODAY, browser, join, new_user, registered, registration_data
from tests.factories import awards

pytestmark = pytest.mark.embedded
D = datetime.date
LIST = "/dan-van-kheo/dang-ky/"


@pytest.fixture
def row(cast, campaign):
    return registered(cast.a, campaign, words="gốc")


def step(row, stage, by, **values):
    return services.record_stage(row, stage, **{"by": by, "held_on": D(2019, 6, 1), **values})


def page_of(response):
    return html.unescape(response.content.decode())


# --- steps -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "values", "field", "sentence"),
    [
        (Stage.SURVEYED, {"held_on": D(2019, 3, 14)}, "held_on", "Ngày của bước này không được trước ngày đăng ký."),
        (Stage.SURVEYED, {"held_on": TODAY + datetime.timedelta(days=1)}, "held_on", "Ngày của bước này chưa tới."),
        (Stage.STOPPED, {"note": " "}, "note", "Anh/chị ghi lý do chưa được công nhận."),
        (Stage.RECOGNISED, {"level": Level.DISTRICT}, "decision_number", "Công nhận cần cấp công nhận và số quyết định."),
        (Stage.RECOGNISED, {"decision_number": "12-QĐ"}, "decision_number", "Công nhận cần cấp công nhận và số quyết định."),
        (Stage.WITHDRAWN, {}, None, "Đăng ký này đã rút"),
    ],
)  # fmt: skip
def test_a_step_that_cannot_be_is_refused_in_words(cast, row, stage, values, field, sentence):
    if stage == Stage.WITHDRAWN:
        services.withdraw_registration(row, by=cast.officer, reason="x")
        stage = Stage.REGISTERED
    before = StageRecord.objects.count(), StatusChange.objects.count()
    with pytest.raises(Refused) as refusal:
        step(row, stage, cast.reviewer, **values)
    assert refusal.value.message.startswith(sentence) and refusal.value.field == field
    assert (StageRecord.objects.count(), StatusChange.objects.count()) == before


@pytest.mark.parametrize("day", [D(2019, 3, 15), TODAY])
def test_the_first_and_the_last_possible_day(cast, row, day):
    step(row, Stage.SURVEYED, cast.reviewer, held_on=day)
    row.refresh_from_db()
    assert row.surveyed_on == day


def test_a_step_leaves_its_date_its_record_and_its_author(cast, row):
    step(row, Stage.RECOGNISED, cast.reviewer, level=Level.DISTRICT, decision_number="12-QĐ/QU", occasion="20/11", note="Xứng đáng")
    row.refresh_from_db()
    assert (row.status, row.recognised_on, row.recognised_level) == (Stage.RECOGNISED, D(2019, 6, 1), Level.DISTRICT)
    record = row.stages.get()
    assert (record.level, record.decision_number, record.occasion, record.note) == (Level.DISTRICT, "12-QĐ/QU", "20/11", "Xứng đáng")
    assert record.history.get().history_user == cast.reviewer
    assert {entry["who"] for entry in entries_of(registrations, row) if timezone.localdate(entry["at"]) == TODAY} == {str(cast.reviewer)}


def test_a_step_done_twice_is_done_once(cast, row):
    step(row, Stage.SURVEYED, cast.reviewer)
    step(row, Stage.SURVEYED, cast.reviewer)
    assert row.stages.count() == 1
    stale = Registration.objects.get(pk=row.pk)
    step(row, Stage.APPRAISED, cast.reviewer)
    with pytest.raises(Conflict):
        step(stale, Stage.VOTED, cast.reviewer)
    assert row.stages.count() == 2


@pytest.mark.parametrize("way", [
    [Stage.RUNNING, Stage.CONTINUED, Stage.RUNNING, Stage.SURVEYED, Stage.CONTINUED, Stage.SURVEYED],
    [Stage.RUNNING, Stage.STOPPED, Stage.RUNNING, Stage.STOPPED],
    [Stage.SURVEYED, Stage.APPRAISED, Stage.VOTED, Stage.PROPOSED, Stage.RECOGNISED, Stage.REWARDED, Stage.REPLICATED],
])  # fmt: skip
def test_every_legal_way_can_be_walked(cast, row, way):
    """Also a way that passes one stage twice: what continues is surveyed again next year."""
    for number, stage in enumerate(way):
        values = {"level": Level.DISTRICT, "decision_number": "12"} if stage == Stage.RECOGNISED else {"note": f"lần {number}"}
        step(row, stage, cast.reviewer, held_on=D(2019, 4, 1) + datetime.timedelta(days=number), **values)
    assert [record.stage for record in row.stages.order_by("pk")] == way


def test_only_a_reviewer_who_sees_the_unit_records_steps(cast, row):
    elsewhere = new_user("hai-vai", cast.b, REVIEWER)
    join(elsewhere, cast.a, OFFICER)
    for user in (cast.officer, cast.head, cast.leader, elsewhere):
        with pytest.raises(Refused, match="Chuyên viên cơ quan dân vận ghi các bước"):
            step(row, Stage.SURVEYED, user)
        assert not permissions.can_move_stage(user, row)
    assert not row.stages.exists()


# --- withdrawal --------------------------------------------------------------------------------


def test_a_registration_is_withdrawn_and_restored(cast, row):
    with pytest.raises(Refused, match="Anh/chị ghi lý do rút đăng ký."):
        services.withdraw_registration(row, by=cast.officer, reason=" ")
    services.withdraw_registration(row, by=cast.officer, reason="Trùng")
    row.refresh_from_db()
    assert (row.status, row.withdrawn_on) == (Stage.WITHDRAWN, TODAY)
    with pytest.raises(Refused, match="Đăng ký này đã rút"):
        registrations.check_can_edit(cast.officer, row)
    services.restore_registration(row, by=cast.officer)
    row.refresh_from_db()
    assert (row.status, row.withdrawn_on) == (Stage.REGISTERED, None)


def test_a_withdrawn_registration_takes_no_step_on_the_page_either(cast, row):
    services.withdraw_registration(row, by=cast.officer, reason="Trùng")
    address = f"{LIST}{row.pk}/ghi-buoc/"
    for answer in (
        browser(cast.reviewer).get(address),
        browser(cast.reviewer).post(address, {"stage": Stage.REGISTERED, "held_on": "1/6/2019"}),
    ):
        assert answer.status_code == 403 and "Đăng ký này đã rút. Muốn ghi bước tiếp theo" in page_of(answer)
    row.refresh_from_db()
    assert row.status == Stage.WITHDRAWN


@pytest.mark.parametrize("who", ["head", "leader", "officer_b"])
def test_others_neither_withdraw_nor_restore(cast, row, who):
    user = getattr(cast, who)
    with pytest.raises(Refused, match="Chỉ đơn vị đăng ký hoặc cơ quan dân vận rút được"):
        services.withdraw_registration(row, by=user, reason="x")
    services.withdraw_registration(row, by=cast.officer, reason="x")
    with pytest.raises(Refused, match="Chỉ đơn vị đăng ký hoặc cơ quan dân vận khôi phục được"):
        services.restore_registration(row, by=user)


def test_after_a_step_nothing_is_withdrawn(cast, row):
    step(row, Stage.RUNNING, cast.reviewer)
    with pytest.raises(Refused, match="Không chuyển được từ “Đang thực hiện” sang “Đã rút đăng ký”."):
        services.withdraw_registration(row, by=cast.officer, reason="x")


def test_restoring_what_is_not_withdrawn_claims_nothing(cast, row):
    for user in (cast.leader, cast.officer):
        answer = browser(user).post(f"{LIST}{row.pk}/khoi-phuc/", follow=True)
        assert answer.status_code == 403 and "Đăng ký này chưa rút." in page_of(answer)
    assert not StatusChange.objects.exists()


# --- the campaign's dates ------------------------------------------------------------------------


@pytest.fixture
def closed(campaign):
    Campaign.objects.update(late_until=D(2020, 1, 7))
    campaign.refresh_from_db()
    return campaign


SENTENCE = (
    "Đợt “Đợt đăng ký năm 2019” nhận đăng ký từ 02/01/2019, nhận bổ sung đến 07/01/2020, nay không nhận. "
    "Anh/chị đề nghị cơ quan dân vận chỉnh lý giúp."
)


def test_a_closed_campaign_takes_no_registration(cast, closed):
    answer = browser(cast.officer).post(f"{LIST}them/", registration_data(closed, cast.a))
    assert answer.status_code == 422
    assert answer.context["form"].errors["campaign"] == [SENTENCE] and "Cổng rào xanh Tổ 5" in page_of(answer)
    assert not Registration.objects.exists()
    assert browser(cast.reviewer).post(f"{LIST}them/", registration_data(closed, cast.a)).status_code == 302
    assert Registration.objects.get().unit == cast.a


def test_a_closed_campaign_lets_nothing_be_changed(cast, row, closed):
    answer = browser(cast.officer).get(f"{LIST}{row.pk}/sua/")
    assert answer.status_code == 403 and SENTENCE in page_of(answer)
    with pytest.raises(Refused):
        services.withdraw_registration(Registration.objects.get(pk=row.pk), by=cast.officer, reason="x")
    registrations.check_can_edit(cast.reviewer, Registration.objects.get(pk=row.pk))


def test_a_record_is_not_moved_into_a_closed_campaign(cast, campaign):
    from tests.danvan.registers.test_bad_input import edit_data

    row = registered(cast.a, campaign, words="gốc")
    past = awards.new_campaign(cast.district, 2018)
    data = edit_data(row, campaign=past.pk, registered_on="15/3/2018")
    answer = browser(cast.officer).post(f"{LIST}{row.pk}/sua/", data)
    assert answer.status_code == 422 and "nay không nhận" in answer.context["form"].errors["campaign"][0]
    row.refresh_from_db()
    assert row.campaign == campaign


def test_the_first_and_the_last_day_of_a_campaign(cast, campaign, settings):
    for day, open_ in [(D(2019, 1, 1), False), (D(2019, 1, 2), True), (D(2020, 1, 31), True), (D(2020, 2, 1), False)]:
        settings.TODAY = day
        assert campaign.is_open is open_


# --- forms ----------------------------------------------------------------------------------------


def test_what_continues_is_the_unit_s_own_and_older(cast, campaign):
    last = awards.new_campaign(cast.district, 2018)
    mine, theirs = registered(cast.a, last, words="A"), registered(cast.b, last, words="B")
    same_year = registered(cast.a, campaign, words="A")
    client = browser(cast.reviewer)
    for former, sentence in [(theirs, "Chọn đăng ký của chính đơn vị."), (same_year, "Chọn đăng ký của năm trước.")]:
        answer = client.post(f"{LIST}them/", registration_data(campaign, cast.a, continues=former.pk))
        assert answer.context["form"].errors == {"continues": [sentence]}
    client.post(f"{LIST}them/", registration_data(campaign, cast.a, continues=mine.pk))
    assert Registration.objects.get(name="Cổng rào xanh Tổ 5").continues == mine


def award_data(unit, **changes):
    return {
        "unit": unit.pk, "subject_type": "tap_the", "name": "Tổ 5", "form": "giay_khen", "granting_body": "ubnd",
        "decision_number": "12/QĐ", "decided_on": "20/1/2020",
        "award_year": "2019", "occasion": "dan_van_kheo", "registration": "", **changes,
    }  # fmt: skip


def test_an_award_counts_by_its_year(cast, row):
    client = browser(cast.reviewer)
    client.post("/khen-thuong/danh-sach/them/", award_data(cast.a, registration=row.pk))
    award = Award.objects.get()
    assert (award.awarded_on, award.decided_on, award.registration) == (D(2019, 12, 31), D(2020, 1, 20), row)
    twice = client.post("/khen-thuong/danh-sach/them/", award_data(cast.a))
    assert twice.status_code == 422 and "Quyết định này đã ghi khen thưởng cho tên đó." in page_of(twice)
    assert Award.objects.count() == 1


def test_an_award_names_a_registration_of_its_unit(cast, row):
    answer = browser(cast.reviewer).post("/khen-thuong/danh-sach/them/", award_data(cast.b, registration=row.pk))
    assert answer.status_code == 422 and answer.context["form"].errors["registration"] == ["Chọn mô hình, điển hình của Phường Bình Minh."]
    assert not Award.objects.exists()


def test_an_award_is_given_by_the_office_only(cast):
    for user in (cast.officer, cast.head, cast.leader):
        answer = browser(user).post("/khen-thuong/danh-sach/them/", award_data(cast.a))
        assert answer.status_code == 403 and "không có quyền thêm khen thưởng" in page_of(answer)
    assert not Award.objects.exists()


def test_an_award_of_another_unit_does_not_show_below_a_registration(cast, row):
    """PostgreSQL has no such award; on SQLite check_data tells of it, and the page does not show it."""
    if not settings.EMBEDDED:
        with pytest.raises(IntegrityError, match="award_unit"), transaction.atomic():
            awards.new_award(cast.b, words="ẩn", registration=row)
            connection.check_constraints()
        return
    awards.new_award(cast.b, words="ẩn", registration=row)
    awards.new_award(cast.a, words="hiện", registration=row)
    page = page_of(browser(cast.officer).get(f"{LIST}{row.pk}/"))
    assert "Tập thể hiện" in page and "Tập thể ẩn" not in page


def test_a_campaign_is_one_a_year_with_its_dates_in_order(cast, campaign):
    data = {
        "unit": cast.district.pk,
        "year": "2019",
        "name": "Đợt hai",
        "opens_on": "1/1/2019",
        "closes_on": "1/2/2019",
        "late_until": "1/3/2019",
    }
    client = browser(cast.reviewer)
    assert "Năm này đã có đợt đăng ký." in page_of(client.post("/dan-van-kheo/dot/them/", data))
    wrong = client.post("/dan-van-kheo/dot/them/", {**data, "year": "2020", "closes_on": "1/4/2019"})
    assert "Ngày bắt đầu, ngày kết thúc và hạn bổ sung phải theo thứ tự." in page_of(wrong)
    assert Campaign.objects.count() == 1


def test_a_refused_page_shows_the_record_as_it_is(cast, row):
    answer = browser(cast.reviewer).post(f"{LIST}{row.pk}/ghi-buoc/", {"stage": Stage.SURVEYED, "held_on": "1/1/2019", "note": "đã gõ"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"held_on": ["Ngày của bước này không được trước ngày đăng ký."]}
    assert "đã gõ" in page_of(answer) and "· Đăng ký" in page_of(answer)


def test_the_reachable_stages_of_the_form_are_the_table():
    assert Stage.WITHDRAWN in choices.TRANSITIONS[Stage.REGISTERED]
    assert all(Stage.WITHDRAWN not in choices.TRANSITIONS[stage] for stage in choices.PATH[1:])


# --- own work -----------------------------------------------------------------------------------


@pytest.fixture
def both(cast):
    """The Front of ward A, which also reviews there: nobody judges the work of an own unit."""
    user = new_user("mat-tran-xet", cast.a, FRONT)
    join(user, cast.a, REVIEWER)
    return user


def test_two_roles_at_one_unit_do_not_judge_its_own_registration(cast, row, both):
    with pytest.raises(Refused, match="đơn vị mình"):
        step(row, Stage.RECOGNISED, both, level=Level.DISTRICT, decision_number="12-QĐ")
    assert step(row, Stage.SURVEYED, cast.reviewer).status == Stage.SURVEYED


def test_two_roles_at_one_unit_do_not_register_after_closing(cast, campaign, row, both):
    Campaign.objects.filter(pk=campaign.pk).update(opens_on=D(2019, 1, 1), closes_on=D(2019, 2, 1), late_until=D(2019, 3, 1))
    row.refresh_from_db()
    row.campaign.refresh_from_db()
    with pytest.raises(Refused, match="nay không nhận"):
        permissions.check_can_register(both, row)
    permissions.check_can_register(cast.reviewer, row)
