from django.urls import path

from danvan.submissions import opening, review, views

app_name = "submissions"
urlpatterns = [
    path("", views.index, name="index"),
    path("mo-ky/", opening.open_, name="open"),
    path("ky/<int:pk>/thoi-han/", opening.reschedule, name="reschedule"),
    path("ky/<int:pk>/", views.matrix, name="matrix"),
    path("ky/<int:pk>/bat-dau/", views.start, name="start"),
    path("phieu/<int:pk>/", views.sheet, name="sheet"),
    path("phieu/<int:pk>/ban-nhap/", views.draft, name="draft"),
    path("phieu/<int:pk>/kiem-tra/", views.check, name="check"),
    path("phieu/<int:pk>/bien-nhan/", views.receipt, name="receipt"),
    path("phieu/<int:pk>/chinh-ly/", views.correction, name="correction"),
    path("phieu/<int:pk>/duyet/", review.review, name="review"),
    path("phieu/<int:pk>/mo-lai/", review.reopen, name="reopen"),
]
