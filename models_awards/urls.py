from django.urls import path

from models_awards import views

app_name = "models_awards"
urlpatterns = [
    path("dan-van-kheo/dang-ky/<int:pk>/ghi-buoc/", views.stage_record, name="stage_record"),
    path("dan-van-kheo/dang-ky/<int:pk>/rut/", views.registration_withdraw, name="registration_withdraw"),
    path("dan-van-kheo/dang-ky/<int:pk>/khoi-phuc/", views.registration_restore, name="registration_restore"),
]
