"""Field rights: whoever saves a form changes the fields of that form, whatever else the request carries."""

import datetime
import uuid

import pytest
from django.db import models

from danvan.registers.registry import all_registers
from tests.scoping.forms import as_sent
from tests.scoping.people import PEOPLE, walker
from tests.world import rolled_back

pytestmark = pytest.mark.django_db
# How many registers each of those who write saves at least; the others save none.
WRITERS = {"phuong-a": 4, "trường": 4, "mặt trận": 7, "chuyên viên": 9, "chuyên viên quận khác": 8}
REGISTERS = [register for register in all_registers() if register.form]


def own_rows(walk, register):
    """Rows that this person may open, of the nearest unit first."""
    return [row for key in walk.own for row in walk.cast.parties[key].rows.get(register.model, [])]


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
    return {field.attname: value for field, value in zip(row._meta.concrete_fields, values_of(row), strict=True)}


def values_of(row):
    return type(row)._base_manager.filter(pk=row.pk).values_list(*(field.attname for field in row._meta.concrete_fields)).get()


def after(walk, url, data, row):
    """(status, the row as it is stored then)"""
    with rolled_back():
        return walk.client.post(url, data).status_code, stored(row)


def send(walk, register, row):
    """(status, columns that what was sent beside the form made different, how many such values were sent)"""
    url = register.url("edit", row.pk)
    page = walk.client.get(url)
    data, form = as_sent(page.content.decode()), page.context and page.context.get("form")
    fields = {name for name, field in form.fields.items() if not field.disabled} if form is not None else set()
    beside = {name: value for name, value in tampering(walk, row, fields).items() if name not in data}
    honest, without = after(walk, url, {**data, "_key": str(uuid.uuid4())}, row)
    status, found = after(walk, url, {**beside, **data, "_key": str(uuid.uuid4())}, row)
    expected = without if honest == status == 302 else stored(row)
    return status, {name for name in found if found[name] != expected[name]} - {"updated_at"}, len(beside)


@pytest.mark.parametrize("name", PEOPLE)
def test_fields_that_are_not_of_the_role_do_not_change(world, name):
    walk = walker(world, name)
    saved, sent, problems = set(), 0, []
    for register in REGISTERS:
        for row in own_rows(walk, register)[:2]:
            status, changed, extra = send(walk, register, row)
            sent += extra
            if status == 302:
                saved.add(register.code)
            if changed:
                problems.append(f"{register.code} {row.pk}: answers {status} and changed {sorted(changed)}")
    print(f"counted: fields, {name}: {sent} values sent beside the form, {len(saved)} registers saved, {len(problems)} problems")
    assert problems == []
    assert len(saved) >= WRITERS.get(name, 0) and (name in WRITERS or not saved), saved


def test_a_form_that_takes_what_it_does_not_offer_is_found(world, monkeypatch):
    """The test of the test: a form that writes whatever column the request names."""
    register = next(found for found in REGISTERS if found.code == "registration")
    walk = walker(world, "phuong-a")
    original = register.form.save

    def leaky(self, *args, **kwargs):
        self.instance.recognised_level = self.data.get("recognised_level", self.instance.recognised_level)
        return original(self, *args, **kwargs)

    monkeypatch.setattr(register.form, "save", leaky)
    found = [send(walk, register, row)[:2] for row in own_rows(walk, register)]
    assert (302, {"recognised_level"}) in found, found
