from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from danvan.access.scoping import ScopedQuerySet
from danvan.common import clock
from danvan.common import models as common
from danvan.common.text import format_date
from danvan.units.models import Unit
from dialogues.choices import DialogueKind


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
