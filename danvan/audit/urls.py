from django.urls import path

from danvan.audit import views

app_name = "audit"
urlpatterns = [
    path("quan-tri/nhat-ky/", views.log, name="log"),
    path("quan-tri/nhat-ky/tai.xlsx", views.log_file, {"ending": "xlsx"}, name="log_xlsx"),
    path("quan-tri/nhat-ky/tai.csv", views.log_file, {"ending": "csv"}, name="log_csv"),
]
