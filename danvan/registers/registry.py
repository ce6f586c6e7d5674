"""The registers of all apps, found at start in their registers.py as Django's admin finds admin.py (apps.py)."""

from danvan.links import known
from danvan.registers.declare import Register

_found: dict[str, Register] = {}


def declare(register):
    """`registrations = declare(Register(...))` in an app's registers.py."""
    if register.code in _found and _found[register.code].model is not register.model:
        raise ValueError(f"two registers are called {register.code}")
    _found[register.code] = register
    known.enter(register)
    return register


def all_registers():
    return list(_found.values())


def register_of(model):
    return next((r for r in all_registers() if r.model is model), None)


def register_urls():
    from danvan.registers.urls import paths_of

    return [path for register in all_registers() for path in paths_of(register)]
