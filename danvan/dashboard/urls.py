from django.urls import path

from danvan.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("bang-dieu-hanh/", views.dashboard, name="dashboard"),
    path("bang-dieu-hanh/nhiem-vu/", views.duties, name="duties"),
]
