"""Whether anything in the database changed."""

from functools import cache

from django.apps import apps
from django.db import connection

# A session is what signing in is, an event of the log says that somebody read; everything else is somebody's data.
NOT_DATA = {"django_session", "accounts_session", "audit_auditevent"}


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
