"""Where a register or a search column would let a personal column out."""

from django.apps import apps

from danvan.access.privacy import guarded_path
from danvan.common.models import SearchTextField, SortKeyField
from danvan.registers.registry import all_registers


def exposures():
    """Yields (place, column)."""
    for register in all_registers():
        for place, model, path in paths_of(register):
            if column := guarded_path(model, path):
                yield f"register {register.code}, {place} {path}", column
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SearchTextField | SortKeyField):
                yield from ((f"{model._meta.label}.{field.name}", found) for s in field.sources if (found := guarded_path(model, s)))


def paths_of(register):
    """(what it is, model, path) of everything that the register declares by name."""
    model = register.model
    yield from (("column", model, column.name) for column in register.columns)
    yield from (("sort", model, column.sort) for column in register.columns if column.sort)
    yield from (("box", model, name) for section in register.sections for name in section.fields)
    yield from (("filter", model, path) for path in register.filters.values())
    yield from (("field", model, name) for name in (register.form.base_fields if register.form else ()))
    for child in register.children:
        related = getattr(model, child.relation).rel.related_model
        yield from (("child column", related, column.name) for column in child.columns)
