"""Sessions end when idle, when too old, when somebody ends them; a page that asks by itself keeps none alive."""

import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from danvan.access.roles import ADMINISTRATOR
from danvan.access.walk import patterns
from danvan.accounts import sessions
from danvan.accounts.models import Session, User
from danvan.accounts.services import end_sessions, issue_secret
from tests.danvan.accounts.signing import PASSWORD, every_address, page_of, sign_in, with_password
from tests.danvan.common.cast import browser, new_user
from tests.roles import asked

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/130.0 Chrome/124.0 Mobile Safari/537.36"


@pytest.fixture
def clock(monkeypatch):
    """clock(61) lets a minute pass for sessions."""
    start, passed = sessions.now(), [0]

    def wait(seconds):
        passed[0] += seconds

    monkeypatch.setattr("danvan.accounts.sessions.now", lambda: start + passed[0])
    return wait


@pytest.fixture
def person(cast):
    return with_password(cast.officer)


def gone(client):
    answer = client.get("/tai-khoan/")
    return answer.status_code == 302 and answer.url.startswith("/dang-nhap/")


# --- idle and absolute ---------------------------------------------------------------------------


@pytest.mark.embedded
def test_a_quarter_of_an_hour_without_work_ends_the_session(person, clock):
    client = sign_in("phuong-a")
    for _ in range(5):
        clock(14 * 60)
        assert not gone(client), "work keeps it alive"
    key = client.session.session_key
    clock(15 * 60 + 31)
    away = client.get("/dan-van-kheo/dang-ky/?q=hoa")
    assert away.url.startswith("/dang-nhap/?het-han=1&next=/dan-van-kheo/dang-ky/")
    assert "Phiên làm việc đã hết vì lâu không thao tác" in page_of(client.get(away.url))
    assert not Session.objects.filter(session_key=key).exists(), "the row is gone, not only the cookie"


def test_an_administrator_has_five_minutes(cast, clock):
    with_password(new_user("quan-tri", cast.district, ADMINISTRATOR))
    client = sign_in("quan-tri")
    clock(4 * 60)
    assert not gone(client)
    clock(5 * 60 + 31)
    assert gone(client)


def test_ten_hours_end_a_session_however_busy(person, clock):
    client = sign_in("phuong-a")
    for _ in range(59):
        clock(10 * 60)
        assert not gone(client)
    clock(10 * 60 + 1)
    assert gone(client)


def test_the_limits_are_settings(person, clock, settings):
    settings.SESSION_IDLE_MINUTES, settings.SESSION_HOURS = 2, 1
    client = sign_in("phuong-a")
    clock(150)
    assert gone(client)
    client = sign_in("phuong-a")
    for _ in range(37):
        clock(100)
        client.get("/tai-khoan/")
    assert gone(client)


def test_a_session_made_by_other_means_has_limits_too(person, clock):
    client = browser(person)
    clock(16 * 60)
    assert gone(client)


def test_a_fragment_leads_the_whole_page_to_the_login(person, clock):
    client = sign_in("phuong-a")
    clock(16 * 60)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/bao-cao/1/ket-qua/"}
    answer = client.get("/bao-cao/1/tien-do/", headers=headers)
    assert answer["HX-Redirect"] == "/dang-nhap/?het-han=1&next=/bao-cao/1/ket-qua/" and not answer.content


# --- pages that ask by themselves ------------------------------------------------------------------


def polling_addresses():
    return {name for _, name, pattern in patterns() if getattr(pattern.callback, "polling", False)}


def test_every_address_that_a_page_polls_is_marked():
    """A fragment that asks again and again names its address as poll_url."""
    texts = {str(path): path.read_text() for path in Path(django_settings.BASE_DIR, "templates").rglob("*.html")}
    timers = [name for name, text in texts.items() if "every " in text and "hx-trigger" in text]
    polled = {name for text in texts.values() for name in re.findall(r"{% url '([a-z_:]+)' [^%]* as poll_url %}", text)}
    assert [Path(name).name for name in timers] == ["progress.html"]
    assert polled == polling_addresses() == {"reporting:progress"}


@pytest.mark.embedded
def test_every_other_address_keeps_a_session_alive_and_polling_ones_do_not(person, clock):
    client, marked = sign_in("phuong-a"), 0
    for address in every_address():
        if address in ("/dang-xuat/", "/khong-co/"):
            continue
        session = client.session
        session[sessions.SEEN] = sessions.now() - 60
        session.save()
        client.raise_request_exception = False
        client.get(address)
        touched = client.session[sessions.SEEN] == sessions.now()
        polling = getattr(get_resolver().resolve(address).func, "polling", False)
        assert touched is not polling, address
        marked += polling
    assert marked == 1


def test_polling_alone_lets_the_session_end(person, clock):
    client = sign_in("phuong-a")
    for _ in range(15):
        clock(60)
        assert client.get("/bao-cao/1/tien-do/").status_code == 404
    clock(61)
    assert client.get("/bao-cao/1/tien-do/").url.startswith("/dang-nhap/")


# --- ended by somebody -------------------------------------------------------------------------------


@pytest.mark.embedded
def test_deactivation_ends_a_session_on_its_next_request(person):
    client = sign_in("phuong-a")
    assert not gone(client)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert gone(client)
    User.objects.filter(pk=person.pk).update(is_active=True)
    end_sessions(person)
    assert gone(client)


@pytest.mark.embedded
def test_a_changed_password_ends_the_other_sessions(person):
    here, there = sign_in("phuong-a"), sign_in("phuong-a")
    new = "bèo-dạt-mây-trôi-2"
    here.post("/tai-khoan/mat-khau/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})
    assert not gone(here) and gone(there)
    assert Session.objects.filter(user=person).count() == 1


def test_an_issued_password_ends_every_session(person, cast):
    client = sign_in("phuong-a")
    issue_secret(person, by=cast.leader)
    assert gone(client) and not Session.objects.filter(user=person).exists()


def test_the_key_changes_with_the_login(person):
    client = Client()
    client.get("/dang-nhap/")
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    client.cookies[django_settings.SESSION_COOKIE_NAME] = before
    sign_in("phuong-a", client=client)
    assert client.session.session_key != before and not Session.objects.filter(session_key=before).exists()


# --- the owner's list -----------------------------------------------------------------------------------


@pytest.mark.embedded
def test_the_owner_sees_own_sessions_and_ends_one(person, cast):
    with_password(cast.colleague)
    sign_in("phuong-a-2", headers={"User-Agent": PHONE}, REMOTE_ADDR="198.51.100.77")
    here = sign_in("phuong-a", headers={"User-Agent": WINDOWS}, REMOTE_ADDR="198.51.100.7")
    phone = sign_in("phuong-a", headers={"User-Agent": PHONE}, REMOTE_ADDR="203.0.113.9")
    page = page_of(here.get("/tai-khoan/phien/"))
    assert "Đang đăng nhập ở 2 nơi" in page
    assert "Chrome trên Windows · máy này" in page and "Cốc Cốc trên Android" in page
    assert "198.51.100.7 " in page and "203.0.113.9" in page and "198.51.100.77" not in page
    assert phone.session.session_key not in page and here.session.session_key not in page
    handle = re.search(r'name="phien" value="([0-9a-f]{16})"', page)[1]
    here.post("/tai-khoan/phien/", {"phien": handle})
    assert gone(phone) and not gone(here)


def test_all_others_end_with_one_click_and_those_of_other_people_do_not(person, cast):
    with_password(cast.colleague)
    colleague, here = sign_in("phuong-a-2"), sign_in("phuong-a")
    others = [sign_in("phuong-a") for _ in range(3)]
    theirs = sessions.handle_of(Session.objects.get(user=cast.colleague))
    here.post("/tai-khoan/phien/", {"phien": theirs})
    assert not gone(colleague) and not gone(others[0])
    answer = here.post("/tai-khoan/phien/", {"phien": "khac"}, follow=True)
    assert "Đã kết thúc 3 phiên làm việc." in page_of(answer)
    assert all(gone(client) for client in others) and not gone(here) and not gone(colleague)


def test_a_login_sweeps_what_expired(person):
    old = Session.objects.create(session_key="x" * 32, session_data="", expire_date=timezone.now() - datetime.timedelta(hours=1))
    sign_in("phuong-a")
    assert not Session.objects.filter(pk=old.pk).exists()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (WINDOWS, "Chrome trên Windows"),
        (PHONE, "Cốc Cốc trên Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36 Edg/141.0", "Edge trên Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1", "Safari trên iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox trên Linux"),
        ("", "Trình duyệt khác"),
    ],
)
def test_devices_are_named_as_people_name_them(agent, words):
    assert sessions.device_words(agent) == words


def test_a_page_costs_no_further_query_for_its_session(person):
    client = sign_in("phuong-a")
    client.get(reverse("accounts:account"))
    with CaptureQueriesContext(connection) as log:
        client.get(reverse("accounts:account"))
    assert len(asked(log)) == 3  # the session, the user, the memberships
