"""Every figure is a link to the list that yields it: the same condition, applied by the register."""

from urllib.parse import urlencode

from danvan.access.scoping import branch_filter
from danvan.figures import registry
from danvan.figures.declare import Figure, Typed
from danvan.figures.periods import span_of, words_of
from danvan.registers.narrowing import Narrowed, narrowing


def url_of(code, period, unit_id=None):
    """The address of the rows behind a counted figure, or "" for one without rows (rates and balances show their parts)."""
    item = registry.figure(code)
    if not isinstance(item, Figure):
        return _typed_url(code, period, unit_id)
    query = {"chi-tieu": code, "ky": period}
    if unit_id:
        query["don_vi"] = unit_id
    return f"{item.of.url('list')}?{urlencode(query)}"


_typed_urls = []


def typed_url(rule):
    """`rule(code, period, unit_id)` gives the list behind a typed figure."""
    _typed_urls.append(rule)
    return rule


def _typed_url(code, period, unit_id):
    item = registry.figure(code)
    if not isinstance(item, Typed) or not _typed_urls:
        return ""
    return _typed_urls[0](code, period, unit_id)


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
    owned = branch_filter(user, (register.unit,))
    return Narrowed(item.condition(*span) & owned, f"{item.label}, {words_of(params['ky'])}", ("chi-tieu", "ky"))
