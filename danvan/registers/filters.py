"""The FilterSet of a register, made from its declaration. Choices come from visible_to, never from a default queryset."""

from functools import cache

import django_filters
from django.db import models
from django.db.models import Exists, OuterRef

from danvan.common import forms
from danvan.registers.values import model_field
from danvan.units.models import Unit
from danvan.units.selectors import addressable_units


class DateFilter(django_filters.DateFilter):
    field_class = forms.DateField


@cache
def filterset_of(register):
    """A FilterSet class with one filter per declared parameter and a date span over the register's date."""
    declared = {param: _filter_for(register.model, name) for param, name in register.filters.items()}
    if register.date:
        declared["tu_ngay"] = DateFilter(field_name=register.date, lookup_expr="gte", label="Từ ngày")
        declared["den_ngay"] = DateFilter(field_name=register.date, lookup_expr="lte", label="Đến ngày")
    return type(f"{register.model.__name__}Filter", (django_filters.FilterSet,), declared)


def _filter_for(model, name):
    field = _resolve(model, name)
    label = field.verbose_name[:1].upper() + field.verbose_name[1:]
    if field.many_to_one or field.many_to_many:
        empty = field.related_model._default_manager.none()
        return django_filters.ModelChoiceFilter(field_name=name, label=label, queryset=empty, empty_label=label)
    if field.flatchoices:
        return django_filters.ChoiceFilter(field_name=name, label=label, choices=field.flatchoices, empty_label=label)
    if isinstance(field, models.BooleanField):
        return django_filters.ChoiceFilter(field_name=name, label=label, choices=[("True", "Có"), ("False", "Không")], empty_label=label)
    return django_filters.NumberFilter(field_name=name, label=label)


def _resolve(model, path):
    *relations, last = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return model_field(model, last)


def bind(filterset, user):
    """Fills the choices of a bound filterset with what the user may see."""
    for name, filter_field in filterset.form.fields.items():
        path = filterset.filters[name].field_name
        fill_choices(filter_field, user)
        if is_open(filterset.queryset.model, path):
            # Only those that visible rows name already: the whole list of units would say nothing to someone who filters.
            filter_field.queryset = Unit.objects.filter(Exists(filterset.queryset.order_by().filter(**{path: OuterRef("pk")})))
    return forms.style(filterset.form)


def is_open(model, name):
    """A model names in OPEN_CHOICES its references to units that are chosen beyond what the user sees: whom one writes to.

    The name of a unit is no secret; what it has recorded stays scoped.
    """
    return name in getattr(model, "OPEN_CHOICES", ())


def fill_choices(form_field, user, open_choice=False):
    queryset = getattr(form_field, "queryset", None)
    if queryset is not None:
        form_field.queryset = addressable_units(user) if open_choice else choices_for(queryset.model, user)


def choices_for(model, user):
    """Rows of another model that a form may offer: scoped ones by visible_to, catalogues whole."""
    manager = model._default_manager
    return manager.readable_by(user) if hasattr(model, "SCOPE") else manager.all()
