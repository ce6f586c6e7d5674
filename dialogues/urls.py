from django.urls import path

from dialogues import views

app_name = "dialogues"
urlpatterns = [
    path("doi-thoai/cuoc/<int:pk>/cau-hoi/", views.question_lines, name="question_lines"),
    path("doi-thoai/cau-hoi/<int:pk>/cam-ket/", views.commitment_add, name="commitment_add"),
    path("doi-thoai/cau-hoi/<int:pk>/nguoi-hoi/", views.question_asker, name="question_asker"),
    path("doi-thoai/cam-ket/<int:pk>/tinh-hinh/", views.commitment_progress, name="commitment_progress"),
    path("doi-thoai/cam-ket/<int:pk>/xac-nhan/", views.commitment_confirm, name="commitment_confirm"),
    path("doi-thoai/cam-ket/<int:pk>/chua-dong-y/", views.commitment_dispute, name="commitment_dispute"),
    path("doi-thoai/cam-ket/<int:pk>/mo-lai/", views.commitment_reopen, name="commitment_reopen"),
    path("doi-thoai/cam-ket/<int:pk>/gia-han/", views.commitment_extend, name="commitment_extend"),
]
