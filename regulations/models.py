import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from danvan.access.scoping import ScopedQuerySet
from danvan.catalogues.models import LegalBasis, LegalNumber, RegulationSubject
from danvan.common import clock, text
from danvan.common import models as common
from danvan.common.constraints import TrigramIndex
from danvan.figures.periods import words_of
from danvan.units.models import Unit
from regulations import choices
from regulations.choices import Status


def period_title(key):
    """The period at the head of a sentence: "Quý III/2019"."""
    words = words_of(key)
    return words[:1].upper() + words[1:]


class RegulationDuty(common.Versioned):
    """Whether a unit has to have a regulation on the subject: data of the unit, not of the subject."""

    SCOPE = ("unit",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    subject = models.ForeignKey(RegulationSubject, models.PROTECT, related_name="+", verbose_name="loại quy chế")
    applies = models.CharField("áp dụng", max_length=20, choices=choices.Applies.choices, default=choices.Applies.MUST)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch])

    class Meta:
        verbose_name = "phạm vi áp dụng quy chế"
        verbose_name_plural = "phạm vi áp dụng quy chế"
        ordering = ["unit", "subject"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "subject"],
                name="regulation_duty_once",
                violation_error_message="Đơn vị đã có dòng cho loại quy chế này.",
            ),
        ]

    def __str__(self):
        return f"{self.unit}: {self.subject} ({self.get_applies_display()})"


class Regulation(common.Versioned):
    """One regulation on grassroots democracy as issued by one unit. A newer one replaces it; nothing is overwritten.

    Figures count the dates (`issued_on`, `ended_on`), never the present status.
    """

    SCOPE = ("unit",)
    OPEN_CHOICES = ("owner_office",)
    TRANSITIONS = choices.TRANSITIONS

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị ban hành")
    subject = models.ForeignKey(RegulationSubject, models.PROTECT, related_name="+", verbose_name="loại quy chế")
    name = common.CharField("tên quy chế", max_length=300)
    owner_office = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan chủ trì thực hiện"
    )
    number = common.CharField("số, ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    in_force_from = models.DateField("hiệu lực từ", null=True, blank=True)
    ended_on = models.DateField("hiệu lực đến hết ngày", null=True, blank=True, editable=False)
    signer_title = common.CharField("chức vụ người ký", max_length=150, blank=True)
    scope_words = common.TextField("phạm vi, đối tượng áp dụng", blank=True)
    legal_bases = models.ManyToManyField(LegalBasis, blank=True, related_name="+", verbose_name="căn cứ pháp lý")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="thay thế")
    replaces_title = common.CopiedTitle("replaces", "tên quy chế được thay thế")  # a ward may read the new one only
    status = models.CharField("trạng thái", max_length=20, choices=Status.choices, default=Status.DRAFT, editable=False)
    published_on = models.DateField("ngày phổ biến xuống cấp dưới", null=True, blank=True)

    search_text = common.SearchTextField(sources=("name", "number", "scope_words"))
    sort_key = common.SortKeyField(sources=("name",))

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(
        bases=[common.HistoryBatch], excluded_fields=["search_text", "sort_key", "replaces_title"], m2m_fields=[legal_bases]
    )

    class Meta:
        verbose_name = "quy chế dân chủ"
        verbose_name_plural = "quy chế dân chủ"
        ordering = ["-issued_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "issued_on"], name="regulation_unit_date"),
            models.Index(fields=["sort_key"], name="regulation_sort"),
            TrigramIndex("search_text", name="regulation_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(in_force_from=None) | Q(in_force_from__gte=F("issued_on")),
                name="regulation_in_force_after_issue",
                violation_error_message="Ngày có hiệu lực không được trước ngày ban hành.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("in_force_from")),
                name="regulation_ends_after_start",
                violation_error_message="Ngày hết hiệu lực không được trước ngày có hiệu lực.",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT) | (~Q(number="") & Q(issued_on__isnull=False) & Q(in_force_from__isnull=False)),
                name="regulation_issued_complete",
                violation_error_message="Quy chế đã ban hành cần đủ số, ngày ban hành và ngày có hiệu lực.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=choices.ENDED, ended_on__isnull=False) | (~Q(status__in=choices.ENDED) & Q(ended_on=None)),
                name="regulation_ended_with_date",
                violation_error_message="Quy chế được thay thế hoặc bãi bỏ phải có ngày hết hiệu lực, và chỉ khi đó.",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("id")),
                name="regulation_not_itself",
                violation_error_message="Quy chế không thay thế chính nó.",
            ),
            models.UniqueConstraint(
                fields=["unit", "subject"],
                condition=Q(status=Status.IN_FORCE),
                name="regulation_one_in_force",
                violation_error_message="Đơn vị đã có quy chế loại này đang có hiệu lực.",
            ),
            models.UniqueConstraint(
                fields=["unit", "subject", "number", "issued_on"],
                condition=~Q(number=""),
                name="regulation_number_once",
                violation_error_message="Đơn vị đã ghi quy chế loại này với số và ngày ban hành đó.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.number})" if self.number else self.name

    @property
    def scope_label(self):
        return self.subject.get_scope_display()

    @property
    def is_ended(self):
        return self.status in choices.ENDED


class Disclosure(common.Versioned):
    """One disclosure of the quarterly table T1: what, by whom, in which form, from and until when."""

    SCOPE = ("unit",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    content = common.CharField("nội dung công khai", max_length=300)
    body = common.CharField("cơ quan công khai", max_length=200)
    channel = models.CharField("hình thức", max_length=20, choices=choices.Channel.choices)
    plan_number = common.CharField("theo kế hoạch số", max_length=60, blank=True)
    disclosed_on = models.DateField("ngày công khai")
    posted_until = models.DateField("công khai đến ngày", null=True, blank=True)
    note = common.TextField("ghi chú", blank=True)
    day_rule = models.ForeignKey(
        LegalNumber, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="số ngày theo quy định", editable=False
    )
    search_text = common.SearchTextField(sources=("content", "body", "plan_number", "note"))
    sort_key = common.SortKeyField(sources=("content",))

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch], excluded_fields=["search_text", "sort_key"])

    class Meta:
        verbose_name = "nội dung công khai"
        verbose_name_plural = "nội dung công khai"
        ordering = ["-disclosed_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "disclosed_on"], name="disclosure_unit_date"),
            models.Index(fields=["-disclosed_on", "-id"], name="disclosure_order"),
            models.Index(fields=["sort_key"], name="disclosure_sort"),
            TrigramIndex("search_text", name="disclosure_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_until=None) | Q(posted_until__gte=F("disclosed_on")),
                name="disclosure_dates_in_order",
                violation_error_message="Ngày kết thúc công khai không được trước ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return self.content

    @property
    def quarter(self):
        """The period key of the quarter, for example 2019-Q3."""
        return f"{self.disclosed_on.year}-Q{(self.disclosed_on.month + 2) // 3}"

    @property
    def quarter_words(self):
        return period_title(self.quarter)

    @property
    def first_counted_on(self):
        return self.disclosed_on + datetime.timedelta(days=0 if self.channel in choices.FIRST_DAY_COUNTS else 1)

    @property
    def required_until(self):
        """The day that completes the days set by law, or None where no number of days is set."""
        return self.first_counted_on + datetime.timedelta(days=int(self.day_rule.value) - 1) if self.day_rule_id else None

    @property
    def posting_state(self):
        """ "Đủ ngày", "Đang công khai", "Thiếu ngày", or "" where no number of days is set."""
        if self.required_until is None:
            return ""
        if self.posted_until is None and clock.today() < self.required_until:
            return choices.RUNNING
        return choices.ENOUGH if (self.posted_until or clock.today()) >= self.required_until else choices.SHORT

    @property
    def posted_days_words(self):
        """The days that passed against the days required: a warning, never a refusal."""
        if self.required_until is None:
            return ""
        until, required = self.posted_until or clock.today(), int(self.day_rule.value)
        days = (until - self.first_counted_on).days + 1
        rule = f"quy định ít nhất {required} ngày ({self.day_rule.source})"
        if self.posting_state == choices.SHORT:
            return f"Mới công khai {days} ngày, thiếu {required - days} ngày: {rule}."
        if self.posting_state == choices.RUNNING:
            return f"Đã công khai {days} ngày, giữ đến ít nhất ngày {text.format_date(self.required_until)}: {rule}."
        return f"Đã công khai {days} ngày, đủ {rule}."


class NilReturn(models.Model):
    """ "Không phát sinh": the unit says that a quarter had nothing to enter in a register. Withdrawn when something comes up."""

    SCOPE = ("unit",)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    register_code = models.CharField("sổ", max_length=40)
    period = models.CharField("kỳ", max_length=20)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người báo")
    declared_at = models.DateTimeField("báo lúc")
    withdrawn_on = models.DateField("ngày rút", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người rút"
    )
    withdrawn_reason = common.TextField("lý do rút", blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "báo không phát sinh"
        verbose_name_plural = "báo không phát sinh"
        ordering = ["-period", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "register_code", "period"],
                condition=Q(withdrawn_on=None),
                name="nil_return_once",
                violation_error_message="Đơn vị đã báo không phát sinh cho kỳ này.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None, withdrawn_by=None) | Q(withdrawn_on__isnull=False, withdrawn_by__isnull=False),
                name="nil_return_withdrawn_by",
                violation_error_message="Ngày rút phải đi cùng người rút.",
            ),
        ]

    def __str__(self):
        return f"{self.unit} không phát sinh {words_of(self.period)}"
