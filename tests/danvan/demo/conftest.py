import datetime

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings


@pytest.fixture(scope="module")
def untouched_demo(django_db_setup, django_db_blocker):
    """The data of `make demo` on its own day, rolled back after the module."""
    with django_db_blocker.unblock(), override_settings(DEMO=True, TODAY=datetime.date(2020, 1, 8)), transaction.atomic():
        call_command("demo_data", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def long_demo(django_db_setup, django_db_blocker):
    """The same office with its later years, in the spring after the wards were merged; no decision is entered yet."""
    with django_db_blocker.unblock(), override_settings(DEMO=True, TODAY=datetime.date(2026, 3, 2)), transaction.atomic():
        call_command("demo_data", until=2026, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """The data of `DEMO_PROFILE=city-2026 make demo` on its own day."""
    wanted = override_settings(DEMO=True, DEMO_PROFILE="city-2026", TODAY=datetime.date(2026, 9, 1))
    with django_db_blocker.unblock(), wanted, transaction.atomic():
        cache.clear()  # the name of the top is read once a minute, and another office may have stood here before
        call_command("demo_data", verbosity=0)
        yield
        transaction.set_rollback(True)
    cache.clear()
