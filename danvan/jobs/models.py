from django.conf import settings
from django.db import models
from django.db.models import Q

from danvan.access.scoping import ScopedQuerySet


class State(models.TextChoices):
    QUEUED = "queued", "Đang chờ"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Không thành"
    CANCELLED = "cancelled", "Đã hủy"


OPEN = [State.QUEUED, State.RUNNING]
ENDED = [State.DONE, State.FAILED, State.CANCELLED]


class Job(models.Model):
    """The record of one piece of background work. The broker only rings; this row says what is owed, to whom and how far it is."""

    SCOPE = ("unit",)

    kind = models.CharField("loại việc", max_length=40)
    key = models.CharField("khóa chống trùng", max_length=200, unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người yêu cầu")
    params = models.JSONField("tham số", default=dict)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("số lần chạy", default=0)
    token = models.UUIDField("thẻ của lần chạy", null=True)
    lease_until = models.DateTimeField("giữ việc đến", null=True)
    progress = models.PositiveSmallIntegerField("phần trăm", default=0)
    step = models.CharField("đang làm", max_length=200, blank=True)
    error = models.TextField("lý do không thành", blank=True)
    output_path = models.CharField("tệp kết quả", max_length=255, blank=True)
    output_sha256 = models.CharField("mã băm SHA-256", max_length=64, blank=True)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    started_at = models.DateTimeField("bắt đầu lúc", null=True)
    finished_at = models.DateTimeField("kết thúc lúc", null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "việc chạy nền"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["created_at"], condition=Q(state__in=["queued", "running"]), name="job_open")]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_percent"),
            models.CheckConstraint(
                condition=Q(state="running", token__isnull=False, lease_until__isnull=False, started_at__isnull=False)
                | (~Q(state="running") & Q(token__isnull=True, lease_until__isnull=True)),
                name="job_running_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ENDED, finished_at__isnull=False) | Q(state__in=OPEN, finished_at__isnull=True),
                name="job_ended_has_time",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self):
        return self.state in OPEN
