"""The two days that law sets around a dialogue, with the number that made each."""

import datetime

from danvan.catalogues.models import LegalNumber, holidays, legal_number
from danvan.common import clock
from dialogues.choices import DialogueStatus

NOTICE, RESULT = "dialogue_notice", "dialogue_result"


def last_day_of(year):
    return datetime.date(year, 12, 31)


def rule_on(code, day):
    """The number in force on the day; None before the first one."""
    try:
        return legal_number(code, day)
    except LegalNumber.DoesNotExist:
        return None


def set_deadlines(dialogue):
    """Writes both due dates and their rules on the (unsaved) dialogue, from the day it is or will be held."""
    notice, result = (rule_on(code, dialogue.day) if dialogue.day else None for code in (NOTICE, RESULT))
    dialogue.notice_rule, dialogue.notice_due_on = notice, before(dialogue.day, notice) if notice else None
    result = result if dialogue.held_on else None
    dialogue.result_rule, dialogue.result_due_on = result, after(dialogue.held_on, result) if result else None


def after(day, rule):
    working = rule.day_kind == LegalNumber.DayKind.WORKING
    return clock.due_date(day, int(rule.value), working=working, holidays=holidays() if working else {})


def before(day, rule):
    """The last day from which the rule's days fit before `day`."""
    if rule.day_kind != LegalNumber.DayKind.WORKING:
        return day - datetime.timedelta(days=int(rule.value))
    left, marks = int(rule.value), holidays()
    while left:
        day -= datetime.timedelta(days=1)
        left -= clock.is_working_day(day, marks)
    return day


def state_by_dates(dialogue):
    """The status that the dates of the dialogue say."""
    if dialogue.conclusion_on:
        return DialogueStatus.CONCLUDED
    if dialogue.held_on:
        return DialogueStatus.HELD
    return DialogueStatus.NOTICED if dialogue.noticed_on else DialogueStatus.PLANNED
