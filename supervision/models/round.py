from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from danvan.access.scoping import ScopedQuerySet
from danvan.common import models as common
from danvan.common import text
from danvan.common.constraints import SameUnit, TrigramIndex, UnitKey
from danvan.units.models import Unit
from supervision import choices
from supervision.models.plan import PlanItem


class SupervisionRound(common.Versioned):
    """Cuộc giám sát. Figures count it on `held_on`, the day it ended."""

    SCOPE = ("unit",)
    OPEN_CHOICES = ("target_units",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị chủ trì")
    item = models.ForeignKey(
        PlanItem, models.PROTECT, null=True, blank=True, related_name="rounds", verbose_name="nội dung trong kế hoạch liên tịch"
    )
    title = common.CharField("tên cuộc giám sát", max_length=300)
    form = models.CharField("hình thức", max_length=20, choices=choices.SupervisionForm.choices)
    rhythm = models.CharField("loại", max_length=20, choices=choices.Rhythm.choices)
    held_from = models.DateField("ngày bắt đầu")
    held_on = models.DateField("ngày kết thúc")
    team = common.CharField(
        "thành phần đoàn", max_length=500, help_text="Ghi chức danh, không ghi họ tên, ví dụ Phó Chủ tịch Ủy ban MTTQ làm trưởng đoàn."
    )
    target_units = models.ManyToManyField(Unit, related_name="+", verbose_name="đối tượng được giám sát")
    summary = common.TextField("kết quả chính", blank=True)
    search_text = common.SearchTextField(sources=("title", "summary"))
    sort_key = common.SortKeyField(sources=("title",))

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch], excluded_fields=["search_text", "sort_key"], m2m_fields=[target_units])

    class Meta:
        verbose_name = "cuộc giám sát"
        verbose_name_plural = "cuộc giám sát"
        ordering = ["-held_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "held_on"], name="round_unit_date"),
            models.Index(fields=["-held_on", "-id"], name="round_order"),
            TrigramIndex("search_text", name="round_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_from__lte=F("held_on")),
                name="round_dates_in_order",
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            ),
            UnitKey(name="round_with_unit"),
            SameUnit("item", name="round_item_unit"),
        ]

    def __str__(self):
        return self.title


class Finding(models.Model):
    """What a round found at one of the units it looked at: good, weak, or against a regulation."""

    SCOPE = ("lead",)
    OPEN_CHOICES = ("unit",)

    round = models.ForeignKey(SupervisionRound, models.PROTECT, related_name="findings", verbose_name="cuộc giám sát")
    lead = common.UnitOf("round", verbose_name="đơn vị chủ trì")
    kind = models.CharField("loại", max_length=20, choices=choices.FindingKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị liên quan")
    regulation = models.ForeignKey(
        "regulations.Regulation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quy chế liên quan"
    )
    text = common.TextField("nội dung", max_length=5000)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch])

    class Meta:
        verbose_name = "phát hiện"
        verbose_name_plural = "phát hiện"
        ordering = ["round", "pk"]
        constraints = [SameUnit("round", unit="lead", name="finding_lead")]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.unit}: {text.plain(self.text, 100)}"
