from django.urls import path

from regulations import views

app_name = "regulations"
urlpatterns = [
    path("quy-che/do-phu/", views.coverage, name="coverage"),
    path("quy-che/danh-sach/<int:pk>/bai-bo/", views.regulation_abolish, name="regulation_abolish"),
    path("quy-che/danh-sach/<int:pk>/xoa-du-thao/", views.regulation_drop, name="regulation_drop"),
    path("quy-che/cong-khai/khong-phat-sinh/", views.nil_returns, name="nil_returns"),
    path("quy-che/cong-khai/khong-phat-sinh/<int:pk>/rut/", views.nil_return_withdraw, name="nil_return_withdraw"),
]
