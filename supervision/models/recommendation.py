from django.conf import settings
from django.db import models
from django.db.models import F, Q, Subquery
from simple_history.models import HistoricalRecords

from danvan.access.scoping import ScopedQuerySet
from danvan.catalogues.models import LegalNumber, holidays
from danvan.common import clock, text
from danvan.common import models as common
from danvan.common.constraints import SameUnit, TrigramIndex, UnitKey
from danvan.units.models import Unit
from supervision import choices
from supervision.choices import Status
from supervision.models.round import Finding, SupervisionRound


class RecommendationQuerySet(ScopedQuerySet):
    def visible_to(self, user, right=None):
        """With the second threshold of lateness, so that a list reads it once."""
        numbers = LegalNumber.objects.in_force(clock.today()).filter(code=choices.SERIOUS_NUMBER).order_by("-valid_from")
        found = super().visible_to(user, right).prefetch_related("extensions")
        return found.annotate(serious_after=Subquery(numbers.values("value")[:1]))


def overdue(by=0):
    """Waiting for a reply more than `by` days after it was due."""
    day = clock.today() - clock.datetime.timedelta(days=by)
    return Q(status=Status.SENT, due_on__lt=day) | Q(status=Status.REOPENED, reopened_due_on__lt=day)


def serious_days():
    """The second threshold, as the catalogue has it today."""
    row = LegalNumber.objects.in_force(clock.today()).filter(code=choices.SERIOUS_NUMBER).order_by("-valid_from").first()
    return row.value if row else choices.SERIOUS_DAYS


class Recommendation(common.Versioned):
    """Kiến nghị sau giám sát. Sent by `unit`, answered by `addressed_to`, which reads it and writes only through services.

    `replied_on` is the day of the first reply and stays; after a reopening the new reply has its own day and deadline.
    """

    SCOPE = ("unit", "addressed_to")
    OPEN_CHOICES = ("addressed_to",)
    LABELS = {"lateness": "thời hạn", "days_late": "số ngày chậm", "why_due": "vì sao hạn là ngày này"}
    TRANSITIONS = choices.TRANSITIONS

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị gửi")
    addressed_to = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị nhận")
    round = models.ForeignKey(
        SupervisionRound, models.PROTECT, null=True, blank=True, related_name="recommendations", verbose_name="cuộc giám sát"
    )
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, blank=True, related_name="recommendations", verbose_name="phát hiện")
    round_title = common.CopiedTitle("round", "tên cuộc giám sát")
    finding_title = common.CopiedTitle("finding", "nội dung phát hiện")
    title = common.CharField("tóm tắt kiến nghị", max_length=300)
    content = common.TextField("nội dung kiến nghị")
    sent_on = models.DateField("ngày gửi")
    due_rule = models.ForeignKey(LegalNumber, models.PROTECT, related_name="+", verbose_name="quy định về hạn", editable=False)
    due_on = models.DateField("hạn trả lời", editable=False)
    status = models.CharField("trạng thái", max_length=20, choices=Status.choices, default=Status.SENT, editable=False)

    replied_on = models.DateField("ngày trả lời", null=True, blank=True)
    reply_kind = models.CharField("ý kiến trả lời", max_length=20, choices=choices.ReplyKind.choices, blank=True)
    reply_text = common.TextField("nội dung trả lời, lý do", blank=True)
    confirmed_on = models.DateField("ngày người đứng đầu xác nhận", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đứng đầu xác nhận"
    )
    verified_on = models.DateField("ngày xác minh", null=True, blank=True)
    verification = common.TextField("kết quả xác minh", blank=True)
    reopenings = models.PositiveSmallIntegerField("số lần mở lại", default=0, editable=False)
    reopened_on = models.DateField("ngày mở lại", null=True, blank=True)
    reopened_due_on = models.DateField("hạn trả lời lại", null=True, blank=True)
    replied_again_on = models.DateField("ngày trả lời lại", null=True, blank=True)
    withdrawn_on = models.DateField("ngày rút", null=True, blank=True)
    search_text = common.SearchTextField(sources=("title", "content"))
    sort_key = common.SortKeyField(sources=("title",))

    objects = RecommendationQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch], excluded_fields=["search_text", "sort_key", "round_title", "finding_title"])

    class Meta:
        verbose_name = "kiến nghị sau giám sát"
        verbose_name_plural = "kiến nghị sau giám sát"
        ordering = ["-sent_on", "-pk"]
        indexes = [
            models.Index(fields=["unit", "sent_on"], name="recommendation_unit_date"),
            models.Index(fields=["-sent_on", "-id"], name="recommendation_order"),
            models.Index(fields=["addressed_to", "due_on"], name="recommendation_to_due"),
            TrigramIndex("search_text", name="recommendation_search"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(unit=F("addressed_to")),
                name="recommendation_to_another",
                violation_error_message="Đơn vị nhận phải khác đơn vị gửi.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("sent_on")),
                name="recommendation_due_after_sent",
                violation_error_message="Hạn trả lời không được trước ngày gửi.",
            ),
            models.CheckConstraint(
                condition=Q(finding=None) | Q(round__isnull=False),
                name="recommendation_finding_with_round",
                violation_error_message="Phát hiện phải đi cùng cuộc giám sát.",
            ),
            models.CheckConstraint(
                condition=Q(replied_on=None, reply_kind="") | (Q(replied_on__isnull=False) & ~Q(reply_kind="")),
                name="recommendation_reply_is_whole",
                violation_error_message="Ngày trả lời phải đi cùng ý kiến trả lời.",
            ),
            models.CheckConstraint(
                condition=Q(replied_on=None) | Q(replied_on__gte=F("sent_on")),
                name="recommendation_reply_after_sent",
                violation_error_message="Ngày trả lời không được trước ngày gửi.",
            ),
            models.CheckConstraint(
                condition=~Q(reply_kind__in=choices.NEEDS_REASON) | ~Q(reply_text=""),
                name="recommendation_reply_with_reason",
                violation_error_message="Tiếp thu một phần hoặc không tiếp thu phải ghi lý do.",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=choices.CLOSED) | Q(replied_on__isnull=False),
                name="recommendation_answered_with_reply",
                violation_error_message="Kiến nghị đã trả lời phải có ngày trả lời.",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None, confirmed_by=None)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False, replied_on__isnull=False),
                name="recommendation_confirmation_is_whole",
                violation_error_message="Xác nhận của người đứng đầu phải có ngày, có người và có trả lời.",
            ),
            models.CheckConstraint(
                condition=Q(verified_on=None) | Q(status=Status.VERIFIED),
                name="recommendation_verified_with_date",
                violation_error_message="Ngày xác minh chỉ ghi khi kiến nghị đã xác minh.",
            ),
            models.CheckConstraint(
                condition=Q(reopened_on=None, reopened_due_on=None, replied_again_on=None)
                | Q(reopened_on__isnull=False, reopened_due_on__isnull=False, reopened_due_on__gte=F("reopened_on")),
                name="recommendation_reopening_is_whole",
                violation_error_message="Mở lại phải có ngày và hạn trả lời lại.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(status=Status.WITHDRAWN),
                name="recommendation_withdrawn_with_date",
                violation_error_message="Ngày rút chỉ ghi khi kiến nghị đã rút.",
            ),
            UnitKey(name="recommendation_with_unit"),
            SameUnit("round", name="recommendation_round_unit"),
        ]

    def __str__(self):
        return self.title

    @property
    def keeps_files(self):
        return "trả lời kiến nghị đã xác minh" if self.status == Status.VERIFIED else ""

    @property
    def current_due_on(self):
        """The deadline that runs now, or ran last."""
        return self.reopened_due_on or self.due_on

    @property
    def days_late(self):
        """Whole days; computed when read."""
        if self.withdrawn_on:
            return 0
        done = self.replied_again_on if self.reopened_on else self.replied_on
        return clock.days_late(self.current_due_on, done)

    @property
    def lateness(self):
        if self.withdrawn_on:
            return choices.NOT_DUE
        if self.status not in choices.OPEN:
            return choices.ANSWERED_LATE if self.days_late else choices.ANSWERED_IN_TIME
        if self.days_late:
            return choices.SERIOUSLY_LATE if self.days_late > self.serious_threshold else choices.LATE
        return choices.NEAR if (self.current_due_on - clock.today()).days <= choices.NEAR_DAYS else choices.IN_TIME

    @property
    def serious_threshold(self):
        """Days after which lateness is serious; a list has read it with its rows."""
        found = self.serious_after if hasattr(self, "serious_after") else serious_days()
        return choices.SERIOUS_DAYS if found is None else found

    @property
    def counted_days(self):
        """Days of the deadline: those of the rule and those added."""
        return int(self.due_rule.value) + sum(line.days for line in self.extensions.all() if line.turn == self.reopenings)

    def why_due(self):
        """The arithmetic of the deadline in words."""
        rule, start = self.due_rule, self.reopened_on or self.sent_on
        added = self.counted_days - int(rule.value)
        told = f"{int(rule.value)} {rule.get_day_kind_display()}" + (f" và {added} ngày gia hạn" if added else "")
        words = f"{text.format_date(start)} cộng {told} là {text.format_date(self.current_due_on)}. Căn cứ: {rule.label} ({rule.source})."
        if rule.day_kind != LegalNumber.DayKind.WORKING:
            return f"{words} Tính mọi ngày theo lịch, không bỏ ngày nghỉ."
        skipped = clock.skipped_days(start, self.counted_days, holidays())
        days = ", ".join(text.format_date(day) for day in skipped)
        return f"{words} " + (f"Không tính {len(skipped)} ngày nghỉ: {days}." if skipped else "Không có ngày nghỉ nào ở giữa.")


class DeadlineChange(models.Model):
    """Days added to the deadline that runs, with the reason."""

    SCOPE = ("unit", "recommendation__addressed_to")

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="extensions", verbose_name="kiến nghị")
    unit = common.UnitOf("recommendation", verbose_name="đơn vị gửi")
    turn = models.PositiveSmallIntegerField("của lần mở lại thứ", default=0, editable=False)
    days = models.PositiveSmallIntegerField("số ngày gia hạn")
    decided_on = models.DateField("ngày quyết định")
    reason = common.TextField("lý do")

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch])

    class Meta:
        verbose_name = "lần gia hạn"
        verbose_name_plural = "các lần gia hạn"
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=180) & ~Q(reason=""),
                name="deadline_change_has_days_and_reason",
                violation_error_message="Gia hạn từ 1 đến 180 ngày và phải ghi lý do.",
            ),
            SameUnit("recommendation", name="deadline_change_unit"),
        ]


class ProgressNote(models.Model):
    """How far the addressed unit has come with what it accepted."""

    SCOPE = ("unit", "recommendation__addressed_to")

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="progress", verbose_name="kiến nghị")
    unit = common.UnitOf("recommendation", verbose_name="đơn vị gửi")
    noted_on = models.DateField("ngày")
    text = common.TextField("việc đã làm", max_length=5000)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch])

    class Meta:
        verbose_name = "tiến độ thực hiện"
        verbose_name_plural = "tiến độ thực hiện"
        ordering = ["noted_on", "pk"]
        constraints = [SameUnit("recommendation", name="progress_note_unit")]
