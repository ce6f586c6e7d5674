from django.urls import path

from danvan.organization import pages, views

DECISION = "don-vi/quyet-dinh/<int:pk>"
app_name = "organization"
urlpatterns = [
    path("don-vi/", views.tree, name="tree"),
    path("don-vi/<int:pk>/", views.unit, name="unit"),
    path(f"{DECISION}/thay-doi/", pages.lines, name="lines"),
    path(f"{DECISION}/thay-doi/them/", pages.line_add, name="line_add"),
    path(f"{DECISION}/thay-doi/<int:part>/", pages.line_edit, name="line_edit"),
    path(f"{DECISION}/thay-doi/<int:part>/xoa/", pages.line_delete, name="line_delete"),
    path(f"{DECISION}/xem-truoc/", pages.preview, name="preview"),
    path(f"{DECISION}/hoan-tac/", pages.undo, name="undo"),
]
