from django.db import models

from danvan.access.scoping import ScopedQuerySet
from danvan.units.models import Unit


class FigureValue(models.Model):
    """A value frozen when a submission was accepted or a report issued. `period` is a period key such as 2019."""

    SCOPE = ("unit",)

    class Source(models.TextChoices):
        RECORDS = "ho_so", "Đếm từ hồ sơ"
        TYPED = "nhap", "Đơn vị nhập"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    period = models.CharField("kỳ", max_length=20)
    code = models.CharField("chỉ tiêu", max_length=60)
    value = models.DecimalField("giá trị", max_digits=18, decimal_places=2)
    source = models.CharField("nguồn", max_length=10, choices=Source.choices)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu đã chốt"
        verbose_name_plural = "số liệu đã chốt"
        constraints = [models.UniqueConstraint(fields=["unit", "period", "code"], name="figure_value_once")]
        indexes = [models.Index(fields=["period", "code", "unit", "value"], name="figure_value_of_period")]

    def __str__(self):
        return f"{self.unit_id} {self.period} {self.code} = {self.value}"
