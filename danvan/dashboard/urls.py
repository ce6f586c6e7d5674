from django.urls import path

from danvan.dashboard import views, year_series

app_name = "dashboard"
urlpatterns = [
    path("bang-dieu-hanh/", views.dashboard, name="dashboard"),
    path("bang-dieu-hanh/nhiem-vu/", views.duties, name="duties"),
    path("bang-dieu-hanh/chuoi-so-lieu/", year_series.series, name="series"),
    path("bang-dieu-hanh/chuoi-so-lieu/xuat.xlsx", year_series.series_xlsx, name="series_xlsx"),
]
