"""The decision, and one form per kind of change: the fields it asks for stand in a table."""

from django import forms

from danvan.common.forms import CharField, DateField, style
from danvan.common.text import vi_key
from danvan.organization.permissions import manageable_units
from danvan.reporting.rendering.profiles import PROFILES
from danvan.units.choices import Change
from danvan.units.models import DecidedUnit, Described, Kind, UnitDecision, UnitVersion


class DecisionForm(forms.ModelForm):
    decided_on = DateField(label="Ngày ban hành")
    effective_on = DateField(label="Ngày có hiệu lực", help_text="Từ ngày này cơ cấu mới được dùng; kỳ kết thúc trước đó giữ cơ cấu cũ.")

    class Meta:
        model = UnitDecision
        fields = ["unit", "number", "decided_on", "effective_on", "summary"]
        help_texts = {"number": "Như trên văn bản, ví dụ 12-NQ/TU.", "summary": "Văn bản quyết định điều gì, trong một câu."}


class Units(forms.ModelMultipleChoiceField):
    """Boxes to tick, under the names of their levels."""

    widget = forms.CheckboxSelectMultiple

    def group_by_level(self, day):
        levels = dict(UnitVersion.objects.valid_on(day).filter(unit__in=self.queryset).values_list("unit_id", "level_name"))
        groups = {}
        for unit in self.queryset:
            groups.setdefault(levels[unit.pk] or "Khác", []).append((unit.pk, str(unit)))
        self.choices = list(groups.items())


class LineForm(forms.Form):
    """Every field a line may have; a form of one kind of change keeps those it needs."""

    unit = forms.ModelChoiceField(label="Đơn vị", queryset=None, empty_label="Chọn trong danh sách")
    units = Units(label="Các đơn vị", queryset=None)
    into = forms.ModelChoiceField(label="Nhập vào đơn vị đang có", queryset=None, required=False, empty_label="Không, lập đơn vị mới")
    level_name = forms.ChoiceField(label="Cấp được bỏ")
    parent = forms.ModelChoiceField(label="Trực thuộc", queryset=None, required=False)

    def __init__(self, *args, change, user, day, **kwargs):
        super().__init__(*args, **kwargs)
        asked = ASKED[change]
        living = manageable_units(user).living(day).order_by("sort_key", "pk")
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]
        for name, options in asked.items():
            field = self.fields[name]
            if hasattr(field, "queryset"):
                field.queryset = living
            for option, value in options.items():
                setattr(field, option, value)
            if isinstance(field, Units):
                field.group_by_level(day)
        if "level_name" in self.fields:
            self.fields["level_name"].choices = [(name, name) for name in levels_of(living, day)]
        style(self)


def levels_of(units, day):
    """The names of levels in use on a day."""
    rows = UnitVersion.objects.valid_on(day).filter(unit__in=units).exclude(level_name="")
    return sorted(set(rows.values_list("level_name", flat=True)), key=vi_key)


PARENT_OF_NEW = {"label": "Đơn vị mới trực thuộc", "empty_label": "Như các đơn vị cũ"}
RECEIVER = {"label": "Đơn vị bên dưới chuyển về", "empty_label": "Đơn vị cấp trên gần nhất"}
# change -> {field: what differs from the class above}; the order is that of the form
ASKED = {
    Change.CREATE: {"parent": {"label": "Trực thuộc", "empty_label": "Không có cấp trên, đứng đầu cả cơ cấu"}},
    Change.RENAME: {"unit": {"label": "Đơn vị đổi tên, đổi tiêu đề"}},
    Change.MOVE: {
        "unit": {"label": "Đơn vị chuyển đi"},
        "parent": {"label": "Chuyển về trực thuộc", "required": True, "empty_label": "Chọn trong danh sách"},
    },
    Change.MERGE: {"units": {"label": "Các đơn vị nhập lại"}, "into": {}, "parent": PARENT_OF_NEW},
    Change.SPLIT: {
        "unit": {"label": "Đơn vị được chia"},
        "units": {"label": "Phần nhập vào đơn vị đang có", "required": False},
        "parent": PARENT_OF_NEW,
    },
    Change.CLOSE: {"unit": {"label": "Đơn vị kết thúc hoạt động"}, "parent": RECEIVER},
    Change.LEVEL: {"level_name": {}, "parent": RECEIVER},
}
# how many new or newly described units a line has room for, and how many it needs at least
ROOM = {Change.CREATE: (1, 1), Change.RENAME: (1, 1), Change.MERGE: (1, 0), Change.SPLIT: (4, 0)}


class DecidedForm(forms.ModelForm):
    """A new unit with code and name, or the new name of one that stands."""

    recipients = CharField(
        label="Nơi nhận", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text="Mỗi dòng một nơi nhận."
    )
    profile = forms.ChoiceField(label="Thể thức văn bản", choices=[(code, profile.name) for code, profile in PROFILES.items()])

    class Meta:
        model = DecidedUnit
        fields = ["code", *Described.described_fields()]
        help_texts = {"code": "Ngắn, không dấu, không trùng đơn vị khác.", "level_name": "Ví dụ: Cấp xã, Đơn vị trực thuộc."}

    def __init__(self, *args, with_code, needed, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_permitted, self.use_required_attribute = not needed, False
        if with_code:
            self.fields["code"].required = True
        else:
            del self.fields["code"]
        self.fields["kind"].choices = [("", "Chọn trong danh sách"), *Kind.choices]
        self.fields["level_name"].widget.attrs["list"] = "cac-cap"
        self.initial["recipients"] = "\n".join(self.initial.get("recipients") or [])
        self.initial.setdefault("profile", "hd36")
        style(self)

    def clean_recipients(self):
        return [line.strip() for line in self.cleaned_data["recipients"].splitlines() if line.strip()]

    @property
    def main(self):
        return [self[name] for name in ("code", "name", "kind", "level_name") if name in self.fields]

    @property
    def header(self):
        return [self[name] for name in self.fields if name not in ("code", "name", "kind", "level_name")]

    @property
    def header_wrong(self):
        return any(field.errors for field in self.header)


class UndoForm(forms.Form):
    reason = CharField(label="Lý do hoàn tác", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
