"""Links of the dashboard, and the list of reports narrowed to the periods of one year: `?ky=2019`."""

from functools import cache
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html

from danvan.common.text import format_number
from danvan.figures.periods import span_of, words_of
from danvan.registers.narrowing import Narrowed, narrowing
from danvan.registers.registry import all_registers
from danvan.submissions.models import Submission


@narrowing
def by_period_code(register, params, user):
    """Reports of all regimes about the same time."""
    key = params.get("ky", "")
    if register.model is not Submission or "chi-tieu" in params:
        return None
    try:
        span_of(key)
    except ValueError:
        return None
    return Narrowed(Q(period__code=key), f"Kỳ {words_of(key)}", ("ky",))


def register_of(code):
    """The register of another module, or None while that module is not there."""
    return next((register for register in all_registers() if register.code == code), None)


def list_url(code, **params):
    register = register_of(code)
    return f"{register.url('list')}?{urlencode(params)}" if register else ""


@cache
def duties_page():
    return reverse("dashboard:duties")


def duties_url(key, *, unit_id=None, month=None):
    """`month` is a date in it. Nothing here needs quoting, and the grid has an address in every cell."""
    narrowed = (f"&don_vi={unit_id}" if unit_id else "") + (f"&thang={month:%Y-%m}" if month else "")
    return f"{duties_page()}?ky={key}{narrowed}"


def number(value, url, words="", *, tone="", mark="figure"):
    """A number that opens its rows. `data-figure` is the number as the list counts it (`data-done`: as the list of duties
    counts what is done); the tests follow every one. A `mark` of "" is for days and the like, which no list counts."""
    said = f"{format_number(value)} {words}".strip()
    if not url:
        return format_html("<b>{}</b>", said)
    marked = format_html(' data-{}="{}"', mark, value) if mark else ""
    return format_html('<a href="{}"{}{}>{}</a>', url, marked, format_html(' class="{}"', tone) if tone else "", said)
