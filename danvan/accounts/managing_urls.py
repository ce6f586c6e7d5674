"""Addresses of the administrator's account pages; danvan.accounts.urls takes them in."""

from django.urls import path

from danvan.accounts import managing_acts, managing_views

ROOT = "quan-tri/tai-khoan/"
urlpatterns = [
    path(ROOT, managing_views.manage_index, name="manage_index"),
    path(f"{ROOT}them/", managing_views.manage_add, name="manage_add"),
    path(f"{ROOT}ra-soat/", managing_acts.manage_review, name="manage_review"),
    path(f"{ROOT}bien-ban/<int:pk>/", managing_acts.manage_minutes, name="manage_minutes"),
    path(f"{ROOT}<int:pk>/", managing_views.manage_detail, name="manage_detail"),
    path(f"{ROOT}<int:pk>/sua/", managing_views.manage_edit, name="manage_edit"),
    path(f"{ROOT}<int:pk>/phan-cong/", managing_views.manage_membership_add, name="manage_membership_add"),
    path(f"{ROOT}<int:pk>/phan-cong/<int:part>/", managing_views.manage_membership_end, name="manage_membership_end"),
    path(f"{ROOT}<int:pk>/ban-giao/", managing_acts.manage_handover, name="manage_handover"),
    path(f"{ROOT}<int:pk>/<slug:act>/", managing_acts.manage_act, name="manage_act"),
]
