"""Filters that floors above hand to every list (the figures floor gives `?chi-tieu=CODE&ky=KEY`)."""

from dataclasses import dataclass

from django.db.models import Q

_narrowings = []


@dataclass(frozen=True)
class Narrowed:
    """`where` is applied to the rows; `words` says it on the page; `params` are the address parameters it uses."""

    where: Q
    words: str
    params: tuple[str, ...]


def narrowing(rule):
    """`rule(register, params, user)` returns a Narrowed or None."""
    _narrowings.append(rule)
    return rule


def narrowings_of(register, params, user):
    return [found for rule in _narrowings if (found := rule(register, params, user))]
