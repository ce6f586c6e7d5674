from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from danvan.access.scoping import ScopedQuerySet
from danvan.common import clock
from danvan.common import models as common
from danvan.common.constraints import SameUnit, TrigramIndex, UnitKey
from danvan.units.models import Unit
from dialogues import choices
from dialogues.choices import CommitmentStatus
from dialogues.models.dialogue import Dialogue
from dialogues.models.question import Question, shortened


class Commitment(common.Versioned):
    """What was promised at a dialogue: the holder keeps it, the owner does it.

    `due_on` is the promised day and is what figures count; `deadline_on` is that day or the last extension.
    """

    SCOPE = ("unit", "owner")
    OPEN_CHOICES = ("owner",)
    TRANSITIONS = choices.COMMITMENT_TRANSITIONS
    LABELS = {"lateness": "tiến độ"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị tổ chức đối thoại")
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị thực hiện")
    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="commitments", verbose_name="cuộc đối thoại")
    question = models.ForeignKey(Question, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name="từ câu hỏi")
    dialogue_title = common.CopiedTitle("dialogue", "tên cuộc đối thoại")
    question_title = common.CopiedTitle("question", "câu hỏi tóm tắt")
    content = common.TextField("nội dung cam kết")
    due_on = models.DateField("hạn cam kết")
    deadline_on = models.DateField("hạn hiện nay", editable=False)
    status = models.CharField("trạng thái", max_length=20, choices=CommitmentStatus.choices, default=CommitmentStatus.DOING, editable=False)
    done_on = models.DateField("ngày hoàn thành", null=True, blank=True, editable=False)
    confirmed_on = models.DateField("ngày xác nhận", null=True, blank=True, editable=False)

    search_text = common.SearchTextField(sources=("content",))
    sort_key = common.SortKeyField(sources=("content",))

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(
        bases=[common.HistoryBatch], excluded_fields=["search_text", "sort_key", "dialogue_title", "question_title"]
    )

    class Meta:
        verbose_name = "cam kết"
        verbose_name_plural = "cam kết"
        ordering = ["deadline_on", "pk"]
        indexes = [
            models.Index(fields=["unit", "due_on"], name="commitment_unit_date"),
            models.Index(fields=["-deadline_on", "-id"], name="commitment_order"),
            models.Index(fields=["owner", "deadline_on"], name="commitment_owner_deadline"),
            TrigramIndex("search_text", name="commitment_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None) & ~Q(status=CommitmentStatus.DONE) | Q(done_on__isnull=False, status=CommitmentStatus.DONE),
                name="commitment_done_with_date",
                violation_error_message="Cam kết hoàn thành phải có ngày hoàn thành.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None) | Q(done_on__isnull=False, confirmed_on__gte=F("done_on")),
                name="commitment_confirmed_after_done",
                violation_error_message="Chỉ xác nhận cam kết đã hoàn thành, không trước ngày hoàn thành.",
            ),
            models.CheckConstraint(
                condition=Q(deadline_on__gte=F("due_on")),
                name="commitment_deadline_not_earlier",
                violation_error_message="Hạn sau gia hạn không được trước hạn cam kết.",
            ),
            UnitKey(name="commitment_with_unit"),
            SameUnit("dialogue", name="commitment_unit"),
            SameUnit("question", name="commitment_question_unit"),
        ]

    def __str__(self):
        return shortened(self.content)

    @property
    def addressed_to_id(self):
        """The other side of a file of this record (danvan.registers.detail.attach_view)."""
        return self.owner_id

    @property
    def keeps_files(self):
        if self.confirmed_on:
            return "cam kết đã xác nhận hoàn thành"
        return "cam kết đã ghi là không thực hiện được" if self.status == CommitmentStatus.FAILED else ""

    @property
    def is_open(self):
        return self.status in choices.OPEN_COMMITMENTS

    @property
    def days_late(self):
        return 0 if self.status == CommitmentStatus.FAILED else clock.days_late(self.deadline_on, self.done_on)

    @property
    def lateness(self):
        """ "Quá 12 ngày", "còn 5 ngày", "đúng hạn": computed when read."""
        if self.is_open:
            left = (self.deadline_on - clock.today()).days
            return f"quá {-left} ngày" if left < 0 else f"còn {left} ngày" if left else "hôm nay"
        if self.done_on:
            return f"xong chậm {self.days_late} ngày" if self.days_late else "đúng hạn"
        return ""


class CommitmentNote(models.Model):
    """What the owner reported on the way."""

    SCOPE = ("unit", "commitment__owner")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="notes", verbose_name="cam kết")
    unit = common.UnitOf("commitment", verbose_name="đơn vị tổ chức đối thoại")
    noted_on = models.DateField("ngày")
    text = common.TextField("tình hình thực hiện")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "tình hình thực hiện"
        verbose_name_plural = "tình hình thực hiện"
        ordering = ["noted_on", "pk"]
        constraints = [SameUnit("commitment", name="commitment_note_unit")]

    def __str__(self):
        return f"{self.noted_on:%d/%m/%Y}: {shortened(self.text)}"


class ExtensionLine(models.Model):
    """The holder allows a later day, with a reason; the promised day stays as it was."""

    SCOPE = ("unit", "commitment__owner")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="extensions", verbose_name="cam kết")
    unit = common.UnitOf("commitment", verbose_name="đơn vị tổ chức đối thoại")
    new_due_on = models.DateField("hạn mới")
    reason = common.TextField("lý do gia hạn")
    decided_on = models.DateField("ngày gia hạn")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "gia hạn"
        verbose_name_plural = "gia hạn"
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(new_due_on__gte=F("decided_on")),
                name="extension_not_into_the_past",
                violation_error_message="Hạn mới không được trước ngày gia hạn.",
            ),
            SameUnit("commitment", name="extension_unit"),
        ]
