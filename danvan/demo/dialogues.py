"""Dialogues since 2017, what was asked in 2018 and 2019, and what was promised there. Nobody who asked is kept."""

import datetime
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from simple_history.utils import bulk_create_with_history

from danvan.catalogues.models import FieldOfWork
from danvan.demo.accounts import officer_of
from danvan.demo.calendar import moment_of
from danvan.demo.content import dialogue_questions as words
from danvan.demo.content.registrations import WARDS
from danvan.demo.records import state_of
from danvan.links.models import Link
from danvan.workflow.models import StatusChange
from dialogues.choices import Answered, Channel, CommitmentStatus, DialogueKind, DialogueStatus
from dialogues.deadlines import last_day_of, set_deadlines, state_by_dates
from dialogues.models import Commitment, CommitmentNote, Dialogue, DialogueObligation, ExtensionLine, Question

TODAY = datetime.date(2020, 1, 8)
WITH_QUESTIONS = (2018, 2019)
PROMISES = {2018: 25, 2019: 40}
MISSING = ("LH", 2019)  # the ward whose periodic dialogue of the year was not held
HEAD = "Bí thư Đảng ủy phường"
CHAIRS = {"QU": "Bí thư Quận ủy", "UBND": "Chủ tịch UBND quận"}
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Plan:
    """One dialogue to be written; the other dates are counted from the day."""

    unit: str
    kind: str
    held_on: datetime.date
    notice: int = 10  # days before
    result: int | None = 8  # days after; None: not published yet


def plans(year):
    """Each ward once, two more where something came up, and the district's own."""
    for place, code in enumerate(WARDS):
        if (code, year) != MISSING:
            notice, result = (
                (5 if (place, year) in {(3, 2018), (6, 2019)} else 9 + place % 4),
                (14 if (place, year) == (5, 2019) else 6 + place % 4),
            )
            yield Plan(code, DialogueKind.PERIODIC, workday(year, 4 + place, 6 + 2 * place), notice, result)
    yield Plan("QU", DialogueKind.PERIODIC, workday(year, 10, 9), 14, 9)
    yield Plan("UBND", DialogueKind.WORKERS, workday(year, 5, 14), 12, 8)
    if year > 2017:
        yield Plan("KL", DialogueKind.AD_HOC, workday(year, 8, 20), 7, 5)
        yield Plan("LH" if year == 2019 else "DS", DialogueKind.AD_HOC, workday(year, 9, 25), 7, 9)
    if year == 2019:
        yield Plan("HL", DialogueKind.VOTERS, workday(2019, 12, 27), 8, None)


def workday(year, month, day):
    found = datetime.date(year, month, day)
    return found + DAY * (7 - found.weekday()) if found.weekday() > 4 else found


def create_dialogues(units, users):
    """(obligations, dialogues, questions, commitments)"""
    held = [(plan, place) for year in (2017, 2018, 2019) for place, plan in enumerate(plans(year))]
    dialogues = write([dialogue(plan, place, units, users) for plan, place in held], Dialogue)
    coming = write([planned(units, users)], Dialogue)
    record_moves([*dialogues, *coming])
    obligations = create_obligations(units, users, dialogues)
    questions = create_questions(dialogues, units)
    commitments = create_commitments(questions, units, users)
    return obligations, [*dialogues, *coming], questions, commitments


def write(rows, model):
    """Rows with `_history_user` and `_history_date`, as the form would have left them on that day."""
    rows = bulk_create_with_history(rows, model)
    for row in rows:
        row.created_at = row.updated_at = row._history_date
    model.objects.bulk_update(rows, ["created_at", "updated_at"])
    return rows


# --- dialogues -------------------------------------------------------------------------------


def dialogue(plan, place, units, users):
    people = 60 + 7 * ((place * 5 + plan.held_on.year) % 11) + (90 if plan.unit in CHAIRS else 0)
    concluded = plan.held_on + DAY * plan.result if plan.result is not None else None
    row = Dialogue(
        unit=units[plan.unit], kind=plan.kind, topic=topic_of(plan, place), chair_title=CHAIRS.get(plan.unit, HEAD),
        place="Hội trường Quận ủy" if plan.unit in CHAIRS else "Hội trường UBND phường", noticed_on=plan.held_on - DAY * plan.notice,
        held_on=plan.held_on, attendance=people, women=people * 45 // 100, party_members=people * 38 // 100, minutes=words.MINUTES,
        conclusion_on=concluded, conclusion_number=f"{20 + place * 3}-TB/{'QU' if plan.unit in CHAIRS else 'ĐU'}" if concluded else "",
    )  # fmt: skip
    return dated(row, users, plan.unit, plan.held_on)


def topic_of(plan, place):
    if plan.kind == DialogueKind.WORKERS:
        return f"Đối thoại với doanh nghiệp và người lao động năm {plan.held_on.year}"
    title = words.TOPICS[(place + plan.held_on.year) % len(words.TOPICS)]
    return f"{title} năm {plan.held_on.year}"


def dated(row, users, code, day):
    set_deadlines(row)
    row.status = state_by_dates(row)
    row._history_user, row._history_date = officer_of(users, code), moment_of(day, 16)
    return row


def planned(units, users):
    """The next one of An Phú, whose notice is still to be sent."""
    row = Dialogue(
        unit=units["AP"], kind=DialogueKind.PERIODIC, topic="Đối thoại định kỳ đầu năm 2020", chair_title=HEAD,
        place="Hội trường UBND phường", scheduled_on=datetime.date(2020, 2, 12),
    )  # fmt: skip
    return dated(row, users, "AP", datetime.date(2020, 1, 6))


def record_moves(rows):
    """The moves that bring a dialogue to its state, each on its own day."""
    kind = ContentType.objects.get_for_model(Dialogue)
    moves = []
    for row in rows:
        days = [(DialogueStatus.NOTICED, row.noticed_on), (DialogueStatus.HELD, row.held_on), (DialogueStatus.CONCLUDED, row.conclusion_on)]
        before = DialogueStatus.PLANNED
        for status, day in days:
            if day:
                moves.append(move(kind, row, before, status, row._history_user, day))
                before, row.version = status, row.version + 1
    StatusChange.objects.bulk_create(moves)
    Dialogue.objects.bulk_update(rows, ["version"])


def move(kind, row, before, status, user, day, note=""):
    moment = moment_of(day, 16)
    return StatusChange(
        content_type=kind, object_id=row.pk, from_status=before, to_status=status, changed_by=user, changed_at=moment, note=note
    )


def create_obligations(units, users, dialogues):
    """The heads of the wards and of the district, each year."""
    held = {(row.unit.code, row.held_on.year): row.held_on for row in reversed(dialogues) if row.kind == DialogueKind.PERIODIC}
    owed = [(code, year) for year in (2017, 2018, 2019) for code in [*WARDS, "QU"]]
    rows = []
    for place, (code, year) in enumerate(owed):
        day = held.get((code, year))
        planned_on = day if day and place % 3 == 0 else datetime.date(year, 11, 28) if (code, year) == MISSING else None
        row = DialogueObligation(
            unit=units[code], year=year, head_title=CHAIRS.get(code, HEAD), planned_on=planned_on, held_on=day,
            due_on=planned_on or last_day_of(year),
        )  # fmt: skip
        row._history_user, row._history_date = officer_of(users, code), moment_of(datetime.date(year, 2, 20), 9)
        rows.append(row)
    return write(rows, DialogueObligation)


# --- questions -------------------------------------------------------------------------------


def create_questions(dialogues, units):
    fields = {field.code: field for field in FieldOfWork.objects.all()}
    asked = [row for row in dialogues if row.held_on.year in WITH_QUESTIONS]
    rows = [question for number, row in enumerate(asked) for question in questions_of(row, number, fields, units)]
    for row in rows:
        row._history_user, row._history_date = row.dialogue._history_user, row.dialogue._history_date
    return write(rows, Question)


def questions_of(row, number, fields, units):
    """Six to fourteen; in 2019 four of them are passed on, in 2018 three."""
    count, passed = 6 + (number * 5) % 9, 4 if row.held_on.year == 2019 else 3
    places = words.PLACES[row.unit.code]
    for position in range(1, count + 1):
        place = places[(position + number) % len(places)]
        question = Question(dialogue=row, unit=row.unit, asked_on=row.held_on, position=position)
        if position <= passed:
            pass_on(question, words.PASSED_ON[(number * 5 + position * 2) % len(words.PASSED_ON)], place, units)
        else:
            field, asked, question.answer = words.ON_THE_SPOT[(number * 7 + position) % len(words.ON_THE_SPOT)]
            question.content, question.field_code = asked.format(p=place), field
            question.answered, question.answered_on = Answered.ON_THE_SPOT, row.held_on
            question.channel = Channel.COLLECTED if position % 5 == 0 else Channel.SPOKEN
        question.field = fields[question.field_code]
        yield question


def pass_on(question, entry, place, units):
    field, asked, office, answer, promise = entry
    question.content, question.field_code, question.promise = asked.format(p=place), field, promise.format(p=place)
    question.office, question.channel = office or question.unit.code, Channel.WRITTEN
    question.forwarded_to = units[office] if office else None
    answered_on = question.asked_on + DAY * 12
    if answered_on <= TODAY and question.position != 4:
        question.answered, question.answered_on, question.answer = Answered.IN_WRITING, answered_on, answer


# --- commitments -----------------------------------------------------------------------------


def create_commitments(questions, units, users):
    rows = []
    for year, count in PROMISES.items():
        asked = [q for q in questions if q.asked_on.year == year and hasattr(q, "promise")]
        ordered = sorted(asked, key=lambda q: (q.position, q.asked_on, q.unit.code))[:count]
        rows += [commitment(question, number, units) for number, question in enumerate(ordered)]
    for row in rows:
        row._history_user, row._history_date = row.question._history_user, row.question._history_date
    rows = write(rows, Commitment)
    extensions = [line for row in rows if (line := extension_of(row))]
    ExtensionLine.objects.bulk_create(extensions)
    extended = [state_of(e.commitment, e.commitment._history_user, moment_of(e.decided_on, 16), e.reason) for e in extensions]
    Commitment.history.bulk_history_create(extended, update=True)
    CommitmentNote.objects.bulk_create(note for row in rows for note in notes_of(row, users))
    settle(rows, users)
    tie(rows)
    return rows


def commitment(question, number, units):
    due_on = question.asked_on + DAY * (45 + 15 * (number % 4))
    row = Commitment(
        unit=question.unit, owner=units[question.office], dialogue=question.dialogue, question=question, content=question.promise,
        due_on=due_on, deadline_on=due_on,
    )  # fmt: skip
    row.number = number
    row.end = end_of(row, question.asked_on.year, number)
    return row


def end_of(row, year, number):
    """(status, day) the commitment came to, or None while it is still on the way."""
    if year == 2018:
        return (CommitmentStatus.FAILED, row.due_on - DAY * 3) if number == 11 else (CommitmentStatus.DONE, done_day(row, number))
    if number % 7 == 3 or row.due_on >= TODAY:
        return None  # overdue or not yet due on the demo's day
    if number % 11 == 5:
        return CommitmentStatus.PARTLY, row.due_on - DAY
    return CommitmentStatus.DONE, done_day(row, number)


def done_day(row, number):
    """Mostly in time, now and then some days late; never in the demo's future."""
    return min(row.due_on + DAY * (9 if number % 8 == 6 else -(2 + number % 6)), TODAY - DAY)


def extension_of(row):
    """Some get 30 days more, decided shortly before the day."""
    if row.number % 8 not in (3, 6) or row.due_on - DAY * 5 > TODAY:
        return None
    row.deadline_on = row.due_on + DAY * 30
    return ExtensionLine(commitment=row, new_due_on=row.deadline_on, reason=words.HELD_UP[row.number % 3], decided_on=row.due_on - DAY * 5)


def notes_of(row, users):
    user = officer_of(users, row.owner.code)
    first = row.question.asked_on + DAY * 20
    if first <= TODAY:
        text = words.PROGRESS[row.number % len(words.PROGRESS)]
        yield CommitmentNote(commitment=row, noted_on=first, text=text, written_by=user)
    if row.end:
        status, day = row.end
        text = {CommitmentStatus.DONE: words.FINISHED, CommitmentStatus.FAILED: words.NOT_POSSIBLE}.get(status, words.PROGRESS[2])
        yield CommitmentNote(commitment=row, noted_on=day, text=text, written_by=user)


def settle(rows, users):
    """Moves each commitment to where it came, and lets the holders confirm all but the newest."""
    kind, moves, states = ContentType.objects.get_for_model(Commitment), [], []
    for row in rows:
        if row.end:
            status, day = row.end
            user = officer_of(users, row.owner.code)
            note = words.NOT_POSSIBLE if status == CommitmentStatus.FAILED else ""
            moves.append(move(kind, row, row.status, status, user, day, note))
            row.status, row.version = status, row.version + 1
            row.done_on = day if status == CommitmentStatus.DONE else None
            states.append(state_of(row, user, moment_of(day, 16), note))
            confirmed_on = day + DAY * 6
            row.confirmed_on = confirmed_on if row.done_on and confirmed_on < TODAY - DAY * 10 and row.owner_id != row.unit_id else None
            if row.confirmed_on:
                states.append(state_of(row, row._history_user, moment_of(confirmed_on, 16), "Xác nhận hoàn thành"))
    StatusChange.objects.bulk_create(moves)
    Commitment.objects.bulk_update(rows, ["status", "version", "done_on", "confirmed_on", "deadline_on"])
    Commitment.history.bulk_history_create(states, update=True)


def tie(rows):
    """The story of each: the question led to the commitment."""
    asked, promised = ContentType.objects.get_for_model(Question), ContentType.objects.get_for_model(Commitment)
    Link.objects.bulk_create(
        Link(
            from_type=asked, from_id=row.question_id, to_type=promised, to_id=row.pk, created_by=row._history_user,
            created_at=row._history_date,
        )
        for row in rows
    )  # fmt: skip
