"""The technical site (/admin/), every address of its own resolver: closed to everybody but the technical account, and telling nothing.

The generated walk passes it over (danvan/access/walk.py), for its views carry no right of ours; here it is walked the same way.
"""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.contenttypes.models import ContentType
from django.urls import get_resolver

from danvan.access.walk import patterns
from danvan.accounts.models import User
from models_awards.models import Registration
from tests.scoping.database import NOT_DATA, written
from tests.scoping.people import PEOPLE
from tests.scoping.reading import text_of
from tests.world import rolled_back, signed_in

pytestmark = pytest.mark.django_db

# phuong-a is the officer, then head, school, Front, reviewer, leader, appraiser, the administrators of the portal, another office
OUTSIDERS = [*PEOPLE, "chưa đăng nhập", "nhân viên kỹ thuật không có quyền nào"]
# What a login that is_staff without any permission may open: no data stands there.
OF_STAFF = {"admin/", "admin/logout/", "admin/password_change/", "admin/password_change/done/", "admin/jsi18n/"}
CHANGE = {
    "post": "yes", "action": "delete_selected", "display_name": "Tên khác", "name": "Tên khác", "username": "ten-khac",
    "is_superuser": "on", "password1": "bèo-dạt-mây-trôi-2", "password2": "bèo-dạt-mây-trôi-2",
}  # fmt: skip


def routes():
    site = next(entry for entry in get_resolver().url_patterns if getattr(entry, "app_name", "") == "admin")
    return [(route, name) for route, name, _ in patterns(site, "admin/")]


def addresses(world):
    """{address: its route}; an object is one of ward B, which most of those who walk may not see, or the first there is."""
    found = {}
    for route, _ in routes():
        parts = route.split("/")
        key = "1"
        if len(parts) > 3 and parts[1] in apps.app_configs and parts[2] in apps.all_models[parts[1]]:
            model = apps.get_model(parts[1], parts[2])
            rows = world.b.rows.get(model) or model._base_manager.all()[:1]
            key = str(rows[0].pk) if rows else "1"
        filled = route.replace("<path:object_id>", key).replace("<id>", key)
        if route.startswith("admin/r/"):
            kind = ContentType.objects.get_for_model(Registration)
            filled = f"admin/r/{kind.pk}/{world.b.rows[Registration][0].pk}/"
        labels = re.search(r"\(\?P<app_label>([^)]+)\)", route)
        for label in labels[1].split("|") if labels else [""]:
            address = "/" + re.sub(r"\(\?P<app_label>[^)]+\)", label, filled).replace("^", "").replace("$", "").replace(
                "(?P<url>.*)", "la/"
            )
            assert not re.search(r"[<(?|]", address), f"{route} takes something that this walk does not know"
            found[address] = route
    return found


def person(world, name):
    if name == "chưa đăng nhập":
        return None
    if name.startswith("nhân viên"):
        return User.objects.create(username="nhan-vien", display_name="Nhân viên kỹ thuật", is_staff=True)
    key, role, *_ = PEOPLE[name]
    return User.objects.get(pk=world.parties[key].people[role].pk)


def foreign_words(world, name):
    own = (*PEOPLE[name][2], *PEOPLE[name][3]) if name in PEOPLE else ()
    return world.canaries([key for key in world.parties if key not in own])


def walked(world, name, only=""):
    """(requests, what went wrong)"""
    user = person(world, name)
    client, words, asked, wrong = signed_in(user), foreign_words(world, name), 0, []
    for address, route in addresses(world).items():
        if only and not re.fullmatch(only, route):
            continue
        for method in ("get", "post"):
            cookies = client.cookies.copy()
            with rolled_back(), written() as tables:
                answer = getattr(client, method)(address, CHANGE if method == "post" else {})
                body = text_of(answer)
            client.cookies = cookies
            asked += 1
            told = f"{name}: {method.upper()} {address}"
            wrong += [f"{told} LEAK of {whose}" for word, whose in words.items() if word in body]
            wrong += [f"{told} changed {table}" for table in tables - NOT_DATA]
            if not (is_closed(answer, address) or (user is not None and user.is_staff and route in OF_STAFF)):
                wrong.append(f"{told} answers {answer.status_code}")
    return asked, wrong


def is_closed(answer, address):
    """Refused, not there, or led to the login; or led on, whatever is there, to a page that is walked itself."""
    leads, closed = answer.get("Location", "").split("?")[0], ("/admin/login/", "/dang-nhap/", "/admin/", f"{address}change/")
    return answer.status_code in (403, 404, 405) or (answer.status_code == 302 and leads in closed)


def test_the_walk_knows_every_address_of_the_site(world):
    named = {route for route, _ in routes()}
    assert set(addresses(world).values()) == named and len(named) > 60
    assert {
        "admin/accounts/user/<path:object_id>/change/",
        "admin/units/unit/",
        "admin/r/<path:content_type_id>/<path:object_id>/",
    } <= named


@pytest.mark.parametrize("name", OUTSIDERS)
def test_the_technical_site_is_closed_and_tells_nothing(world, name):
    asked, wrong = walked(world, name)
    print(f"counted: technical site, {name}: {asked} requests, {len(wrong)} problems")
    assert wrong == [], "\n".join(wrong[:20])


def test_whoever_may_enter_changes_nothing_by_looking(world):
    root = User.objects.create_superuser("goc", password=None, display_name="Gốc")
    client, opened = signed_in(root), set()
    for address, route in addresses(world).items():
        with rolled_back(), written() as tables:
            answer = client.get(address)
        assert answer.status_code in (200, 302, 403, 404, 405), (address, answer.status_code)
        assert tables <= NOT_DATA, (address, tables)
        opened |= {route} if answer.status_code == 200 else set()
    assert {"admin/", "admin/accounts/user/", "admin/accounts/user/<path:object_id>/change/", "admin/units/unit/"} <= opened
    assert "admin/accounts/user/<id>/password/" not in opened, "passwords are issued, never chosen for somebody"


def test_the_walk_sees_a_door_left_open_and_a_list_without_its_right(world, monkeypatch):
    monkeypatch.setattr(AdminSite, "has_permission", lambda self, request: True)
    monkeypatch.setattr(ModelAdmin, "has_view_permission", lambda self, request, obj=None: True)
    wrong = walked(world, "phuong-a", only="admin/(accounts/user/)?")[1]
    assert any(problem.endswith("GET /admin/ answers 200") for problem in wrong)
    assert any("/admin/accounts/user/" in problem and "LEAK" in problem for problem in wrong)


def test_a_page_registered_later_is_walked_by_itself(world, monkeypatch):
    before = {route for route, _ in routes()}
    admin.site.register(Registration)
    try:
        site = next(entry for entry in get_resolver().url_patterns if getattr(entry, "app_name", "") == "admin")
        monkeypatch.setitem(site.__dict__, "url_patterns", admin.site.urls[0])
        grown = {route for route, _ in routes()} - before
        assert "admin/models_awards/registration/<path:object_id>/change/" in grown
        assert f"/admin/models_awards/registration/{world.b.rows[Registration][0].pk}/change/" in addresses(world)
    finally:
        admin.site.unregister(Registration)
