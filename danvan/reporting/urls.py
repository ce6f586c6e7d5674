from django.urls import path

from danvan.reporting import acts, files, views, writing

app_name = "reporting"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.open_report, name="open"),
    path("<int:pk>/so-lieu/", views.figures, name="figures"),
    path("<int:pk>/loi-van/", writing.narrative, name="narrative"),
    path("<int:pk>/ban-nhap/", writing.draft, name="draft"),
    path("<int:pk>/lap/", views.produce, name="produce"),
    path("<int:pk>/tai-ve/", views.download, name="download"),
    path("<int:pk>/tien-do/", views.progress, name="progress"),
    path("<int:pk>/viec/", acts.act, name="act"),
    path("<int:pk>/tai/<str:ending>", files.file, name="file"),
    path("<int:pk>/ban/<int:number>/<str:ending>", files.file, name="version_file"),
]
