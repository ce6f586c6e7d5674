"""Obligations, dialogues, questions with who asked them, commitments with their lines."""

import datetime

from dialogues import choices
from dialogues.deadlines import set_deadlines, state_by_dates
from dialogues.models import Commitment, CommitmentNote, Dialogue, DialogueObligation, ExtensionLine, Question, QuestionAsker

HELD = datetime.date(2019, 10, 10)


def new_obligation(unit, *, words, year=2019):
    return DialogueObligation.objects.create(unit=unit, year=year, head_title=f"Bí thư {words}", due_on=datetime.date(year, 12, 31))


def new_dialogue(unit, *, words, topic="", held_on=HELD):
    row = Dialogue(
        unit=unit, kind=choices.DialogueKind.PERIODIC, topic=f"Đối thoại {topic or words}", chair_title=f"Bí thư {words}",
        place=f"Hội trường {words}", minutes=f"Diễn biến {words}", held_on=held_on, attendance=80,
    )  # fmt: skip
    set_deadlines(row)
    row.status = state_by_dates(row)
    row.save()
    return row


def concluded(dialogue, *, words):
    held = {"conclusion_number": f"TB {words}", "conclusion_on": datetime.date(2019, 10, 15), "status": choices.DialogueStatus.CONCLUDED}
    Dialogue.objects.filter(pk=dialogue.pk).update(**held)
    dialogue.refresh_from_db()
    return dialogue


def new_question(dialogue, *, words, position=1, forwarded_to=None):
    return Question.objects.create(
        dialogue=dialogue, unit=dialogue.unit, asked_on=dialogue.held_on, position=position, content=f"Câu hỏi {words}",
        answered=choices.Answered.ON_THE_SPOT, answered_on=dialogue.held_on, answer=f"Trả lời {words}", forwarded_to=forwarded_to,
    )  # fmt: skip


def new_asker(question, *, words):
    return QuestionAsker.objects.create(question=question, name=words, contact=f"Liên hệ {words}", purge_on=datetime.date(2020, 12, 31))


def new_commitment(question, owner, *, words, by=None, due_on=datetime.date(2019, 12, 20)):
    row = Commitment.objects.create(
        unit=question.unit, dialogue=question.dialogue, question=question, owner=owner, content=f"Cam kết {words}", due_on=due_on,
        deadline_on=due_on,
    )  # fmt: skip
    if by:
        CommitmentNote.objects.create(commitment=row, noted_on=datetime.date(2020, 1, 6), text=f"Tình hình {words}", written_by=by)
    day = datetime.date(2020, 1, 6)
    ExtensionLine.objects.create(commitment=row, new_due_on=datetime.date(2020, 1, 20), reason=f"Gia hạn {words}", decided_on=day)
    return row
