"""What one person has open, as the handover of a leaver counts it: kinds and numbers, never the words of a record."""

import re
from collections import Counter

from danvan.access.rows import whole_office
from danvan.accounts.handover import Belongings, kept_for_a_person
from danvan.common import clock, text
from danvan.home.tasks import draft_noun, own_reports, register_of_draft, tasks_of
from danvan.registers.drafts import drafts_of, hand_over

WHY = "what a leaver keeps is counted and handed over by an administrator"


@whole_office(WHY)
def open_tasks(user):
    """A title is its kind up to the colon or the quotation; what follows is the record."""
    first, today = {}, clock.today()
    tasks = tasks_of(user, today, own_reports(user, today))
    counts = Counter(kind_of(task) for task in tasks)
    for task in sorted(tasks, key=lambda task: task["due_on"]):
        first.setdefault(kind_of(task), task["due_on"])
    return [
        {"what": kind, "count": count, "note": f"việc sớm nhất đến hạn {text.format_date(first[kind])}"} for kind, count in counts.items()
    ]


def kind_of(task):
    return re.split("[:“]", task["title"])[0].strip()


@whole_office(WHY)
def drafts(user):
    counts = Counter(getattr(register_of_draft(draft), "label", "") or draft_noun(draft) for draft in drafts_of(user))
    return [{"what": noun, "count": count, "note": ""} for noun, count in counts.items()]


kept_for_a_person(Belongings("Việc đang mở, đi theo phân công", open_tasks))
kept_for_a_person(Belongings("Bản nháp chưa lưu, chuyển cho người nhận", drafts, whole_office(WHY)(hand_over)))
