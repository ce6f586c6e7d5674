from django import forms

from danvan.common import clock
from danvan.common.forms import CharField, DateField, IntegerField
from supervision.choices import NEEDS_REASON, ReplyKind
from supervision.models import Finding, JointPlan, PlanItem, Recommendation, SupervisionRound

MONTHS = [(month, f"Tháng {month}") for month in range(1, 13)]


def _year_field():
    return forms.IntegerField(
        label="Năm", min_value=2000, max_value=2100, widget=forms.TextInput(attrs={"class": "ctl w-num", "inputmode": "numeric"})
    )


def _without_blank(form, *names):
    """A choice by radio buttons has no empty button."""
    for name in names:
        form.fields[name].choices = [choice for choice in form.fields[name].choices if choice[0]]


class JointPlanForm(forms.ModelForm):
    year = _year_field()
    issued_on = DateField(label="Ngày ban hành", required=False, help_text="Để trống khi kế hoạch chưa ban hành.")

    class Meta:
        model = JointPlan
        fields = ["unit", "year", "title", "number", "issued_on", "purpose", "legal_bases", "co_signers"]
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 4}),
            "legal_bases": forms.CheckboxSelectMultiple,
            "co_signers": forms.CheckboxSelectMultiple,
        }

    def clean(self):
        cleaned = super().clean()
        unit = cleaned.get("unit")
        if unit and unit in cleaned.get("co_signers", []):
            self.add_error("co_signers", "Đơn vị chủ trì không đồng thời là đơn vị phối hợp.")
        return cleaned


class PlanItemForm(forms.ModelForm):
    class Meta:
        model = PlanItem
        fields = ["subject", "form", "rhythm", "month_from", "month_to", "team", "target_units"]
        widgets = {
            "subject": forms.Textarea(attrs={"rows": 3}),
            "form": forms.RadioSelect,
            "rhythm": forms.RadioSelect,
            "month_from": forms.Select(choices=MONTHS),
            "month_to": forms.Select(choices=MONTHS),
            "target_units": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _without_blank(self, "form", "rhythm")


class SupervisionRoundForm(forms.ModelForm):
    held_from = DateField(label="Ngày bắt đầu")
    held_on = DateField(label="Ngày kết thúc", help_text="Cuộc giám sát được tính vào kỳ có ngày này.")

    class Meta:
        model = SupervisionRound
        fields = ["unit", "item", "title", "form", "rhythm", "held_from", "held_on", "team", "target_units", "summary"]
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "form": forms.RadioSelect,
            "rhythm": forms.RadioSelect,
            "target_units": forms.CheckboxSelectMultiple,
            "summary": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _without_blank(self, "form", "rhythm")
        self.fields["item"].empty_label = "Ngoài kế hoạch"

    def clean_held_on(self):
        return not_ahead(self.cleaned_data["held_on"], "Ngày kết thúc")

    def clean(self):
        cleaned = super().clean()
        item, unit = cleaned.get("item"), cleaned.get("unit")
        if item and unit and item.plan.unit_id != unit.pk:
            self.add_error("item", f"Chọn nội dung trong kế hoạch của {unit}.")
        return cleaned


def not_ahead(day, label):
    if day > clock.today():
        raise forms.ValidationError(f"{label} chưa tới.")
    return day


class FindingForm(forms.ModelForm):
    class Meta:
        model = Finding
        fields = ["kind", "unit", "regulation", "text"]
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _without_blank(self, "kind")
        self.fields["regulation"].empty_label = "Không gắn với quy chế nào"


class RecommendationForm(forms.ModelForm):
    sent_on = DateField(label="Ngày gửi", help_text="Hạn trả lời tính từ ngày này theo quy định trong danh mục.")

    class Meta:
        model = Recommendation
        fields = ["unit", "addressed_to", "round", "finding", "sent_on", "title", "content"]
        widgets = {"title": forms.Textarea(attrs={"rows": 2}), "content": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["round"].empty_label = "Không gắn với cuộc giám sát nào"
        self.fields["finding"].empty_label = "Không gắn với phát hiện nào"

    def clean_sent_on(self):
        return not_ahead(self.cleaned_data["sent_on"], "Ngày gửi")

    def clean_addressed_to(self):
        chosen = self.cleaned_data["addressed_to"]
        if self.instance.pk and chosen.pk != self.instance.addressed_to_id:
            raise forms.ValidationError("Kiến nghị đã gửi thì không đổi đơn vị nhận. Anh/chị rút kiến nghị này rồi gửi bản mới.")
        return chosen

    def clean(self):
        cleaned = super().clean()
        round_, finding, unit = cleaned.get("round"), cleaned.get("finding"), cleaned.get("unit")
        if round_ and unit and round_.unit_id != unit.pk:
            self.add_error("round", f"Chọn cuộc giám sát của {unit}.")
        if finding and finding.round_id != (round_.pk if round_ else None):
            self.add_error("finding", "Chọn phát hiện của chính cuộc giám sát ở trên.")
        if round_ and cleaned.get("sent_on") and cleaned["sent_on"] < round_.held_from:
            self.add_error("sent_on", "Ngày gửi không được trước ngày bắt đầu cuộc giám sát.")
        return cleaned


# --- the small pages of a recommendation -----------------------------------------------------------


def _upload():
    return forms.FileField(label="Tệp kèm theo", required=False, help_text="Tệp PDF, Word, Excel hoặc ảnh, tối đa 20 MB.")


class ReplyForm(forms.Form):
    kind = forms.ChoiceField(label="Ý kiến trả lời", choices=ReplyKind.choices, widget=forms.RadioSelect)
    text = CharField(
        label="Nội dung trả lời, lý do", max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Tiếp thu một phần hoặc không tiếp thu thì phải ghi lý do.",
    )  # fmt: skip
    upload = _upload()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") in NEEDS_REASON and not (cleaned.get("text") or "").strip():
            self.add_error("text", "Tiếp thu một phần hoặc không tiếp thu: anh/chị ghi lý do.")
        return cleaned


class ProgressForm(forms.Form):
    text = CharField(label="Việc đã làm", max_length=5000, widget=forms.Textarea(attrs={"rows": 5}))
    upload = _upload()


class ExtendForm(forms.Form):
    days = IntegerField(label="Số ngày gia hạn", min_value=1, max_value=180)
    reason = CharField(label="Lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(forms.Form):
    note = CharField(label="Kết quả xác minh", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, label="", **kwargs):
        super().__init__(*args, **kwargs)
        if label:
            self.fields["note"].label = label


class NothingForm(forms.Form):
    """A page that only asks for the click."""


class YearForm(forms.Form):
    year = _year_field()
