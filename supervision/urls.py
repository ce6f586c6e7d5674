from django.urls import path

from supervision import parts, views

app_name = "supervision"
PLAN, ROUND, RECOMMENDATION = "giam-sat/ke-hoach/<int:pk>", "giam-sat/cuoc/<int:pk>", "giam-sat/kien-nghi/<int:pk>"
urlpatterns = [
    path(f"{PLAN}/chep/", views.plan_copy, name="plan_copy"),
    path(f"{PLAN}/noi-dung/", parts.plan_items, name="plan_items"),
    path(f"{PLAN}/noi-dung/them/", parts.plan_item_add, name="plan_item_add"),
    path(f"{PLAN}/noi-dung/<int:part>/sua/", parts.plan_item_edit, name="plan_item_edit"),
    path(f"{PLAN}/noi-dung/<int:part>/xoa/", parts.plan_item_delete, name="plan_item_delete"),
    path(f"{ROUND}/lap-kien-nghi/", views.round_recommend, name="round_recommend"),
    path(f"{ROUND}/phat-hien/", parts.round_findings, name="round_findings"),
    path(f"{ROUND}/phat-hien/them/", parts.finding_add, name="finding_add"),
    path(f"{ROUND}/phat-hien/<int:part>/sua/", parts.finding_edit, name="finding_edit"),
    path(f"{ROUND}/phat-hien/<int:part>/xoa/", parts.finding_delete, name="finding_delete"),
    path(f"{RECOMMENDATION}/tra-loi/", views.recommendation_reply, name="recommendation_reply"),
    path(f"{RECOMMENDATION}/xac-nhan/", views.recommendation_confirm, name="recommendation_confirm"),
    path(f"{RECOMMENDATION}/tien-do/", views.recommendation_progress, name="recommendation_progress"),
    path(f"{RECOMMENDATION}/xac-minh/", views.recommendation_verify, name="recommendation_verify"),
    path(f"{RECOMMENDATION}/mo-lai/", views.recommendation_reopen, name="recommendation_reopen"),
    path(f"{RECOMMENDATION}/gia-han/", views.recommendation_extend, name="recommendation_extend"),
    path(f"{RECOMMENDATION}/rut/", views.recommendation_withdraw, name="recommendation_withdraw"),
]
