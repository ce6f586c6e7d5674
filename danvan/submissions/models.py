from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from danvan.access.scoping import ScopedQuerySet
from danvan.common import clock
from danvan.common import models as common
from danvan.common.constraints import SameUnit, UnitKey
from danvan.figures import registry
from danvan.submissions import choices
from danvan.units.models import Kind, Unit


class Regime(models.Model):
    """A duty to report: who owes it, which figures are typed, which paragraphs are written. All of it data."""

    code = models.CharField("mã", max_length=30, unique=True)
    name = common.CharField("chế độ báo cáo", max_length=200)
    unit_kind = models.CharField("loại đơn vị phải báo cáo", max_length=30, choices=Kind.choices, default=Kind.WARD)
    typed_codes = models.JSONField("chỉ tiêu đơn vị nhập", default=list)
    paragraphs = models.JSONField("mục lời văn", default=list, help_text="Danh sách [mã, tên mục].")

    class Meta:
        verbose_name = "chế độ báo cáo"
        verbose_name_plural = "chế độ báo cáo"

    def __str__(self):
        return self.name


class Period(models.Model):
    """A reporting period of a regime; its unit opens it downwards. `code` is the period key of the figures, e.g. 2019."""

    SCOPE = ("unit",)

    regime = models.ForeignKey(Regime, models.PROTECT, related_name="periods", verbose_name="chế độ báo cáo")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị mở kỳ")
    code = models.CharField("mã kỳ", max_length=20)
    name = common.CharField("tên kỳ", max_length=100)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    opens_on = models.DateField("mở nhập từ")
    due_on = models.DateField("hạn nộp")
    review_due_on = models.DateField("hạn duyệt")
    published_on = models.DateField("ngày mở kỳ", null=True, blank=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch])

    class Meta:
        verbose_name = "kỳ báo cáo"
        verbose_name_plural = "kỳ báo cáo"
        ordering = ["-ends_on"]
        constraints = [
            models.UniqueConstraint(fields=["regime", "unit", "code"], name="period_once"),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")) & Q(opens_on__lte=F("due_on")) & Q(due_on__lte=F("review_due_on")),
                name="period_dates_in_order",
                violation_error_message="Các ngày của kỳ báo cáo phải theo thứ tự: bắt đầu, kết thúc; mở nhập, hạn nộp, hạn duyệt.",
            ),
        ]

    def __str__(self):
        """As a sentence says it, "báo cáo năm 2019"; `name` stands alone."""
        return self.name[:1].lower() + self.name[1:]


class Submission(common.Versioned):
    """One unit's report of one period."""

    SCOPE = ("unit",)
    TRANSITIONS = choices.TRANSITIONS

    period = models.ForeignKey(Period, models.PROTECT, related_name="submissions", verbose_name="kỳ báo cáo")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    status = models.CharField("trạng thái", max_length=20, choices=choices.Status.choices, default=choices.Status.DRAFT, editable=False)
    narrative = models.JSONField("lời văn", default=dict)
    explanations = models.JSONField("lý do chỗ khác thường", default=dict)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người xác nhận")
    submitted_at = models.DateTimeField("gửi lúc", null=True)
    submitted_on = models.DateField("ngày gửi", null=True)
    accepted_on = models.DateField("ngày duyệt", null=True)
    reopened_until = models.DateField("mở lại đến", null=True)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch], excluded_fields=["status"])

    class Meta:
        verbose_name = "báo cáo kỳ"
        verbose_name_plural = "báo cáo kỳ"
        ordering = ["-period__ends_on", "unit__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["period", "unit"], name="submission_once"),
            models.CheckConstraint(
                condition=~Q(status__in=choices.SENT) | (Q(submitted_at__isnull=False) & Q(confirmed_by__isnull=False)),
                name="submission_sent_with_signer",
                violation_error_message="Báo cáo đã gửi phải có người xác nhận và thời điểm gửi.",
            ),
            models.CheckConstraint(
                condition=~Q(status=choices.Status.ACCEPTED) | Q(accepted_on__isnull=False),
                name="submission_accepted_with_date",
                violation_error_message="Báo cáo đã duyệt phải có ngày duyệt.",
            ),
            UnitKey(name="submission_with_unit"),
        ]

    def __str__(self):
        return f"{self.unit} · {self.period}"

    def heading(self, key):
        """What a key of the narrative or of the explanations stands for (danvan.registers.history)."""
        return dict(self.period.regime.paragraphs).get(key) or f"Lý do của “{registry.figure(key).label}”"

    @property
    def keeps_files(self):
        return "báo cáo đã gửi hoặc đã duyệt" if self.status in (choices.Status.SUBMITTED, choices.Status.ACCEPTED) else ""

    @property
    def reopening_expired(self):
        """Opened again for a correction whose last day has passed: only the leader opens it once more."""
        waits = self.status not in (choices.Status.ACCEPTED, choices.Status.SUBMITTED)
        return bool(waits and self.reopened_until and clock.today() > self.reopened_until)


class TypedValue(models.Model):
    """A figure as the unit typed it. Scope and date stand on the row so that it is a list like any other."""

    SCOPE = ("unit",)

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="typed", verbose_name="báo cáo kỳ")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    code = models.CharField("chỉ tiêu", max_length=60)
    period_code = models.CharField("kỳ", max_length=20)
    ends_on = models.DateField("kỳ đến ngày")
    value = models.DecimalField("giá trị", max_digits=18, decimal_places=2)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch])

    class Meta:
        verbose_name = "số liệu đơn vị nhập"
        verbose_name_plural = "số liệu đơn vị nhập"
        ordering = ["unit__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "code"], name="typed_value_once"),
            models.CheckConstraint(
                condition=Q(value__gte=0), name="typed_value_not_negative", violation_error_message="Số liệu không được âm."
            ),
            SameUnit("submission", name="typed_value_unit"),
        ]

    def __str__(self):
        return f"{self.code} = {self.value}"

    @property
    def figure_label(self):
        from danvan.figures.registry import figure

        return figure(self.code).label


class Round(models.Model):
    """What was sent at one time: every value and paragraph, with the code of its receipt. Never changed."""

    SCOPE = ("unit",)

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="rounds")
    unit = common.UnitOf("submission", verbose_name="đơn vị")
    number = models.PositiveSmallIntegerField("lần")
    code = models.CharField("mã biên nhận", max_length=40, unique=True)
    values = models.JSONField("số liệu")
    narrative = models.JSONField("lời văn")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gửi")
    sent_at = models.DateTimeField("gửi lúc")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "lần gửi"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="round_once"),
            UnitKey(name="submission_round_with_unit"),
            SameUnit("submission", name="submission_round_unit"),
        ]

    def __str__(self):
        return self.code


class ReturnSlip(models.Model):
    """A report sent back for one round; its remarks are what the unit must answer."""

    SCOPE = ("unit",)

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="slips")
    unit = common.UnitOf("submission", verbose_name="đơn vị")
    round = models.OneToOneField(Round, models.PROTECT, related_name="slip")
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người trả lại")
    returned_at = models.DateTimeField("trả lại lúc")
    due_on = models.DateField("hạn bổ sung")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu trả lại"
        ordering = ["pk"]
        constraints = [
            UnitKey(name="return_slip_with_unit"),
            SameUnit("submission", name="return_slip_unit"),
            SameUnit("round", name="return_slip_round_unit"),
        ]

    def __str__(self):
        return f"Phiếu trả lại {self.round.code}"


class ReturnItem(models.Model):
    """One remark: which figure (or paragraph) and why. Neither may be missing."""

    SCOPE = ("unit",)

    slip = models.ForeignKey(ReturnSlip, models.PROTECT, related_name="items")
    unit = common.UnitOf("slip", verbose_name="đơn vị")
    figure = models.CharField("chỉ tiêu", max_length=60)
    reason = common.TextField("lý do")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến trả lại"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(figure=""), name="return_item_names_figure", violation_error_message="Ý kiến phải gắn với một chỉ tiêu."
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="return_item_gives_reason", violation_error_message="Ý kiến phải có lý do."
            ),
            models.UniqueConstraint(fields=["slip", "figure"], name="return_item_once"),
            SameUnit("slip", name="return_item_unit"),
        ]

    def __str__(self):
        return self.figure


class CorrectionRequest(models.Model):
    """ "Đề nghị chỉnh lý": a unit asks to reopen an accepted report; the leader grants it with a last day, or refuses."""

    SCOPE = ("unit",)

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="corrections")
    unit = common.UnitOf("submission", verbose_name="đơn vị")
    reason = common.TextField("lý do")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    granted = models.BooleanField(null=True)
    answer = common.TextField("trả lời", blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị chỉnh lý"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="correction_gives_reason"),
            models.UniqueConstraint(fields=["submission"], condition=Q(answered_at=None), name="correction_one_open"),
            SameUnit("submission", name="correction_unit"),
        ]

    def __str__(self):
        return f"Đề nghị chỉnh lý {self.submission}"
