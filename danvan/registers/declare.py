"""What an app says about one of its lists. An instance, never a subclass; the machine does the rest.

A Register feeds the list, the card on a phone, the detail, the form, the history, the export and the print of one model.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from danvan.access.permissions import has_right, own_unit_ids
from danvan.common.exceptions import Refused
from danvan.common.models import title_beside


@dataclass(frozen=True)
class Column:
    """`name` is a field or an attribute of the row; `total` a Sum-able column whose sum stands in the last row."""

    name: str
    label: str = ""
    link: bool = False
    phone: bool = True
    total: bool = False
    tones: Mapping[Any, tuple[str, str]] | None = None  # value -> (tone, icon): the value is shown as a status
    sort: str = ""  # order expression where it is not the field itself; "-" for a column that cannot be sorted


@dataclass(frozen=True)
class Tab:
    slug: str
    label: str
    where: Callable[..., Q]
    count: bool = False  # only tabs with a deadline show one
    of_user: bool = False  # `where` takes the user: "Gửi đến đơn vị tôi"

    def condition(self, user):
        return self.where(user) if self.of_user else self.where()


@dataclass(frozen=True)
class Section:
    """A titled group of fields on the form and on the detail page."""

    title: str
    fields: tuple[str, ...]
    hint: str = ""


@dataclass(frozen=True)
class Child:
    """Rows below a record, shown on its detail page in the order of their date."""

    relation: str
    label: str
    columns: tuple[Column, ...]
    date: str


@dataclass(frozen=True)
class Action:
    """A button of the detail page. `check(user, obj)` raises Refused with the sentence that the page shows instead."""

    label: str
    url_name: str
    check: Callable[[Any, models.Model], None]
    icon: str = "arrow-right"


@dataclass(frozen=True)
class Rights:
    """Names of rights: who reads, who writes rows of the own unit, who writes any visible row."""

    view: str
    own: str = ""
    any: str = ""

    def held(self, user, name):
        return bool(name) and has_right(user, name)


def nobody_objects(user, obj):
    """The default of a Register's checks."""


@dataclass(frozen=True, eq=False)
class Register:
    model: type[models.Model]
    code: str  # names addresses and templates: registers:<code>_list
    slug: str
    label: str
    noun: str
    icon: str
    date: str
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    rights: Rights
    form: type | None = None  # None: rows are written elsewhere, this register only shows them
    filters: dict[str, str] = field(default_factory=dict)  # parameter in the address -> field
    tabs: tuple[Tab, ...] = ()
    children: tuple[Child, ...] = ()
    actions: tuple[Action, ...] = ()
    order: tuple[str, ...] = ("-pk",)
    unit: str = "unit"  # path to the unit that owns a row
    as_of: str = ""  # path to the day whose name the unit has in a row; without it the register's date
    check_edit: Callable[[Any, models.Model], None] = nobody_objects
    check_add: Callable[[Any], None] = lambda user: None
    empty: str = ""  # what belongs here, said on an empty list
    attachments: bool = False
    menu: str = "Hồ sơ nghiệp vụ"  # the group of the navigation; "" leaves it out
    select_related: tuple[str, ...] = ()
    save: Callable[..., models.Model] | None = None  # a service instead of form.save(): save(form, by=user)
    initial: Callable[[Any], dict] | None = None  # first values of an empty form: initial(user)
    links: tuple[tuple[str, str, str], ...] = ()  # pages beside the list: (label, address name, icon)

    @property
    def unit_column(self):
        return f"{self.unit}_id"

    def unit_of(self, obj):
        return attrgetter(self.unit.replace("__", "."))(obj)

    def unit_id_of(self, obj):
        return self.unit_of(obj).pk

    def day_of(self, obj):
        """The day on which the row's unit is called what the row shows; None where the row has none yet."""
        path = self.as_of or self.date
        return attrgetter(path.replace("__", "."))(obj) if path else None

    @property
    def searchable(self):
        """Whether the rows have the folded text that a search looks in."""
        return any(field.name == "search_text" for field in self.model._meta.fields)

    def url(self, page, pk=None):
        return _address(f"registers:{self.code}_{page}", pk is not None).format(pk)

    def rows(self, user):
        """Every row the user may open here, with what the columns show."""
        return with_columns(self.model._default_manager.readable_by(user), self.columns, self.unit, *self.select_related)

    def writable_unit_ids(self, user):
        """Units for which the user may write rows; None means every visible one."""
        if self.rights.held(user, self.rights.any):
            return None
        return own_unit_ids(user, self.rights.own) if self.rights.own else []

    def writable_rows(self, user, model):
        """What of a model stands where the user may write any row: seen by a membership that holds the right."""
        return model._default_manager.visible_to(user, self.rights.any)

    def check_can_add(self, user):
        if self.form is None or self.writable_unit_ids(user) == []:
            raise Refused(f"Tài khoản của anh/chị không có quyền thêm {self.noun}.")
        self.check_add(user)

    def check_can_edit(self, user, obj):
        allowed = self.writable_unit_ids(user)
        rows = self.writable_rows(user, type(obj)) if allowed is None else type(obj)._default_manager.visible_to(user)
        mine = allowed is None or self.unit_id_of(obj) in allowed
        if self.form is None or not mine or not rows.filter(pk=obj.pk).exists():
            raise Refused(f"Tài khoản của anh/chị chỉ được xem {self.noun} này, không được sửa.")
        self.check_edit(user, obj)


@cache
def _address(name, keyed):
    """With {} where the key of a record stands: a list links to every row, and reversing is slow."""
    return reverse(name, args=[0]).replace("/0/", "/{}/") if keyed else reverse(name)


def with_columns(rows, columns, *related):
    """Rows with what their columns name: records in the same query, lists in one query for each column."""
    one = {*related, *(c.name for c in columns if _is_relation(rows.model, c.name))}
    many = [c.name for c in columns if _is_many(rows.model, c.name)]
    return (rows.select_related(*sorted(one)) if one else rows).prefetch_related(*many)


def _is_many(model, name):
    return any(name == many.name for many in model._meta.many_to_many)


def _is_relation(model, name):
    """To be joined for the columns; not what keeps its title beside it, for the reader may not see the other row."""
    try:
        return model._meta.get_field(name).many_to_one and title_beside(model, name) is None
    except Exception:  # an attribute of the row, not a field
        return False
