"""The grid of one dialogue's questions: the stored rows, what was pasted, and some empty rows."""

from django import forms

from danvan.catalogues.models import FieldOfWork
from danvan.common.forms import style
from danvan.registers import drafts
from danvan.units.selectors import addressable_units
from dialogues.choices import Answered, Channel
from dialogues.forms import LineForm, PasteForm
from dialogues.models import Question
from dialogues.pasting import MOST, parse
from dialogues.services import LINE_FIELDS

EMPTY_ROWS = 3
LIMIT = 400  # rows of one grid


def _formset(dialogue, user, data=None, initial=(), empty=EMPTY_ROWS):
    kinds = forms.formset_factory(LineForm, extra=empty, max_num=LIMIT, absolute_max=LIMIT)
    choices = {
        "fields_of_work": list(FieldOfWork.objects.values_list("pk", "name")),
        "units": list(addressable_units(user).values_list("pk", "name")),
    }
    return kinds(data, initial=list(initial), form_kwargs=choices, prefix="cau")


def stored_rows(dialogue):
    rows = dialogue.questions.order_by("position").values("pk", "version", "position", *LINE_FIELDS)
    return list(rows)


def pasted_rows(pasted):
    """Initial values of the rows that were pasted; an answer in the third column was given on the spot."""
    return [
        {
            "content": line.content,
            "field_id": line.field_id,
            "answer": line.answer,
            "channel": Channel.SPOKEN,
            "answered": Answered.ON_THE_SPOT if line.answer else Answered.NOT_YET,
            "note": f"Không có lĩnh vực “{line.field_words}” trong danh mục." if line.field_words else "",
        }
        for line in parse(pasted, FieldOfWork.objects.all())
    ]


def read_lines(dialogue, user, data):
    """(lines for services.save_lines, the formset), or (None, the formset) when a row is wrong."""
    formset = _formset(dialogue, user, data)
    if not formset.is_valid():
        return None, formset
    rows = [form.cleaned_data for form in formset if form.cleaned_data]
    return [row for row in rows if row["pk"] or row["content"].strip()], formset


def grid_context(dialogue, user, *, data=None, rows=(), formset=None):
    """What the page shows. On a preview the typed rows stay as they were typed and the pasted ones come below."""
    typed = _typed_rows(data) if data is not None else stored_rows(dialogue)
    if formset is None:
        formset = _formset(dialogue, user, initial=[*typed, *rows], empty=1 if rows else EMPTY_ROWS)
    positions = dict(Question.objects.filter(dialogue=dialogue).values_list("pk", "position"))
    first_new = max(positions.values(), default=0) + 1
    return {
        "formset": formset,
        "lines": _lines(formset, positions, first_new),
        "paste": style(PasteForm(initial={})),
        "pasted": len(rows),
        "most": MOST,
        "stored": len(positions),
    }


def _typed_rows(data):
    """The rows of a page that was sent for a preview: values as typed, rows without words dropped."""
    count = drafts.whole_number(data.get("cau-TOTAL_FORMS")) or 0
    names = ("pk", "version", *LINE_FIELDS, "remove")
    rows = [{name: data.get(f"cau-{n}-{name}", "") for name in names} for n in range(min(count, LIMIT))]
    return [row for row in rows if row["pk"] or row["content"].strip() or row["answer"].strip()]


def _lines(formset, positions, number):
    """Each row with its number (the stored one, else the next), its cells and what is to be said about it."""
    lines = []
    for form in formset:
        style(form)
        pk = form["pk"].value()
        known = positions.get(drafts.whole_number(str(pk or "")))
        if known is None:
            known, number = number, number + 1
        note = form.initial.get("note", "") if not form.is_bound else ""
        lines.append({"form": form, "number": known, "note": note, "stored": bool(pk)})
    return lines
