from django import forms

from danvan.common import clock
from danvan.common.forms import DateField, IntegerField
from models_awards.choices import Level, Stage
from models_awards.models import Award, Campaign, Registration, Replication

BOXES = ["situation", "goals", "content", "area", "forces", "resources", "outputs", "sustainability"]


class RegistrationForm(forms.ModelForm):
    registered_on = DateField(label="Ngày đăng ký", help_text="Ngày đơn vị đăng ký, không phải ngày nhập. Gõ dạng 15/03/2019 hoặc 15319.")
    households = IntegerField(label="Số hộ tham gia", required=False, min_value=0, max_value=1_000_000)

    class Meta:
        model = Registration
        fields = ["campaign", "unit", "kind", "subject_type", "field", "continues", "registered_on", "households", "name", *BOXES]
        widgets = {
            "kind": forms.RadioSelect,
            "subject_type": forms.RadioSelect,
            "name": forms.Textarea(attrs={"rows": 2}),
            **{box: forms.Textarea(attrs={"rows": 4}) for box in BOXES},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("kind", "subject_type"):
            self.fields[name].choices = [choice for choice in self.fields[name].choices if choice[0]]
        self.fields["continues"].empty_label = "Đăng ký mới trong năm"

    def clean_registered_on(self):
        day = self.cleaned_data["registered_on"]
        if day > clock.today():
            raise forms.ValidationError("Ngày đăng ký chưa tới.")
        return day

    def clean(self):
        cleaned = super().clean()
        campaign, day, former = cleaned.get("campaign"), cleaned.get("registered_on"), cleaned.get("continues")
        if campaign and day and day.year != campaign.year:
            self.add_error("registered_on", f"Đợt này nhận đăng ký của năm {campaign.year}; ngày anh/chị ghi thuộc năm {day.year}.")
        if former and campaign and former.campaign.year >= campaign.year:
            self.add_error("continues", "Chọn đăng ký của năm trước.")
        if former and cleaned.get("unit") and former.unit_id != cleaned["unit"].pk:
            self.add_error("continues", "Chọn đăng ký của chính đơn vị.")
        return cleaned


class AwardForm(forms.ModelForm):
    decided_on = DateField(label="Ngày quyết định")
    award_year = forms.IntegerField(
        label="Năm khen", min_value=2000, max_value=2100, widget=forms.TextInput(attrs={"class": "ctl w-num", "inputmode": "numeric"})
    )

    class Meta:
        model = Award
        fields = [
            "unit",
            "subject_type",
            "name",
            "form",
            "granting_body",
            "decision_number",
            "decided_on",
            "award_year",
            "occasion",
            "registration",
        ]
        widgets = {"subject_type": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["subject_type"].choices = [choice for choice in self.fields["subject_type"].choices if choice[0]]

    def clean(self):
        cleaned = super().clean()
        registration, unit = cleaned.get("registration"), cleaned.get("unit")
        if registration and unit and registration.unit_id != unit.pk:
            self.add_error("registration", f"Chọn mô hình, điển hình của {unit}.")
        return cleaned


class ReplicationForm(forms.ModelForm):
    replicated_on = DateField(label="Ngày bắt đầu")

    class Meta:
        model = Replication
        fields = ["unit", "registration", "replicated_on", "result"]


class CampaignForm(forms.ModelForm):
    year = forms.IntegerField(
        label="Năm", min_value=2000, max_value=2100, widget=forms.TextInput(attrs={"class": "ctl w-num", "inputmode": "numeric"})
    )
    opens_on = DateField(label="Nhận đăng ký từ")
    closes_on = DateField(label="Nhận đăng ký đến")
    late_until = DateField(label="Bổ sung đăng ký bỏ sót đến", help_text="Sau ngày này đơn vị không thêm, sửa đăng ký được nữa.")
    published_on = DateField(label="Ngày phát động", required=False, help_text="Để trống khi chưa phát động; các đơn vị chưa thấy đợt này.")

    class Meta:
        model = Campaign
        fields = ["unit", "year", "name", "opens_on", "closes_on", "late_until", "published_on", "guidance"]

    def clean_unit(self):
        """Published rows are read by the units below, so a campaign stands at a unit that has some."""
        unit = self.cleaned_data["unit"]
        if not type(unit).objects.below(unit).exclude(pk=unit.pk).exists():
            raise forms.ValidationError("Chọn đơn vị có đơn vị trực thuộc; các đơn vị đó mới thấy được đợt đăng ký.")
        return unit


class StageForm(forms.Form):
    stage = forms.ChoiceField(label="Bước đã qua", choices=[])
    held_on = DateField(label="Ngày")
    level = forms.ChoiceField(label="Cấp", choices=[("", "Không ghi cấp"), *Level.choices], required=False)
    decision_number = forms.CharField(label="Số quyết định", max_length=60, required=False)
    occasion = forms.CharField(label="Nhân dịp", max_length=200, required=False)
    note = forms.CharField(label="Kết quả, ghi chú", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, registration, **kwargs):
        super().__init__(*args, **kwargs)
        reachable = [stage for stage in registration.TRANSITIONS[registration.status] if stage != Stage.WITHDRAWN]
        self.fields["stage"].choices = [(stage, Stage(stage).label) for stage in reachable]
