"""The registers enter themselves (registers.registry.declare): this room calls them by what they have, and knows none."""

from django.contrib.contenttypes.models import ContentType

from danvan.access.permissions import has_right

_registers = {}


def enter(register):
    """`register` has model, code, label, date, rights, columns, searchable, rows(user) and url(page, pk)."""
    _registers[register.code] = register


def readable_registers(user):
    return [register for register in _registers.values() if has_right(user, register.rights.view)]


def page_for(user, model):
    """The register in which the user reads rows of the model, or None."""
    return next((register for register in readable_registers(user) if register.model is model), None)


def register_for(record):
    return next((register for register in _registers.values() if register.model is type(record)), None)


def opened(user, code, pk):
    """(register, record) when the user may open that page; (None, None) otherwise."""
    register = _registers.get(code)
    if register is None or not has_right(user, register.rights.view):
        return None, None
    record = register.rows(user).filter(pk=pk).first()
    return (register, record) if record else (None, None)


def key_of(record):
    return ContentType.objects.get_for_model(record).pk, record.pk
