from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from danvan.access.scoping import ScopedQuerySet
from danvan.catalogues.models import LegalNumber
from danvan.common import clock
from danvan.common import models as common
from danvan.common.constraints import TrigramIndex, UnitKey
from danvan.common.text import format_date, format_number
from danvan.units.models import Unit
from dialogues import choices
from dialogues.choices import DialogueKind, DialogueStatus

HELD = [DialogueStatus.HELD, DialogueStatus.CONCLUDED]


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
        indexes = [
            models.Index(fields=["unit", "held_on"], name="dialogue_unit_date"),
            models.Index(fields=["-held_on", "-id"], name="dialogue_order"),
            TrigramIndex("search_text", name="dialogue_search"),
        ]
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
            UnitKey(name="dialogue_with_unit"),
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
