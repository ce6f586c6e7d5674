import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from danvan.access.scoping import ScopedQuerySet
from danvan.attachments.storage import private_storage
from danvan.common import clock
from danvan.common import models as common
from danvan.common.templatetags.vn import vn_datetime


class Kind(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    JPG = "jpg", "Ảnh JPG"
    PNG = "png", "Ảnh PNG"


class Purpose(models.TextChoices):
    EVIDENCE = "minh_chung", "Minh chứng"
    SIGNED = "ban_ky", "Bản ký"


class Scan(models.TextChoices):
    """What the operator's antivirus says; where none is set up a file stays unscanned and is handed out."""

    UNSCANNED = "chua_quet", "Không quét vi rút"
    PENDING = "cho_quet", "Đang chờ quét vi rút"
    CLEAN = "sach", "Đã quét, không có vi rút"
    INFECTED = "nhiem", "Có vi rút, đã khóa"


ICONS = {Kind.XLSX: "file-spreadsheet", Kind.JPG: "image", Kind.PNG: "image"}


def private_path(attachment, filename):
    """Nothing of the name from outside reaches the disk."""
    return f"attachments/{timezone.localdate():%Y}/{uuid.uuid4()}.{attachment.kind}"


class Attachment(models.Model):
    """A file beside a record. Files are only added: a withdrawn one leaves the list, its row and bytes stay."""

    SCOPE = ("unit", "addressed_to")

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name="loại hồ sơ")
    object_id = models.PositiveBigIntegerField("số hồ sơ")
    owner = GenericForeignKey()
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="đơn vị")
    addressed_to = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị cùng xem"
    )  # the other side of a record between two units, which reads its files too
    file = models.FileField("tệp", storage=private_storage, upload_to=private_path)
    name = common.CharField("tên tệp", max_length=200)
    kind = models.CharField("loại tệp", max_length=4, choices=Kind)
    size = models.PositiveBigIntegerField("số byte")
    sha256 = models.CharField("mã băm SHA-256", max_length=64)
    purpose = models.CharField("mục đích", max_length=20, choices=Purpose, default=Purpose.EVIDENCE)
    scan = models.CharField("quét vi rút", max_length=10, choices=Scan, default=Scan.UNSCANNED)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người gửi")
    uploaded_at = models.DateTimeField("gửi lúc", default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField("rút lúc", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người rút"
    )
    withdrawn_reason = common.CharField("lý do rút", max_length=500, null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "tệp kèm theo"
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="attachment_owner")]
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_not_empty"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="attachment_kind_known"),
            models.CheckConstraint(condition=Q(scan__in=Scan.values), name="attachment_scan_known"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="attachment_purpose_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason=None)
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, withdrawn_reason__isnull=False) & ~Q(withdrawn_reason="")),
                name="attachment_withdrawal_is_whole",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def url(self):
        return reverse("attachments:download", args=[self.pk])

    @property
    def icon(self):
        return ICONS.get(self.kind, "file-text")

    @property
    def meta(self):
        """The line below the name in a list of files."""
        held = f", {self.get_scan_display().lower()}" if self.scan in (Scan.PENDING, Scan.INFECTED) else ""
        return f"{self.get_purpose_display()}, {self.uploaded_by}, {vn_datetime(self.uploaded_at)}{held}"
