from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q


class LinkKind(models.TextChoices):
    LEADS_TO = "dan_den", "dẫn đến"
    RELATED = "lien_quan", "liên quan"


class LinkQuerySet(models.QuerySet):
    def touching(self, type_id, pk):
        """The links that begin or end at one record."""
        return self.filter(Q(from_type=type_id, from_id=pk) | Q(to_type=type_id, to_id=pk))


class Link(models.Model):
    """Ties two records of any rooms, for showing and counting; no rule reads it. Who sees it follows from its two ends."""

    from_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name="loại hồ sơ đầu")
    from_id = models.PositiveBigIntegerField("số hồ sơ đầu")
    from_record = GenericForeignKey("from_type", "from_id")
    to_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name="loại hồ sơ cuối")
    to_id = models.PositiveBigIntegerField("số hồ sơ cuối")
    to_record = GenericForeignKey("to_type", "to_id")
    kind = models.CharField("cách liên kết", max_length=20, choices=LinkKind.choices, default=LinkKind.LEADS_TO)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người liên kết")
    created_at = models.DateTimeField("liên kết lúc")

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = "liên kết"
        verbose_name_plural = "liên kết"
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["to_type", "to_id"], name="link_to")]
        constraints = [
            models.UniqueConstraint(
                fields=["from_type", "from_id", "to_type", "to_id"],
                name="link_once",
                violation_error_message="Hai hồ sơ này đã được liên kết.",
            ),
            models.CheckConstraint(
                condition=~(Q(from_type=F("to_type")) & Q(from_id=F("to_id"))),
                name="link_two_records",
                violation_error_message="Không liên kết một hồ sơ với chính nó.",
            ),
        ]

    def __str__(self):
        return f"{self.from_type_id}:{self.from_id} → {self.to_type_id}:{self.to_id}"
