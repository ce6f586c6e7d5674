"""The grid of one dialogue's questions: the stored rows, what was pasted, and some empty rows."""

import datetime

from django import forms

from danvan.catalogues.models import FieldOfWork
from danvan.common.forms import style
from danvan.common.templatetags.vn import vn_datetime
from danvan.common.text import format_date
from danvan.registers import drafts
from danvan.registers.history import changes_since, saved_by
from danvan.registers.values import shown_value
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


def bound(dialogue, user, data):
    return _formset(dialogue, user, data)


def read_lines(dialogue, user, data):
    """(lines for services.save_lines, the formset), or (None, the formset) when a row is wrong."""
    formset = _formset(dialogue, user, data)
    if not formset.is_valid():
        return None, formset
    rows = [form.cleaned_data for form in formset if form.cleaned_data]
    return [row for row in rows if row["pk"] or row["content"].strip()], formset


def grid_context(dialogue, user, *, data=None, rows=(), formset=None, told=None):
    """What the page shows. On a preview the typed rows stay as they were typed and the pasted ones come below."""
    typed = _typed_rows(data) if data is not None else stored_rows(dialogue)
    if formset is None:
        formset = _formset(dialogue, user, initial=[*typed, *rows], empty=1 if rows else EMPTY_ROWS)
    positions = dict(Question.objects.filter(dialogue=dialogue).values_list("pk", "position"))
    first_new = max(positions.values(), default=0) + 1
    return {
        "formset": formset,
        "lines": _lines(formset, positions, first_new, told or {}),
        "paste": style(PasteForm(initial={})),
        "pasted": len(rows),
        "most": MOST,
        "stored": len(positions),
    }


def renewed(dialogue, data, formset):
    """(what was typed, made to fit the rows as they are stored now; {place of a row: what others did to it meanwhile}).

    A row that only came along untouched shows what is stored, one that was deleted becomes a new one.
    """
    data, told = data.copy(), {}
    stored = {question.pk: question for question in dialogue.questions.select_related("field", "forwarded_to")}
    for place, typed in enumerate(form.cleaned_data for form in formset):
        pk, base = typed.get("pk"), typed.get("version")
        question = stored.get(pk)
        if pk and question is None:
            told[place] = f"{_deleted_by(dialogue, pk)} đã xóa câu này."
            dropped = typed.get("remove") or _untouched(pk, typed, base)
            _type(data, place, pk="", version="", **({"content": "", "answer": "", "remove": ""} if dropped else {}))
            told[place] += "" if dropped else " Lưu thì thêm lại thành câu mới; để trống nội dung thì bỏ."
        elif pk and question.version != base:
            changed, newest = changes_since(question, base)
            _type(data, place, version=question.version)
            who = _said(newest)
            if _untouched(pk, typed, base):
                _type(data, place, **{name: getattr(question, name) for name in LINE_FIELDS})
                told[place] = f"{who} vừa sửa câu này; dòng này hiện bản mới."
            else:
                told[place] = f"{who} vừa sửa câu này. Bản đang lưu: {_stored_words(question, typed, changed)}"
    return data, told


def _said(record):
    return f"{saved_by(record)['who']} ({vn_datetime(record.history_date)})" if record else "Có người"


def _deleted_by(dialogue, pk):
    return _said(Question.history.filter(id=pk, dialogue=dialogue, history_type="-").select_related("history_user").first())


def _untouched(pk, typed, base):
    """Nobody typed into this row: it says what the history held at its version."""
    held = Question.history.filter(id=pk, version__lte=base or 0).order_by("-version", "-history_id").first()
    return held is not None and not typed.get("remove") and all((typed[n] or None) == (getattr(held, n) or None) for n in LINE_FIELDS)


def _stored_words(question, typed, changed):
    told = []
    for name in LINE_FIELDS:
        field = question._meta.get_field(name)
        if (typed[name] or None) != (getattr(question, name) or None):
            by = f" ({_said(changed[field.name])})" if field.name in changed else ""
            told.append(f"{field.verbose_name}: “{shown_value(question, field.name)}”{by}")
    return "; ".join(told) or "đúng như anh/chị gõ."


def _type(data, place, **values):
    for name, value in values.items():
        shown = format_date(value) if isinstance(value, datetime.date) else value
        data[f"cau-{place}-{name}"] = "" if shown is None else str(shown)


def _typed_rows(data):
    """The rows of a page that was sent for a preview: values as typed, rows without words dropped."""
    count = drafts.whole_number(data.get("cau-TOTAL_FORMS")) or 0
    names = ("pk", "version", *LINE_FIELDS, "remove")
    rows = [{name: data.get(f"cau-{n}-{name}", "") for name in names} for n in range(min(count, LIMIT))]
    return [row for row in rows if row["pk"] or row["content"].strip() or row["answer"].strip()]


def _lines(formset, positions, number, told):
    """Each row with its number (the stored one, else the next), its cells and what is to be said about it."""
    lines = []
    for place, form in enumerate(formset):
        style(form)
        pk = form["pk"].value()
        known = positions.get(drafts.whole_number(str(pk or "")))
        if known is None:
            known, number = number, number + 1
        note = told.get(place, "") if form.is_bound else form.initial.get("note", "")
        lines.append({"form": form, "number": known, "note": note, "stored": bool(pk)})
    return lines
