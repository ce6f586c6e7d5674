from django import forms
from django.utils.text import capfirst

from danvan.common.forms import CharField, DateField, IntegerField, style
from danvan.figures.periods import span_of, words_of
from danvan.reporting.kinds import KINDS
from danvan.reporting.snapshot import context_of
from danvan.submissions.models import Period
from danvan.units.models import Unit


def is_key(code):
    """Whether an opened period has a key that figures can be counted for."""
    try:
        return bool(span_of(code))
    except ValueError:
        return False


class ChooseForm(forms.Form):
    """Which report: the kinds this user may compose, for the units acted for, over periods that were opened."""

    kind = forms.ChoiceField(label="Loại báo cáo", widget=forms.RadioSelect)
    unit = forms.ModelChoiceField(label="Đơn vị lập", queryset=Unit.objects.none(), empty_label=None)
    period = forms.ChoiceField(label="Kỳ báo cáo")

    def __init__(self, *args, user, kinds, unit_ids, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(code, KINDS[code].label) for code in kinds]
        self.fields["unit"].queryset = Unit.objects.visible_to(user).filter(pk__in=unit_ids)
        codes = Period.objects.readable_by(user).order_by("-ends_on").values_list("code", flat=True)
        self.fields["period"].choices = [(code, capfirst(words_of(code))) for code in dict.fromkeys(codes) if is_key(code)]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0]
        style(self)


def narrative_form(report, data=None, initial=None):
    """One text area per heading that people write; named by the heading's code."""
    context = context_of(report)
    fields = {
        h.code: CharField(label=h.text, help_text=h.hint, required=False, max_length=30_000, widget=forms.Textarea(attrs={"rows": 6}))
        for h in context.outline
        if h.code in context.kind.free
    }
    return style(type("NarrativeForm", (forms.Form,), fields)(data, initial={**report.narrative, **(initial or {})}))


class ProduceForm(forms.Form):
    override_reason = CharField(label="Lý do vẫn lập", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    reason = CharField(label="Lý do lập lại", required=False, max_length=1000)

    def __init__(self, *args, lacking, **kwargs):
        """`lacking` units without an accepted report: going on without them needs a reason."""
        super().__init__(*args, **kwargs)
        field = self.fields["override_reason"]
        field.required = bool(lacking)
        field.error_messages["required"] = f"Còn {len(lacking)} đơn vị chưa được duyệt báo cáo kỳ. Anh/chị ghi lý do vẫn lập."
        style(self)


class IssueForm(forms.Form):
    number = IntegerField(label="Số văn bản", help_text="Lấy ở sổ văn bản đi của cơ quan.", min_value=1, max_value=99_999)
    issued_on = DateField(label="Ngày ban hành")


class NoteForm(forms.Form):
    note = CharField(label="Điều cần sửa", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
