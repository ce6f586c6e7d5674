from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from danvan.access.scoping import ScopedQuerySet
from danvan.common import models as common
from danvan.common.constraints import SameUnit, UnitKey
from danvan.reporting import choices
from danvan.reporting.kinds import KINDS, numbered
from danvan.units.models import Unit


class Report(common.Versioned):
    """A document of one unit about one period. `period` is a period key, not a Period: 2016..2020 is none."""

    SCOPE = ("unit",)
    TRANSITIONS = choices.TRANSITIONS

    kind = models.CharField("loại báo cáo", max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị lập")
    period = models.CharField("kỳ", max_length=20)
    title = common.CharField("tên báo cáo", max_length=300)
    status = models.CharField("trạng thái", max_length=20, choices=choices.Status.choices, default=choices.Status.COMPOSING, editable=False)
    narrative = models.JSONField("lời văn", default=dict, help_text="Mã mục: lời văn.")
    override_reason = common.TextField("lý do vẫn lập", blank=True, help_text="Khi còn đơn vị chưa được duyệt báo cáo kỳ.")
    number = models.PositiveIntegerField("số", null=True)
    issued_on = models.DateField("ngày ban hành", null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người phê duyệt")
    search_text = common.SearchTextField(sources=("title", "period"))
    sort_key = common.SortKeyField(sources=("title",))

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch], excluded_fields=["status", "search_text", "sort_key"])

    class Meta:
        verbose_name = "báo cáo"
        verbose_name_plural = "báo cáo"
        ordering = ["-period", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "unit", "period"], name="report_once"),
            models.CheckConstraint(
                condition=(Q(number=None) & Q(issued_on=None)) | (Q(number__isnull=False) & Q(issued_on__isnull=False)),
                name="report_number_with_date",
                violation_error_message="Số văn bản phải đi cùng ngày ban hành.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[choices.Status.ISSUED, choices.Status.ARCHIVED]) | Q(number__isnull=False),
                name="report_issued_with_number",
                violation_error_message="Báo cáo đã phát hành phải có số và ngày.",
            ),
            UnitKey(name="report_with_unit"),
        ]

    def __str__(self):
        return self.title

    def heading(self, code):
        """The heading under which a text of the narrative stands, as printed (danvan.registers.history)."""
        told = {heading.code: words for heading, words in numbered(KINDS[self.kind].outline(self.period))}
        return told.get(code, code)

    @property
    def number_words(self):
        return f"{self.number:02d}" if self.number else ""


class ReportVersion(models.Model):
    """One production: the frozen snapshot and the files made of it. Never changed, never overwritten."""

    SCOPE = ("unit",)

    report = models.ForeignKey(Report, models.PROTECT, related_name="versions")
    unit = common.UnitOf("report", verbose_name="đơn vị")
    number = models.PositiveSmallIntegerField("bản")
    job = models.OneToOneField("jobs.Job", models.PROTECT, related_name="report_version")
    snapshot = models.JSONField("số liệu và lời văn đã chốt")
    snapshot_sha256 = models.CharField("mã băm của số liệu", max_length=64)
    path = models.CharField("tệp PDF", max_length=255)
    sha256 = models.CharField("mã băm của tệp", max_length=64)
    figures_path = models.CharField("tệp danh mục chỉ tiêu", max_length=255)
    figures_sha256 = models.CharField("mã băm của danh mục", max_length=64)
    reason = common.TextField("lý do lập lại", blank=True)
    issued = models.BooleanField("bản phát hành", default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người lập")
    made_at = models.DateTimeField("lập lúc")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "bản báo cáo"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once"),
            SameUnit("report", name="report_version_unit"),
        ]

    def __str__(self):
        return f"{self.report} · bản {self.number}"
