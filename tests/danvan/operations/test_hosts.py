from ipaddress import ip_network

import pytest
from django.core.checks import Tags, run_checks
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from danvan.access.decorators import public
from danvan.access.roles import ADMINISTRATOR, RIGHTS
from danvan.access.walk import own_views
from danvan.operations import checks
from danvan.operations.hosts import ADMINISTRATION
from danvan.urls import urlpatterns as of_the_portal
from tests.danvan.accounts.signing import every_address

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

PORTAL, ADMIN, PUBLIC = "cong.example.vn", "quan-tri.example.vn", "cong-khai.example.vn"
separated = override_settings(ADMIN_HOST=ADMIN, PUBLIC_HOST=PUBLIC, ALLOWED_HOSTS=[PORTAL, ADMIN, PUBLIC])


@pytest.mark.parametrize(
    ("host", "path", "answers"),
    [
        (PORTAL, "/dang-nhap/", 200),
        (PORTAL, "/admin/", 404),
        (PORTAL, "/quan-tri/tai-khoan/", 404),
        (PORTAL, "/don-vi/", 404),
        (PORTAL, "/don-vi/quyet-dinh/", 404),
        (ADMIN, "/don-vi/quyet-dinh/", 302),
        (ADMIN.upper(), "/don-vi/", 302),
        (ADMIN, "/dang-nhap/", 200),
        (ADMIN, "/admin/", 302),
        (PUBLIC, "/dang-nhap/", 404),
        (PUBLIC, "/admin/", 404),
        (PUBLIC, "/", 404),
        (PUBLIC.upper(), "/dang-nhap/", 404),
        (f"{PUBLIC}.", "/dang-nhap/", 404),
        (f"{PUBLIC}:443", "/dang-nhap/", 404),
        (PUBLIC, "/healthz", 200),
        ("other.example.vn", "/dang-nhap/", 400),
    ],
)
@separated
def test_each_part_answers_under_its_own_name(host, path, answers):
    assert Client(headers={"host": host}).get(path).status_code == answers


def test_what_administrators_alone_may_open_stands_below_their_addresses():
    """Their host can be kept to some addresses of the network; a screen of theirs elsewhere would stay open to all."""
    theirs = {right for right, roles in RIGHTS.items() if set(roles) == {ADMINISTRATOR}}
    screens = {f"/{route}" for route, view in own_views() if view.access_rule in theirs}
    assert len(screens) > 30
    assert [screen for screen in sorted(screens) if not screen.startswith(ADMINISTRATION)] == []


# The portal has no public pages yet: this one stands for them.
urlpatterns = [path("cong-khai/so-lieu/", public(lambda request: HttpResponse("Số liệu công khai"))), *of_the_portal]


@pytest.mark.urls(__name__)
@separated
def test_public_pages_answer_under_their_own_name_and_nothing_else_does():
    visitor = Client(headers={"host": PUBLIC})
    page = visitor.get("/cong-khai/so-lieu/")
    assert (page.status_code, page.content.decode(), page.cookies) == (200, "Số liệu công khai", {})
    assert Client(headers={"host": PORTAL}).get("/cong-khai/so-lieu/").status_code == 404
    others = [address for address in every_address() if address not in ("/healthz", "/readyz", "/cong-khai/so-lieu/")]
    assert len(others) > 200
    for address in [*others, "/cong-khai/../admin/", "/cong-khai/khac/", "//admin/"]:
        for method in ("get", "post"):
            assert getattr(visitor, method)(address).status_code == 404, (method, address)


def test_without_names_of_their_own_all_parts_share_one(client):
    assert client.get("/admin/").status_code == 302
    assert client.get("/dang-nhap/").status_code == 200


def ids():
    return {found.id for found in run_checks(tags=[Tags.security], include_deployment_checks=True) if found.id.startswith("danvan")}


SOUND = {
    "SESSION_COOKIE_NAME": "__Host-sessionid",
    "CSRF_COOKIE_NAME": "__Host-csrftoken",
    "CELERY_BROKER_URL": "redis://127.0.0.1:6379/0",
    "MFA_NETWORKS_SAID": True,
}


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}, "danvan.E001"),
        ({"CSRF_COOKIE_NAME": "csrftoken"}, "danvan.E002"),
        ({"SESSION_COOKIE_HTTPONLY": False}, "danvan.E002"),
        ({"CELERY_BROKER_URL": "folder://localhost/"}, "danvan.E004"),
    ],
)
def test_a_weak_setting_is_found(change, error):
    with override_settings(**SOUND):
        assert ids() == set()
    with override_settings(**{**SOUND, **change}):
        assert ids() == {error}


def test_private_files_beside_static_ones_are_found(settings):
    settings.PRIVATE_ROOT = settings.STATIC_ROOT / "private"
    assert [found.id for found in checks.check_storage(None)] == ["danvan.E003"]


@pytest.mark.parametrize("source", ["'unsafe-inline'", "https://cdn.example.com", "*"])
def test_an_open_content_policy_is_found(settings, source):
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], "script-src": ["'self'", source]}}
    assert [found.id for found in checks.check_content_policy(None)] == ["danvan.E005"]


@pytest.mark.parametrize("host", [f"{PUBLIC.upper()}", f"{PUBLIC}.", f"{PUBLIC.title()}.:443"])
@separated
def test_a_name_in_other_letters_or_with_its_dot_is_the_same_name(host):
    assert Client(headers={"host": host}).get("/dang-nhap/").status_code == 404
    assert Client(headers={"host": host}).get("/healthz").status_code == 200


@pytest.mark.parametrize("host", [ADMIN.upper(), f"{ADMIN}."])
@separated
def test_the_administration_answers_under_its_name_in_any_letters(host):
    assert Client(headers={"host": host}).get("/admin/").status_code == 302


@pytest.mark.parametrize(("networks", "said", "found"), [([], False, True), ([], True, False), ([ip_network("10.0.0.0/8")], False, False)])
def test_a_portal_that_knows_no_network_of_the_office_is_told(networks, said, found):
    """Without networks nobody is outside, and a ward's password alone opens the portal from anywhere."""
    with override_settings(**{**SOUND, "MFA_OFFICE_NETWORKS": networks, "MFA_NETWORKS_SAID": said}):
        assert ("danvan.W001" in ids()) is found
