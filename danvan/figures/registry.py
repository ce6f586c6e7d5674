"""The figures of all apps, found in their figures.py: FIGURES (computed), TYPED, RULES."""

from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from danvan.figures.declare import Figure, Typed


@cache
def _modules():
    return [
        import_module(f"{app.name}.figures")
        for app in apps.get_app_configs()
        if module_has_submodule(app.module, "figures") and app.name != "danvan.figures"
    ]


@cache
def all_figures():
    found = {}
    for module in _modules():
        for item in [*getattr(module, "FIGURES", []), *getattr(module, "TYPED", [])]:
            if item.code in found:
                raise ValueError(f"two figures are called {item.code}")
            found[item.code] = item
    return found


def figure(code):
    return all_figures()[code]


def counted():
    """Figures computed from records."""
    return [item for item in all_figures().values() if isinstance(item, Figure)]


def typed():
    return [item for item in all_figures().values() if isinstance(item, Typed)]


def rules():
    return [rule for module in _modules() for rule in getattr(module, "RULES", [])]
