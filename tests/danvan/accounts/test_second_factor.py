"""Codes of an authenticator app: no page without one, none counts twice, none is lost with the phone."""

import base64
import json
import re
import subprocess
import sys
import time
from ipaddress import ip_network

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings as django_settings
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from danvan.access.roles import ADMINISTRATOR, LEADER, OFFICER, REVIEWER
from danvan.accounts import sealing, second_factor, sessions
from danvan.accounts.models import Authenticator, RecoveryCodes, User
from danvan.accounts.services import reset_second_factor, unlock
from danvan.audit.choices import Kind
from danvan.audit.models import AuditEvent
from tests.danvan.accounts.signing import KEY, PASSWORD, code, enrolled, every_address, page_of, sign_in, with_password
from tests.danvan.common.cast import browser, new_user
from tests.danvan.operations.databases import environment, url_of

CODE, ENROL = "/dang-nhap/ma-xac-thuc/", "/tai-khoan/xac-thuc/"


@pytest.fixture
def required(settings):
    settings.MFA_ROLES = frozenset({REVIEWER, LEADER, ADMINISTRATOR})


@pytest.fixture
def reviewer(cast, required):
    return with_password(cast.reviewer)


# --- nothing opens with the password alone -----------------------------------------------------


@pytest.mark.embedded
@pytest.mark.parametrize(("has_app", "page", "exempt"), [(True, CODE, ()), (False, ENROL, (f"{ENROL}ma-qr.svg",))])
def test_no_address_opens_with_a_password_only(reviewer, has_app, page, exempt):
    if has_app:
        enrolled(reviewer)
    client = sign_in("chuyen-vien")
    open_ = {page, *exempt, "/dang-xuat/", "/healthz", "/readyz"}
    walked = [address for address in every_address() if address not in open_]
    assert len(walked) > 150 and "/admin/accounts/user/" in walked
    for address in walked:
        for method in ("get", "post", "put", "patch", "delete", "options"):
            answer = getattr(client, method)(address)
            assert answer.status_code == 302 and answer["Location"].split("?")[0] == page, (method, address, answer.status_code)
    fragment = client.get("/bao-cao/1/tien-do/", headers={"HX-Request": "true"})
    assert fragment["HX-Redirect"].startswith(page) and not fragment.content
    assert client.get("/khong-co-trang-nay/").status_code == 302


def test_the_open_pages_show_nothing_of_the_portal(reviewer, cast):
    enrolled(reviewer)
    client = sign_in("chuyen-vien")
    page = page_of(client.get(CODE))
    assert "Nhập mã xác thực" in page and "Trình đơn chính" not in page and cast.office.name not in page
    with_password(cast.leader)
    page = page_of(sign_in("lanh-dao").get(ENROL))
    assert "Bật xác thực hai bước" in page and "Trình đơn chính" not in page and cast.office.name not in page


@pytest.mark.embedded
def test_the_code_opens_the_page_that_was_asked_for(reviewer):
    enrolled(reviewer)
    client = Client()
    client.post("/dang-nhap/", {"username": "chuyen-vien", "password": PASSWORD, "next": "/dan-van-kheo/dang-ky/?q=hoa"})
    key = client.session.session_key
    away = client.get("/dan-van-kheo/dang-ky/?q=hoa")
    wrong = client.post(away.url, {"code": "000000" if code() != "000000" else "111111"})
    assert wrong.status_code == 422 and "Mã không đúng hoặc đã dùng" in page_of(wrong)
    assert client.get("/tai-khoan/").status_code == 302
    right = client.post(away.url, {"code": f"{code()[:3]} {code()[3:]}"})
    # the wrong code makes the next one wait a second
    if right.status_code == 422:
        time.sleep(1.1)
        right = client.post(away.url, {"code": code()})
    assert right.url == "/dan-van-kheo/dang-ky/?q=hoa"
    assert client.get("/tai-khoan/").status_code == 200
    assert client.session.session_key != key, "a new key once more is known of the visitor"


@pytest.mark.parametrize("name", ["django", "accounts"])
def test_a_session_whose_code_was_never_right_is_not_freed_by_other_marks(reviewer, name):
    enrolled(reviewer)
    client = browser(reviewer)
    session = client.session
    session["otp_device_id"] = f"{name}.totpdevice/1"  # what django-otp's own middleware would believe
    session.save()
    assert client.get("/tai-khoan/").url.startswith(CODE)


# --- who owes one ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "powers", "due"),
    [(OFFICER, {}, False), (REVIEWER, {}, True), (LEADER, {}, True), (ADMINISTRATOR, {}, True), (OFFICER, {"is_superuser": True}, True)],
)
def test_the_role_decides(cast, required, role, powers, due):
    user = new_user("moi", cast.a, role)
    User.objects.filter(pk=user.pk).update(**powers)
    assert second_factor.is_required(User.objects.get(pk=user.pk), "10.1.2.3") is due


@pytest.mark.parametrize(
    ("address", "due"), [("10.20.3.4", False), ("10.21.3.4", True), ("2001:db8::7", False), (None, True), ("203.0.113.9", True)]
)
def test_from_outside_the_office_everybody_owes_one(cast, settings, address, due):
    settings.MFA_OFFICE_NETWORKS = [ip_network("10.20.0.0/16"), ip_network("2001:db8::/64")]
    assert second_factor.is_required(cast.officer, address) is due


def test_a_session_that_moves_outside_meets_the_gate(cast, settings):
    settings.MFA_OFFICE_NETWORKS = [ip_network("127.0.0.0/8")]
    client = sign_in(with_password(cast.officer).username)
    assert client.get("/tai-khoan/").status_code == 200
    assert client.get("/tai-khoan/", REMOTE_ADDR="203.0.113.9").url.startswith(ENROL)


def test_an_app_that_nobody_required_is_asked_for_too(cast):
    enrolled(with_password(cast.officer))
    assert sign_in("phuong-a").get("/tai-khoan/").url.startswith(CODE)


# --- enrolling ---------------------------------------------------------------------------------------


def key_on(page):
    text = re.search(r'id="khoa">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    return base64.b32decode(text)


@pytest.mark.embedded
def test_enrolling_shows_a_picture_a_key_and_recovery_codes_once(reviewer):
    client = sign_in("chuyen-vien")
    assert TOTPDevice.objects.count() == 0
    key = key_on(page_of(client.get(ENROL)))
    assert key_on(page_of(client.get(ENROL))) == key and TOTPDevice.objects.count() == 0, "looking twice changes nothing"
    picture = client.get(f"{ENROL}ma-qr.svg")
    assert (
        picture["Content-Type"] == "image/svg+xml; charset=utf-8" and b"<svg" in picture.content and "no-store" in picture["Cache-Control"]
    )
    assert b"style=" not in picture.content
    refused = client.post(ENROL, {"code": "abc"})
    assert refused.status_code == 422 and TOTPDevice.objects.count() == 0
    done = client.post(ENROL, {"code": code(key=key)})
    assert len(re.findall(r"<li>[a-z2-9]{5}-[a-z2-9]{5}</li>", page_of(done))) == 10 and "no-store" in done["Cache-Control"]
    reviewer.refresh_from_db()
    assert reviewer.second_factor_at and StaticToken.objects.count() == 10
    assert client.get("/tai-khoan/").status_code == 200
    assert client.get(f"{ENROL}ma-qr.svg").status_code == 404, "the key is shown no more"
    stored = Authenticator.objects.get(user=reviewer)
    assert key.hex() not in stored.key and stored.bin_key == key
    used = client.post("/dang-xuat/") and sign_in("chuyen-vien", client=client).post(CODE, {"code": code(key=key)})
    assert used.status_code == 422, "the code that proved the app is used up"


def test_a_new_phone_needs_the_password_again_and_ends_other_sessions(cast, monkeypatch):
    device = enrolled(with_password(cast.officer))
    here, there = sign_in("phuong-a"), sign_in("phuong-a")
    for client, step in ((here, 0), (there, 1)):
        assert client.post(CODE, {"code": code(step)}).status_code == 302
    later = sessions.now() + 700
    monkeypatch.setattr("danvan.accounts.sessions.now", lambda: later)
    assert here.get(ENROL).url.startswith("/tai-khoan/xac-nhan/")
    here.post("/tai-khoan/xac-nhan/", {"password": PASSWORD})
    key = key_on(page_of(here.get(ENROL)))
    assert here.post(ENROL, {"code": code(key=key)}).status_code == 200
    assert not TOTPDevice.objects.filter(pk=device.pk).exists() and Authenticator.objects.get(user=cast.officer).bin_key == key
    assert here.get("/tai-khoan/").status_code == 200
    assert there.get("/tai-khoan/").url.startswith("/dang-nhap/")


def test_the_key_of_one_account_opens_no_other(cast):
    device = enrolled(cast.officer)
    Authenticator.objects.filter(pk=device.pk).update(user=cast.colleague)
    with pytest.raises(InvalidTag):
        Authenticator.objects.get(pk=device.pk).bin_key  # noqa: B018


def test_a_new_secret_key_still_reads_what_the_former_sealed(settings, cast):
    sealed, former = sealing.seal(KEY, 7), settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "x" * 50, [former]
    assert sealing.unseal(sealed, 7) == KEY


def test_a_lost_secret_key_is_told_and_does_not_open(cast, settings):
    """As after a restore under another key."""
    enrolled(with_password(cast.officer))
    settings.SECRET_KEY = "y" * 50
    client = sign_in("phuong-a")
    answer = client.post(CODE, {"code": code()})
    assert answer.status_code == 422 and "không còn đọc được" in page_of(answer)
    assert client.get("/tai-khoan/").url.startswith(CODE)


# --- recovery codes -------------------------------------------------------------------------------------


@pytest.mark.embedded
def test_a_recovery_code_opens_once_and_stands_nowhere_in_clear(cast):
    user = with_password(cast.officer)
    enrolled(user)
    codes = second_factor.renew_recovery_codes(user)
    assert len(set(codes)) == 10 and all(len(sealing.normal(text)) == 10 for text in codes)
    with connection.cursor() as cursor:
        cursor.execute("SELECT token FROM otp_static_statictoken")
        stored = " ".join(row[0] for row in cursor.fetchall()).lower()
    assert not any(part in stored for text in codes for part in (text, sealing.normal(text)))
    assert sign_in("phuong-a").post(CODE, {"code": codes[3].upper().replace("-", " ")}).status_code == 302
    again = sign_in("phuong-a")
    assert again.post(CODE, {"code": codes[3]}).status_code == 422
    unlock(user)  # the used code counted as a wrong one
    assert again.post(CODE, {"code": codes[4]}).status_code == 302
    assert "Còn 8 mã dự phòng" in page_of(again.get("/tai-khoan/"))


def test_renewed_codes_replace_the_former(cast):
    user = with_password(cast.officer)
    enrolled(user)
    former = second_factor.renew_recovery_codes(user)
    client = sign_in("phuong-a")
    client.post(CODE, {"code": code()})
    fresh = re.findall(r"<li>([a-z2-9]{5}-[a-z2-9]{5})</li>", page_of(client.post("/tai-khoan/xac-thuc/ma-du-phong/")))
    assert len(fresh) == 10 and not set(fresh) & set(former)
    assert sign_in("phuong-a").post(CODE, {"code": former[0]}).status_code == 422
    assert RecoveryCodes.objects.filter(user=user).count() == 1


# --- lost, turned off -----------------------------------------------------------------------------------


def test_an_administrator_resets_the_factor_and_the_sessions_end(reviewer, cast):
    enrolled(reviewer)
    second_factor.renew_recovery_codes(reviewer)
    client = sign_in("chuyen-vien")
    client.post(CODE, {"code": code()})
    assert client.get("/tai-khoan/").status_code == 200
    reset_second_factor(reviewer, by=cast.leader)
    assert client.get("/tai-khoan/").url.startswith("/dang-nhap/")
    assert not TOTPDevice.objects.exists() and not StaticToken.objects.exists()
    assert sign_in("chuyen-vien").get("/tai-khoan/").url.startswith(ENROL)


def test_turning_off_is_for_those_who_need_not(reviewer, cast, settings):
    enrolled(reviewer)
    client = sign_in("chuyen-vien")
    client.post(CODE, {"code": code()})
    assert client.post("/tai-khoan/xac-thuc/tat/").status_code == 403
    assert Authenticator.objects.filter(user=reviewer).exists()
    settings.MFA_ROLES = frozenset()
    assert client.post("/tai-khoan/xac-thuc/tat/").status_code == 302
    assert not Authenticator.objects.filter(user=reviewer).exists()
    assert client.get("/tai-khoan/").status_code == 200, "this browser stays signed in"
    told = AuditEvent.objects.filter(kind=Kind.CREDENTIAL).latest("pk")
    assert (told.detail["step"], told.user_id) == ("tắt mã xác thực", reviewer.pk), "nobody reset it for the owner"


# --- guessing and using twice ------------------------------------------------------------------------------


def test_wrong_codes_make_the_next_try_wait_longer_and_longer(cast):
    enrolled(with_password(cast.officer))
    client = sign_in("phuong-a")
    wrong = "000000" if code() != "000000" else "111111"
    client.post(CODE, {"code": wrong})
    Authenticator.objects.update(throttling_failure_count=9)
    answer = page_of(client.post(CODE, {"code": code()}))
    assert "Anh/chị đợi" in answer and "phút rồi nhập mã mới" in answer
    Authenticator.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    assert client.post(CODE, {"code": code()}).status_code == 302


TRY = """
import json, sys, time, django
django.setup()
from django.db import connection
from danvan.accounts.models import User
from danvan.accounts import second_factor
from danvan.common.exceptions import Refused
user = User.objects.get(pk=int(sys.argv[1]))
time.sleep(max(0, float(sys.argv[3]) - time.time()))
try:
    second_factor.check_code(user, sys.argv[2], None)
    print(json.dumps("accepted"))
except Refused as refusal:
    print(json.dumps("refused"))
"""


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_a_code_counts_once_across_processes(cast, kind):
    """Four processes send the same code in the same moment; then a fifth sends it again."""
    enrolled(cast.officer)
    text = code(1) if kind == "app" else second_factor.renew_recovery_codes(cast.officer)[0]
    start = time.time() + 8
    arguments = [sys.executable, "-c", TRY, str(cast.officer.pk), text]
    env = environment(DJANGO_SETTINGS_MODULE="danvan.settings", DATABASE_URL=url_of(), TODAY="2020-01-08")
    options = {"cwd": django_settings.BASE_DIR, "env": env, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    tries = [subprocess.Popen([*arguments, str(start)], **options) for _ in range(4)]
    answers = [process.communicate(timeout=120) for process in tries]
    assert all(process.returncode == 0 for process in tries), answers
    found = sorted(json.loads(out) for out, _ in answers)
    assert found == ["accepted", "refused", "refused", "refused"]
    later = subprocess.run([*arguments, "0"], **options, timeout=120)
    assert json.loads(later.stdout) == "refused"


def test_reset_pages_name_no_device_of_others(cast):
    """Keys and codes of others are listed nowhere: neither in the admin site nor by an address."""
    assert not [model for model in admin.site._registry if model._meta.app_label in ("otp_totp", "otp_static", "axes")]
    assert reverse("accounts:qr") == f"{ENROL}ma-qr.svg"


# --- the first app, unasked -----------------------------------------------------------------------------


@pytest.mark.embedded
def test_a_first_app_that_nobody_asked_for_needs_the_password_again(cast):
    """Else a session left open ties the account to somebody else's phone."""
    with_password(cast.officer)
    client = sign_in("phuong-a")
    assert client.get(ENROL).status_code == 200, "signing in counts"
    session = client.session
    session[sessions.CONFIRMED] -= 11 * 60
    session.save()
    assert client.get(ENROL).url.startswith("/tai-khoan/xac-nhan/")
    assert client.post(ENROL, {"code": code()}).url.startswith("/tai-khoan/xac-nhan/")


def test_a_first_app_that_is_due_opens_at_any_time(reviewer):
    client = sign_in("chuyen-vien")
    session = client.session
    session[sessions.CONFIRMED] -= 11 * 60
    session.save()
    assert client.get(ENROL).status_code == 200
