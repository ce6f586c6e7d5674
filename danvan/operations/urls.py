from django.urls import path

from danvan.operations import account_views, health

app_name = "operations"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("quan-tri/tai-khoan/nhap/", account_views.accounts_import, name="accounts_import"),
    path("quan-tri/tai-khoan/nhap/mau.xlsx", account_views.accounts_template, name="accounts_template"),
    path("quan-tri/tai-khoan/bang-quyen.xlsx", account_views.accounts_rights, name="accounts_rights"),
]
