"""Every figure is a link to the list that yields it: the same condition, applied by the register."""

from urllib.parse import urlencode

from django.db.models import Q

from danvan.access.roles import RIGHTS
from danvan.access.scoping import branch_filter
from danvan.figures import registry
from danvan.figures.declare import Figure, Typed
from danvan.figures.periods import span_of, words_of
from danvan.registers.narrowing import Narrowed, narrowing
from danvan.units.models import Unit
from danvan.units.selectors import lineage

GATHERED, RIGHT = "gom", "quyen"


def url_of(code, period, unit_id=None, *, gathered=None, right=None):
    """The address of the rows behind a figure, or "" for one without rows (rates and balances show their parts).

    `gathered` is a unit with all those that were merged into it. `right`: the number counts only what is seen by it.
    """
    item = registry.figure(code)
    register = item.of if isinstance(item, Figure) else _typed_register() if isinstance(item, Typed) else None
    if register is None:
        return ""
    asked = {"chi-tieu": code, "ky": period, "don_vi": unit_id, GATHERED: gathered, RIGHT: right}
    return f"{register.url('list')}?{urlencode({name: value for name, value in asked.items() if value})}"


_typed_registers = []


def typed_register(rule):
    """`rule()` gives the register of typed figures, a floor above."""
    _typed_registers.append(rule)
    return rule


def _typed_register():
    return _typed_registers[0]() if _typed_registers else None


@narrowing
def by_lineage(register, params, user):
    """`?gom=UNIT`: the rows of a unit and of all that were merged into it, of whatever figure."""
    asked = params.get(GATHERED, "")
    unit = Unit.objects.visible_to(user).filter(pk=asked).first() if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    if unit is None:
        return None
    return Narrowed(Q(**{f"{register.unit}__in": lineage(unit.pk)}), f"{unit} và các đơn vị đã nhập vào", (GATHERED,))


def owned(register, params, user):
    """Rows of units that the user sees, with `?quyen=RIGHT` of those seen by that right. A right that does not exist narrows nothing."""
    right = params.get(RIGHT, "")
    return branch_filter(user, (register.unit,), right if right in RIGHTS else None)


@narrowing
def by_figure(register, params, user):
    """`?chi-tieu=CODE&ky=KEY` on the list of the figure's register."""
    item = registry.all_figures().get(params.get("chi-tieu", ""))
    if not isinstance(item, Figure) or item.of is not register:
        return None
    try:
        span = span_of(params.get("ky", ""))
    except ValueError:
        return None
    # a figure counts what units own; a list may also show what others addressed to them
    where = item.condition(*span) & owned(register, params, user)
    return Narrowed(where, f"{item.label}, {words_of(params['ky'])}", ("chi-tieu", "ky", RIGHT))
