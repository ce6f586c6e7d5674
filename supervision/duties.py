"""What a unit owed by a day: the reply to each recommendation that was addressed to it."""

from django.db.models import Q

from danvan.figures.duties import DutyKind
from supervision.registers import recommendations

STANDING = Q(withdrawn_on=None)

# the first reply by `due_on`, and after a reopening the new one by its own deadline
KINDS = [
    DutyKind(recommendations, "addressed_to", "due_on", Q(replied_on__isnull=False), "title", "Trả lời kiến nghị: {}".format, STANDING),
    DutyKind(
        recommendations, "addressed_to", "reopened_due_on", Q(replied_again_on__isnull=False), "title", "Trả lời lại kiến nghị: {}".format,
        STANDING,
    ),
]  # fmt: skip
