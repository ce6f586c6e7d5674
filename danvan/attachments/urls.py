from django.urls import path

from danvan.attachments import views

app_name = "attachments"
urlpatterns = [
    path("<int:pk>/", views.download, name="download"),
    path("<int:pk>/rut/", views.withdraw_view, name="withdraw"),
]
