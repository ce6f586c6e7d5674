"""What a unit had to do about dialogues by a day: the dialogue of the year, its notice, its result, what it promised."""

from django.db.models import F, Q

from danvan.figures.duties import DutyKind
from dialogues.choices import CommitmentStatus
from dialogues.models.question import shortened
from dialogues.registers import commitments, dialogues, obligations

# A dialogue needs its notice in time, and its result in time once it was held. A commitment is owed by the unit that
# promised to do it, not by the one that held the dialogue.
KINDS = [
    DutyKind(obligations, "unit", "due_on", Q(held_on__isnull=False), "year", "Đối thoại định kỳ năm {}".format),
    DutyKind(dialogues, "unit", "notice_due_on", Q(noticed_on__lte=F("notice_due_on")), "topic", "Thông báo cuộc đối thoại “{}”".format),
    DutyKind(
        dialogues, "unit", "result_due_on", Q(conclusion_on__lte=F("result_due_on")), "topic", "Công bố kết quả cuộc đối thoại “{}”".format
    ),
    DutyKind(
        commitments, "owner", "deadline_on", Q(done_on__isnull=False), "content", lambda content: f"Cam kết: {shortened(content)}",
        where=~Q(status=CommitmentStatus.FAILED),
    ),
]  # fmt: skip
