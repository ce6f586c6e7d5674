"""The rows that the database itself hands out: row-level security of PostgreSQL, the net below `visible_to`.

A scope is a transaction: its settings end with it, and outside of one no row is seen. On SQLite nothing of this happens.
The policies that read the settings are made in danvan.access.policies.
"""

import logging
from contextlib import contextmanager

from django.db import connection, transaction

from danvan.access.scoping import ancestor_ids
from danvan.common import clock

logger = logging.getLogger(__name__)
BRANCHES, ABOVE, FORMER, USER, TODAY = "danvan.branches", "danvan.above", "danvan.former", "danvan.user", "danvan.today"
EVERY_BRANCH = "1,2,3,4,5,6,7,8,9"  # a path begins with a primary key, hence with one of these digits
EVERYBODY = "*"


def enforced():
    return connection.vendor == "postgresql"


@contextmanager
def seen_by(user, *, frozen=False):
    """Inside the block the database shows what the user may see. `frozen`: all of it as it stood at the first reading."""
    with _scope(_settings_of(user), frozen):
        yield


@contextmanager
def whole_office(reason, *, patient=False):
    """Inside the block every row is there: for work that is nobody's own. The reason is written down:
    in the log, where the block is not a step within somebody's request.

    `patient` lets the block do long work between two statements, which the server otherwise ends.
    """
    logger.log(logging.DEBUG if connection.in_atomic_block else logging.INFO, "whole office: %s", reason)
    values = {BRANCHES: EVERY_BRANCH, ABOVE: "", FORMER: "", USER: EVERYBODY, TODAY: clock.today().isoformat()}
    with _scope(values | ({"idle_in_transaction_session_timeout": "0"} if patient else {})):
        yield


def _settings_of(user):
    memberships = user.active_memberships() if user.is_authenticated else []
    units = {membership.unit for membership in memberships}
    above = {pk for unit in units for pk in ancestor_ids(unit.scope_path)}
    former = {f"{pk},{first},{after}" for unit in units for keys, first, after in unit.former_places for pk in keys}
    return {
        BRANCHES: ",".join(sorted({membership.sees.scope_path for membership in memberships})),
        ABOVE: ",".join(str(pk) for pk in sorted(above)),
        FORMER: ";".join(sorted(former)),  # a unit above of another time, its first day and the day it was one no more
        USER: str(user.pk or ""),
        TODAY: clock.today().isoformat(),
    }


@contextmanager
def _scope(values, frozen=False):
    if not enforced():
        yield
        return
    inner = connection.in_atomic_block
    with transaction.atomic():
        if frozen and not inner:  # allowed before the first statement only
            _execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        before = _read(values) if inner else {}
        _write(values)
        yield
        if inner and not connection.needs_rollback:  # an error takes them back by itself, with the savepoint
            _write(before)


def _read(names):
    row = _execute(f"SELECT {', '.join(['current_setting(%s, true)'] * len(names))}", list(names))
    return dict(zip(names, (value or "" for value in row), strict=True))


def _write(values):
    """Local to the transaction: the next request on this connection finds nothing."""
    _execute(f"SELECT {', '.join(['set_config(%s, %s, true)'] * len(values))}", [part for pair in values.items() for part in pair])


def _execute(statement, parameters=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone() if cursor.description else None
