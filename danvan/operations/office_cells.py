"""The cells of the office's workbook that say their words their own way, and the sheets of catalogues."""

from django import forms
from django.core.exceptions import ValidationError

from danvan.catalogues.models import FieldOfWork, Holiday, LegalBasis, RegulationSubject
from danvan.common import clock, text
from danvan.common.forms import CharField, DateField


class LabelField(forms.ChoiceField):
    """Chosen by its words, with or without marks, as the sheet's list offers them; the code is taken too."""

    def to_python(self, value):
        typed = text.fold(super().to_python(value))
        return next((code for code, label in self.choices if typed in (text.fold(code), text.fold(label))), value)


class CodeField(CharField):
    def clean(self, value):
        code = super().clean(value)
        if code and not code.replace("-", "").replace(".", "").isalnum():
            raise ValidationError("Mã chỉ gồm chữ, số, dấu gạch và dấu chấm, không có khoảng trống.")
        return code


class CatalogueForm(forms.ModelForm):
    """A row of a list that an office adds to the ones that come with the portal; what is there already stays as it is."""

    key: str  # the column that tells rows apart

    def clean_valid_from(self):
        return self.cleaned_data["valid_from"] or clock.today()

    def validate_unique(self):
        """A row that is there already is passed over, not refused."""

    def keep(self):
        """The new row, or None when there was one."""
        model = self._meta.model
        if model.objects.filter(**{self.key: self.cleaned_data[self.key]}).exists():
            return None
        if hasattr(self.instance, "position"):
            self.instance.position = model.objects.count() + 1
        return self.save()


def _valid_from():
    return DateField(label="Hiệu lực từ", required=False, help_text="Để trống: hôm nay")


class FieldForm(CatalogueForm):
    key = "code"
    code = CodeField(label="Mã lĩnh vực", max_length=60)
    valid_from = _valid_from()

    class Meta:
        model = FieldOfWork
        fields = ["code", "name", "valid_from"]


class SubjectForm(CatalogueForm):
    key = "code"
    code = CodeField(label="Mã loại quy chế", max_length=60)
    scope = LabelField(
        label="Loại hình", choices=RegulationSubject.Scope.choices, error_messages={"invalid_choice": "Loại hình không có trong danh sách."}
    )
    valid_from = _valid_from()

    class Meta:
        model = RegulationSubject
        fields = ["code", "scope", "name", "short_name", "valid_from"]


class BasisForm(CatalogueForm):
    key = "number"
    issued_on = DateField(label="Ngày ban hành")
    valid_from = _valid_from()

    class Meta:
        model = LegalBasis
        fields = ["number", "kind", "issuer", "issued_on", "title", "valid_from"]


class HolidayForm(CatalogueForm):
    key = "day"
    day = DateField(label="Ngày")
    kind = LabelField(
        label="Loại", choices=Holiday._meta.get_field("kind").flatchoices, error_messages={"invalid_choice": "Ghi “Nghỉ lễ” hoặc “Làm bù”."}
    )

    class Meta:
        model = Holiday
        fields = ["day", "name", "kind"]


FIELDS, SUBJECTS, BASES, HOLIDAYS = "Lĩnh vực", "Loại quy chế", "Căn cứ pháp lý", "Ngày nghỉ"
CATALOGUES: dict[str, type[CatalogueForm]] = {FIELDS: FieldForm, SUBJECTS: SubjectForm, BASES: BasisForm, HOLIDAYS: HolidayForm}
