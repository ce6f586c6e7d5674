from django.urls import path

from danvan.reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.open_report, name="open"),
    path("<int:pk>/so-lieu/", views.figures, name="figures"),
    path("<int:pk>/loi-van/", views.narrative, name="narrative"),
    path("<int:pk>/lap/", views.produce, name="produce"),
    path("<int:pk>/tai-ve/", views.download, name="download"),
    path("<int:pk>/tien-do/", views.progress, name="progress"),
    path("<int:pk>/viec/", views.act, name="act"),
    path("<int:pk>/tai/<str:ending>", views.file, name="file"),
    path("<int:pk>/ban/<int:number>/<str:ending>", views.file, name="version_file"),
]
