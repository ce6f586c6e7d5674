"""Guessing a password: five tries per account and address, a slow pace per account, and a way back for its owner."""

import datetime
import re
import threading
import time

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone

from danvan.accounts import throttling
from danvan.accounts.models import GuessPace, User
from danvan.accounts.services import unlock
from danvan.audit.choices import Kind
from danvan.audit.models import AuditEvent
from danvan.common.http import client_address
from tests.danvan.accounts.signing import PASSWORD, enrolled, page_of, sign_in, with_password

TOKEN = r'name="csrfmiddlewaretoken" value="\w+"'
HERE, THERE = "198.51.100.7", "203.0.113.9"
LOCKED, SLOW = "tạm bị khóa 15 phút", "quá nhiều lần thử đăng nhập"
MANY = "quá nhiều lần đăng nhập sai từ máy hoặc mạng này"


@pytest.fixture
def person(cast):
    return with_password(cast.officer)


def guess(name="phuong-a", password="sai-rồi-nhé", address=HERE, times=1, client=None):
    for _ in range(times):
        client = sign_in(name, password, client, REMOTE_ADDR=address)
    return client


def is_in(client):
    return "_auth_user_id" in client.session


# --- five tries ---------------------------------------------------------------------------------


@pytest.mark.embedded
def test_the_fifth_wrong_password_locks_this_account_at_this_address(person):
    assert "Sai tên đăng nhập" in page_of(guess(times=4).answer)
    fifth = guess().answer
    assert fifth.status_code == 429 and LOCKED in page_of(fifth)
    right = guess(password=PASSWORD)
    assert not is_in(right) and LOCKED in page_of(right.answer)
    assert is_in(guess(password=PASSWORD, address=THERE)), "the owner elsewhere is not shut out"


def test_colleagues_behind_the_same_address_are_not_locked(person, cast):
    guess(times=6)
    with_password(cast.reviewer)
    assert is_in(guess("chuyen-vien", PASSWORD))


def test_the_lock_opens_by_itself_and_tries_during_it_do_not_prolong_it(person):
    guess(times=5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=14))
    assert LOCKED in page_of(guess(times=3).answer)
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=16))
    assert is_in(guess(password=PASSWORD))


def test_four_slips_before_a_right_password_are_forgotten(person):
    for _ in range(3):
        guess(times=4)
        assert is_in(guess(password=PASSWORD))


@pytest.mark.embedded
def test_every_answer_is_the_same_for_an_account_that_does_not_exist(person):
    User.objects.filter(username="phuong-b").update(is_active=False)
    told = {}
    for name in ("phuong-a", "phuong-b", "khong-co-ai"):
        answers = [guess(name).answer for _ in range(6)]
        told[name] = [(answer.status_code, re.sub(TOKEN, "", page_of(answer)).replace(name, "…")) for answer in answers]
    assert told["phuong-a"] == told["phuong-b"] == told["khong-co-ai"]
    assert told["phuong-a"][5][0] == 429


def test_what_was_typed_is_not_kept_in_the_table_of_tries(person):
    Client().post("/dang-nhap/", {"username": "phuong-a", "password": "bí-mật-lắm", "_typed": '{"name": ["Đơn của bà"]}', "next": "/x/"})
    row = AccessAttempt.objects.get()
    assert "bí-mật-lắm" not in row.post_data and "Đơn của bà" not in row.post_data


# --- the slow pace ---------------------------------------------------------------------------------


def far(number):
    return f"198.18.{number // 250}.{number % 250 + 1}"


@pytest.mark.embedded
def test_guessing_from_many_addresses_gets_twenty_tries_an_hour(person):
    answers = [page_of(guess(address=far(number)).answer) for number in range(22)]
    assert [SLOW in answer for answer in answers] == [False] * 20 + [True] * 2
    assert "lại sau 3 phút" in answers[-1] or "lại sau 4 phút" in answers[-1]
    assert not is_in(guess(password=PASSWORD, address=far(500))), "an unknown device waits, with the right password too"
    assert AccessAttempt.objects.filter(ip_address=far(21)).count() == 0, "what was not looked at is not counted as wrong"


def test_a_device_known_to_the_account_is_not_shut_out(person):
    known = guess(password=PASSWORD)
    known.post("/dang-xuat/")
    for number in range(25):
        guess(address=far(number))
    assert is_in(sign_in("phuong-a", client=known, REMOTE_ADDR=HERE))


def test_a_cookie_of_one_account_makes_no_device_of_another(person, cast):
    with_password(cast.reviewer)
    known = guess("chuyen-vien", PASSWORD)
    known.post("/dang-xuat/")
    theirs, forged = throttling.cookie_of("chuyen-vien"), throttling.cookie_of("phuong-a")
    known.cookies[forged] = known.cookies[theirs].value
    for number in range(20):
        guess(address=far(number))
    assert SLOW in page_of(sign_in("phuong-a", client=known, REMOTE_ADDR=HERE).answer)


def test_the_cookie_of_a_device_ends_and_cannot_be_written_by_hand(person, monkeypatch):
    client = guess(password=PASSWORD)
    request = RequestFactory().get("/")
    request.COOKIES[throttling.cookie_of("phuong-a")] = signed = client.cookies[throttling.cookie_of("phuong-a")].value
    assert throttling.device_of(request, "phuong-a")
    request.COOKIES[throttling.cookie_of("phuong-a")] = "x" + signed[1:]
    assert throttling.device_of(request, "phuong-a") == ""
    request.COOKIES[throttling.cookie_of("phuong-a")] = signed
    later = time.time() + throttling.DEVICE_DAYS * 86400 + 1
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert throttling.device_of(request, "phuong-a") == ""


def test_places_become_free_again_one_by_one(person):
    for number in range(20):
        guess(address=far(number))
    paces = GuessPace.objects.filter(username="phuong-a")
    paces.update(free_at=paces.get().free_at - datetime.timedelta(minutes=3, seconds=1))
    assert SLOW not in page_of(guess(address=far(30)).answer)
    assert SLOW in page_of(guess(address=far(31)).answer)


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_race_takes_no_more_places_than_there_are(db):
    start, waits = threading.Barrier(12), []

    def run():
        start.wait()
        for _ in range(3):
            waits.append(throttling.seconds_to_wait(RequestFactory().get("/"), "phuong-a"))
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(waits) == 36 and waits.count(0) == 20


def test_old_rows_are_swept_by_the_next_new_one(person):
    GuessPace.objects.create(username="ai-do", free_at=timezone.now() - datetime.timedelta(days=2))
    GuessPace.objects.create(username="vua-roi", free_at=timezone.now() - datetime.timedelta(minutes=2))
    guess()
    assert set(GuessPace.objects.exclude(username="").values_list("username", flat=True)) == {"vua-roi", "phuong-a"}


# --- unlocking --------------------------------------------------------------------------------------


def test_unlocking_forgets_wrong_passwords_wrong_codes_and_the_pace(person, cast):
    device = enrolled(person)
    type(device).objects.update(throttling_failure_count=9, throttling_failure_timestamp=timezone.now())
    guess(times=5)
    for number in range(20):
        guess(address=far(number))
    assert unlock(person, by=cast.leader) is True
    assert is_in(guess(password=PASSWORD)) and is_in(guess(password=PASSWORD, address=far(9)))
    device.refresh_from_db()
    assert device.verify_is_allowed()[0]
    assert unlock(person, by=cast.leader) is False


@pytest.mark.embedded
def test_the_command_unlocks(person, capsys):
    guess(times=5)
    call_command("unlock_account", "phuong-a")
    assert "Đã mở khóa phuong-a." in capsys.readouterr().out
    assert is_in(guess(password=PASSWORD))
    call_command("unlock_account", "phuong-b")
    assert "không bị khóa" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Không có tài khoản nào tên “ai-do”"):
        call_command("unlock_account", "ai-do")


# --- whose address ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "sent", "address"),
    [
        ("", {"X-Real-IP": THERE, "X-Forwarded-For": THERE}, HERE),
        ("X-Real-IP", {"X-Real-IP": THERE, "X-Forwarded-For": "192.0.2.1"}, THERE),
        ("X-Real-IP", {"X-Real-IP": "::ffff:203.0.113.9"}, THERE),
        ("X-Real-IP", {}, None),
        ("X-Real-IP", {"X-Real-IP": "không phải địa chỉ"}, None),
    ],
)
def test_only_the_header_of_the_proxy_counts_and_only_when_it_is_named(settings, header, sent, address):
    settings.CLIENT_ADDRESS_HEADER = header
    assert client_address(RequestFactory().get("/", headers=sent, REMOTE_ADDR=HERE)) == address


def test_a_forged_header_does_not_escape_the_lock(person):
    for number in range(5):
        sign_in("phuong-a", "sai-rồi-nhé", REMOTE_ADDR=HERE, headers={"X-Forwarded-For": far(number), "X-Real-IP": far(number)})
    assert not is_in(guess(password=PASSWORD))


def test_two_people_behind_the_proxy_are_two_addresses(person, settings):
    settings.CLIENT_ADDRESS_HEADER = "X-Real-IP"
    for _ in range(5):
        sign_in("phuong-a", "sai-rồi-nhé", REMOTE_ADDR="172.18.0.2", headers={"X-Real-IP": HERE})
    assert not is_in(sign_in("phuong-a", REMOTE_ADDR="172.18.0.2", headers={"X-Real-IP": HERE}))
    assert is_in(sign_in("phuong-a", REMOTE_ADDR="172.18.0.2", headers={"X-Real-IP": THERE}))


# --- the hash -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("former", ["pbkdf2", "argon2-default"])
def test_a_login_brings_an_old_hash_up_to_date(cast, former, settings):
    old = PBKDF2PasswordHasher().encode(PASSWORD, "muoi" * 6)
    if former != "pbkdf2":
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
        old = make_password(PASSWORD)
        settings.PASSWORD_HASHERS = ["danvan.accounts.hashers.OfficeArgon2Hasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    User.objects.filter(pk=cast.officer.pk).update(password=old)
    assert is_in(guess(password=PASSWORD))
    cast.officer.refresh_from_db()
    assert cast.officer.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


# --- names nobody has, from one address ---------------------------------------------------------------


@pytest.mark.embedded
def test_ever_new_names_from_one_address_come_to_an_end(person, settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 6
    answers = [page_of(guess(f"ten-{number}").answer) for number in range(9)]
    assert [MANY in answer for answer in answers] == [False] * 6 + [True] * 3
    assert GuessPace.objects.exclude(username="").count() == AccessAttempt.objects.count() == 6
    assert AuditEvent.objects.filter(kind__in=[Kind.LOGIN_FAILED, Kind.LOCKOUT]).count() == 6
    assert MANY not in page_of(guess("ten-moi", address=THERE).answer)


def test_right_passwords_take_no_place_and_a_known_device_does_not_wait(person, settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 6
    for _ in range(8):
        known = guess(password=PASSWORD)
        assert is_in(known)
    known.post("/dang-xuat/")
    for number in range(7):
        guess(f"ten-{number}")
    assert not is_in(guess(password=PASSWORD)), "a device that nobody knows waits with the rest of its address"
    assert is_in(sign_in("phuong-a", client=known, REMOTE_ADDR=HERE))


def test_one_subscriber_of_ipv6_is_one_address(person, settings):
    settings.LOGIN_FAILURES_PER_ADDRESS = 6
    for number in range(6):
        guess(f"ten-{number}", address=f"2001:db8:1:2::{number}")
    assert MANY in page_of(guess("ten", address="2001:db8:1:2:ffff::1").answer)
    assert MANY not in page_of(guess("ten", address="2001:db8:1:3::1").answer)


# --- names longer than any ---------------------------------------------------------------------------


@pytest.mark.embedded
@pytest.mark.parametrize("length", [151, 400, 100_000])
def test_a_name_longer_than_any_account_gets_the_ordinary_sentence(person, length):
    answer = guess("a" * length).answer
    assert answer.status_code == 200 and "Sai tên đăng nhập hoặc mật khẩu" in page_of(answer)
