"""Everything a response says: headers, pages, cells of workbooks, text of PDF and Word files."""

import csv
import io
import zipfile
from contextlib import contextmanager
from urllib.parse import unquote

import pytest
from django.forms import BaseForm, BaseFormSet, ModelChoiceField
from django.template import base
from django.template.backends.django import Template
from openpyxl import load_workbook
from pypdf import PdfReader

from danvan.units.models import Unit

# A plain list of choices whose values are keys of units, and the reference that it fills.
UNIT_LISTS = {"LineForm.forwarded_to_id": "forwarded_to"}


def text_of(response):
    """Headers and body as one text, so that no canary hides in a container."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = "\n".join(f"{name}: {value}\n{unquote(value)}" for name, value in response.headers.items())
    cookies = response.cookies.output()
    return "\n".join([headers, cookies, body.decode("utf-8", "replace"), *unpacked(body, response.headers.get("Content-Type", ""))])


def unpacked(body, content_type):
    if not body:
        return []
    if "spreadsheetml" in content_type:
        book = load_workbook(io.BytesIO(body))
        cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
        return [dotted(value) for value in cells] + [str(book.properties)]
    if content_type.startswith("text/csv"):
        return [dotted(value) for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))) for value in row]
    if content_type == "application/pdf":
        pdf = PdfReader(io.BytesIO(body))
        return [page.extract_text() for page in pdf.pages] + [str(pdf.metadata)]
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return []


def dotted(value):
    """A number of a cell as the screen prints it: the form in which canaries of numbers are looked for."""
    text = str(value)
    digits = text.removesuffix(".00").removesuffix(".0")
    return f"{text} {int(digits):,}".replace(",", ".") if digits.isdigit() and len(digits) < 12 else text


@contextmanager
def contexts_of_pages():
    """Collects what the views of the block hand to their pages. The test client copies a context for each included part instead."""
    contexts, original = [], Template.render

    def rendered(self, context=None, request=None):
        contexts.append(context or {})
        return original(self, context, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", rendered)
        patch.setattr(base.Template, "_render", lambda self, context: self.nodelist.render(context))
        yield contexts


def offered(contexts):
    """{field: rows} of every choice of rows in the forms of the pages, filters included."""
    found = {}
    for form in forms_in(contexts):
        for name, field in form.fields.items():
            if isinstance(field, ModelChoiceField):
                found[f"{type(form).__name__}.{name}"] = list(field.queryset)
            elif listed := UNIT_LISTS.get(f"{type(form).__name__}.{name}"):
                keys = [key for key, _ in field.choices if key]
                found[f"{type(form).__name__}.{listed}"] = list(Unit.objects.filter(pk__in=keys))
    return found


def forms_in(contexts):
    forms = [form for context in contexts for value in context.values() for form in forms_of(value)]
    return {id(form): form for form in forms}.values()


def forms_of(value):
    if isinstance(value, BaseFormSet):
        return value.forms[:1]
    form = value if isinstance(value, BaseForm) else getattr(getattr(value, "filterset", None), "form", None)
    return [] if form is None else [form]
