"""Every address that gives a table away: one whose cells tell about persons is answered with the question for the password.

What tells about persons is read from the marks (danvan/access/privacy.py), and once more from the files themselves by planted words.
"""

import ast
import inspect
import secrets

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse

from danvan.access import privacy
from danvan.access.privacy import MARKS, PERSONAL, PUBLIC, PUBLISHED, SENSITIVE, tells_of_persons
from danvan.access.roles import ADMINISTRATOR, LEADER, OFFICER, REVIEWER
from danvan.access.walk import patterns
from danvan.accounts import sessions
from danvan.accounts.models import MANAGE, Membership, User
from danvan.audit import exports
from danvan.audit.choices import Kind
from danvan.audit.models import AuditEvent
from danvan.registers.registry import all_registers
from danvan.units.models import Unit
from dialogues.models import Question
from models_awards.models import Award, Registration
from tests.scoping.reading import text_of
from tests.world import START, signed_in, world  # noqa: F401

CONFIRM = "/tai-khoan/xac-nhan/"
OURS = ("danvan", "models_awards", "regulations", "supervision", "dialogues")
# The list of rights is of user administration, which asks for the password whatever a page shows.
ASK_ALL_THE_SAME = {"operations:accounts_rights"}


def called_by(function, seen):
    """The functions of ours that a view may call, by the names that its code knows; `seen` ends circles."""
    if function.__qualname__ in seen or not function.__module__.startswith(OURS):
        return seen
    seen[f"{function.__module__}.{function.__qualname__}"] = function
    for name in function.__code__.co_names:
        found = function.__globals__.get(name)
        if inspect.isfunction(found) and f"{found.__module__}.{found.__qualname__}" not in seen:
            called_by(inspect.unwrap(found), seen)
    return seen


def sending():
    """{address name: (its pattern, the functions that its view may call)} of every view that ends in send_table."""
    target = "danvan.audit.exports.send_table"
    every = {name: (pattern, called_by(inspect.unwrap(pattern.callback), {})) for _, name, pattern in patterns()}
    return {name: found for name, found in every.items() if target in found[1]}


def written_calls():
    """The functions whose source calls send_table."""
    for app in OURS:
        for file in (settings.BASE_DIR / app).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.FunctionDef) and any(is_call(inner) for inner in ast.walk(node)):
                    yield f"{'.'.join(file.relative_to(settings.BASE_DIR).with_suffix('').parts)}.{node.name}"


def is_call(node):
    return isinstance(node, ast.Call) and "send_table" in (getattr(node.func, "id", ""), getattr(node.func, "attr", ""))


def test_every_call_of_send_table_belongs_to_an_address():
    found = sending()
    assert set(written_calls()) <= {called for _, calls in found.values() for called in calls}
    assert {f"registers:{r.code}_{page}" for r in all_registers() for page in ("xlsx", "csv")} < set(found)
    assert {"audit:log_xlsx", "audit:log_csv", "dashboard:series_xlsx", "operations:accounts_rights"} <= set(found)
    assert not [name for name, (pattern, _) in found.items() if pattern.pattern.converters], "give the walk a key for it"


@pytest.fixture
def everybody(world):  # noqa: F811
    """Somebody with every right that an export asks for."""
    user = User.objects.create(username="du-quyen", display_name="Đủ quyền")
    for role in (REVIEWER, LEADER, ADMINISTRATOR, OFFICER):
        Membership.objects.create(user=user, unit=world.office.unit, sees=world.district.unit, role=role, starts_on=START)
    return user


def stale(client):
    session = client.session
    session[sessions.CONFIRMED] = session.get(sessions.CONFIRMED, sessions.now()) - settings.STEP_UP_MINUTES * 60 - 1
    session.save()
    return client


@pytest.fixture
def planted(world):  # noqa: F811
    """Words of their own in every column that tells about persons, the published ones too."""
    words = {}
    for label, marks in MARKS.items():
        model = apps.get_model(label)
        for column, mark in marks.items():
            if mark in privacy.OF_PERSONS and label != "audit.AuditEvent":  # its rows cannot be changed: the address is the client's
                field = model._meta.get_field(column)
                word = "2001:db8::beef" if field.get_internal_type() == "GenericIPAddressField" else secrets.token_hex(8)
                model._base_manager.update(**{column: word})
                words[f"{label}.{column}"] = word
    words["audit.AuditEvent.address"] = "10.98.76.54"
    return words


@pytest.mark.django_db
def test_a_file_that_tells_about_persons_asks_and_no_other(world, everybody, planted, monkeypatch):  # noqa: F811
    named = {}

    def noted(columns):
        named[here] = list(columns)
        return tells_of_persons(columns)

    monkeypatch.setattr(exports, "tells_of_persons", noted)
    fresh, old = signed_in(everybody), stale(signed_in(everybody))
    asking, holding = set(), set()
    for here in sending():
        url = reverse(here)
        file = fresh.get(url, REMOTE_ADDR=planted["audit.AuditEvent.address"])
        assert file.status_code == 200 and "attachment" in file["Content-Disposition"], (here, file.status_code)
        holding |= {here for word in planted.values() if word in text_of(file)}
        before = AuditEvent.objects.filter(kind=Kind.EXPORT).count()
        answer = old.get(url)
        if answer.status_code == 302:
            assert answer["Location"].startswith(f"{CONFIRM}?next="), here
            assert AuditEvent.objects.filter(kind=Kind.EXPORT).count() == before, "what did not leave is no export"
            asking.add(here)
        else:
            assert answer.status_code == 200, here
    marked = {here for here, columns in named.items() if any(marked_of_persons(*column) for column in columns)}
    assert holding == marked == {"audit:log_xlsx", "audit:log_csv", "registers:award_xlsx", "registers:award_csv"}
    assert asking == marked | ASK_ALL_THE_SAME
    rules = {name: pattern.callback.access_rule for _, name, pattern in patterns()}
    assert {rules[name] for name in ASK_ALL_THE_SAME} == {MANAGE}
    print(f"counted: exports: {len(named)} addresses, {len(asking)} ask for the password")


def marked_of_persons(model, column):
    return MARKS.get(model._meta.label, {}).get(column) in {PERSONAL, SENSITIVE, PUBLISHED}


@pytest.mark.django_db
def test_a_column_marked_today_makes_its_file_ask_today(world, everybody, monkeypatch):  # noqa: F811
    """The mark alone decides: nobody has to remember the export."""
    old, url = stale(signed_in(everybody)), reverse("registers:registration_xlsx")
    assert old.get(url).status_code == 200
    monkeypatch.setitem(MARKS, "models_awards.Registration", {"name": PERSONAL})
    assert old.get(url)["Location"].startswith(CONFIRM)
    monkeypatch.setitem(MARKS, "models_awards.Registration", {"name": PUBLIC})
    assert old.get(url).status_code == 200


def test_a_path_through_other_tables_is_followed():
    assert tells_of_persons([(Registration, "name"), (Question, "asker__contact")])
    assert tells_of_persons([(Award, "name")]) and tells_of_persons([(AuditEvent, "address")])
    assert not tells_of_persons([(Registration, "name"), (Unit, "name"), (Award, "decision_number"), (Award, "khong_co")])
    assert not tells_of_persons([])
