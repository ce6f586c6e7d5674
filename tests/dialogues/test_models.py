"""Facts that cannot contradict, and the days that law sets."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from danvan.common.exceptions import Refused
from danvan.operations import retention
from dialogues import services
from dialogues.deadlines import set_deadlines
from dialogues.models import Commitment, Dialogue, ExtensionLine, Question, QuestionAsker
from tests.dialogues.conftest import HELD, new_dialogue, new_question

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("dialogue_women_within", {"women": 81}),
        ("dialogue_women_within", {"women": 5, "attendance": None}),
        ("dialogue_party_members_within", {"party_members": 81}),
        ("dialogue_notice_before", {"noticed_on": HELD + DAY}),
        ("dialogue_conclusion_after", {"conclusion_on": HELD - DAY, "conclusion_number": "1-TB", "status": "da_ket_luan"}),
        ("dialogue_conclusion_whole", {"conclusion_number": "1-TB"}),
        ("dialogue_held_with_date", {"status": "da_thong_bao"}),
        ("dialogue_concluded_with_date", {"status": "da_ket_luan"}),
    ],
)
def test_a_dialogue_that_contradicts_itself_is_no_row(dialogue, name, values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Dialogue.objects.filter(pk=dialogue.pk).update(**values)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("question_answered_with_date", {"answered": "tai_cho"}),
        ("question_answered_with_date", {"answered_on": HELD}),
        ("question_answered_after", {"answered": "bang_van_ban", "answered_on": HELD - DAY}),
    ],
)
def test_a_question_that_contradicts_itself_is_no_row(dialogue, name, values):
    question = new_question(dialogue)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        new_question(dialogue, position=question.position)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("commitment_done_with_date", {"status": "hoan_thanh"}),
        ("commitment_done_with_date", {"done_on": HELD}),
        ("commitment_confirmed_after_done", {"confirmed_on": HELD}),
        ("commitment_deadline_not_earlier", {"deadline_on": HELD}),
    ],
)
def test_a_commitment_that_contradicts_itself_is_no_row(commitment, name, values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Commitment.objects.filter(pk=commitment.pk).update(**values)


def test_an_extension_into_the_past_is_no_row(commitment):
    with pytest.raises(IntegrityError, match="extension_not_into_the_past"), transaction.atomic():
        ExtensionLine.objects.create(commitment=commitment, new_due_on=HELD, decided_on=HELD + DAY, reason="x")


# --- the two days of law ---------------------------------------------------------------------


def test_the_rule_in_force_on_the_day_is_kept_with_what_it_made(dialogue):
    assert (dialogue.notice_due_on, dialogue.notice_rule.code) == (HELD - 7 * DAY, "dialogue_notice")
    assert (dialogue.result_due_on, dialogue.result_rule.code) == (HELD + 10 * DAY, "dialogue_result")
    assert dialogue.notice_words == "Thông báo trước 9 ngày, đủ 7 ngày theo quy định."
    assert dialogue.result_words == "Chưa công bố kết quả (đã quá hạn 20/10/2019, 10 ngày sau đối thoại)."
    assert dialogue.result_late and not dialogue.notice_late


def test_late_notice_and_late_result_say_both_numbers(cast):
    late = new_dialogue(cast.a, noticed_on=HELD - 3 * DAY, conclusion_on=HELD + 12 * DAY, conclusion_number="5-TB")
    assert late.notice_words == "Thông báo trước 3 ngày; quy định ít nhất 7 ngày (chậm nhất 03/10/2019)."
    assert late.result_words == "Công bố sau 12 ngày; quy định không quá 10 ngày (chậm nhất 20/10/2019)."
    assert late.notice_late and late.result_late


def test_before_the_first_rule_there_is_no_deadline(cast):
    old = Dialogue(unit=cast.a, held_on=datetime.date(2014, 5, 5))
    set_deadlines(old)
    assert (old.notice_due_on, old.result_due_on, old.notice_words, old.result_words) == (None, None, "", "")


# --- who asked -------------------------------------------------------------------------------


def test_askers_are_masked_and_really_deleted_after_their_day(cast, dialogue):
    first, second = new_question(dialogue), new_question(dialogue, 2)
    services.keep_asker(first, by=cast.officer, name="Nguyễn Văn An", contact="0912345678", purge_on=datetime.date(2020, 1, 7))
    kept = services.keep_asker(second, by=cast.officer, name="Lê Thị Bình", contact="", purge_on=datetime.date(2020, 1, 8))
    assert str(first.asker) == "N*** V*** A***" and first.asker.masked_contact == "***678"
    assert retention.run()["asker_count"] == 1
    assert list(QuestionAsker.objects.all()) == [kept]
    assert Question.objects.filter(pk=first.pk).exists()


@pytest.mark.parametrize("who", ["reviewer", "owner", "officer_b", "head"])
def test_only_the_unit_itself_keeps_an_asker(cast, dialogue, who):
    question = new_question(dialogue, forwarded_to=cast.office)
    with pytest.raises(Refused):
        services.keep_asker(question, by=getattr(cast, who), name="Nguyễn Văn An", contact="", purge_on=datetime.date(2020, 5, 1))
    assert not QuestionAsker.objects.exists()
