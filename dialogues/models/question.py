from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from simple_history.models import HistoricalRecords

from danvan.access.scoping import ScopedQuerySet
from danvan.audit.subjects import subjects_of
from danvan.catalogues.models import FieldOfWork
from danvan.common import models as common
from danvan.common.constraints import SameUnit, TrigramIndex, UnitKey
from danvan.units.models import Unit
from dialogues import choices
from dialogues.choices import Answered
from dialogues.models.dialogue import Dialogue

SHORT = 90  # letters of a question or commitment that name it elsewhere


def shortened(words):
    return words if len(words) <= SHORT else f"{words[:SHORT].rsplit(' ', 1)[0]}…"


class Question(common.Versioned):
    """What was asked at a dialogue, without who asked. `unit` and `asked_on` are the dialogue's."""

    SCOPE = ("unit", "forwarded_to")
    OPEN_CHOICES = ("forwarded_to",)
    STORY_BEGINS = "dialogue"

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="questions", verbose_name="cuộc đối thoại")
    dialogue_title = common.CopiedTitle("dialogue", "tên cuộc đối thoại")
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
    history = HistoricalRecords(bases=[common.HistoryBatch], excluded_fields=["search_text", "dialogue_title"])

    class Meta:
        verbose_name = "câu hỏi, kiến nghị"
        verbose_name_plural = "câu hỏi, kiến nghị"
        ordering = ["dialogue_id", "position"]
        indexes = [
            models.Index(fields=["unit", "asked_on"], name="question_unit_date"),
            models.Index(fields=["-asked_on", "dialogue", "position", "id"], name="question_order"),
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
            UnitKey(name="question_with_unit"),
            SameUnit("dialogue", name="question_unit"),
        ]

    def __str__(self):
        return f"Câu {self.position}. {shortened(self.content)}"


class QuestionAsker(models.Model):
    """Who asked, kept apart and only until `purge_on`. No history, no search, no list reads it."""

    SCOPE = ("unit",)

    question = models.OneToOneField(Question, models.CASCADE, related_name="asker", verbose_name="câu hỏi")
    unit = common.UnitOf("question", verbose_name="đơn vị")
    name = common.CharField("họ và tên", max_length=200)
    contact = common.CharField("cách liên hệ", max_length=200, blank=True)
    purge_on = models.DateField("ngày xóa")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "người hỏi"
        verbose_name_plural = "người hỏi"
        constraints = [SameUnit("question", name="asker_unit")]

    def __str__(self):
        return self.masked_name

    @property
    def state(self):
        """What a form carries in the place of a version: it changes with every word and tells none of them."""
        return salted_hmac("dialogues.asker", f"{self.pk}\0{self.name}\0{self.contact}\0{self.purge_on}").hexdigest()[:16]

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
