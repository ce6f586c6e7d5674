"""Whether anything in the database changed: by the SQL of a request, by the rows of others, by the digest of all tables."""

import re
from contextlib import contextmanager
from functools import cache

from django.apps import apps
from django.db import connection

VERBS = r'(?:INSERT\s+INTO|MERGE\s+INTO|DELETE\s+FROM|TRUNCATE(?:\s+TABLE)?|COPY|UPDATE)(?:\s+ONLY)?\s+"?(\w+)'
WRITE = re.compile(rf"\s*{VERBS}", re.IGNORECASE)
WRITE_INSIDE = re.compile(rf"\(\s*{VERBS}", re.IGNORECASE)  # WITH … AS (UPDATE … RETURNING …) SELECT …
# A session is what signing in is, an event of the log says that somebody read; everything else is somebody's data.
NOT_DATA = {"django_session", "accounts_session", "audit_auditevent"}


@contextmanager
def written():
    """Collects the tables that statements of the block write to."""
    found = set()

    def note(execute, sql, params, many, context):
        found.update(tables_written(sql))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def tables_written(sql):
    if first := WRITE.match(sql):
        return {first[1]}
    return set(WRITE_INSIDE.findall(sql)) if sql.lstrip()[:4].upper() == "WITH" else set()


def rows_as_stored(model, keys):
    """The rows as tuples of their columns, to be compared before and after."""
    return list(model._base_manager.filter(pk__in=keys).order_by("pk").values_list())


@cache
def tables():
    return sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)} - NOT_DATA)


def fingerprint():
    """{table: digest of all its rows}"""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_postgres())
            return dict(cursor.fetchall())
        return {table: _rows(cursor, table) for table in tables()}


@cache
def _postgres():
    parts = (f"SELECT '{t}', coalesce(md5(string_agg(r::text, '|' ORDER BY r::text)), '') FROM \"{t}\" r" for t in tables())
    return " UNION ALL ".join(parts)


def _rows(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
    return hash(tuple(map(str, cursor.fetchall())))


def changed(before, after):
    return sorted(table for table in after if before[table] != after[table])
