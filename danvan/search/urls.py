from django.urls import path

from danvan.search import views

app_name = "search"
urlpatterns = [path("tim-kiem/", views.search, name="search")]
