"""Handing out a first password, and what is told about accounts."""

import datetime
import logging
import re

import pytest
from django.utils import timezone

from danvan.accounts.models import User
from danvan.accounts.services import issue_secret
from tests.danvan.accounts.signing import PASSWORD, code, enrolled, page_of, sign_in, with_password


@pytest.fixture
def forced(settings):
    settings.FORCE_PASSWORD_CHANGE = True


@pytest.mark.embedded
def test_an_issued_secret_opens_the_change_of_password_and_nothing_else(cast, forced):
    secret = issue_secret(cast.officer, by=cast.leader)
    assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", secret) and secret != issue_secret(cast.officer_b, by=cast.leader)
    client = sign_in("phuong-a", secret)
    assert client.get("/").url.startswith("/tai-khoan/mat-khau/")
    new = "bèo-dạt-mây-trôi-2"
    client.post("/tai-khoan/mat-khau/", {"old_password": secret, "new_password1": new, "new_password2": new})
    assert client.get("/tai-khoan/").status_code == 200
    cast.officer.refresh_from_db()
    assert not cast.officer.must_change_password and cast.officer.secret_expires_at is None
    assert "_auth_user_id" not in sign_in("phuong-a", secret).session, "it worked once"


@pytest.mark.embedded
def test_an_issued_secret_dies_after_three_days(cast, forced):
    secret = issue_secret(cast.officer, by=cast.leader)
    lives = cast.officer.secret_expires_at - timezone.now()
    assert datetime.timedelta(hours=71, minutes=59) < lives <= datetime.timedelta(hours=72)
    User.objects.update(secret_expires_at=timezone.now() - datetime.timedelta(seconds=1))
    refused = sign_in("phuong-a", secret)
    assert "quá hạn 72 giờ" in page_of(refused.answer) and "_auth_user_id" not in refused.session
    wrong = sign_in("phuong-a", "sai-rồi-nhé")
    assert "quá hạn" not in page_of(wrong.answer), "who does not know it learns nothing"


def test_an_issued_secret_does_not_get_round_the_second_factor(cast, forced):
    enrolled(cast.officer)
    secret = issue_secret(cast.officer, by=cast.leader)
    client = sign_in("phuong-a", secret)
    assert client.get("/tai-khoan/mat-khau/").url.startswith("/dang-nhap/ma-xac-thuc/")
    client.post("/dang-nhap/ma-xac-thuc/", {"code": code()})
    assert client.get("/tai-khoan/mat-khau/").status_code == 200


def test_an_account_made_in_the_admin_site_has_a_password_for_three_days(cast, forced):
    root = with_password(User.objects.create(username="goc", is_staff=True, is_superuser=True))
    client = sign_in(root.username)
    client.post("/admin/accounts/user/add/", {
        "username": "moi", "usable_password": "true", "password1": "lúa-chín-vàng-đồng", "password2": "lúa-chín-vàng-đồng",
        "memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0",
    })  # fmt: skip
    made = User.objects.get(username="moi")
    assert made.must_change_password and made.secret_expires_at > timezone.now() + datetime.timedelta(hours=71)


def test_what_happens_is_told_in_one_place_and_without_secrets(cast, caplog):
    user = with_password(cast.officer)
    enrolled(user)
    with caplog.at_level(logging.INFO, logger="danvan.security"):
        sign_in("phuong-a", "sai-rồi-nhé")
        client = sign_in("phuong-a")
        client.post("/dang-nhap/ma-xac-thuc/", {"code": "12345x"})
        client.post("/dang-nhap/ma-xac-thuc/", {"code": code()})
        client.post("/tai-khoan/xac-nhan/", {"password": PASSWORD})
        secret = issue_secret(user, by=cast.leader)
        sign_in("khong-co-ai", secret)
    told = [record.getMessage() for record in caplog.records if record.name == "danvan.security"]
    kinds = [line.split()[0] for line in told]
    for kind in ("login.failed", "login.password_accepted", "code.refused", "code.accepted", "step_up.accepted", "password.issued"):
        assert kind in kinds, told
    everything = " ".join(told)
    assert f"user={user.pk}" in everything and "from=127.0.0.1" in everything
    assert not [word for word in (PASSWORD, "sai-rồi-nhé", secret, code(), "khong-co-ai") if word in everything]
