"""Who exists and what they are called on a given day."""

from django.db import models
from django.db.models import Q, Subquery

from danvan.access.scoping import ScopedQuerySet
from danvan.common import models as common


class Kind(models.TextChoices):
    PARTY_COMMITTEE = "cap_uy", "Cấp ủy"
    MOBILIZATION_BOARD = "ban_dan_van", "Ban Dân vận"
    GOVERNMENT = "chinh_quyen", "Chính quyền"
    FRONT = "mat_tran", "Mặt trận Tổ quốc"
    MASS_ORGANIZATION = "doan_the", "Tổ chức chính trị - xã hội"
    AGENCY = "co_quan", "Cơ quan, phòng ban"
    WARD = "phuong", "Phường"
    SCHOOL = "truong_hoc", "Trường học"
    MARKET = "cho", "Chợ"
    ARMED_FORCE = "luc_luong_vu_trang", "Lực lượng vũ trang"


class UnitQuerySet(ScopedQuerySet):
    def of_kind(self, *kinds, on):
        return self.filter(pk__in=UnitVersion.objects.valid_on(on).filter(kind__in=kinds, closed=False).values("unit"))

    def below(self, unit):
        """The unit itself and its branch as it stands today."""
        return self.filter(scope_path__startswith=unit.scope_path)


class Unit(models.Model):
    """Identity of a unit, never renamed and never deleted.

    `scope_path` (primary keys with dots, trailing dot) and `name` are the unit *today*: who may see it and what a list
    calls it. Documents and sums read the version valid on their own day.
    """

    SCOPE = ("",)

    code = common.CharField("mã đơn vị", max_length=30, unique=True)
    scope_path = models.CharField("nhánh", max_length=200, unique=True, editable=False)
    name = common.CharField("tên hiện nay", max_length=200, editable=False)
    sort_key = common.SortKeyField(sources=("name",))

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["sort_key", "pk"]
        constraints = [models.CheckConstraint(condition=Q(scope_path__endswith="."), name="unit_path_ends_with_dot")]

    def __str__(self):
        return self.name

    @property
    def scope_unit_id(self):
        return self.pk


class UnitVersionQuerySet(models.QuerySet):
    def valid_on(self, day):
        """One row per unit: the newest version that had begun by `day`."""
        newest = UnitVersion.objects.filter(unit=models.OuterRef("unit"), valid_from__lte=day).order_by("-valid_from").values("pk")[:1]
        return self.filter(pk=Subquery(newest))


class UnitVersion(models.Model):
    """Everything about a unit that changes; it ends where the next version begins."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions", verbose_name="đơn vị")
    valid_from = models.DateField("từ ngày")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị cấp trên")
    path = models.CharField("nhánh", max_length=200)
    name = common.CharField("tên đầy đủ", max_length=200)
    kind = models.CharField("loại", max_length=30, choices=Kind.choices)
    level_name = common.CharField("cấp", max_length=50, blank=True)
    closed = models.BooleanField("đã giải thể", default=False)
    # the header of its documents
    superior_name = common.CharField("tên cơ quan cấp trên trên văn bản", max_length=200, blank=True)
    issuer_name = common.CharField("tên cơ quan ban hành trên văn bản", max_length=200, blank=True)
    symbol = common.CharField("ký hiệu", max_length=30, blank=True)
    place = common.CharField("địa danh", max_length=100, blank=True)
    signing_authority = common.CharField("thẩm quyền ký", max_length=100, blank=True)
    signer_title = common.CharField("chức vụ người ký", max_length=100, blank=True)
    profile = models.CharField("thể thức văn bản", max_length=10, default="hd36")
    recipients = models.JSONField("nơi nhận", default=list, blank=True)

    objects = UnitVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "thông tin đơn vị theo thời gian"
        verbose_name_plural = "thông tin đơn vị theo thời gian"
        ordering = ["unit", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_one_version_a_day")]

    def __str__(self):
        return f"{self.name} (từ {self.valid_from:%d/%m/%Y})"
