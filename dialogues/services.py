"""Writes about dialogues and questions; those about commitments stand in promises.py."""

from django.db import transaction

from danvan.audit.choices import Kind
from danvan.audit.services import record_event
from danvan.common.exceptions import Conflict, Refused
from danvan.common.models import signed
from danvan.links.services import link
from danvan.registers.guards import guarded
from danvan.registers.registry import register_of
from danvan.registers.values import renew_titles
from danvan.workflow.services import change_status
from dialogues.choices import Answered, DialogueKind
from dialogues.deadlines import last_day_of, set_deadlines, state_by_dates
from dialogues.models import Dialogue, DialogueObligation, Question, QuestionAsker
from dialogues.permissions import check_can_keep_asker, check_can_record

DATES = ("noticed_on", "held_on", "conclusion_on", "conclusion_number")
LINE_FIELDS = ("content", "field_id", "channel", "answered", "answer", "answered_on", "forwarded_to_id")


# --- the dialogue and who owes one -----------------------------------------------------------------
@transaction.atomic
def save_obligation(form, *, by):
    obligation = form.instance
    obligation.due_on = obligation.planned_on or last_day_of(obligation.year)
    obligation.held_on = _first_held(obligation.unit_id, obligation.year)
    return form.save()


@transaction.atomic
def save_dialogue(form, *, by):
    """Saves the form; the state follows the dates, the questions keep the day of their dialogue."""
    dialogue, before = form.instance, Dialogue.objects.filter(pk=form.instance.pk).first()
    set_deadlines(dialogue)
    state = state_by_dates(dialogue)
    if before is None:
        dialogue.status = state  # nosemgrep: status-past-the-table - where a new row begins
    elif before.status != state:
        change_status(before, state, by=by, note="Theo ngày ghi trong hồ sơ", **{name: getattr(dialogue, name) for name in DATES})
        # nosemgrep: status-past-the-table - what change_status has just written
        dialogue.status, dialogue.version = before.status, before.version
    saved = form.save()
    _date_questions(saved, by)
    _settle_obligations(saved, before, by)
    return saved


def _date_questions(dialogue, by):
    register = register_of(Question)
    for question in dialogue.questions.exclude(asked_on=dialogue.held_on).select_for_update():  # every column is written
        if question.answered != Answered.NOT_YET and dialogue.held_on is None:
            raise Refused("Cuộc đối thoại đã có câu hỏi được trả lời nên phải có ngày tổ chức.", field="held_on")
        with guarded(register, question):
            question.asked_on = dialogue.held_on
            if question.answered == Answered.ON_THE_SPOT:
                question.answered_on = dialogue.held_on
            elif question.answered_on and question.answered_on < question.asked_on:
                raise Refused(f"Câu {question.position} đã được trả lời trước ngày này.", field="held_on")
            question.version += 1
            signed(question, by).save()


def _settle_obligations(dialogue, before, by):
    """The obligation of each year that the dialogue belongs or belonged to knows the first periodic dialogue held."""
    register = register_of(DialogueObligation)
    years = {found.held_on.year for found in (dialogue, before) if found and found.held_on}
    for obligation in DialogueObligation.objects.select_for_update().filter(unit=dialogue.unit_id, year__in=years):
        held_on = _first_held(obligation.unit_id, obligation.year)
        if held_on != obligation.held_on:
            with guarded(register, obligation):
                obligation.held_on = held_on
                obligation.version += 1
                signed(obligation, by).save()


def _first_held(unit_id, year):
    held = Dialogue.objects.filter(unit=unit_id, kind=DialogueKind.PERIODIC, held_on__year=year)
    return held.order_by("held_on").values_list("held_on", flat=True).first()


# --- questions ---------------------------------------------------------------------------------------
@transaction.atomic
def save_question(form, *, by):
    """The form page of one question. Its dialogue never changes once it is saved."""
    question = form.instance
    check_can_record(by, question.dialogue)
    question.unit_id = question.dialogue.unit_id
    if question.pk is None:
        question.position = _next_position(question.dialogue)
    settle_answer(question)
    return form.save()


def settle_answer(question):
    """Fills what follows from the dialogue; refuses an answer before it was held."""
    question.asked_on = question.dialogue.held_on
    if question.answered == Answered.NOT_YET:
        question.answered_on = None
        return
    if question.asked_on is None:
        raise Refused("Cuộc đối thoại chưa ghi ngày tổ chức nên chưa ghi được trả lời.", field="answered")
    if question.answered == Answered.ON_THE_SPOT:
        question.answered_on = question.asked_on
    elif question.answered_on is None:
        raise Refused("Anh/chị ghi ngày trả lời bằng văn bản.", field="answered_on")
    elif question.answered_on < question.asked_on:
        raise Refused("Ngày trả lời không được trước ngày đối thoại.", field="answered_on")


def _next_position(dialogue):
    return (dialogue.questions.order_by("-position").values_list("position", flat=True).first() or 0) + 1


@transaction.atomic
def save_lines(dialogue, lines, *, by):
    """Saves the grid of one dialogue. `lines` are dicts of LINE_FIELDS with "pk" and "version" for rows that exist, "remove" to delete.

    Returns (added, changed, removed). One refusal leaves all rows as they were.
    """
    check_can_record(by, dialogue)
    stored = {question.pk: question for question in dialogue.questions.select_for_update()}
    counts = [0, 0, 0]
    position = _next_position(dialogue)
    for line in lines:
        question = stored.get(line["pk"]) if line["pk"] else None
        if line["pk"] and question is None:
            raise Conflict("Một câu hỏi vừa được người khác xóa. Anh/chị xem ghi chú ở dòng ấy rồi lưu lại.")
        if question is None:
            _add_line(dialogue, line, position, by)
            position += 1
            counts[0] += 1
        elif line.get("remove"):
            _remove_line(question, by)
            counts[2] += 1
        else:
            counts[1] += _change_line(question, line, by)
    return tuple(counts)


def _add_line(dialogue, line, position, by):
    question = Question(dialogue=dialogue, unit_id=dialogue.unit_id, position=position, **{name: line[name] for name in LINE_FIELDS})
    _settled(question)
    with guarded(register_of(Question), question):
        signed(question, by).save()


def _settled(question):
    """As settle_answer, with the number of the row in the sentence."""
    try:
        settle_answer(question)
    except Refused as refusal:
        raise Refused(f"Câu {question.position}: {refusal.message}") from refusal


def _change_line(question, line, by):
    before = {name: getattr(question, name) for name in LINE_FIELDS}
    if question.version != line["version"]:
        raise Conflict(f"Câu {question.position} vừa được người khác sửa. Anh/chị xem ghi chú ở dòng ấy rồi lưu lại.")
    for name in LINE_FIELDS:
        setattr(question, name, line[name])
    _settled(question)
    if before == {name: getattr(question, name) for name in LINE_FIELDS}:
        return 0
    with guarded(register_of(Question), question):
        question.version += 1
        signed(question, by).save()
    renew_titles(question)
    return 1


def _remove_line(question, by):
    if question.commitments.exists():
        raise Refused(f"Câu {question.position} đã có cam kết nên không xóa được.")
    with guarded(register_of(Question), question):
        signed(question, by).delete()


# --- who asked ---------------------------------------------------------------------------------------
@transaction.atomic
def keep_asker(question, *, by, name, contact, purge_on, base=""):
    """Writes or replaces who asked, as the form knew it by its state `base`; nothing of it is kept elsewhere."""
    check_can_keep_asker(by, question)
    _hold_asker(question, base)
    values = {"name": name, "contact": contact, "purge_on": purge_on}
    asker = QuestionAsker.objects.update_or_create(question=question, defaults=values)[0]
    record_event(Kind.PERSONAL_CHANGE, user=by, obj=asker, subjects=asker.subjects, detail={"step": "ghi"})
    return asker


@transaction.atomic
def forget_asker(question, *, by, base):
    check_can_keep_asker(by, question)
    _hold_asker(question, base)
    for asker in QuestionAsker.objects.filter(question=question):
        record_event(Kind.PERSONAL_CHANGE, user=by, obj=asker, subjects=asker.subjects, detail={"step": "xóa"})
        asker.delete()


def _hold_asker(question, base):
    """The question is held, so that two who write at once follow one another also where no row stands yet."""
    list(Question.objects.select_for_update().filter(pk=question.pk).values_list("pk"))
    if asker_state(question) != base:
        raise Conflict("Người hỏi của câu này vừa được người khác ghi hoặc xóa. Anh/chị xem phần “Đã ghi” rồi quyết định.")


def asker_state(question):
    asker = QuestionAsker.objects.filter(question=question).first()
    return asker.state if asker else ""


def askers_past(today):
    """Those whose day has passed: danvan.operations.retention really deletes them every night."""
    return QuestionAsker.objects.filter(purge_on__lt=today)


def tie(question, commitment, *, by):
    """The story: the question led to the commitment."""
    return link(question, commitment, by=by)
