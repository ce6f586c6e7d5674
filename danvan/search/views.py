"""One box over every register that has a search column; with or without accents."""

from django.http import QueryDict
from django.shortcuts import render

from danvan.access.decorators import requires
from danvan.access.permissions import has_right
from danvan.common.forms import SearchForm
from danvan.registers.list import Listing, lines_of
from danvan.registers.registry import all_registers
from danvan.registers.values import model_field

SHOWN = 10


@requires("search.use")
def search(request):
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = [_found_in(register, request.user, query) for register in _searched(request.user)] if query else []
    return render(request, "search/search.html", {"query": query, "found": [f for f in found if f["lines"]], "form": form})


def _searched(user):
    return [r for r in all_registers() if model_field(r.model, "search_text") and has_right(user, r.rights.view)]


def _found_in(register, user, query):
    params = QueryDict(mutable=True)
    params["q"] = query
    listing = Listing(register, user, params)
    return {
        "register": register,
        "lines": lines_of(register, listing.page(0, SHOWN)) if listing.count else [],
        "more": f"{register.url('list')}?{params.urlencode()}" if listing.count > SHOWN else "",
    }
