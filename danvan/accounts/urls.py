from django.urls import path

from danvan.accounts import managing_urls, securing, views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.login, name="login"),
    path("dang-nhap/ma-xac-thuc/", securing.code, name="code"),
    path("dang-xuat/", views.logout, name="logout"),
    path("tai-khoan/", views.account, name="account"),
    path("tai-khoan/mat-khau/", views.password_change, name="password_change"),
    path("tai-khoan/xac-thuc/", securing.enrol, name="enrol"),
    path("tai-khoan/xac-thuc/ma-qr.svg", securing.qr, name="qr"),
    path("tai-khoan/xac-thuc/ma-du-phong/", securing.recovery_codes, name="recovery_codes"),
    path("tai-khoan/xac-thuc/tat/", securing.turn_off, name="turn_off"),
    path("tai-khoan/xac-nhan/", securing.confirm, name="step_up"),
    path("tai-khoan/gui-tiep/", securing.resume, name="resume"),
    path("tai-khoan/phien/", securing.own_sessions, name="own_sessions"),
    *managing_urls.urlpatterns,
]
