from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from danvan.access.scoping import ScopedQuerySet
from danvan.catalogues.models import LegalBasis
from danvan.common import models as common
from danvan.common import text
from danvan.common.constraints import SameUnit, UnitKey
from danvan.units.models import Unit
from supervision import choices


class JointPlan(common.Versioned):
    """Kế hoạch liên tịch: what the lead and its co-signers supervise in a year. Not issued yet while it has no date."""

    SCOPE = ("unit",)
    OPEN_CHOICES = ("co_signers",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị chủ trì")
    year = models.PositiveSmallIntegerField("năm", validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    title = common.CharField("tên kế hoạch", max_length=300)
    number = common.CharField("số, ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    co_signers = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name="đơn vị phối hợp")
    legal_bases = models.ManyToManyField(LegalBasis, blank=True, related_name="+", verbose_name="căn cứ")
    purpose = common.TextField("mục đích, yêu cầu", blank=True)
    search_text = common.SearchTextField(sources=("title", "number", "year"))

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch], excluded_fields=["search_text"], m2m_fields=[co_signers, legal_bases])

    class Meta:
        verbose_name = "kế hoạch liên tịch"
        verbose_name_plural = "kế hoạch liên tịch"
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="joint_plan_one_a_year",
                violation_error_message="Đơn vị đã có kế hoạch liên tịch của năm này. Anh/chị mở bản đã có để sửa.",
            ),
            models.CheckConstraint(
                condition=Q(number="") | Q(issued_on__isnull=False),
                name="joint_plan_number_with_date",
                violation_error_message="Số của kế hoạch phải đi cùng ngày ban hành.",
            ),
            UnitKey(name="joint_plan_with_unit"),
        ]

    def __str__(self):
        return self.title


class PlanItem(models.Model):
    """One supervision that the plan foresees: what, whom, how, in which months, by whom."""

    SCOPE = ("unit",)
    OPEN_CHOICES = ("target_units",)
    LABELS = {"months": "thời gian"}

    plan = models.ForeignKey(JointPlan, models.PROTECT, related_name="items", verbose_name="kế hoạch")
    unit = common.UnitOf("plan", verbose_name="đơn vị chủ trì")
    subject = common.TextField("nội dung giám sát", max_length=2000)
    target_units = models.ManyToManyField(Unit, related_name="+", verbose_name="đối tượng được giám sát")
    form = models.CharField("hình thức", max_length=20, choices=choices.SupervisionForm.choices)
    rhythm = models.CharField("loại", max_length=20, choices=choices.Rhythm.choices)
    month_from = models.PositiveSmallIntegerField("từ tháng")
    month_to = models.PositiveSmallIntegerField("đến tháng")
    team = common.CharField(
        "thành phần đoàn", max_length=500, help_text="Ghi chức danh, không ghi họ tên, ví dụ Phó Chủ tịch Ủy ban MTTQ làm trưởng đoàn."
    )

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch], m2m_fields=[target_units])

    class Meta:
        verbose_name = "nội dung kế hoạch"
        verbose_name_plural = "nội dung kế hoạch"
        ordering = ["month_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month_from__gte=1, month_to__lte=12, month_from__lte=F("month_to")),
                name="plan_item_months_in_order",
                violation_error_message="Tháng bắt đầu và tháng kết thúc phải từ 1 đến 12 và theo thứ tự.",
            ),
            UnitKey(name="plan_item_with_unit"),
            SameUnit("plan", name="plan_item_unit"),
        ]

    def __str__(self):
        return text.plain(self.subject, 120)

    @property
    def months(self):
        first, last = self.month_from, self.month_to
        return f"Tháng {first}" if first == last else f"Tháng {first} đến tháng {last}"
