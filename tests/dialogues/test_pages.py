"""Recording a dialogue, its questions and a commitment through the pages, and who may not."""

import datetime
import html
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.attachments.models import Attachment
from danvan.audit.choices import Kind
from danvan.audit.models import AuditEvent
from danvan.common import clock
from danvan.common.exceptions import Refused
from danvan.links.models import Link
from danvan.submissions.choices import Status
from danvan.submissions.models import Period, Regime, Submission
from danvan.workflow.models import StatusChange
from dialogues import promises, services
from dialogues.models import Commitment, Dialogue, DialogueObligation, Question, QuestionAsker
from tests.danvan.attachments import good
from tests.dialogues.conftest import HELD, TODAY, browser, dialogue_data, new_commitment, new_dialogue, new_question, new_user

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DAY = datetime.timedelta(days=1)


# --- the dialogue ----------------------------------------------------------------------------


def test_the_state_follows_the_dates_and_the_obligation_knows(cast):
    owed = DialogueObligation.objects.create(unit=cast.a, year=2019, head_title="Bí thư", due_on=datetime.date(2019, 12, 31))
    page = browser(cast.officer)
    data = dialogue_data(cast.a, held_on="", scheduled_on="10/10/2019", attendance="", women="", party_members="")
    assert page.post(reverse("registers:dialogue_add"), data).status_code == 302
    row = Dialogue.objects.get()
    assert (row.status, row.notice_due_on, row.result_due_on) == ("da_thong_bao", HELD - 7 * DAY, None)
    held = dialogue_data(cast.a, conclusion_on="18/10/2019", conclusion_number="15-TB/ĐU", _version=row.version)
    assert page.post(reverse("registers:dialogue_edit", args=[row.pk]), held).status_code == 302
    row.refresh_from_db()
    owed.refresh_from_db()
    assert (row.status, row.held_on, row.attendance, row.result_due_on) == ("da_ket_luan", HELD, 120, HELD + 10 * DAY)
    assert list(StatusChange.objects.values_list("from_status", "to_status")) == [("da_thong_bao", "da_ket_luan")]
    assert owed.held_on == HELD
    again = dialogue_data(cast.a, held_on="11/10/2019", _version=row.version)
    assert page.post(reverse("registers:dialogue_edit", args=[row.pk]), again).status_code == 302
    owed.refresh_from_db()
    row.refresh_from_db()
    assert (row.status, owed.held_on) == ("da_to_chuc", HELD + DAY)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"women": "121"}, "Số nữ (121) lớn hơn số người dự (120)."),
        ({"party_members": "1.200"}, "Số đảng viên (1.200) lớn hơn số người dự (120)."),
        ({"attendance": ""}, "Số nữ là 50 mà số người dự còn để trống."),
        ({"held_on": "", "attendance": "", "women": "", "party_members": ""}, "Ghi ngày dự kiến hoặc ngày tổ chức."),
        ({"noticed_on": "12/10/2019"}, "Ngày thông báo không được sau ngày tổ chức (10/10/2019)."),
        ({"held_on": "10/10/2020"}, "Ngày 10/10/2020 chưa tới. Ghi vào ô Ngày dự kiến."),
        ({"conclusion_on": "15/10/2019"}, "Số và ngày thông báo kết luận phải đi cùng nhau."),
        ({"conclusion_on": "5/10/2019", "conclusion_number": "1-TB"}, "Thông báo kết luận không được trước ngày tổ chức (10/10/2019)."),
    ],
)
def test_what_contradicts_is_said_at_its_field(cast, changes, words):
    reply = browser(cast.officer).post(reverse("registers:dialogue_add"), dialogue_data(cast.a, **changes))
    assert reply.status_code == 422 and words in reply.content.decode()
    assert not Dialogue.objects.exists()


def test_late_days_warn_on_the_page_and_block_nothing(cast):
    row = new_dialogue(cast.a, noticed_on=HELD - 3 * DAY)
    shown = browser(cast.officer).get(reverse("registers:dialogue_detail", args=[row.pk])).content.decode()
    assert "Thông báo trước 3 ngày; quy định ít nhất 7 ngày" in shown and "Chưa công bố kết quả (đã quá hạn 20/10/2019" in shown


# --- the grid of questions ---------------------------------------------------------------------


def grid(rows, **changes):
    data = {"_key": str(uuid.uuid4()), "cau-TOTAL_FORMS": len(rows), "cau-INITIAL_FORMS": 0, "pasted": "", **changes}
    for number, row in enumerate(rows):
        line = {"channel": "truc_tiep", "answered": "chua", **row}
        data |= {f"cau-{number}-{name}": value for name, value in line.items()}
    return data


def test_pasted_lines_are_previewed_then_saved_once(cast, dialogue):
    page, url = browser(cast.officer), reverse("dialogues:question_lines", args=[dialogue.pk])
    pasted = "1. Đường ngập\tKinh tế\tĐã sửa\n2. Đèn hỏng"
    shown = page.post(url, grid([{"content": "Đã gõ tay"}], pasted=pasted, _preview="1"))
    words = shown.content.decode()
    assert shown.status_code == 200 and not Question.objects.exists()
    assert "Đã đọc 2 câu hỏi" in words and "Đã gõ tay" in words and ">\nĐường ngập</textarea>" in words
    rows = [
        {"content": "Đường ngập", "answered": "tai_cho", "answer": "Đã sửa"},
        {"content": "Đèn hỏng", "forwarded_to_id": cast.office.pk},
    ]
    data = grid([*rows, {"content": ""}])
    assert page.post(url, data).status_code == 302 and page.post(url, data).status_code == 302
    found = Question.objects.order_by("position").values_list("position", "content", "answered", "answered_on", "asked_on", "unit")
    assert list(found) == [
        (1, "Đường ngập", "tai_cho", HELD, HELD, cast.a.pk), (2, "Đèn hỏng", "chua", None, HELD, cast.a.pk)
    ]  # fmt: skip
    assert Question.history.count() == 2


def test_rows_are_changed_removed_and_kept_from_a_second_editor(cast, dialogue):
    first, second = new_question(dialogue), new_question(dialogue, 2, "Hỏi nhầm")
    page, url = browser(cast.officer), reverse("dialogues:question_lines", args=[dialogue.pk])
    rows = [
        {"pk": first.pk, "version": 1, "content": "Sửa lại nội dung"},
        {"pk": second.pk, "version": 1, "content": "Hỏi nhầm", "remove": "on"},
    ]  # fmt: skip
    assert page.post(url, grid(rows, **{"cau-INITIAL_FORMS": 2})).status_code == 302
    assert list(Question.objects.values_list("content", "version")) == [("Sửa lại nội dung", 2)]
    reply = page.post(url, grid(rows[:1], **{"cau-INITIAL_FORMS": 1}))
    assert reply.status_code == 409 and "vừa được người khác sửa" in reply.content.decode()


def test_a_stale_grid_keeps_what_was_typed_and_shows_what_stands_now(cast, dialogue):
    """Of four rows a colleague changed two and deleted one; the second saver had typed into one of the changed and added a fifth."""
    colleague = new_user("phuong-a-2", cast.a)
    rows = [new_question(dialogue, n, f"Câu gốc {n}") for n in (1, 2, 3, 4)]
    page, url = browser(cast.officer), reverse("dialogues:question_lines", args=[dialogue.pk])
    theirs = [{"pk": row.pk, "version": 1, "content": row.content} for row in rows]
    theirs[0]["content"], theirs[1]["content"], theirs[2]["remove"] = "Người trước sửa một", "Người trước sửa hai", "on"
    assert browser(colleague).post(url, grid(theirs, **{"cau-INITIAL_FORMS": 4})).status_code == 302
    mine = [{"pk": row.pk, "version": 1, "content": row.content} for row in rows] + [{"content": "Câu tôi thêm"}]
    mine[0]["content"] = "Tôi sửa một"
    sent = grid(mine, **{"cau-INITIAL_FORMS": 4})
    reply = page.post(url, sent)
    words = html.unescape(reply.content.decode())
    assert reply.status_code == 409 and Question.objects.count() == 3
    assert "Tôi sửa một" in words and "Câu tôi thêm" in words
    assert f"{colleague} (" in words and "Bản đang lưu: nội dung câu hỏi: “Người trước sửa một”" in words and "08/01/2020" in words
    assert "dòng này hiện bản mới" in words and ">\nNgười trước sửa hai</textarea>" in words, "not typed into: theirs"
    assert "đã xóa câu này" in words and ">\nCâu gốc 3</textarea>" not in words
    again = {**sent, **{name: value for form in reply.context["formset"] for name, value in shown(form).items()}}
    assert page.post(url, again).status_code == 302
    told = Question.objects.order_by("position").values_list("content", flat=True)
    assert list(told) == ["Tôi sửa một", "Người trước sửa hai", "Câu gốc 4", "Câu tôi thêm"]


def shown(form):
    """What the page sends again, untouched."""
    return {field.html_name: "" if field.value() is None else field.value() for field in form if field.name != "remove"}


def test_a_stale_act_keeps_what_was_typed_and_names_who_changed_what(cast, dialogue):
    commitment = new_commitment(dialogue, cast.office)
    page, url = browser(cast.officer), reverse("dialogues:commitment_extend", args=[commitment.pk])
    seen = commitment.version
    assert f'name="_version" value="{seen}"' in page.get(url).content.decode()
    first = {"new_due_on": "01/06/2020", "reason": "Của người trước", "_version": seen}
    colleague = new_user("phuong-a-2", cast.a)
    assert browser(colleague).post(url, first).status_code == 302
    late = page.post(url, {"new_due_on": "01/07/2020", "reason": "Lý do tôi gõ", "_version": seen})
    words = html.unescape(late.content.decode())
    assert late.status_code == 409 and "Lý do tôi gõ" in words and "01/07/2020" in words
    assert str(colleague) in words and "01/06/2020" in words, "who, and what stands there now"
    commitment.refresh_from_db()
    assert commitment.deadline_on == datetime.date(2020, 6, 1)
    data = {"new_due_on": "01/07/2020", "reason": "Lý do tôi gõ", "_version": late.context["version"]}
    assert page.post(url, data).status_code == 302


def test_who_asked_is_not_overwritten_unseen(cast, dialogue):
    question = new_question(dialogue)
    url = reverse("dialogues:question_asker", args=[question.pk])
    page, purge = browser(cast.officer), {"_save": "1", "contact": "", "purge_on": "31/12/2020"}
    assert page.post(url, {**purge, "name": "Nguyễn Văn An", "_version": ""}).status_code == 302
    late = page.post(url, {**purge, "name": "Lê Thị Bình", "_version": ""})
    assert late.status_code == 409 and "Lê Thị Bình" in late.content.decode()
    assert QuestionAsker.objects.get().name == "Nguyễn Văn An" and "Nguyễn" not in late.content.decode()
    assert page.post(url, {"_forget": "1", "_version": ""}).status_code == 409 and QuestionAsker.objects.exists()
    assert page.post(url, {**purge, "name": "Lê Thị Bình", "_version": late.context["version"]}).status_code == 302
    assert QuestionAsker.objects.get().name == "Lê Thị Bình"


def test_a_wrong_row_keeps_every_row_from_being_saved(cast, dialogue):
    rows = [{"content": "Đúng"}, {"content": "Thiếu ngày", "answered": "bang_van_ban"}, {"content": "", "answer": "Chỉ có trả lời"}]
    reply = browser(cast.officer).post(reverse("dialogues:question_lines", args=[dialogue.pk]), grid(rows))
    words = reply.content.decode()
    assert reply.status_code == 422 and not Question.objects.exists()
    assert "Câu 2, Ngày trả lời: Ghi ngày trả lời bằng văn bản." in words and "Có trả lời mà chưa có nội dung câu hỏi." in words


def test_no_answer_before_the_dialogue_was_held(cast):
    coming = new_dialogue(cast.a, held_on=None, scheduled_on=TODAY + 30 * DAY, attendance=None)
    rows = [{"content": "Gửi trước", "answered": "tai_cho", "answer": "x"}]
    reply = browser(cast.officer).post(reverse("dialogues:question_lines", args=[coming.pk]), grid(rows))
    assert reply.status_code == 422 and "Câu 1: Cuộc đối thoại chưa ghi ngày tổ chức" in reply.content.decode()


@pytest.mark.parametrize(("who", "status"), [("officer_b", 404), ("stranger", 404), ("head", 403), ("reviewer", 200)])
def test_whose_grid_it_is(cast, dialogue, who, status):
    assert browser(getattr(cast, who)).get(reverse("dialogues:question_lines", args=[dialogue.pk])).status_code == status


def test_the_day_of_the_questions_moves_with_the_dialogue(cast, dialogue):
    question = new_question(dialogue, answered="tai_cho", answered_on=HELD)
    data = dialogue_data(cast.a, held_on="12/10/2019", _version=dialogue.version)
    assert browser(cast.officer).post(reverse("registers:dialogue_edit", args=[dialogue.pk]), data).status_code == 302
    question.refresh_from_db()
    assert question.asked_on == question.answered_on == HELD + 2 * DAY


# --- who asked ---------------------------------------------------------------------------------


def test_the_asker_shows_masked_on_the_own_page_and_nowhere_else(cast, dialogue):
    question = new_question(dialogue, forwarded_to=cast.office)
    url = reverse("dialogues:question_asker", args=[question.pk])
    page = browser(cast.officer)
    assert page.post(url, {"_save": "1", "name": "Nguyễn Văn An", "contact": "0912345678", "purge_on": "31/12/2020"}).status_code == 302
    shown = page.get(url).content.decode()
    assert "N*** V*** A***" in shown and "Nguyễn" not in shown and "0912345" not in shown
    detail = reverse("registers:dialogue_question_detail", args=[question.pk])
    for address in (detail, f"{detail}lich-su/", reverse("registers:dialogue_question_list"), reverse("registers:dialogue_question_csv")):
        reply = page.get(address)
        assert reply.status_code == 200
        assert "Nguyễn Văn An" not in reply.content.decode() and "N*** V*** A***" not in reply.content.decode()
    assert page.get(reverse("search:search"), {"q": "Nguyễn Văn An"}).context["found"] == []
    assert browser(cast.owner).get(url).status_code == 403 and browser(cast.reviewer).get(url).status_code == 403
    assert page.post(url, {"_forget": "1", "_version": services.asker_state(question)}).status_code == 302
    assert not QuestionAsker.objects.exists()


def test_who_asked_is_shown_in_full_once_for_a_written_reason(cast, dialogue):
    question = new_question(dialogue)
    services.keep_asker(question, by=cast.officer, name="Nguyễn Văn An", contact="0912345678", purge_on=datetime.date(2020, 12, 31))
    url = reverse("dialogues:question_asker", args=[question.pk])
    page = browser(cast.officer)
    refused = page.post(url, {"_show": "1", "reason": "  "})
    assert refused.status_code == 422 and "Nguyễn" not in refused.content.decode()
    assert not AuditEvent.objects.filter(kind=Kind.PERSONAL_READ).exists()
    shown = page.post(url, {"_show": "1", "reason": "Gọi lại để trả lời"})
    words = shown.content.decode()
    assert "Nguyễn Văn An" in words and "0912345678" in words and shown["Cache-Control"] == "private, no-store"
    [event] = AuditEvent.objects.filter(kind=Kind.PERSONAL_READ)
    assert (event.username, event.reason, event.object_id) == ("phuong-a", "Gọi lại để trả lời", question.asker.pk)
    assert event.object_title == "N*** V*** A***" and "Nguyễn" not in event.subjects and "0912" not in event.subjects
    assert "Nguyễn" not in page.get(url).content.decode(), "the next look is masked again"
    assert browser(cast.reviewer).post(url, {"_show": "1", "reason": "x"}).status_code == 403
    assert AuditEvent.objects.filter(kind=Kind.PERSONAL_READ).count() == 1


def test_writing_and_deleting_who_asked_are_events(cast, dialogue):
    question = new_question(dialogue)
    services.keep_asker(question, by=cast.officer, name="Nguyễn Văn An", contact="", purge_on=datetime.date(2020, 12, 31))
    services.forget_asker(question, by=cast.officer, base=services.asker_state(question))
    told = [(event.username, event.detail) for event in AuditEvent.objects.filter(kind=Kind.PERSONAL_CHANGE).order_by("pk")]
    assert told == [("phuong-a", {"step": "ghi"}), ("phuong-a", {"step": "xóa"})]


# --- commitments -------------------------------------------------------------------------------


def test_a_commitment_from_a_question_and_what_its_owner_reports(cast, dialogue):
    question = new_question(dialogue, 3)
    page = browser(cast.officer)
    form = page.get(reverse("dialogues:commitment_add", args=[question.pk]), follow=True)
    words = form.content.decode()
    assert 'name="question" value="3"' in words and "Phòng Môi trường" in words
    data = {
        "_key": str(uuid.uuid4()),
        "dialogue": dialogue.pk,
        "question": "3",
        "owner": cast.office.pk,
        "content": "Nạo vét",
        "due_on": "20/12/2019",
    }
    assert page.post(reverse("registers:commitment_add"), data).status_code == 302
    row = Commitment.objects.get()
    assert (row.unit, row.question, row.deadline_on, row.lateness) == (cast.a, question, datetime.date(2019, 12, 20), "quá 19 ngày")
    assert Link.objects.get().to_record == row
    progress = {"status": "hoan_thanh", "noted_on": "7/1/2020", "text": "Đã xong", "upload": SimpleUploadedFile("bien-ban.pdf", good.pdf())}
    reply = browser(cast.owner).post(reverse("dialogues:commitment_progress", args=[row.pk]), progress)
    assert reply.status_code == 302, reply.content.decode()
    row.refresh_from_db()
    assert (row.status, row.done_on, row.lateness, row.notes.get().written_by) == (
        "hoan_thanh",
        TODAY - DAY,
        "xong chậm 18 ngày",
        cast.owner,
    )
    file = Attachment.objects.get()
    for user, status in ((cast.owner, 200), (cast.officer, 200), (cast.officer_b, 404)):
        reply = browser(user).get(file.url)
        assert reply.status_code == status and (status == 404 or b"".join(reply.streaming_content) == good.pdf())


@pytest.mark.parametrize(("who", "status"), [("officer", 200), ("owner", 200), ("reviewer", 200), ("officer_b", 404), ("stranger", 404)])
def test_the_owner_sees_its_commitment_and_other_units_do_not(cast, commitment, who, status):
    page = browser(getattr(cast, who))
    assert page.get(reverse("registers:commitment_detail", args=[commitment.pk])).status_code == status
    listed = "Nạo vét rãnh" in page.get(reverse("registers:commitment_list")).content.decode()
    assert listed is (status == 200)


def test_the_owner_writes_only_through_its_report(cast, commitment):
    page = browser(cast.owner)
    for name in ("registers:commitment_edit", "dialogues:commitment_extend", "dialogues:commitment_confirm", "dialogues:commitment_reopen"):
        assert page.get(reverse(name, args=[commitment.pk])).status_code == 403
    assert page.get(reverse("registers:dialogue_detail", args=[commitment.dialogue_id])).status_code == 404
    assert browser(cast.officer).get(reverse("dialogues:commitment_progress", args=[commitment.pk])).status_code == 403
    data = {
        "_key": str(uuid.uuid4()),
        "dialogue": commitment.dialogue_id,
        "owner": cast.b.pk,
        "content": "Khác",
        "due_on": "1/1/2021",
        "_version": 1,
    }
    assert page.post(reverse("registers:commitment_edit", args=[commitment.pk]), data).status_code == 403
    commitment.refresh_from_db()
    assert commitment.owner == cast.office


def test_extension_dispute_confirmation_and_reopening(cast, commitment):
    promises.extend(commitment, by=cast.officer, new_due_on=TODAY + 20 * DAY, reason="Chờ kinh phí")
    assert (commitment.due_on, commitment.deadline_on, commitment.lateness) == (
        datetime.date(2019, 12, 20),
        TODAY + 20 * DAY,
        "còn 20 ngày",
    )
    promises.report_progress(commitment, by=cast.owner, noted_on=TODAY, text="Xong", status="hoan_thanh")
    promises.dispute(commitment, by=cast.officer, reason="Còn hai nắp cống chưa thay")
    assert (commitment.status, commitment.done_on) == ("mo_lai", None)
    promises.report_progress(commitment, by=cast.owner, noted_on=TODAY, text="Đã thay", status="hoan_thanh")
    promises.confirm(commitment, by=cast.officer)
    assert commitment.confirmed_on == TODAY
    promises.reopen(commitment, by=cast.reviewer, reason="Lại tắc")
    assert (commitment.status, commitment.confirmed_on) == ("mo_lai", None)


def test_nobody_confirms_an_own_commitment(cast, dialogue):
    own = new_commitment(dialogue, cast.a, status="hoan_thanh", done_on=HELD + 5 * DAY)
    page = browser(cast.officer).get(reverse("registers:commitment_detail", args=[own.pk])).content.decode()
    assert "Đơn vị không tự xác nhận việc của mình" in page
    promises.confirm(own, by=cast.reviewer)
    assert own.confirmed_on == TODAY


def accepted(unit, district):
    """The unit's report of 2019, accepted; its numbers are closed."""
    regime = Regime.objects.get_or_create(code="dan_van", defaults={"name": "Dân vận"})[0]
    days = {"starts_on": datetime.date(2019, 1, 1), "ends_on": datetime.date(2019, 12, 31), "opens_on": datetime.date(2019, 12, 1)}
    period = Period.objects.create(regime=regime, unit=district, code="2019", name="Năm 2019", due_on=TODAY, review_due_on=TODAY, **days)
    signer = new_user("truong-khac", unit)
    sent = {"submitted_at": clock.now(), "submitted_on": TODAY, "confirmed_by": signer, "accepted_on": TODAY}
    return Submission.objects.create(period=period, unit=unit, status=Status.ACCEPTED, **sent)


def test_a_closed_year_refuses_one_more_question_and_takes_a_late_end(cast, dialogue):
    row = new_commitment(dialogue, cast.office)
    accepted(cast.a, cast.district)
    empty = dict.fromkeys(services.LINE_FIELDS)
    line = {**empty, "pk": None, "content": "Thêm", "channel": "truc_tiep", "answered": "chua", "answer": ""}
    with pytest.raises(Refused, match="số liệu đã chốt"):
        services.save_lines(dialogue, [line], by=cast.officer)
    promises.extend(row, by=cast.officer, new_due_on=TODAY + 20 * DAY, reason="Chờ kinh phí")
    promises.report_progress(row, by=cast.owner, noted_on=TODAY, text="Xong muộn", status="hoan_thanh")
    assert row.done_on == TODAY


def test_commitments_have_their_tabs(cast, commitment):
    soon = new_commitment(commitment.dialogue, cast.office, due_on=TODAY + 5 * DAY, content="Sắp đến hạn")
    page, url = browser(cast.owner), reverse("registers:commitment_list")
    late = page.get(url, {"muc": "qua-han"}).content.decode()
    assert "Nạo vét rãnh" in late and soon.content not in late
    assert soon.content in page.get(url, {"muc": "den-han"}).content.decode()


# --- numbers that are none ---------------------------------------------------------------------------


@pytest.mark.parametrize("count", ["²", "٣", "9" * 5000, "-1", "1e3"])
def test_odd_numbers_of_rows_show_the_page_again(cast, dialogue, count):
    page, url = browser(cast.officer), reverse("dialogues:question_lines", args=[dialogue.pk])
    for extra in ({"_preview": "1"}, {}):
        assert page.post(url, {**grid([{"content": "Đèn hỏng"}]), "cau-TOTAL_FORMS": count, **extra}).status_code in (200, 302, 422)


@pytest.mark.parametrize("pk", ["²", "٣", "9" * 5000])
def test_odd_keys_of_rows_show_the_page_again(cast, dialogue, pk):
    page, url = browser(cast.officer), reverse("dialogues:question_lines", args=[dialogue.pk])
    for extra in ({"_preview": "1"}, {}):
        assert page.post(url, grid([{"pk": pk, "content": "Đèn hỏng"}], **extra)).status_code in (200, 409, 422)
