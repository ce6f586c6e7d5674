"""Logging in and out, the forced change of a first password, and where login leads."""

import html

import pytest
from django.test import Client
from django.urls import reverse

from danvan.access.walk import patterns
from danvan.accounts.models import User
from tests.danvan.common.cast import browser

PASSWORD = "hoa-gạo-tháng-ba-1"


@pytest.fixture
def person(cast):
    cast.officer.set_password(PASSWORD)
    cast.officer.save()
    return cast.officer


def page_of(response):
    return html.unescape(response.content.decode())


@pytest.mark.embedded
def test_the_login_page_opens_and_lets_in(person):
    client = Client()
    page = client.get("/dang-nhap/")
    assert 'name="username"' in page_of(page) and 'name="password"' in page_of(page)
    answer = client.post("/dang-nhap/", {"username": person.username, "password": PASSWORD})
    assert answer.url == "/" and client.session["_auth_user_id"] == str(person.pk)
    assert client.get("/dang-nhap/").url == "/"


@pytest.mark.parametrize(("name", "password"), [("phuong-a", "sai"), ("khong-co-ai", PASSWORD), ("phuong-a", "")])
def test_a_wrong_password_gets_a_sentence_that_betrays_nothing(person, name, password):
    client = Client()
    page = page_of(client.post("/dang-nhap/", {"username": name, "password": password}))
    sentence = (
        "Sai tên đăng nhập hoặc mật khẩu. Vui lòng kiểm tra lại, chú ý phân biệt chữ hoa và chữ thường."
        if password
        else "Hãy nhập cả tên đăng nhập và mật khẩu."
    )
    assert sentence in page
    assert f'value="{name}"' in page and PASSWORD not in page
    assert "_auth_user_id" not in client.session


def test_a_deactivated_account_is_not_let_in(person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    client = Client()
    client.post("/dang-nhap/", {"username": person.username, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("target", "lands"),
    [
        ("/dan-van-kheo/dang-ky/?q=hoa", "/dan-van-kheo/dang-ky/?q=hoa"),
        ("https://example.org/", "/"),
        ("//example.org/x", "/"),
        ("/\\example.org", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_login_leads_back_into_this_site_only(person, target, lands):
    answer = Client().post("/dang-nhap/", {"username": person.username, "password": PASSWORD, "next": target})
    assert answer.url == lands


def test_a_deep_link_survives_the_login(person):
    client = Client()
    away = client.get("/dan-van-kheo/dang-ky/?q=hoa")
    page = client.get(away.url)
    assert 'value="/dan-van-kheo/dang-ky/?q=hoa"' in page_of(page)


def test_logging_out_takes_a_post(person):
    client = browser(person)
    assert client.get("/dang-xuat/").status_code == 405
    assert "_auth_user_id" in client.session
    done = client.post("/dang-xuat/")
    assert "_auth_user_id" not in client.session
    assert done["Clear-Site-Data"] == '"storage"', "nothing of the account stays in the browser"


# --- the first password -----------------------------------------------------------------------


def addresses():
    return sorted({route.replace("<int:pk>", "1") for route, _, _ in patterns() if "<" not in route.replace("<int:pk>", "1")})


@pytest.mark.embedded
def test_a_first_password_opens_one_page_only(person, settings):
    settings.FORCE_PASSWORD_CHANGE = True
    User.objects.filter(pk=person.pk).update(must_change_password=True)
    client = browser(person)
    open_, change = {"dang-xuat/", "tai-khoan/mat-khau/", "healthz", "readyz"}, reverse("accounts:password_change")
    walked = [route for route in addresses() if route.rstrip("/") not in {name.rstrip("/") for name in open_}]
    assert len(walked) > 30
    for route in [*walked, "admin/"]:
        for answer in (client.get(f"/{route}"), client.post(f"/{route}", {"_key": "x"})):
            assert (answer.status_code, answer.headers.get("Location", "").split("?")[0]) == (302, change), route
    assert client.get(change).status_code == 200
    assert "mật khẩu được cấp lần đầu" in page_of(client.get(change))


def test_changing_the_first_password_opens_the_portal(person, settings):
    settings.FORCE_PASSWORD_CHANGE = True
    User.objects.filter(pk=person.pk).update(must_change_password=True)
    client, change = browser(person), reverse("accounts:password_change")
    refused = client.post(change, {"old_password": PASSWORD, "new_password1": PASSWORD, "new_password2": PASSWORD})
    assert refused.status_code == 422 and "Mật khẩu mới phải khác mật khẩu đang dùng." in page_of(refused)
    assert User.objects.get(pk=person.pk).must_change_password
    new = "bèo-dạt-mây-trôi-2"
    done = client.post(change, {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert done.url == "/"
    person.refresh_from_db()
    assert person.check_password(new) and not person.must_change_password
    assert client.get("/tai-khoan/").status_code == 200, "the session goes on"


def test_nobody_is_forced_where_the_demo_turns_it_off(person, settings):
    settings.FORCE_PASSWORD_CHANGE = False
    User.objects.filter(pk=person.pk).update(must_change_password=True)
    assert browser(person).get("/tai-khoan/").status_code == 200


@pytest.mark.parametrize(
    ("new", "words"),
    [("ngắn", "12"), ("123456789012345", "số"), ("password1234", "phổ biến"), ("phuong-a-0001", "giống")],
)
def test_a_weak_password_is_refused_in_vietnamese(person, new, words):
    answer = browser(person).post("/tai-khoan/mat-khau/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert answer.status_code == 422
    told = " ".join(answer.context["form"].errors.get("new_password2", []))
    assert words in told and "assword" not in told
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_two_different_new_passwords_and_a_wrong_old_one(person):
    answer = browser(person).post(
        "/tai-khoan/mat-khau/", {"old_password": "sai", "new_password1": "một-mật-khẩu-dài", "new_password2": "khác"}
    )
    assert answer.status_code == 422 and {"old_password", "new_password2"} <= set(answer.context["form"].errors)


def test_an_account_made_in_the_admin_must_change_its_password(cast):
    root = User.objects.create_superuser("goc", password=PASSWORD, display_name="Gốc")
    client = browser(root)
    client.post("/admin/accounts/user/add/", {
        "username": "moi", "usable_password": "true", "password1": "lúa-chín-vàng-đồng", "password2": "lúa-chín-vàng-đồng",
        "memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0",
    })  # fmt: skip
    assert User.objects.get(username="moi").must_change_password
    assert client.get("/admin/units/unit/").status_code == 200
    assert client.get("/admin/units/unit/add/").status_code == 403


def test_the_account_page_tells_the_memberships(cast):
    page = page_of(browser(cast.reviewer).get("/tai-khoan/"))
    assert "Chuyên viên cơ quan dân vận, Ban Dân vận" in page
    assert "Quận Thanh Bình và các đơn vị trực thuộc" in page
