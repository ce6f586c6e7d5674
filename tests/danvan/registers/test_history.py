"""Who changed what, when and why: on every record, in words, with the rows and files below it."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from danvan.attachments.services import attach, withdraw
from danvan.common.models import signed
from danvan.registers.history import entries_of
from danvan.registers.registry import all_registers
from danvan.submissions import services as submissions
from danvan.submissions.registers import submissions as submission_register
from dialogues import promises
from dialogues import registers as dialogue_registers
from models_awards.registers import registrations
from tests.danvan.attachments import good
from tests.danvan.common.cast import browser, registered
from tests.factories import awards, dialogues

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def told(entries):
    """[(who, what, [(label, old, new)], why)]"""
    return [(e["who"], e["text"], [(c["label"], c["old"], c["new"]) for c in e["changes"]], e["reason"]) for e in entries]


@pytest.fixture
def row(cast, campaign):
    return registered(cast.a, campaign, words="gốc", households=120)


@pytest.fixture
def commitment(cast):
    dialogue = dialogues.new_dialogue(cast.a, words="quý IV")
    question = dialogues.new_question(dialogue, words="ngập nước", forwarded_to=cast.b)
    row = dialogues.new_commitment(question, cast.a, words="nạo vét")
    row.extensions.all().delete()
    for made in (question, row):  # by the factory today; the portal would have written the day of the business clock
        made.history.update(history_date=datetime.datetime(2019, 10, 10, tzinfo=datetime.UTC))
    return row


def test_an_edit_tells_old_and_new_in_words_with_its_reason(cast, row):
    row.households, row.kind = 150, "dien_hinh"
    signed(row, cast.officer, "Đếm lại hộ").save()
    assert told(entries_of(registrations, row))[0] == (
        "Người phuong-a", "sửa hồ sơ", [("Loại", "Mô hình", "Điển hình"), ("Số hộ tham gia", "120", "150")], "Đếm lại hộ",
    )  # fmt: skip


def test_a_move_carries_the_dates_that_were_written_with_it(cast, row):
    awards.survey(row, by=cast.reviewer, held_on=datetime.date(2019, 5, 5), words="tại chỗ")
    moves = [entry for entry in told(entries_of(registrations, row)) if "chuyển từ" in entry[1]]
    [(who, what, changes, _)] = moves
    assert (who, what) == ("Người chuyen-vien", "chuyển từ “Đăng ký” sang “Đã khảo sát”")
    assert ("Ngày khảo sát", "(trống)", "05/05/2019") in changes
    assert not [e for e in told(entries_of(registrations, row)) if e[1] == "sửa hồ sơ"], "the dates are told once"


def test_what_no_form_edits_is_told_too(cast, commitment):
    """A deadline that only the extension moves, a day that only the confirmation sets."""
    promises.extend(commitment, by=cast.reviewer, new_due_on=datetime.date(2020, 2, 1), reason="Chờ kinh phí")
    newest = told(entries_of(dialogue_registers.commitments, commitment))[0]
    assert newest == ("Người chuyen-vien", "sửa hồ sơ", [("Hạn hiện nay", "20/12/2019", "01/02/2020")], "Chờ kinh phí")


def test_rows_below_are_called_by_their_words(cast, campaign, period):
    submission = submissions.start(period, cast.a, by=cast.officer)
    for value in (5, 7):
        told_before = {"narrative": submission.narrative, "explanations": {}}
        submissions.fill(submission, by=cast.officer, base=submission.version, values={"hg_total": value}, **told_before)
    entries = told(entries_of(submission_register, submission))
    label = submission.typed.get().figure_label
    assert ("Người phuong-a", f"sửa số liệu đơn vị nhập “{label}”", [("Giá trị", "5", "7")], "") in entries
    assert ("Người phuong-a", f"thêm số liệu đơn vị nhập “{label}”", [], "") in entries


def test_rows_added_together_are_one_line(cast):
    dialogue = dialogues.new_dialogue(cast.a, words="quý IV")
    moment = datetime.datetime(2019, 10, 10, 9, 30, tzinfo=datetime.UTC)
    for position in range(1, 5):
        question = dialogues.new_question(dialogue, words=f"số {position}", position=position)
        question.history.update(history_date=moment + datetime.timedelta(seconds=position), history_user=cast.officer)
    question.history.update(history_user=cast.reviewer)
    texts = [(who, what) for who, what, *_ in told(entries_of(dialogue_registers.dialogues, dialogue))]
    assert ("Người phuong-a", "thêm 3 câu hỏi, kiến nghị") in texts
    assert ("Người chuyen-vien", "thêm câu hỏi, kiến nghị “Câu hỏi số 4”") in texts


def test_files_come_and_go_with_a_reason(cast, row):
    file = attach(row, SimpleUploadedFile("bien ban.docx", good.docx()), unit_id=cast.a.pk, by=cast.officer)
    withdraw(file, by=cast.officer, reason="Gửi nhầm bản nháp")
    entries = told(entries_of(registrations, row, cast.officer))
    assert ("Người phuong-a", "thêm tệp “bien ban.docx”", [], "") in entries
    assert ("Người phuong-a", "rút tệp “bien ban.docx”", [], "Gửi nhầm bản nháp") in entries


def test_the_history_tells_nothing_of_a_row_that_is_out_of_sight(cast, commitment):
    """B answers the forwarded question; what A promised about it belongs to A and to who does it."""
    question = commitment.question
    commitment.content = "Cam kết riêng của A"
    signed(commitment, cast.officer, "Lý do riêng của A").save()
    register = dialogue_registers.questions
    own, foreign = (str(told(entries_of(register, question, user))) for user in (cast.officer, cast.officer_b))
    assert "Cam kết riêng của A" in own and "Lý do riêng của A" in own
    assert "riêng của A" not in foreign
    for path in ("", "lich-su/"):
        page = browser(cast.officer_b).get(f"/doi-thoai/cau-hoi/{question.pk}/{path}")
        assert page.status_code == 200 and "riêng của A" not in page.content.decode()


def test_the_page_says_it_in_sentences(cast, row):
    row.households = 150
    signed(row, cast.officer, "Đếm lại hộ").save()
    client = browser(cast.officer)
    for path in ("", "lich-su/"):
        page = " ".join(client.get(f"/dan-van-kheo/dang-ky/{row.pk}/{path}").content.decode().split())
        assert "<b>Người phuong-a</b>: sửa hồ sơ" in page and "Lý do: Đếm lại hộ" in page
        assert "Số hộ tham gia: <del>120</del>" in page and "<ins>150</ins>" in page
        assert f"{timezone.localtime(row.history.first().history_date):%H:%M, %d/%m/%Y}" in page


@pytest.mark.parametrize("register", all_registers(), ids=lambda register: register.code)
def test_every_column_has_a_vietnamese_name_in_the_history(register):
    from danvan.registers.history import SILENT

    for field in register.model._meta.concrete_fields:
        assert field.name in SILENT or field.verbose_name != field.name.replace("_", " "), f"{register.code}.{field.name}"
