"""What keeps typed text safe: drafts while typing, receipts when saved."""

from django.conf import settings
from django.db import models

from danvan.common import clock


class Draft(models.Model):
    """Text typed and not yet saved. `key` is the uuid of the rendered form; the record itself is never touched."""

    OWNED_BY = "user"

    key = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=60)
    object_id = models.PositiveBigIntegerField(null=True)
    base_version = models.PositiveIntegerField(null=True)
    payload = models.JSONField(default=dict)
    saved_at = models.DateTimeField("lưu lúc", default=clock.now)

    class Meta:
        verbose_name = "bản nháp"
        ordering = ["-saved_at"]

    def __str__(self):
        return f"{self.form} {self.saved_at:%H:%M %d/%m/%Y}"


class Receipt(models.Model):
    """A form that was saved. The same key again, a double click, is led to the record it made."""

    OWNED_BY = "user"

    key = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "biên nhận lưu"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="receipt_once")]

    def __str__(self):
        return str(self.key)
