"""Records entered as a person enters them: through the register's own save, on their own day."""

import uuid

from danvan.demo.calendar import on
from danvan.registers.form import save
from danvan.registers.registry import register_of

NAMESPACE = uuid.UUID("5d0cf1c2-6d3e-4bb0-9a57-2f6e2b8c1a26")


class Filled:
    """What the register's save asks of a valid form."""

    data: dict = {}

    def __init__(self, instance, many):
        self.instance, self.many = instance, many

    def save(self):
        self.instance.save()
        for name, rows in self.many.items():
            getattr(self.instance, name).set(rows)
        return self.instance


def enter(instance, *, by, day, hour=10, **many):
    """The stored row. `many` are its lists of others. One record of a kind, person, day and title is entered once."""
    key = uuid.uuid5(NAMESPACE, f"{instance._meta.label} {by.username} {day} {instance}")
    with on(day, hour):
        return save(register_of(type(instance)), Filled(instance, many), by=by, key=key)
