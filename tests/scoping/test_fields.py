"""Field rights: whoever saves a form changes the fields of that form, whatever else the request carries."""

import datetime
import uuid

import pytest
from django.db import models
from django.urls import reverse

from danvan.registers.registry import all_registers
from tests.scoping.classified import BY_NAME, FROM_A_RECORD, PARTS, argument_sets
from tests.scoping.forms import as_sent
from tests.scoping.people import PEOPLE, walker
from tests.world import rolled_back

pytestmark = pytest.mark.django_db
# How many registers each of those who write saves at least; the others save none.
WRITERS = {"phuong-a": 4, "trường": 4, "mặt trận": 7, "chuyên viên": 9, "chuyên viên quận khác": 8, "quản trị phường A": 1}
# How many other forms each saves at least, and how many registers take what an own record holds as a new one.
ACTORS = {
    "phuong-a": 7,
    "người đứng đầu phường A": 3,
    "trường": 6,
    "mặt trận": 8,
    "chuyên viên": 9,
    "chuyên viên quận khác": 11,
    "lãnh đạo": 1,
}
MAKERS = {"phuong-a": 1, "trường": 1, "mặt trận": 3, "chuyên viên": 3, "chuyên viên quận khác": 3, "quản trị phường A": 1}
REGISTERS = [register for register in all_registers() if register.form]


def own_rows(walk, model):
    """Rows that this person may open, of the nearest unit first."""
    return [row for key in walk.own for row in walk.cast.parties[key].rows.get(model, [])]


def tampering(walk, row, fields):
    """For every column that the form does not offer, a value that it does not have."""
    found = {}
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in fields:
            continue
        value = getattr(row, field.attname)
        if field.many_to_one or field.one_to_one:
            other = field.related_model._base_manager.exclude(pk=value).order_by("-pk").values_list("pk", flat=True).first()
            found[field.name] = found[field.attname] = str(other or 1)
        elif field.flatchoices:
            found[field.name] = next(str(code) for code, _ in field.flatchoices if code != value)
        elif isinstance(field, models.DateField):
            found[field.name] = "01/02/2003" if value != datetime.date(2003, 2, 1) else "02/02/2003"
        elif isinstance(field, models.BooleanField):
            found[field.name] = "" if value else "on"
        else:
            found[field.name] = "7" if str(value) != "7" else "8"
    return found


def stored(row):
    """The columns as they are stored; none of them when the act has deleted the row."""
    columns = [field.attname for field in row._meta.concrete_fields]
    values = type(row)._base_manager.filter(pk=row.pk).values_list(*columns).first()
    return dict(zip(columns, values or [None] * len(columns), strict=True))


def after(walk, url, data, row):
    """(status, the row as it is stored then)"""
    with rolled_back():
        answer = walk.client.post(url, data)
        is_file(answer)
        return answer.status_code, stored(row)


def send(walk, url, row):
    """(status, columns that what was sent beside the form made different, how many such values were sent)"""
    page = walk.client.get(url)
    data, offered = as_sent("" if is_file(page) else page.content.decode())
    beside = {name: value for name, value in tampering(walk, row, offered).items() if name not in data}
    honest, without = after(walk, url, {**data, "_key": str(uuid.uuid4())}, row)
    status, found = after(walk, url, {**beside, **data, "_key": str(uuid.uuid4())}, row)
    expected = without if honest == status == 302 else stored(row)
    return status, different(found, expected), len(beside)


def is_file(page):
    """A file is read to its end, which closes it."""
    return page.streaming and b"".join(page.streaming_content) != b""


def different(found, expected):
    """Columns that differ; a moment of the clock's own always does, unless it is the one that was sent."""
    moments = {name for name, value in found.items() if isinstance(value, datetime.datetime) and value.year != 2003}
    return {name for name in found if found[name] != expected[name]} - moments


def edits(walk):
    """(register code, address, row) of the form of every own record."""
    for register in REGISTERS:
        yield from ((register.code, register.url("edit", row.pk), row) for row in own_rows(walk, register.model)[:2])


def acts(walk):
    """(name, address, row) of every other form that belongs to an own record: a reply, an acceptance, a part of the record."""
    for _, name, pattern in walk.entries():
        if name not in BY_NAME or name in FROM_A_RECORD or not walk.may_enter(pattern):
            continue
        for row in own_rows(walk, BY_NAME[name])[:2]:
            for arguments in argument_sets(pattern, row.pk, name)[:1]:
                kept = PARTS[name][0]._base_manager.filter(pk=arguments["part"]).first() if name in PARTS else row
                if kept is not None:
                    yield name, reverse(name, kwargs=arguments), kept


def walked(walk, forms, title):
    """What was saved; nothing may be different for what was sent beside a form."""
    saved, sent, asked, problems = set(), 0, set(), []
    for name, url, row in forms:
        status, changed, extra = send(walk, url, row)
        asked, sent = asked | {name}, sent + extra
        if status == 302:
            saved.add(name)
        if changed:
            problems.append(f"{url}: answers {status} and changed {sorted(changed)} of {row._meta.label} {row.pk}")
    counts = f"{len(asked)} forms, {sent} values sent beside them, {len(saved)} saved, {len(problems)} problems"
    print(f"counted: {title}, {walk.user.username}: {counts}")
    assert problems == []
    return saved


@pytest.mark.parametrize("name", PEOPLE)
def test_fields_that_are_not_of_the_role_do_not_change(world, name):
    walk = walker(world, name)
    saved = walked(walk, edits(walk), "fields")
    assert len(saved) >= WRITERS.get(name, 0) and (name in WRITERS or not saved), saved


@pytest.mark.parametrize("name", PEOPLE)
def test_an_act_changes_only_what_its_form_offers(world, name):
    walk = walker(world, name)
    saved = walked(walk, acts(walk), "fields of acts")
    assert len(saved) >= ACTORS.get(name, 0), saved


@pytest.mark.parametrize("name", WRITERS)
def test_a_new_record_takes_only_what_its_form_offers(world, name):
    """What an own record's form holds is sent as a new one, alone and with more beside it: the two new rows are alike."""
    walk, made, problems = walker(world, name), set(), []
    for code, url, row in edits(walk):
        register = next(found for found in REGISTERS if found.code == code)
        data, offered = as_sent(walk.client.get(url).content.decode())
        data = {key: value for key, value in data.items() if key != "_version"}
        beside = {key: value for key, value in tampering(walk, row, offered).items() if key not in data}
        honest, found = (new_row(walk, register, {**data, **extra}) for extra in ({}, beside))
        if honest and found:
            made.add(code)
            problems += [f"{code}: {key} is {found[key]!r}" for key in different(found, honest) if key != "id"]
    print(f"counted: fields of new records, {walk.user.username}: {len(made)} registers, {len(problems)} problems")
    assert problems == []
    assert len(made) >= MAKERS[name], made


def new_row(walk, register, data):
    """The columns of the row that the form to add made, or None when it was refused."""
    with rolled_back():
        answer = walk.client.post(register.url("add"), {**data, "_key": str(uuid.uuid4())})
        return stored(register.model._base_manager.order_by("-pk")[0]) if answer.status_code == 302 else None


def test_a_form_that_takes_what_it_does_not_offer_is_found(world, monkeypatch):
    """The test of the test: a form that writes whatever column the request names."""
    register = next(found for found in REGISTERS if found.code == "registration")
    walk = walker(world, "phuong-a")
    original = register.form.save

    def leaky(self, *args, **kwargs):
        self.instance.recognised_level = self.data.get("recognised_level", self.instance.recognised_level)
        return original(self, *args, **kwargs)

    monkeypatch.setattr(register.form, "save", leaky)
    found = [send(walk, register.url("edit", row.pk), row) for row in own_rows(walk, register.model)]
    assert (302, {"recognised_level"}) in [told[:2] for told in found], found
