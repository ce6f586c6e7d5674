"""What a request writes, by its own SQL; and whether the rows of others stand as they stood."""

import re
from contextlib import contextmanager

from django.db import connection

WRITE = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)
# A session is what signing in is. Everything else is somebody's data.
NOT_DATA = {"django_session"}
# What reading may write beside: each with the reason.
READING_WRITES: dict[str, str] = {}


@contextmanager
def written():
    """Collects the tables that statements of the block write to."""
    tables = set()

    def note(execute, sql, params, many, context):
        if found := WRITE.match(sql):
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


def rows_as_stored(model, keys):
    """The rows as tuples of their columns, to be compared before and after."""
    return list(model._base_manager.filter(pk__in=keys).order_by("pk").values_list())
