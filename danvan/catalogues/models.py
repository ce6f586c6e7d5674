"""Dated, sourced lists that an office edits: legal bases and numbers, fields of work, holidays."""

from django.db import models
from django.db.models import F, Q

from danvan.common import clock
from danvan.common import models as common


class DatedQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Dated(models.Model):
    valid_from = models.DateField("hiệu lực từ")
    valid_to = models.DateField("hiệu lực đến", null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


def _dates_in_order(name):
    return models.CheckConstraint(
        condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
        name=name,
        violation_error_message="Ngày hết hiệu lực không được trước ngày có hiệu lực.",
    )


class LegalBasis(Dated):
    """A text that records and reports cite; a report picks the one in force on its own date."""

    number = common.CharField("số, ký hiệu", max_length=60, unique=True)
    kind = common.CharField("loại văn bản", max_length=60)
    issuer = common.CharField("cơ quan ban hành", max_length=200)
    issued_on = models.DateField("ngày ban hành")
    title = common.TextField("trích yếu")
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name="được thay bằng")
    needs_check = models.BooleanField("cần đối chiếu", default=False)

    class Meta:
        verbose_name = "căn cứ pháp lý"
        verbose_name_plural = "căn cứ pháp lý"
        ordering = ["-issued_on", "number"]
        constraints = [_dates_in_order("legal_basis_dates_in_order")]

    def __str__(self):
        return f"{self.kind} {self.number}"


class LegalNumber(Dated):
    """A number set by law (days, thresholds) with its source; the record's own date picks the row."""

    class DayKind(models.TextChoices):
        CALENDAR = "ngay", "ngày"
        WORKING = "ngay_lam_viec", "ngày làm việc"
        NONE = "khong", "không phải số ngày"

    code = models.CharField("mã", max_length=60)
    label = common.CharField("tên", max_length=200)
    value = models.DecimalField("giá trị", max_digits=14, decimal_places=2)
    day_kind = models.CharField("đơn vị", max_length=20, choices=DayKind.choices, default=DayKind.NONE)
    source = common.TextField("nguồn")
    needs_check = models.BooleanField("cần đối chiếu", default=True)

    class Meta:
        verbose_name = "con số theo quy định"
        verbose_name_plural = "con số theo quy định"
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="legal_number_one_a_day"),
            _dates_in_order("legal_number_dates_in_order"),
        ]

    def __str__(self):
        return self.label


class FieldOfWork(Dated):
    """Lĩnh vực of "Dân vận khéo": the four standard ones and those an office adds."""

    code = models.CharField("mã", max_length=60, unique=True)
    name = common.CharField("tên lĩnh vực", max_length=200)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "lĩnh vực"
        verbose_name_plural = "lĩnh vực"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class RegulationSubject(Dated):
    """What a regulation on grassroots democracy is about, by the kind of body that issues it; the name is the official one."""

    class Scope(models.TextChoices):
        DISTRICT = "quan", "Cấp trên cơ sở"
        WARD = "phuong", "Cấp cơ sở"
        SCHOOL = "truong", "Trường học"
        MARKET = "cho", "Chợ"
        AGENCY = "co_quan", "Cơ quan, đơn vị"

    code = models.CharField("mã", max_length=60, unique=True)
    scope = models.CharField("loại hình", max_length=20, choices=Scope.choices)
    name = common.CharField("tên quy chế", max_length=300)
    short_name = common.CharField("tên gọi ngắn", max_length=100)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    needs_check = models.BooleanField("cần đối chiếu", default=False)

    class Meta:
        verbose_name = "loại quy chế dân chủ"
        verbose_name_plural = "loại quy chế dân chủ"
        ordering = ["position", "pk"]
        constraints = [_dates_in_order("regulation_subject_dates_in_order")]

    def __str__(self):
        return self.name


class Holiday(models.Model):
    day = models.DateField("ngày", unique=True)
    name = common.CharField("tên", max_length=100)
    kind = models.CharField("loại", max_length=10, choices=[(clock.OFF, "Nghỉ lễ"), (clock.SWAPPED, "Làm bù")], default=clock.OFF)

    class Meta:
        verbose_name = "ngày nghỉ, làm bù"
        verbose_name_plural = "ngày nghỉ, làm bù"
        ordering = ["day"]

    def __str__(self):
        return f"{self.name} {self.day:%d/%m/%Y}"


def holidays():
    """{date: OFF or SWAPPED}, the argument of the clock's rules."""
    return dict(Holiday.objects.values_list("day", "kind"))


def legal_number(code, on):
    """The row in force on `on`; keep its key beside whatever it produced."""
    return LegalNumber.objects.in_force(on).filter(code=code).latest("valid_from")
