from django.urls import path

from danvan.links import views

app_name = "links"
urlpatterns = [
    path("lien-ket/them/", views.link_add, name="link_add"),
    path("lien-ket/<int:pk>/bo/", views.link_remove, name="link_remove"),
]
