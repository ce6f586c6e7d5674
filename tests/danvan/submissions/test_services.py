"""A unit's report from the first figure to the correction of an accepted one, through the services."""

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from danvan.access.roles import HEAD, LEADER, OFFICER, REVIEWER
from danvan.common.exceptions import Conflict, Refused
from danvan.figures.compute import compute
from danvan.figures.models import FigureValue
from danvan.registers.history import entries_of
from danvan.registers.registry import register_of
from danvan.submissions import permissions, selectors, services
from danvan.submissions.choices import Status
from danvan.submissions.models import CorrectionRequest, ReturnItem, ReturnSlip, Round, Submission, TypedValue
from danvan.units.models import Unit
from danvan.workflow.services import changes_of
from tests.danvan.common.cast import TODAY, join, new_unit, new_user, registered
from tests.factories import awards, reports

pytestmark = pytest.mark.embedded
TOMORROW = TODAY + datetime.timedelta(days=1)


@pytest.fixture
def begun(cast, period):
    return services.start(period, cast.a, by=cast.officer)


@pytest.fixture
def filled(cast, begun):
    return reports.fill(begun, by=cast.officer, words="năm 2019")


@pytest.fixture
def ready(cast, filled):
    services.hand_to_head(filled, by=cast.officer)
    return filled


@pytest.fixture
def sent(cast, ready):
    services.send(ready, by=cast.head)
    return ready


def give_back(cast, submission, **remarks):
    remarks = remarks or {"hg_total": "Xem lại số vụ"}
    return services.return_submission(submission, by=cast.reviewer, remarks=remarks, due_on=TOMORROW)


@pytest.fixture
def returned(cast, sent):
    give_back(cast, sent)
    return sent


@pytest.fixture
def accepted(cast, sent):
    return services.accept(sent, by=cast.reviewer)


def refused(sentence, do, *args, **kwargs):
    with pytest.raises(Refused) as refusal:
        do(*args, **kwargs)
    assert refusal.value.message == sentence or sentence in refusal.value.message, refusal.value.message
    return refusal.value


# --- beginning and filling --------------------------------------------------------------------


def test_a_report_is_begun_once_and_only_when_its_period_is_open(cast, period, begun):
    assert services.start(period, cast.a, by=cast.colleague) == begun
    assert Submission.objects.count() == 1
    assert begun.history.get().history_user == cast.officer
    period.opens_on = TOMORROW
    refused("Kỳ báo cáo này chưa mở.", services.start, period, cast.b, by=cast.officer_b)


def test_what_is_typed_is_stored_with_its_history(cast, filled):
    assert {row.code: int(row.value) for row in filled.typed.all()} == reports.SMALL
    assert filled.narrative["ket_qua"] == "Kết quả nổi bật: năm 2019" and filled.explanations == {"hg_total": "Vì năm 2019"}
    reports.fill(filled, by=cast.colleague, hg_total=20, tcd_turns=None)
    row = TypedValue.objects.get(code="hg_total")
    assert [(int(h.value), h.history_user) for h in row.history.order_by("history_id")] == [(12, cast.officer), (20, cast.colleague)]
    assert not TypedValue.objects.filter(code="tcd_turns").exists(), "an emptied box is no zero"
    gone = TypedValue.history.filter(code="tcd_turns").order_by("-history_id").first()
    assert (gone.history_type, gone.history_user) == ("-", cast.colleague)


def test_a_stale_fill_is_a_conflict_and_changes_nothing(cast, filled):
    stale = Submission.objects.get(pk=filled.pk)
    reports.fill(filled, by=cast.colleague, hg_total=20)
    with pytest.raises(Conflict):
        reports.fill(stale, by=cast.officer, hg_total=99)
    assert TypedValue.objects.get(code="hg_total").value == 20
    # a newer number in the hidden field does not bring back the columns that were read before
    stale.version, base = 2, 3
    with pytest.raises(Conflict):
        services.fill(stale, by=cast.officer, base=base, values={}, narrative={}, explanations={})
    filled.refresh_from_db()
    assert filled.version == 3 and filled.narrative


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({"hg_success": 10, "hg_fail": 3}, "Vụ việc hòa giải thành (10) cộng Vụ việc hòa giải không thành (3) "
         "lớn hơn Vụ việc hòa giải tiếp nhận (12)."),
        ({"mc_ontime": 1250}, "Hồ sơ một cửa giải quyết đúng hạn (1.250) lớn hơn Hồ sơ một cửa đã giải quyết (900)."),
        ({"dt_done": 21}, "Đơn thư đã giải quyết trong kỳ (21) lớn hơn Đơn thư kỳ trước chuyển sang (3) "
         "+ Đơn thư tiếp nhận trong kỳ (17), nên đơn thư còn lại thành số âm."),
        ({"cuoi_vm": 31}, "Đám cưới theo nếp sống văn minh (31) lớn hơn Đám cưới trên địa bàn (30)."),
        ({"tang_vm": None}, "Chưa nhập “Đám tang theo nếp sống văn minh”. Nếu không phát sinh, ghi 0."),
    ],
)  # fmt: skip
def test_a_broken_rule_keeps_the_text_and_stops_the_sending(cast, begun, figures, sentence):
    reports.fill(begun, by=cast.officer, **figures)
    refusal = refused(f"Còn 1 chỗ cần sửa trước khi gửi: {sentence}", services.hand_to_head, begun, by=cast.officer)
    assert refusal.field in figures
    begun.refresh_from_db()
    assert begun.status == Status.DRAFT


def test_bounds_of_the_rules(cast, begun):
    reports.fill(begun, by=cast.officer, hg_success=10, hg_fail=2, mc_ontime=900, dt_done=20)
    assert services.hand_to_head(begun, by=cast.officer)


# --- whose turn it is ----------------------------------------------------------------------------


def test_each_hand_does_its_own(cast, filled):
    for user in (cast.head, cast.reviewer, cast.leader, cast.officer_b, cast.appraiser):
        refused("Chỉ cán bộ của đơn vị nhập báo cáo này.", reports.fill, filled, by=user)
        refused("Chỉ cán bộ của đơn vị nhập báo cáo này.", services.hand_to_head, filled, by=user)
    reports.fill(filled, by=cast.front)
    services.hand_to_head(filled, by=cast.officer)
    refused("Báo cáo đang ở trạng thái “Chờ xác nhận” nên không sửa được số liệu.", reports.fill, filled, by=cast.officer)
    for user in (cast.officer, cast.reviewer, cast.leader, cast.head_b):
        refused("Người đứng đầu đơn vị xác nhận và gửi báo cáo này.", services.send, filled, by=user)
        refused("Người đứng đầu đơn vị xác nhận và gửi báo cáo này.", services.take_back, filled, by=user)
    services.send(filled, by=cast.head)
    for user in (cast.officer, cast.head, cast.leader, cast.officer_b):
        refused("Chuyên viên cơ quan dân vận duyệt báo cáo này.", services.accept, filled, by=user)
    services.accept(filled, by=cast.reviewer)
    for user in (cast.reviewer, cast.officer, cast.head):
        refused("Lãnh đạo cơ quan dân vận quyết định mở lại", services.reopen, filled, by=user, reason="x", until=TOMORROW)
    filled.refresh_from_db()
    assert filled.status == Status.ACCEPTED


@pytest.mark.parametrize("role", [REVIEWER, OFFICER, HEAD])
def test_nobody_accepts_the_work_of_an_own_unit(cast, sent, role):
    """Not only reviewers of that unit: who fills or signs for it does not judge it either."""
    join(cast.reviewer, cast.a, role)
    cast.reviewer.__dict__.pop("_memberships", None)
    refused("Anh/chị không duyệt báo cáo của chính đơn vị mình.", services.accept, sent, by=cast.reviewer)
    refused("Anh/chị không duyệt báo cáo của chính đơn vị mình.", give_back, cast, sent)
    assert not permissions.can_review(cast.reviewer, sent)


def test_nobody_reopens_the_report_of_an_own_unit(cast, accepted):
    join(cast.leader, cast.a, LEADER)
    cast.leader.__dict__.pop("_memberships", None)
    refused("Anh/chị không mở lại báo cáo của chính đơn vị mình.", services.reopen, accepted, by=cast.leader, reason="x", until=TOMORROW)


def test_a_reviewer_elsewhere_is_no_reviewer_here(cast, sent):
    elsewhere = new_user("noi-khac", new_unit("Q2", "Quận khác"), REVIEWER)
    join(elsewhere, cast.b, OFFICER, sees=cast.district)
    refused("Chuyên viên cơ quan dân vận duyệt báo cáo này.", services.accept, sent, by=elsewhere)


# --- sending ----------------------------------------------------------------------------------------


def test_sending_keeps_what_was_sent(cast, campaign, filled):
    registered(cast.a, campaign, words="gốc", households=75)
    services.hand_to_head(filled, by=cast.officer)
    round_ = services.send(filled, by=cast.head)
    filled.refresh_from_db()
    assert (filled.status, filled.confirmed_by, filled.submitted_on, timezone.localdate(filled.submitted_at)) == (
        Status.SUBMITTED,
        cast.head,
        TODAY,
        TODAY,
    )
    assert (round_.number, round_.sent_by, round_.code) == (1, cast.head, f"PA-2019-{filled.pk:04d}-01")
    assert round_.narrative == filled.narrative
    assert set(round_.values) == set(selectors.sheet_codes(filled.period.regime))
    told = {"hg_total": "12", "hg_rate": "75,0%", "dt_left": "5", "dvk_model": "1", "dvk_households": "75"}
    assert {code: round_.values[code] for code in told} == told


def test_sending_twice_is_one_round(cast, sent):
    first = Round.objects.get()
    assert services.send(sent, by=cast.head) == first
    stale = Submission.objects.get(pk=sent.pk)
    stale.status = Status.READY  # read before the other click
    assert services.send(stale, by=cast.head) == first
    assert Round.objects.count() == 1 and changes_of(sent).filter(to_status=Status.SUBMITTED).count() == 1


def test_a_receipt_fits_its_column_for_the_longest_codes(cast, period):
    unit = new_unit("D" * 30, "Phường có mã dài", parent=cast.district)
    officer, head = new_user("dai", unit), new_user("dai-truong", unit, HEAD)
    reports.sent(period, unit, officer=officer, head=head)
    assert len(Round.objects.get().code) <= 40


def test_the_head_takes_a_report_back(cast, ready):
    services.take_back(ready, by=cast.head, note="Thêm số hộ")
    assert ready.status == Status.DRAFT and changes_of(ready)[0].note == "Thêm số hộ"
    reports.fill(ready, by=cast.officer)


def test_handing_over_twice_is_once(cast, ready):
    assert services.hand_to_head(ready, by=cast.officer) is False
    assert changes_of(ready).count() == 1


# --- returning ----------------------------------------------------------------------------------------


def test_a_return_names_its_reasons(cast, sent):
    slip = give_back(cast, sent, **{"hg_total": " Xem lại ", "loi_van:han_che": "Viết rõ", "mc_files": "  "})
    assert dict(ReturnItem.objects.values_list("figure", "reason")) == {"hg_total": "Xem lại", "loi_van:han_che": "Viết rõ"}
    assert (slip.round, slip.returned_by, slip.due_on) == (Round.objects.get(), cast.reviewer, TOMORROW)
    assert sent.status == Status.RETURNED and selectors.open_remarks(sent) == {"hg_total": "Xem lại", "loi_van:han_che": "Viết rõ"}


@pytest.mark.parametrize(
    ("remarks", "due_on", "sentence"),
    [
        ({}, TOMORROW, "Anh/chị ghi ít nhất một ý kiến bên cạnh chỉ tiêu cần bổ sung."),
        ({"hg_total": " \n "}, TOMORROW, "Anh/chị ghi ít nhất một ý kiến bên cạnh chỉ tiêu cần bổ sung."),
        ({"hg_total": "x"}, TODAY - datetime.timedelta(days=1), "Hạn bổ sung không được trước hôm nay."),
    ],
)
def test_a_return_without_a_reason_or_a_day_is_refused(cast, sent, remarks, due_on, sentence):
    refused(sentence, services.return_submission, sent, by=cast.reviewer, remarks=remarks, due_on=due_on)
    sent.refresh_from_db()
    assert sent.status == Status.SUBMITTED and not ReturnSlip.objects.exists()


def test_an_answer_to_what_was_asked_goes_straight_back(cast, returned):
    reports.fill(returned, by=cast.officer, words="năm 2019", hg_total=13)
    assert services.not_asked(returned) == []
    round_ = services.resend(returned, by=cast.officer)
    assert (round_.number, returned.status, returned.confirmed_by) == (2, Status.SUBMITTED, cast.head)
    assert selectors.differences(returned)["hg_total"] == ("12", "13")
    assert services.resend(returned, by=cast.officer) == round_, "a double click"
    assert Round.objects.count() == 2


def test_an_answer_with_more_goes_through_the_head_again(cast, returned):
    reports.fill(returned, by=cast.officer, words="năm 2019", hg_total=13, mc_files=901)
    assert services.not_asked(returned) == ["Hồ sơ một cửa đã giải quyết"]
    assert services.resend(returned, by=cast.officer) is None
    assert returned.status == Status.READY and Round.objects.count() == 1
    assert services.resend(returned, by=cast.officer) is None
    assert services.send(returned, by=cast.head).number == 2


def test_other_line_ends_are_no_change(cast, period):
    from danvan.submissions.forms import sheet_form, split

    submission = services.start(period, cast.a, by=cast.officer)
    texts = {key: "một\nhai" for key, _ in reports.PARAGRAPHS}
    services.fill(submission, by=cast.officer, base=1, values=reports.SMALL, narrative=texts, explanations={})
    services.hand_to_head(submission, by=cast.officer)
    services.send(submission, by=cast.head)
    give_back(cast, submission)
    typed = {**reports.SMALL, **{f"loi_van:{key}": "một\r\nhai" for key in texts}}
    form = sheet_form(submission, selectors.current_values(submission), typed)
    assert form.is_valid()
    figures, narrative, told = split(form)
    services.fill(submission, by=cast.officer, base=submission.version, values=figures, narrative=narrative, explanations=told)
    assert services.not_asked(submission) == []


def test_the_history_tells_the_narrative_by_its_paragraphs(cast, period):
    submission = services.start(period, cast.a, by=cast.officer)
    key, title = reports.PARAGRAPHS[0]
    explained = {"hg_total": "Sáp nhập tổ hòa giải"}
    services.fill(submission, by=cast.officer, base=1, values={}, narrative={key: "Đã làm xong."}, explanations=explained)
    [entry] = [entry for entry in entries_of(register_of(Submission), submission) if entry["changes"]]
    assert entry["changes"] == [
        {"label": title, "old": "(trống)", "new": "Đã làm xong."},
        {"label": "Lý do của “Vụ việc hòa giải tiếp nhận”", "old": "(trống)", "new": "Sáp nhập tổ hòa giải"},
    ]


def test_only_the_officer_resends_and_only_a_returned_report(cast, returned):
    refused("Chỉ cán bộ của đơn vị nhập báo cáo này.", services.resend, returned, by=cast.reviewer)
    refused("Chỉ cán bộ của đơn vị nhập báo cáo này.", services.resend, returned, by=cast.officer_b)


def test_return_and_acceptance_race_for_one_report(cast, sent):
    other = Submission.objects.get(pk=sent.pk)
    give_back(cast, sent)
    with pytest.raises(Conflict):
        services.accept(other, by=cast.reviewer)
    assert not FigureValue.objects.exists()


# --- acceptance -----------------------------------------------------------------------------------------


def test_acceptance_freezes_what_the_sheet_shows(cast, campaign, sent):
    registered(cast.a, campaign, words="gốc", households=75)
    shown = {line["code"]: line["value"] for group in selectors.sheet(sent) for line in group["lines"] if line["typed"] or line["counted"]}
    services.accept(sent, by=cast.reviewer)
    frozen = {row.code: row.value for row in FigureValue.objects.filter(unit=cast.a, period="2019")}
    assert frozen == shown and frozen["dvk_households"] == 75 and frozen["hg_total"] == 12
    assert {row.source for row in FigureValue.objects.filter(code="hg_total")} == {"nhap"}
    assert {row.source for row in FigureValue.objects.filter(code="dvk_model")} == {"ho_so"}
    assert sent.accepted_on == TODAY
    services.accept(sent, by=cast.reviewer)
    assert FigureValue.objects.count() == len(frozen)


def test_after_acceptance_what_was_counted_is_closed(cast, campaign, accepted):
    from models_awards.registers import registrations
    from tests.danvan.common.cast import browser, registration_data

    answer = browser(cast.officer).post(registrations.url("add"), registration_data(campaign, cast.a))
    assert answer.status_code == 422
    told = str(answer.context["form"].non_field_errors())
    assert "Báo cáo năm 2019 của Phường An Phú đã duyệt, số liệu đã chốt." in told and "(0 thành 1)" in told and "Đề nghị chỉnh lý" in told
    assert browser(cast.officer_b).post(registrations.url("add"), registration_data(campaign, cast.b)).status_code == 302


def test_two_regimes_about_one_year_freeze_side_by_side(cast, accepted, campaign):
    other = reports.new_regime("qcdc", "Báo cáo quy chế dân chủ")
    other.typed_codes = ["tt_turns"]
    other.save()
    period = reports.new_period(cast.district, "2019", other)
    submission = services.start(period, cast.a, by=cast.officer)
    services.fill(submission, by=cast.officer, base=1, values={}, narrative=dict.fromkeys(["ket_qua"], "x"), explanations={})
    TypedValue.objects.filter(submission=submission).delete()
    services.hand_to_head(submission, by=cast.officer)
    services.send(submission, by=cast.head)
    before = FigureValue.objects.count()
    services.accept(submission, by=cast.reviewer)
    assert FigureValue.objects.count() == before
    services.reopen(submission, by=cast.leader, reason="Sửa", until=TOMORROW)
    codes = set(FigureValue.objects.values_list("code", flat=True))
    assert "dvk_model" in codes and "tt_turns" not in codes, "the other report still closes what was counted"


# --- correction -------------------------------------------------------------------------------------------


def test_a_correction_is_asked_for_once(cast, accepted):
    refused("Chỉ đơn vị báo cáo gửi đề nghị chỉnh lý.", services.request_correction, accepted, by=cast.officer_b, reason="x")
    refused("Anh/chị ghi lý do đề nghị chỉnh lý.", services.request_correction, accepted, by=cast.officer, reason="  ")
    asked = services.request_correction(accepted, by=cast.head, reason="Sót một vụ")
    assert (asked.requested_by, timezone.localdate(asked.requested_at), asked.answered_at) == (cast.head, TODAY, None)
    refused("Đã có một đề nghị chỉnh lý đang chờ", services.request_correction, accepted, by=cast.officer, reason="nữa")
    assert CorrectionRequest.objects.count() == 1


def test_a_report_not_accepted_needs_no_correction(cast, sent):
    refused("Chỉ đề nghị chỉnh lý báo cáo đã duyệt.", services.request_correction, sent, by=cast.officer, reason="x")
    refused("Chỉ mở lại báo cáo đã duyệt.", permissions.check_can_reopen, cast.leader, sent)


def test_reopening_makes_values_live_and_answers_the_request(cast, accepted):
    asked = services.request_correction(accepted, by=cast.officer, reason="Sót một vụ")
    refused("Anh/chị ghi lý do mở lại.", services.reopen, accepted, by=cast.leader, reason=" ", until=TOMORROW)
    yesterday = TODAY - datetime.timedelta(days=1)
    past = "Ngày hết hạn mở lại không được trước hôm nay."
    refused(past, services.reopen, accepted, by=cast.leader, reason="x", until=yesterday)
    assert FigureValue.objects.exists()
    services.reopen(accepted, by=cast.leader, reason="Cho sửa", until=TOMORROW)
    asked.refresh_from_db()
    assert (asked.granted, asked.answered_by) == (True, cast.leader)
    assert not FigureValue.objects.exists()
    assert (accepted.status, accepted.reopened_until, accepted.accepted_on) == (Status.RETURNED, TOMORROW, None)
    assert Round.objects.get().values["hg_total"] == "12", "what was sent stays"
    reports.fill(accepted, by=cast.officer, hg_total=13)
    values = compute("2019", Unit.objects.filter(pk=cast.a.pk))
    assert values.value("hg_total") == 13 and not values.frozen


def test_a_reopened_report_goes_through_the_head(cast, accepted):
    services.reopen(accepted, by=cast.leader, reason="Cho sửa", until=TOMORROW)
    refused("Báo cáo này cần người đứng đầu đơn vị xác nhận trước khi gửi.", services.resend, accepted, by=cast.officer)
    services.hand_to_head(accepted, by=cast.officer)
    services.send(accepted, by=cast.head)
    assert accepted.reopened_until is None
    services.accept(accepted, by=cast.reviewer)
    assert FigureValue.objects.filter(code="hg_total").exists()


def test_after_the_last_day_a_reopened_report_is_no_dead_end(cast, accepted, settings):
    services.reopen(accepted, by=cast.leader, reason="Cho sửa", until=TOMORROW)
    settings.TODAY = TOMORROW
    assert permissions.can_fill(cast.officer, accepted), "the last day still counts"
    settings.TODAY = TOMORROW + datetime.timedelta(days=1)
    refused("Báo cáo chỉ mở lại đến 09/01/2020. Anh/chị đề nghị chỉnh lý lại.", reports.fill, accepted, by=cast.officer)
    services.request_correction(accepted, by=cast.officer, reason="Chưa kịp")
    until = settings.TODAY + datetime.timedelta(days=2)
    services.reopen(accepted, by=cast.leader, reason="Thêm hai ngày", until=until)
    accepted.refresh_from_db()
    assert (accepted.status, accepted.reopened_until) == (Status.RETURNED, until)
    assert not CorrectionRequest.objects.filter(answered_at=None).exists()
    record = accepted.history.order_by("-history_id").first()
    assert (record.history_user, record.history_change_reason, record.reopened_until) == (cast.leader, "Thêm hai ngày", until)
    reports.fill(accepted, by=cast.officer, hg_total=13)


# --- what the sheet says -------------------------------------------------------------------------------------


def line_of(submission, code):
    return next(line for group in selectors.sheet(submission) for line in group["lines"] if line["code"] == code)


def test_last_year_stands_beside_this_year(cast, regime, filled):
    last = reports.new_period(cast.district, "2018", regime)
    old = services.start(last, cast.a, by=cast.officer)
    reports.fill(old, by=cast.officer, hg_total=11, hg_success=9, tcd_turns=20, mc_files=1000, mc_ontime=890, tt_turns=1)
    total = line_of(filled, "hg_total")
    assert (total["value"], total["text"], total["last"], total["change"], total["soft"]) == (12, "12", "11", "+9%", "")
    same = line_of(filled, "mc_ontime")
    assert (same["change"], same["soft"]) == ("0", "Giống hệt năm trước (890). Có thể số liệu được chép lại, chưa cập nhật.")
    assert line_of(filled, "hg_success")["soft"] == "", "small numbers repeat by themselves"
    assert line_of(filled, "tcd_turns")["soft"] == "Tăng 100% so với năm trước (20 → 40)."
    assert (line_of(filled, "mc_files")["soft"], line_of(filled, "mc_files")["change"]) == ("", "−10%")
    assert line_of(filled, "tt_turns")["change"] == "+699", "one is no base for a percentage"
    rate = line_of(filled, "hg_rate")
    assert (rate["text"], [part["text"] for part in rate["parts"]]) == ("75,0%", ["9", "12"])
    assert line_of(old, "hg_total")["last"] == ""


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (None, 5, ""), (5, None, ""), (5, 0, ""), (4, 9, ""), (9, 18, "Giảm 50% so với năm trước (18 → 9)."), (26, 18, ""),
        (27, 18, "Tăng 50% so với năm trước (18 → 27)."), (0, 12, "Giảm 100% so với năm trước (12 → 0)."), (0, 9, ""),
    ],
)  # fmt: skip
def test_an_odd_jump_is_a_question(now, before, words):
    from danvan.figures.registry import figure

    assert selectors.odd_words(figure("hg_total"), now, before) == words


def test_the_matrix_shows_who_has_sent_what(cast, period, sent):
    lines = {line["unit"]: line["status"] for line in selectors.matrix(period, cast.reviewer)}
    assert lines == {cast.a: Status.SUBMITTED, cast.b: "chua_bat_dau"}
    assert [line["unit"] for line in selectors.matrix(period, cast.officer_b)] == [cast.b]
    awards.new_field()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_hands_begin_one_report(cast, period):
    gate = threading.Barrier(20)

    def begin(_):
        try:
            gate.wait(20)
            return services.start(period, cast.a, by=cast.officer).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert len(set(pool.map(begin, range(20)))) == 1
    assert Submission.objects.get().history.count() == 1


@pytest.mark.django_db
def test_a_verdict_is_about_the_round_that_was_read(cast, returned):
    services.fill(returned, by=cast.officer, base=returned.version, values={"hg_total": 15}, narrative=returned.narrative, explanations={})
    services.resend(returned, by=cast.officer)
    with pytest.raises(Refused, match="vừa gửi lại"):
        services.check_round_is_newest(returned, 1)
    services.check_round_is_newest(returned, 2)


@pytest.mark.django_db
def test_the_leader_may_refuse_a_correction_with_a_reason(cast, accepted):
    services.request_correction(accepted, by=cast.officer, reason="Sót một vụ hòa giải")
    with pytest.raises(Refused, match="lý do không mở lại"):
        services.refuse_correction(accepted, by=cast.leader, reason=" ")
    services.refuse_correction(accepted, by=cast.leader, reason="Số liệu ghi vào kỳ sau")
    answered = accepted.corrections.get()
    assert (answered.granted, answered.answer, answered.answered_by) == (False, "Số liệu ghi vào kỳ sau", cast.leader)
    accepted.refresh_from_db()
    assert accepted.status == Status.ACCEPTED
    with pytest.raises(Refused, match="Không có đề nghị"):
        services.refuse_correction(accepted, by=cast.leader, reason="Lần nữa")
