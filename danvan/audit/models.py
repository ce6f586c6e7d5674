"""Who did what, from where. Rows are only ever added; no foreign keys, so that nothing else can hold or change them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from danvan.access.roles import RIGHTS
from danvan.access.scoping import ScopedQuerySet
from danvan.audit.choices import DETAILS, Kind
from danvan.common import models as common


class AuditEventQuerySet(ScopedQuerySet):
    def visible_to(self, user, right=None):
        """Where the acting unit stood then, or stands today: a unit that was merged brings its events to its successor.

        Asked with the right of the page, who administers from the top also sees what belongs to no unit.
        """
        rows = super().visible_to(user, right)
        memberships = user.active_memberships() if user.is_authenticated else []
        for units in {type(membership.sees) for membership in memberships}:  # this floor knows no units: they come with the user
            rows |= self.filter(unit_id__in=units._default_manager.visible_to(user, right).values("pk"))
        top = right and any(m.role in RIGHTS[right] and m.sees.scope_path.count(".") == 1 for m in memberships)
        return rows | self.filter(Q(scope_path="")) if top else rows


class AuditEvent(models.Model):
    """`scope_path` is where the acting unit stood at that moment; the words were copied then and stay as they were."""

    SCOPE = ("",)
    APPEND_ONLY = True

    at = models.DateTimeField("lúc", default=timezone.now)
    kind = models.CharField("loại việc", max_length=30, choices=Kind)
    user_id = models.PositiveBigIntegerField("số tài khoản", null=True)
    username = common.CharField("tên đăng nhập", max_length=150, blank=True)
    display_name = common.CharField("tên hiển thị", max_length=150, blank=True)
    unit_id = models.PositiveBigIntegerField("số đơn vị", null=True)
    unit_name = common.CharField("đơn vị", max_length=200, blank=True)
    scope_path = models.CharField("nhánh", max_length=200, blank=True)
    address = models.CharField("địa chỉ mạng", max_length=45, blank=True)
    session = models.CharField("phiên", max_length=16, blank=True)
    object_model = models.CharField("loại hồ sơ", max_length=60, blank=True)
    object_id = models.PositiveBigIntegerField("số hồ sơ", null=True)
    object_title = common.CharField("hồ sơ", max_length=300, blank=True)
    subjects = models.TextField("mã người có dữ liệu", blank=True)
    detail = models.JSONField("chi tiết", default=dict)
    reason = common.TextField("lý do", blank=True)

    who_key = common.SearchTextField(sources=("username", "display_name"))
    unit_key = common.SearchTextField(sources=("unit_name",))

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "sự kiện nhật ký"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["at", "id"], name="audit_at"),
            models.Index(fields=["kind", "at"], name="audit_kind_at"),
            models.Index(fields=["scope_path", "at"], name="audit_scope_at"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.display_name or self.username or 'hệ thống'}"

    @property
    def detail_words(self):
        return "; ".join(f"{DETAILS[name]}: {value}" for name, value in sorted(self.detail.items()))


class AuditSeal(models.Model):
    """One link of the chain: what the event said when it was sealed, tied to the link before. Kept when the event's time is over."""

    APPEND_ONLY = True

    seq = models.PositiveBigIntegerField("số thứ tự", primary_key=True)
    event_id = models.PositiveBigIntegerField("sự kiện", unique=True)
    event_at = models.DateTimeField("lúc của sự kiện")
    event_hash = models.CharField("mã băm của sự kiện", max_length=64)
    prev_hash = models.CharField("mã băm trước", max_length=64)
    hash = models.CharField("mã băm", max_length=64)
    sealed_at = models.DateTimeField("niêm phong lúc", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "mắt xích niêm phong"
        ordering = ["seq"]
        indexes = [models.Index(fields=["event_at"], name="audit_seal_event_at")]

    def __str__(self):
        return f"{self.seq}:{self.hash}"
