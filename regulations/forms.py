from django import forms

from danvan.common import clock
from danvan.common.forms import DateField
from danvan.units.selectors import version_on
from regulations.choices import ISSUERS, Status
from regulations.models import Disclosure, Regulation, RegulationDuty

ISSUED = ("number", "issued_on", "in_force_from")


class StandingField(forms.ModelChoiceField):
    """Regulations that a new one may replace: those in force, told apart by number and unit."""

    def _set_queryset(self, queryset):
        super()._set_queryset(queryset.filter(status=Status.IN_FORCE).select_related("unit") if queryset is not None else None)

    queryset = property(forms.ModelChoiceField._get_queryset, _set_queryset)  # type: ignore[attr-defined]

    def label_from_instance(self, regulation):
        return f"{regulation.number}, {regulation.unit}: {regulation.name}"


class RegulationForm(forms.ModelForm):
    issued_on = DateField(label="Ngày ban hành", required=False)
    in_force_from = DateField(label="Hiệu lực từ", required=False)
    published_on = DateField(
        label="Ngày phổ biến xuống cấp dưới",
        required=False,
        help_text="Từ ngày này các đơn vị cấp dưới xem được; để trống khi chưa phổ biến.",
    )
    replaces = StandingField(
        Regulation.objects.none(), label="Thay thế", required=False, empty_label="Ban hành mới, không thay thế",
        help_text="Quy chế cũ hết hiệu lực từ hôm trước ngày quy chế này có hiệu lực.",
    )  # fmt: skip

    class Meta:
        model = Regulation
        fields = [
            "unit", "subject", "name", "owner_office", "replaces", "number", "issued_on", "in_force_from", "published_on",
            "signer_title", "scope_words", "legal_bases",
        ]  # fmt: skip
        widgets = {
            "name": forms.Textarea(attrs={"rows": 2}),
            "scope_words": forms.Textarea(attrs={"rows": 3}),
            "legal_bases": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "name": "Tên như trong quyết định. Để trống thì lấy tên trong danh mục.",
            "number": "Để trống số và hai ngày khi còn là dự thảo.",
            "owner_office": "Cơ quan được giao chủ trì, hướng dẫn thực hiện; để trống khi đơn vị tự thực hiện.",
            "signer_title": "Chức vụ, không ghi họ tên.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        if self.instance.pk and self.instance.status != Status.DRAFT:
            del self.fields["subject"], self.fields["replaces"]  # what it is and what it ended is settled by issuing

    def clean_issued_on(self):
        return past(self.cleaned_data["issued_on"], "Ngày ban hành chưa tới.")

    def clean(self):
        cleaned = super().clean()
        subject = cleaned.get("subject") or (self.instance.subject if self.instance.pk else None)
        if subject and not cleaned.get("name"):
            cleaned["name"] = subject.name
        if self.instance.status != Status.DRAFT or any(cleaned.get(name) for name in ISSUED):
            self._ask_for_the_rest(cleaned)
        self._check_issuer(cleaned, subject)
        return cleaned

    def _ask_for_the_rest(self, cleaned):
        for name in ISSUED:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, "Quy chế đã ban hành cần đủ số, ngày ban hành và ngày có hiệu lực.")

    def _check_issuer(self, cleaned, subject):
        unit, old = cleaned.get("unit"), cleaned.get("replaces")
        if unit and subject and version_on(unit, clock.today()).kind not in ISSUERS[subject.scope]:
            field = "subject" if "subject" in self.fields else "unit"
            self.add_error(field, f"Loại quy chế này do {subject.get_scope_display().lower()} ban hành, không phải {unit}.")
        if old and unit and subject and (old.unit_id, old.subject_id) != (unit.pk, subject.pk):
            self.add_error("replaces", "Chọn quy chế cùng loại của chính đơn vị.")


class DutyForm(forms.ModelForm):
    class Meta:
        model = RegulationDuty
        fields = ["unit", "subject", "applies"]
        widgets = {"applies": forms.RadioSelect}

    def clean(self):
        cleaned = super().clean()
        unit, subject = cleaned.get("unit"), cleaned.get("subject")
        if unit and subject and version_on(unit, clock.today()).kind not in ISSUERS[subject.scope]:
            self.add_error("subject", f"Loại quy chế này do {subject.get_scope_display().lower()} ban hành, không phải {unit}.")
        return cleaned


class DisclosureForm(forms.ModelForm):
    disclosed_on = DateField(label="Ngày công khai", help_text="Ngày bắt đầu công khai; quý báo cáo tính theo ngày này.")
    posted_until = DateField(
        label="Công khai đến ngày", required=False, help_text="Ngày gỡ niêm yết hoặc kết thúc phát thanh; để trống khi đang công khai."
    )

    class Meta:
        model = Disclosure
        fields = ["unit", "content", "body", "channel", "plan_number", "disclosed_on", "posted_until", "note"]
        widgets = {"content": forms.Textarea(attrs={"rows": 2}), "note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"note": "Không ghi họ tên công dân."}

    def clean_disclosed_on(self):
        return past(self.cleaned_data["disclosed_on"], "Ngày công khai chưa tới.")

    def clean_posted_until(self):
        return past(self.cleaned_data["posted_until"], "Ngày kết thúc công khai chưa tới; để trống khi đang công khai.")


class AbolishForm(forms.Form):
    ended_on = DateField(label="Có hiệu lực đến hết ngày")
    reason = forms.CharField(label="Lý do, văn bản bãi bỏ", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


def past(day, sentence):
    if day and day > clock.today():
        raise forms.ValidationError(sentence)
    return day
