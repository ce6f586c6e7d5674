"""Who owes a dialogue, the dialogue, what was asked and what was promised there."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from danvan.access.scoping import ScopedQuerySet
from danvan.audit.subjects import subjects_of
from danvan.catalogues.models import FieldOfWork, LegalNumber
from danvan.common import clock
from danvan.common import models as common
from danvan.common.constraints import TrigramIndex
from danvan.common.text import format_date, format_number
from danvan.units.models import Unit
from dialogues import choices
from dialogues.choices import Answered, CommitmentStatus, DialogueKind, DialogueStatus

HELD = [DialogueStatus.HELD, DialogueStatus.CONCLUDED]
SHORT = 90  # letters of a question or commitment that name it elsewhere


def shortened(words):
    return words if len(words) <= SHORT else f"{words[:SHORT].rsplit(' ', 1)[0]}…"


class DialogueObligation(common.Versioned):
    """The periodic dialogue that the head of a unit owes in a year."""

    SCOPE = ("unit",)
    LABELS = {"state_words": "tình hình"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm")
    kind = models.CharField("loại", max_length=20, choices=DialogueKind.choices, default=DialogueKind.PERIODIC, editable=False)
    head_title = common.CharField("người đứng đầu phải đối thoại", max_length=200, help_text="Ghi chức danh, không ghi họ tên.")
    planned_on = models.DateField("ngày dự kiến", null=True, blank=True, help_text="Để trống thì hạn là ngày cuối năm.")
    due_on = models.DateField("hạn tổ chức", editable=False)
    held_on = models.DateField("ngày đã đối thoại", null=True, blank=True, editable=False)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch])

    class Meta:
        verbose_name = "kế hoạch đối thoại"
        verbose_name_plural = "kế hoạch đối thoại"
        ordering = ["-year", "pk"]
        indexes = [models.Index(fields=["unit", "due_on"], name="obligation_unit_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="obligation_one_a_year",
                violation_error_message="Đơn vị đã có kế hoạch đối thoại của năm này.",
            ),
            models.CheckConstraint(
                condition=Q(planned_on=None) | Q(due_on=F("planned_on")),
                name="obligation_due_as_planned",
                violation_error_message="Hạn tổ chức phải là ngày dự kiến.",
            ),
        ]

    def __str__(self):
        return f"Đối thoại định kỳ năm {self.year}, {self.unit}"

    @property
    def state_words(self):
        if self.held_on:
            return f"Đã đối thoại ngày {format_date(self.held_on)}"
        return f"Quá {clock.days_late(self.due_on)} ngày" if clock.days_late(self.due_on) else "Chưa đối thoại"


class Dialogue(common.Versioned):
    """One dialogue. Figures count `held_on`; the due dates keep the legal number that made them."""

    SCOPE = ("unit",)
    TRANSITIONS = choices.DIALOGUE_TRANSITIONS
    LABELS = {"notice_words": "thời hạn thông báo", "result_words": "thời hạn công bố kết quả"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị tổ chức")
    kind = models.CharField("loại", max_length=20, choices=DialogueKind.choices)
    topic = common.CharField("chủ đề", max_length=300)
    chair_title = common.CharField("người chủ trì", max_length=200, help_text="Ghi chức danh, không ghi họ tên.")
    place = common.CharField("địa điểm", max_length=200, blank=True)
    scheduled_on = models.DateField("ngày dự kiến", null=True, blank=True)
    noticed_on = models.DateField("ngày thông báo", null=True, blank=True)
    held_on = models.DateField("ngày tổ chức", null=True, blank=True)
    attendance = models.PositiveIntegerField("số người dự", null=True, blank=True)
    women = models.PositiveIntegerField("trong đó nữ", null=True, blank=True)
    party_members = models.PositiveIntegerField("trong đó đảng viên", null=True, blank=True)
    minutes = common.TextField("nội dung, diễn biến chính", blank=True)
    conclusion_number = common.CharField("số thông báo kết luận", max_length=60, blank=True)
    conclusion_on = models.DateField("ngày thông báo kết luận", null=True, blank=True)

    status = models.CharField("trạng thái", max_length=20, choices=DialogueStatus.choices, default=DialogueStatus.PLANNED, editable=False)
    notice_due_on = models.DateField("hạn thông báo", null=True, blank=True, editable=False)
    notice_rule = models.ForeignKey(
        LegalNumber, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name="quy định về hạn thông báo"
    )
    result_due_on = models.DateField("hạn công bố kết quả", null=True, blank=True, editable=False)
    result_rule = models.ForeignKey(
        LegalNumber, models.PROTECT, null=True, blank=True, related_name="+", editable=False, verbose_name="quy định về hạn công bố kết quả"
    )

    search_text = common.SearchTextField(sources=("topic", "place", "chair_title", "minutes"))
    sort_key = common.SortKeyField(sources=("topic",))

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch], excluded_fields=["search_text", "sort_key"])

    class Meta:
        verbose_name = "cuộc đối thoại"
        verbose_name_plural = "cuộc đối thoại"
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["unit", "held_on"], name="dialogue_unit_date"), TrigramIndex("search_text", name="dialogue_search")]
        constraints = [
            models.CheckConstraint(
                condition=Q(women=None) | Q(attendance__isnull=False, women__lte=F("attendance")),
                name="dialogue_women_within",
                violation_error_message="Số nữ không được lớn hơn số người dự.",
            ),
            models.CheckConstraint(
                condition=Q(party_members=None) | Q(attendance__isnull=False, party_members__lte=F("attendance")),
                name="dialogue_party_members_within",
                violation_error_message="Số đảng viên không được lớn hơn số người dự.",
            ),
            models.CheckConstraint(
                condition=Q(noticed_on=None) | Q(held_on=None) | Q(noticed_on__lte=F("held_on")),
                name="dialogue_notice_before",
                violation_error_message="Ngày thông báo không được sau ngày tổ chức.",
            ),
            models.CheckConstraint(
                condition=Q(conclusion_on=None) | Q(held_on__isnull=False, conclusion_on__gte=F("held_on")),
                name="dialogue_conclusion_after",
                violation_error_message="Thông báo kết luận phải có ngày tổ chức và không được trước ngày đó.",
            ),
            models.CheckConstraint(
                condition=(Q(conclusion_on=None) & Q(conclusion_number="")) | (Q(conclusion_on__isnull=False) & ~Q(conclusion_number="")),
                name="dialogue_conclusion_whole",
                violation_error_message="Số và ngày thông báo kết luận phải đi cùng nhau.",
            ),
            models.CheckConstraint(
                condition=Q(held_on=None, status__in=[DialogueStatus.PLANNED, DialogueStatus.NOTICED])
                | Q(held_on__isnull=False, status__in=HELD),
                name="dialogue_held_with_date",
                violation_error_message="Cuộc đối thoại đã tổ chức phải có ngày tổ chức.",
            ),
            models.CheckConstraint(
                condition=Q(conclusion_on=None) & ~Q(status=DialogueStatus.CONCLUDED)
                | Q(conclusion_on__isnull=False, status=DialogueStatus.CONCLUDED),
                name="dialogue_concluded_with_date",
                violation_error_message="Cuộc đối thoại đã kết luận phải có ngày thông báo kết luận.",
            ),
        ]

    def __str__(self):
        return self.topic

    @property
    def day(self):
        """The day it was held, or else is planned for."""
        return self.held_on or self.scheduled_on

    @property
    def notice_words(self):
        """What is wrong with the notice, or how it stands; "" when no rule applies."""
        if not self.notice_due_on:
            return ""
        days = format_number(self.notice_rule.value)
        if self.noticed_on is None:
            when = "đã quá hạn" if clock.today() > self.notice_due_on else "hạn"
            return f"Chưa ghi ngày thông báo ({when} {format_date(self.notice_due_on)}, trước {days} ngày)."
        given = (self.day - self.noticed_on).days
        if self.noticed_on > self.notice_due_on:
            return f"Thông báo trước {given} ngày; quy định ít nhất {days} ngày (chậm nhất {format_date(self.notice_due_on)})."
        return f"Thông báo trước {given} ngày, đủ {days} ngày theo quy định."

    @property
    def result_words(self):
        if not self.result_due_on:
            return ""
        days = format_number(self.result_rule.value)
        if self.conclusion_on is None:
            when = "đã quá hạn" if clock.today() > self.result_due_on else "hạn"
            return f"Chưa công bố kết quả ({when} {format_date(self.result_due_on)}, {days} ngày sau đối thoại)."
        taken = (self.conclusion_on - self.held_on).days
        if self.conclusion_on > self.result_due_on:
            return f"Công bố sau {taken} ngày; quy định không quá {days} ngày (chậm nhất {format_date(self.result_due_on)})."
        return f"Công bố sau {taken} ngày, trong {days} ngày theo quy định."

    @property
    def notice_late(self):
        return bool(self.notice_due_on) and (self.noticed_on or clock.today()) > self.notice_due_on

    @property
    def result_late(self):
        return bool(self.result_due_on) and (self.conclusion_on or clock.today()) > self.result_due_on


class Question(common.Versioned):
    """What was asked at a dialogue, without who asked. `unit` and `asked_on` are the dialogue's."""

    SCOPE = ("unit", "forwarded_to")
    OPEN_CHOICES = ("forwarded_to",)
    STORY_BEGINS = "dialogue"

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="questions", verbose_name="cuộc đối thoại")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị tổ chức", editable=False)
    asked_on = models.DateField("ngày đối thoại", null=True, blank=True, editable=False)
    position = models.PositiveSmallIntegerField("số thứ tự")
    content = common.TextField("nội dung câu hỏi")
    field = models.ForeignKey(FieldOfWork, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lĩnh vực")
    channel = models.CharField("hình thức gửi", max_length=20, choices=choices.Channel.choices, default=choices.Channel.SPOKEN)
    answered = models.CharField("trả lời", max_length=20, choices=Answered.choices, default=Answered.NOT_YET)
    answer = common.TextField("nội dung trả lời", blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    forwarded_to = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chuyển đến")

    search_text = common.SearchTextField(sources=("content", "answer"))

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch], excluded_fields=["search_text"])

    class Meta:
        verbose_name = "câu hỏi, kiến nghị"
        verbose_name_plural = "câu hỏi, kiến nghị"
        ordering = ["dialogue", "position"]
        indexes = [
            models.Index(fields=["unit", "asked_on"], name="question_unit_date"),
            TrigramIndex("search_text", name="question_search"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "position"],
                name="question_position_once",
                violation_error_message="Cuộc đối thoại đã có câu hỏi mang số thứ tự này.",
            ),
            models.CheckConstraint(
                condition=Q(answered=Answered.NOT_YET, answered_on=None) | (~Q(answered=Answered.NOT_YET) & Q(answered_on__isnull=False)),
                name="question_answered_with_date",
                violation_error_message="Câu hỏi đã trả lời phải có ngày trả lời; chưa trả lời thì không có.",
            ),
            models.CheckConstraint(
                condition=Q(asked_on=None) | Q(answered_on=None) | Q(answered_on__gte=F("asked_on")),
                name="question_answered_after",
                violation_error_message="Ngày trả lời không được trước ngày đối thoại.",
            ),
        ]

    def __str__(self):
        return f"Câu {self.position}. {shortened(self.content)}"


class QuestionAsker(models.Model):
    """Who asked, kept apart and only until `purge_on`. No history, no search, no list reads it."""

    SCOPE = ("question__unit",)

    question = models.OneToOneField(Question, models.CASCADE, related_name="asker", verbose_name="câu hỏi")
    name = common.CharField("họ và tên", max_length=200)
    contact = common.CharField("cách liên hệ", max_length=200, blank=True)
    purge_on = models.DateField("ngày xóa")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "người hỏi"
        verbose_name_plural = "người hỏi"

    def __str__(self):
        return self.masked_name

    @property
    def subjects(self):
        """How the log knows this person."""
        return subjects_of(self, self.name, self.contact)

    @property
    def masked_name(self):
        return " ".join(f"{word[0]}***" for word in self.name.split())

    @property
    def masked_contact(self):
        """The last three signs, by which the unit knows its own note again."""
        return f"***{self.contact[-3:]}" if len(self.contact) > 6 else "***"


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
    content = common.TextField("nội dung cam kết")
    due_on = models.DateField("hạn cam kết")
    deadline_on = models.DateField("hạn hiện nay", editable=False)
    status = models.CharField("trạng thái", max_length=20, choices=CommitmentStatus.choices, default=CommitmentStatus.DOING, editable=False)
    done_on = models.DateField("ngày hoàn thành", null=True, blank=True, editable=False)
    confirmed_on = models.DateField("ngày xác nhận", null=True, blank=True, editable=False)

    search_text = common.SearchTextField(sources=("content",))
    sort_key = common.SortKeyField(sources=("content",))

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch], excluded_fields=["search_text", "sort_key"])

    class Meta:
        verbose_name = "cam kết"
        verbose_name_plural = "cam kết"
        ordering = ["deadline_on", "pk"]
        indexes = [
            models.Index(fields=["unit", "due_on"], name="commitment_unit_date"),
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
        ]

    def __str__(self):
        return shortened(self.content)

    @property
    def addressed_to_id(self):
        """The other side of a file of this record (danvan.registers.detail.attach_view)."""
        return self.owner_id

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

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="notes", verbose_name="cam kết")
    noted_on = models.DateField("ngày")
    text = common.TextField("tình hình thực hiện")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi")

    class Meta:
        verbose_name = "tình hình thực hiện"
        verbose_name_plural = "tình hình thực hiện"
        ordering = ["noted_on", "pk"]

    def __str__(self):
        return f"{self.noted_on:%d/%m/%Y}: {shortened(self.text)}"


class ExtensionLine(models.Model):
    """The holder allows a later day, with a reason; the promised day stays as it was."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="extensions", verbose_name="cam kết")
    new_due_on = models.DateField("hạn mới")
    reason = common.TextField("lý do gia hạn")
    decided_on = models.DateField("ngày gia hạn")

    class Meta:
        verbose_name = "gia hạn"
        verbose_name_plural = "gia hạn"
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(new_due_on__gte=F("decided_on")),
                name="extension_not_into_the_past",
                violation_error_message="Hạn mới không được trước ngày gia hạn.",
            )
        ]
