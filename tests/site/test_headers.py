"""What every answer tells the browser: load from here only, guess nothing, frame nothing, send no address along, keep nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import include, path, reverse

from danvan.access.decorators import public
from danvan.access.roles import ADMINISTRATOR
from danvan.access.walk import patterns
from danvan.accounts.models import User
from danvan.attachments.services import attach
from tests.danvan.accounts.signing import every_address
from tests.danvan.attachments import good
from tests.danvan.common.cast import browser, campaign, cast, demo_day, kinds, new_user, period, regime  # noqa: F401
from tests.factories import awards, dialogues, regulations, reports, supervision
from tests.scoping.classified import argument_sets, model_of
from tests.site.headers import wrong_with
from tests.world import rolled_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(cast, campaign, period, monkeypatch):  # noqa: F811
    """{model: an own row of ward A}, so that addresses with a key are pages too, not only refusals."""
    registration = awards.new_registration(cast.a, campaign, words="x")
    submission = reports.accepted(period, cast.a, officer=cast.officer, head=cast.head, reviewer=cast.reviewer, words="x")
    dialogue = dialogues.new_dialogue(cast.a, words="x")
    a_round = supervision.new_round(cast.a, [cast.a], words="x")
    made = [
        registration, submission, period, dialogue, a_round, campaign, cast.a, cast.officer,
        attach(registration, SimpleUploadedFile("tep.docx", good.docx()), unit_id=cast.a.pk, by=cast.officer),
        reports.produced(cast.a, "2019", by=cast.officer, words="x", monkeypatch=monkeypatch),
        dialogues.new_question(dialogue, words="x"), supervision.new_plan(cast.a, words="x"),
        supervision.new_recommendation(cast.a, cast.b, words="x"), regulations.new_regulation(cast.a, words="x"),
        awards.new_award(cast.a, words="x"), regulations.new_disclosure(cast.a, words="x"),
    ]  # fmt: skip
    return {type(row): row.pk for row in made}


def own_addresses(rows):
    """Every address, with the keys of own rows where it takes one."""
    for _, name, pattern in patterns():
        if not pattern.pattern.converters:
            yield reverse(name)
        elif pk := rows.get(model_of(name, pattern)):
            yield from (reverse(name, kwargs=arguments) for arguments in argument_sets(pattern, pk, name))


def walked(client, addresses):
    """{status: answers}, after none of them lacked a header."""
    wrong, statuses = {}, {}
    for address in addresses:
        with rolled_back():
            signed = client.cookies.copy()
            response = client.get(address)
            b"".join(response.streaming_content if response.streaming else [response.content])
            client.cookies = signed
        statuses[response.status_code] = statuses.get(response.status_code, 0) + 1
        if found := wrong_with(response):
            wrong[address] = found
    assert wrong == {}
    return statuses


@pytest.mark.embedded
def test_every_answer_without_an_account(kinds):  # noqa: F811
    statuses = walked(Client(raise_request_exception=False), [*every_address(), "/khong-co-trang-nay/"])
    assert sum(statuses.values()) > 200 and statuses[200] >= 3 and statuses[302] > 150
    print(f"counted: headers without an account: {statuses}")


@pytest.mark.parametrize("name", ["phuong-a", "lanh-dao", "quan-tri"])
def test_every_answer_to_a_person(cast, rows, name):  # noqa: F811
    """Pages, refusals, missing records, files: of an officer, and of those who open other pages."""
    new_user("quan-tri", cast.district, ADMINISTRATOR)
    client = browser(User.objects.get(username=name))
    client.raise_request_exception = False
    statuses = walked(client, sorted({*every_address(), *own_addresses(rows)}))
    assert statuses[200] > (20 if name == "quan-tri" else 80) and statuses[403] > 10 and statuses[404] > 10
    print(f"counted: headers of answers to {name}: {statuses}")


@pytest.mark.embedded
def test_every_page_of_the_admin_site(kinds):  # noqa: F811
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("goc", password="x"))
    assert walked(client, [address for address in every_address() if address.startswith("/admin/")])[200] > 10


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("change", "lost"),
    [
        ("csp.middleware.CSPMiddleware", ["Content-Security-Policy"]),
        ("django.middleware.clickjacking.XFrameOptionsMiddleware", ["X-Frame-Options"]),
        ("danvan.common.http.not_kept", ["Cache-Control"]),
        ("django.middleware.security.SecurityMiddleware", ["X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"]),
    ],
)
def test_a_middleware_that_is_missing_is_seen(settings, change, lost):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != change]
    assert wrong_with(Client().get("/khong-co-trang-nay/")) == lost


@pytest.mark.embedded
def test_a_policy_that_lets_scripts_in_is_seen(settings):
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], "style-src": ["'unsafe-inline'"]}}
    assert wrong_with(Client().get("/khong-co-trang-nay/")) == ["Content-Security-Policy"]


@pytest.mark.embedded
def test_what_answers_before_any_view_carries_them_too(settings):
    """A host that is not ours, a redirect to HTTPS, a name that another part answers under."""
    assert "Content-Security-Policy" not in wrong_with(Client(headers={"host": "evil.example"}).get("/"))
    settings.SECURE_SSL_REDIRECT = True
    moved = Client().get("/dang-nhap/")
    assert moved.status_code == 301 and set(wrong_with(moved)) <= {"Cache-Control", "Content-Type"}
    settings.SECURE_SSL_REDIRECT, settings.PUBLIC_HOST, settings.ALLOWED_HOSTS = False, "cong-khai.example.vn", ["cong-khai.example.vn"]
    missing = Client(headers={"host": "cong-khai.example.vn"}).get("/tai-khoan/")
    assert missing.status_code == 404 and set(wrong_with(missing)) <= {"Cache-Control"}


# --- what a crash and an odd method tell --------------------------------------------------------------------


def broken(request):
    raise RuntimeError("postgres://danvan:mat-khau@db")


urlpatterns = [path("hong/", public(broken)), path("", include("danvan.urls"))]


@pytest.mark.embedded
@pytest.mark.urls(__name__)
def test_a_crash_says_nothing_of_its_inside(kinds):  # noqa: F811
    response = Client(raise_request_exception=False).get("/hong/")
    page = response.content.decode()
    assert response.status_code == 500 and "Hệ thống gặp trục trặc" in page
    assert not [word for word in ("RuntimeError", "postgres", "Traceback", "test_headers") if word in page]
    assert wrong_with(response) == []


@pytest.mark.embedded
def test_trace_sends_nothing_back(kinds):  # noqa: F811
    response = Client(headers={"cookie": "x=bi-mat", "x-thu": "bi-mat"}).trace("/dang-nhap/")
    assert "message/http" not in response["Content-Type"] and b"bi-mat" not in response.content


def test_every_page_offers_to_log_out(cast, rows):  # noqa: F811
    client = browser(cast.officer)
    client.raise_request_exception = False
    without, pages = set(), 0
    for address in sorted({*every_address(), *own_addresses(rows)}):
        with rolled_back():
            response = client.get(address)
            content = b"".join(response.streaming_content if response.streaming else [response.content])
            if response.status_code == 200 and content.startswith(b"<!doctype html>"):
                pages += 1
                if b'action="/dang-xuat/"' not in content:
                    without.add(address)
    assert pages > 70 and without == set()
