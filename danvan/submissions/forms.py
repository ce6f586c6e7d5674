"""The sheet as a form: one field per typed figure and per paragraph, named by its code."""

from django import forms

from danvan.common.forms import CharField, DateField, IntegerField, ReasonForm, style
from danvan.figures import registry
from danvan.submissions.selectors import PARAGRAPH, paragraphs

MAX_FIGURE = 10**12
EXPLANATION = "ly_do:"  # prefix of the field that explains an odd value


def sheet_form(submission, values, data=None, initial=None):
    """Typed figures are whole numbers ≥ 0 or left empty; paragraphs are plain text; explanations are optional."""
    fields = {code: _figure_field(code) for code in submission.period.regime.typed_codes}
    fields |= {f"{EXPLANATION}{code}": _explanation_field() for code in submission.period.regime.typed_codes}
    fields |= {part["name"]: _paragraph_field(part["title"]) for part in paragraphs(submission)}
    form = type("SheetForm", (forms.Form,), fields)(data, initial={**_initial(submission, values), **(initial or {})})
    return style(form)


def _figure_field(code):
    item = registry.figure(code)
    return IntegerField(label=item.label, help_text=item.hint, required=False, min_value=0, max_value=MAX_FIGURE)


def _paragraph_field(title):
    return CharField(label=title, required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}))


def _explanation_field():
    return CharField(label="Lý do", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


def _initial(submission, values):
    figures = {code: values.value(code) for code in submission.period.regime.typed_codes}
    told = {f"{EXPLANATION}{code}": words for code, words in submission.explanations.items()}
    return {**figures, **told, **{part["name"]: part["text"] for part in paragraphs(submission)}}


def split(form):
    """(figures, narrative, explanations) of a valid sheet form."""
    data = form.cleaned_data
    told = {name.removeprefix(EXPLANATION): v for name, v in data.items() if name.startswith(EXPLANATION) and v}
    narrative = {name.removeprefix(PARAGRAPH): v for name, v in data.items() if name.startswith(PARAGRAPH)}
    figures = {name: v for name, v in data.items() if ":" not in name}
    return figures, narrative, told


class ReviewForm(forms.Form):
    """The verdict; the remarks stand beside their figures as fields `y_kien:<code>`."""

    verdict = forms.ChoiceField(label="Kết luận", choices=[("duyet", "Duyệt"), ("tra_lai", "Trả lại để bổ sung")], widget=forms.RadioSelect)
    due_on = DateField(label="Hạn bổ sung", required=False)
    round = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the round that was read

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == "tra_lai" and not cleaned.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Anh/chị ghi hạn bổ sung.")
        return cleaned


REMARK = "y_kien:"


class ReopenForm(ReasonForm):
    until = DateField(label="Mở lại đến hết ngày")
