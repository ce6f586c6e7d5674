import logging

import pytest
from django.http import HttpResponse, HttpResponseNotFound

from tests import roles
from tests.world import built, fill


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """As tests.world.world, once for this folder: pytest knows it as one by its __init__.py, else the world would stay for good."""
    with built(django_db_blocker, tmp_path_factory.mktemp("private"), fill) as cast:
        yield cast


@pytest.fixture(autouse=True)
def the_application_alone(request, monkeypatch):
    """What is tested here is the application's own filter: the database's net below it would hide a hole. See test_net.py."""
    monkeypatch.setattr(roles, "taken", request.module.__name__.endswith("test_net"))


@pytest.fixture(autouse=True)
def short_refusals(request, monkeypatch):
    """Thousands of requests end in a refusal: here it is its sentence alone. How the whole page looks, and that it tells nothing
    of others, is a test of its own (marked `whole_refusals`)."""
    if request.node.get_closest_marker("whole_refusals"):
        return
    monkeypatch.setattr("danvan.urls.handler404", lambda request, exception: HttpResponseNotFound("Không có trang này."), raising=False)
    monkeypatch.setattr(
        "danvan.common.http.render", lambda request, template, context, status: HttpResponse(context["reason"], status=status)
    )
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
