"""The scope of a request: one transaction, gone with it; on the application's own connection."""

import threading
from contextlib import closing

import psycopg
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from danvan.access.decorators import public, requires
from danvan.access.rows import enforced, seen_by
from danvan.access.startup import bound_by_policies, refuse_owner, stronger_than_policies
from danvan.accounts.models import Membership, User
from danvan.units.models import Kind
from danvan.units.services import create_unit
from models_awards.models import Campaign
from tests.danvan.operations.databases import url_of
from tests.factories import awards
from tests.roles import ROLE, as_application

pytestmark = pytest.mark.skipif("config.option.embedded", reason="SQLite has no row-level security")


@requires("home.view")
def spoiled(request):
    Campaign.objects.update(name="Đã đổi")
    if "no" in request.GET:
        raise ZeroDivisionError
    return HttpResponse(status=int(request.GET.get("trang_thai", 200)))


@public
def counted(request):
    return HttpResponse(str(Campaign.objects.count()))


urlpatterns = [path("lam-hong/", spoiled), path("dem/", counted), path("", include("danvan.urls"))]


@pytest.fixture
def office(transactional_db):
    """A unit with one campaign and its reviewer; committed, for other connections read it."""
    import datetime

    unit = create_unit(code="BDV", name="Ban Dân vận", kind=Kind.MOBILIZATION_BOARD, valid_from=datetime.date(2015, 1, 1))
    user = User.objects.create_user("chuyen-vien", display_name="Chuyên viên")
    Membership.objects.create(user=user, unit=unit, role="chuyen_vien", starts_on=datetime.date(2015, 1, 1))
    awards.new_campaign(unit, 2019, words="gốc")
    return user


def names():
    return set(Campaign.objects.values_list("name", flat=True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("query", "kept"), [("?no=1", False), ("?trang_thai=500", False), ("?trang_thai=404", True), ("", True)])
def test_an_answer_from_500_on_takes_back_what_was_written(settings, office, query, kept):
    settings.ROOT_URLCONF = __name__
    client, before = Client(raise_request_exception=False), names()
    client.force_login(office)
    client.get(f"/lam-hong/{query}")
    assert (names() == {"Đã đổi"}) is kept and (names() == before) is not kept


@pytest.mark.django_db(transaction=True)
def test_the_next_request_on_the_same_connection_sees_nothing(settings, office):
    settings.ROOT_URLCONF = __name__
    client = Client()
    client.force_login(office)
    assert client.get("/dem/").content == b"1"
    same = connection.connection
    assert Client().get("/dem/").content == b"0"
    assert connection.connection is same
    with as_application():
        assert names() == set()


@pytest.mark.django_db(transaction=True)
def test_a_thread_beside_a_scope_sees_nothing(office):
    found = []

    def look():
        with as_application():
            found.append(Campaign.objects.count())
        connection.close()

    with as_application(), seen_by(office):
        assert Campaign.objects.count() == 1
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert found == [0]


@pytest.mark.django_db(transaction=True)
def test_a_frozen_scope_reads_one_moment(office):
    with as_application(), seen_by(office, frozen=True):
        assert Campaign.objects.count() == 1
        with closing(psycopg.connect(url_of(), autocommit=True)) as other:
            other.execute("UPDATE models_awards_campaign SET name = 'Đổi bên ngoài'")
        assert names() != {"Đổi bên ngoài"}
    assert names() == {"Đổi bên ngoài"}


# --- who may serve ---------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_process_of_production_that_connects_as_owner_does_not_start(settings, monkeypatch):
    monkeypatch.setattr(connection, "close", lambda: None)
    refuse_owner()  # the demo and the tests may
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match=r"superuser.*docs/operations\.md"):
        refuse_owner()
    [error] = bound_by_policies(None, databases=["default"])
    assert error.id == "access.E002" and "superuser" in error.msg
    assert bound_by_policies(None, databases=None) == []
    settings.APP_DATABASE_URL = "postgres://danvan_app@db/danvan"
    assert bound_by_policies(None, databases=["default"]) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (f"ALTER ROLE {ROLE} SUPERUSER", "superuser"),
        (f"ALTER ROLE {ROLE} BYPASSRLS", "BYPASSRLS"),
        (f"ALTER TABLE models_awards_campaign OWNER TO {ROLE}", "owner"),
        ("SELECT 1", ""),
    ],
)
def test_what_is_stronger_than_a_policy_is_named(settings, monkeypatch, statement, told):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    with as_application():
        assert stronger_than_policies() == told
    assert enforced() and not settings.PRODUCTION


def test_the_tests_answer_requests_by_the_application():
    """Otherwise every test above would prove the owner's rights."""
    assert settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
