"""The addresses of a register. Static words stand before <int:pk>."""

from functools import wraps

from django.urls import path

from danvan.access.decorators import requires
from danvan.registers.detail import attach_view, detail_view, history_view
from danvan.registers.exporting import csv_view, xlsx_view
from danvan.registers.form import draft_view, form_view
from danvan.registers.list import list_view

READ = [
    ("", list_view, "list"),
    ("xuat.xlsx", xlsx_view, "xlsx"),
    ("xuat.csv", csv_view, "csv"),
    ("<int:pk>/", detail_view, "detail"),
    ("<int:pk>/lich-su/", history_view, "history"),
]
WRITE = [
    ("them/", form_view, "add"),
    ("them/ban-nhap/", draft_view, "add_draft"),
    ("<int:pk>/sua/", form_view, "edit"),
    ("<int:pk>/sua/ban-nhap/", draft_view, "edit_draft"),
]
FILES = [("<int:pk>/tep/", attach_view, "attach")]


def paths_of(register):
    views = READ + (WRITE if register.form else []) + (FILES if register.attachments else [])
    return [path(f"{register.slug}/{route}", _bound(view, register, page), name=f"{register.code}_{page}") for route, view, page in views]


def _bound(view, register, page):
    @wraps(view)
    def bound(request, **kwargs):
        return view(request, register, **kwargs)

    bound = requires(register.rights.view)(bound)
    bound.register = register
    return bound
