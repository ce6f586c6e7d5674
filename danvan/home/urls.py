from django.urls import path

from danvan.home import views

app_name = "home"
urlpatterns = [path("", views.home, name="home"), path("viec-can-lam/", views.tasks, name="tasks")]
