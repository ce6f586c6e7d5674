"""Who exists, what they are called on a given day, and the decisions that change it."""

from functools import cached_property
from itertools import pairwise

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from simple_history.models import HistoricalRecords

from danvan.access.scoping import ScopedQuerySet, ancestor_ids
from danvan.common import models as common
from danvan.units import choices


class Kind(models.TextChoices):
    PARTY_COMMITTEE = "cap_uy", "Cấp ủy"
    MOBILIZATION_BOARD = "ban_dan_van", "Cơ quan dân vận"
    GOVERNMENT = "chinh_quyen", "Chính quyền"
    FRONT = "mat_tran", "Mặt trận Tổ quốc"
    MASS_ORGANIZATION = "doan_the", "Tổ chức chính trị - xã hội"
    AGENCY = "co_quan", "Cơ quan, phòng ban"
    WARD = "phuong", "Phường, xã, đặc khu"
    SCHOOL = "truong_hoc", "Trường học"
    RESIDENTIAL_GROUP = "to_dan_pho", "Tổ dân phố, thôn"
    MARKET = "cho", "Chợ"
    ARMED_FORCE = "luc_luong_vu_trang", "Lực lượng vũ trang"


class UnitQuerySet(ScopedQuerySet):
    def of_kind(self, *kinds, on):
        return self.living(on, kind__in=kinds)

    def living(self, on, **described):
        """Those that existed on the day; `described` as on that day."""
        return self.filter(pk__in=UnitVersion.objects.valid_on(on).filter(closed=False, **described).values("unit"))

    def below(self, unit):
        """The unit itself and its branch as it stands today."""
        return self.filter(scope_path__startswith=unit.scope_path)


class Unit(models.Model):
    """Identity of a unit, never renamed and never deleted.

    `scope_path` (primary keys with dots, trailing dot), `name` and `changed_on` are the unit *today*: who may see it, what a
    list calls it, and since when. Documents and sums read the version valid on their own day.
    """

    SCOPE = ("",)

    code = common.CharField("mã đơn vị", max_length=30, unique=True)
    scope_path = models.CharField("nhánh", max_length=200, unique=True, editable=False)
    name = common.CharField("tên hiện nay", max_length=200, editable=False)
    sort_key = common.SortKeyField(sources=("name",))
    changed_on = models.DateField(
        "thay đổi gần nhất", null=True, editable=False
    )  # the first day of today's version, unless it is the first

    objects = UnitQuerySet.as_manager()
    called = ""  # what a row of its day calls the unit, where that is another name (selectors.call_as_of)

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        ordering = ["sort_key", "pk"]
        constraints = [models.CheckConstraint(condition=Q(scope_path__endswith="."), name="unit_path_ends_with_dot")]

    def __str__(self):
        return self.called or self.name

    @cached_property
    def former_places(self):
        """[(keys of the units above and itself, first day, first day no more)] of the times before today's version."""
        if self.changed_on is None:
            return []
        rows = list(self.versions.order_by("valid_from", "pk").values_list("path", "valid_from"))
        return [(ancestor_ids(path), first, after) for (path, first), (_, after) in pairwise(rows) if first < after]


class Described(models.Model):
    """What a unit is called and how it heads its documents."""

    name = common.CharField("tên đầy đủ", max_length=200)
    kind = models.CharField("loại", max_length=30, choices=Kind.choices)
    level_name = common.CharField("cấp", max_length=50, blank=True)
    superior_name = common.CharField("tên cơ quan cấp trên trên văn bản", max_length=200, blank=True)
    issuer_name = common.CharField("tên cơ quan ban hành trên văn bản", max_length=200, blank=True)
    symbol = common.CharField("ký hiệu", max_length=30, blank=True)
    place = common.CharField("địa danh", max_length=100, blank=True)
    signing_authority = common.CharField("thẩm quyền ký", max_length=100, blank=True)
    signer_title = common.CharField("chức vụ người ký", max_length=100, blank=True)
    profile = models.CharField("thể thức văn bản", max_length=10, default="hd36")
    recipients = models.JSONField("nơi nhận", default=list, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def described_fields(cls):
        return [field.name for field in Described._meta.local_fields]

    @property
    def description(self):
        return {name: getattr(self, name) for name in self.described_fields()}


class UnitVersionQuerySet(models.QuerySet):
    def valid_on(self, day):
        """One row per unit: the newest version that had begun by `day`. Of several of one day the last written counts."""
        newest = UnitVersion.objects.filter(unit=OuterRef("unit"), valid_from__lte=day).order_by("-valid_from", "-pk").values("pk")[:1]
        return self.filter(pk=Subquery(newest))

    def below(self, unit):
        """The unit itself and its branch as these versions have it, whatever the tree is today."""
        return self.filter(Q(path__startswith=f"{unit.pk}.") | Q(path__contains=f".{unit.pk}."))


class UnitVersion(Described):
    """Everything about a unit that changes; it ends where the next version begins.

    A closed unit keeps a place in the tree: below its successor when it was merged, else where it stood.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions", verbose_name="đơn vị")
    valid_from = models.DateField("từ ngày")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị cấp trên")
    path = models.CharField("nhánh", max_length=200)
    closed = models.BooleanField("đã kết thúc hoạt động", default=False)
    decision = models.ForeignKey("UnitDecision", models.PROTECT, null=True, related_name="versions", verbose_name="theo quyết định")
    sort_key = common.SortKeyField(sources=("name",))

    objects = UnitVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "thông tin đơn vị theo thời gian"
        verbose_name_plural = "thông tin đơn vị theo thời gian"
        ordering = ["unit", "valid_from", "pk"]
        constraints = [
            # two decisions may take effect on one day; without a decision (a fresh office) there is one version a day
            models.UniqueConstraint(fields=["unit", "decision"], name="unit_one_version_a_decision"),
            models.UniqueConstraint(fields=["unit", "valid_from"], condition=Q(decision=None), name="unit_one_version_a_day"),
            models.CheckConstraint(condition=Q(path__endswith="."), name="unit_version_path_ends_with_dot"),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("unit")), name="unit_not_below_itself"),
        ]

    def __str__(self):
        return f"{self.name} (từ {self.valid_from:%d/%m/%Y})"


class UnitDecision(common.Versioned):
    """A dated decision about units. Its lines write versions when it is applied, on its effective day or later."""

    SCOPE = ("unit",)
    TRANSITIONS = choices.TRANSITIONS

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị quản lý")
    number = common.CharField("số, ký hiệu", max_length=50)
    decided_on = models.DateField("ngày ban hành")
    effective_on = models.DateField("ngày có hiệu lực")
    summary = common.CharField("trích yếu", max_length=500)
    content = common.TextField("nội dung thay đổi", blank=True, help_text="Các câu của từng thay đổi, để tìm và để lịch sử kể lại.")
    status = models.CharField("trạng thái", max_length=20, choices=choices.Status.choices, default=choices.Status.DRAFT, editable=False)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="người áp dụng"
    )
    applied_at = models.DateTimeField("áp dụng lúc", null=True, editable=False)
    search_text = common.SearchTextField(sources=("number", "summary", "content"))

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(bases=[common.HistoryBatch], excluded_fields=["status", "search_text"])

    class Meta:
        verbose_name = "quyết định sắp xếp đơn vị"
        verbose_name_plural = "quyết định sắp xếp đơn vị"
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_on__gte=F("decided_on")),
                name="unit_decision_dates_in_order",
                violation_error_message="Ngày có hiệu lực không được trước ngày ban hành.",
            ),
            models.CheckConstraint(
                condition=~Q(status=choices.Status.APPLIED) | Q(applied_by__isnull=False, applied_at__isnull=False),
                name="unit_decision_applied_by_somebody",
                violation_error_message="Quyết định đã áp dụng phải có người và thời điểm áp dụng.",
            ),
        ]

    def __str__(self):
        return f"Quyết định {self.number}"

    @property
    def about(self):
        """The summary without its full stop, for a line that goes on."""
        return self.summary.rstrip(". ")

    @property
    def keeps_files(self):
        return "quyết định đã áp dụng" if self.status == choices.Status.APPLIED else ""


class DecisionLine(models.Model):
    """One change of a decision. `unit` is whom it is about; `units` are the others: those merged, or those a split goes to."""

    PART_OF = "decision"

    decision = models.ForeignKey(UnitDecision, models.CASCADE, related_name="lines", verbose_name="quyết định")
    position = models.PositiveSmallIntegerField("thứ tự")
    change = models.CharField("thay đổi", max_length=20, choices=choices.Change.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="đơn vị")
    units = models.ManyToManyField(Unit, related_name="+", verbose_name="các đơn vị")
    into = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="nhập vào đơn vị đang có")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="trực thuộc")
    level_name = common.CharField("cấp", max_length=50, blank=True)
    told = common.TextField("nội dung", blank=True, help_text="Câu mô tả, giữ nguyên như lúc áp dụng.")

    class Meta:
        verbose_name = "thay đổi của quyết định"
        verbose_name_plural = "thay đổi của quyết định"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(change__in=choices.ABOUT_ONE, unit__isnull=False) | (~Q(change__in=choices.ABOUT_ONE) & Q(unit=None)),
                name="decision_line_names_its_unit",
            ),
            models.CheckConstraint(condition=~Q(change=choices.Change.MOVE, parent=None), name="decision_line_moves_somewhere"),
            models.CheckConstraint(condition=~Q(change=choices.Change.LEVEL, level_name=""), name="decision_line_names_its_level"),
            models.UniqueConstraint(fields=["decision", "position"], name="decision_line_once"),
        ]

    def __str__(self):
        return self.told or self.get_change_display()


class DecidedUnit(Described):
    """What a line gives a unit: a new one with its code, or the new name and header of the line's own unit."""

    PART_OF = "line"

    line = models.ForeignKey(DecisionLine, models.CASCADE, related_name="decided")
    code = common.CharField("mã đơn vị", max_length=30, blank=True)
    unit = models.OneToOneField(Unit, models.PROTECT, null=True, related_name="founded_by", verbose_name="đơn vị đã lập")

    class Meta:
        verbose_name = "đơn vị trong quyết định"
        verbose_name_plural = "đơn vị trong quyết định"
        ordering = ["pk"]

    def __str__(self):
        return self.name


class Succession(models.Model):
    """Whose work goes on where. One successor takes over the numbers; of several none can claim them."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions", verbose_name="đơn vị cũ")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="inheritances", verbose_name="đơn vị kế tục")
    decision = models.ForeignKey(UnitDecision, models.PROTECT, related_name="successions", verbose_name="theo quyết định")

    class Meta:
        verbose_name = "kế tục"
        verbose_name_plural = "kế tục"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_between_two"),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"
