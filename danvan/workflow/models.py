from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from danvan.common import models as common


class StatusChange(models.Model):
    """One move of one record, written by change_status and never edited."""

    content_type = models.ForeignKey(ContentType, models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey()
    from_status = models.CharField("từ", max_length=30)
    to_status = models.CharField("sang", max_length=30)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện")
    changed_at = models.DateTimeField("lúc")
    note = common.TextField("ghi chú", blank=True)

    class Meta:
        verbose_name = "thay đổi trạng thái"
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="status_change_of_record")]

    def __str__(self):
        return f"{self.from_status} → {self.to_status}"
