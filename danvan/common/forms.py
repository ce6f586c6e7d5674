"""Form fields that read dates and numbers as Vietnamese officers type them."""

from django import forms

from danvan.common import text


class DateField(forms.DateField):
    """Accepts 05/12/2019, 5-12-19, 5.12.2019, 051219, 05122019; shows 05/12/2019."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget",
            forms.DateInput(
                format="%d/%m/%Y", attrs={"class": "ctl w-date", "data-date": "", "inputmode": "numeric", "autocomplete": "off"}
            ),
        )
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        try:
            return text.parse_date(value)
        except ValueError as error:
            raise forms.ValidationError(str(error), code="invalid") from error


class _NumberField:
    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget", NumberInput(attrs={"class": "ctl w-num", "data-num": "", "inputmode": "decimal", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            try:
                value = text.parse_number(value)
            except ValueError as error:
                raise forms.ValidationError(str(error), code="invalid") from error
        return super().to_python(value)


class NumberInput(forms.TextInput):
    def format_value(self, value):
        if isinstance(value, str) or value is None:
            return value
        return text.format_number(value)


class IntegerField(_NumberField, forms.IntegerField):
    """Accepts 1250, 1.250 and "1 250"; shows 1.250."""

    def to_python(self, value):
        if isinstance(value, str) and value.strip() and "," in value:
            raise forms.ValidationError("Hãy nhập số nguyên, không có phần thập phân.", code="invalid")
        return super().to_python(value)


class DecimalField(_NumberField, forms.DecimalField):
    """Accepts 12,5 and 1.234,5."""


class CharField(forms.CharField):
    """Text in Unicode form NFC, its line ends as they are stored."""

    def to_python(self, value):
        return text.nfc(super().to_python(value))


class SearchForm(forms.Form):
    """The query of a list or of the header's search box: a bad one is a sentence, never an error page."""

    q = CharField(label="Tìm", required=False, max_length=200)


class ReasonForm(forms.Form):
    reason = CharField(label="Lý do", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


def style(form):
    """Gives each widget of a form the class of our stylesheet, where it has none."""
    for field in form.fields.values():
        if isinstance(field.widget, forms.CheckboxSelectMultiple):
            field.widget.attrs.setdefault("class", "many")
        elif not isinstance(field.widget, forms.CheckboxInput | forms.RadioSelect | forms.HiddenInput):
            field.widget.attrs.setdefault("class", "ctl")
    return form
