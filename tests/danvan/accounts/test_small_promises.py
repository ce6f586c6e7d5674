"""Small promises about passwords and sessions that docs/an-toan.md names."""

import re

import pytest
from django.conf import settings as django_settings
from django.test import Client

from danvan.accounts import sessions
from danvan.accounts.models import Session
from tests.danvan.accounts.signing import PASSWORD, page_of, sign_in, with_password

pytestmark = pytest.mark.embedded
STEP_UP = "/tai-khoan/xac-nhan/"


@pytest.fixture
def person(cast):
    return with_password(cast.officer)


def test_boxes_of_passwords_hide_what_is_typed_and_serve_password_managers(person):
    client = sign_in("phuong-a")
    pages = [page_of(Client().get("/dang-nhap/")), page_of(client.get("/tai-khoan/mat-khau/")), page_of(client.get(STEP_UP))]
    boxes = [box for page in pages for box in re.findall(r"<input[^>]*password[^>]*>", page)]
    assert len(boxes) == 5
    for box in boxes:
        assert 'type="password"' in box and re.search(r'autocomplete="(current|new)-password"', box), box
        assert "onpaste" not in box and "readonly" not in box and "maxlength" not in box


@pytest.mark.parametrize("changed", [str.upper, str.strip, lambda typed: typed[:-1], lambda typed: typed + " "])
def test_a_password_counts_exactly_as_typed(cast, changed):
    secret = " Cây đa đầu làng\t" + "rất dài " * 9
    cast.officer.set_password(secret)
    cast.officer.save()
    assert "_auth_user_id" in sign_in("phuong-a", secret).session
    assert "_auth_user_id" not in sign_in("phuong-a", changed(secret)).session


def test_the_key_of_a_session_is_long_and_new_each_time(person):
    keys = {sign_in("phuong-a").session.session_key for _ in range(5)}
    assert len(keys) == 5 and all(re.fullmatch("[a-z0-9]{32}", key) for key in keys), "32 letters of 36: 165 bits"


def test_a_key_that_nobody_was_given_opens_nothing(person):
    client = Client()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "a" * 32
    assert client.get("/tai-khoan/").status_code == 302 and not Session.objects.filter(session_key="a" * 32).exists()


def test_after_the_log_out_the_old_cookie_opens_nothing(person):
    client, thief = sign_in("phuong-a"), Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = client.session.session_key
    assert thief.get("/tai-khoan/").status_code == 200
    client.post("/dang-xuat/")
    assert thief.get("/tai-khoan/").status_code == 302


def test_confirming_the_password_gives_the_session_a_new_key(person):
    client = sign_in("phuong-a")
    before = client.session.session_key
    client.post(STEP_UP, {"password": PASSWORD})
    assert client.session.session_key != before and not Session.objects.filter(session_key=before).exists()
    assert client.get("/tai-khoan/").status_code == 200


def test_the_list_of_sessions_asks_for_the_password_again(person, monkeypatch):
    client = sign_in("phuong-a")
    assert client.get("/tai-khoan/phien/").status_code == 200
    later = sessions.now() + 660
    monkeypatch.setattr("danvan.accounts.sessions.now", lambda: later)
    assert client.get("/tai-khoan/phien/").url.startswith(STEP_UP)
    assert client.post("/tai-khoan/phien/", {"phien": "khac"}).url.startswith(STEP_UP)
