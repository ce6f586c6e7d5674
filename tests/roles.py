"""The two roles of the database: the owner, as whom tests build their rows, and the application, as whom requests are answered."""

from contextlib import contextmanager
from functools import wraps

from psycopg.pq import TransactionStatus

ROLE = "danvan_app"
taken = True  # the walk that tests the application's own filter leaves the database's net out


@contextmanager
def as_application():
    """Statements of this connection run with the rights of the application, past Django's own count of queries."""
    from django.db import connection

    if not taken or connection.vendor != "postgresql" or not connected(connection):
        yield
        return
    connection.connection.execute(f"SET ROLE {ROLE}")
    try:
        yield
    finally:
        live = connection.connection is not None and not connection.connection.closed
        if live and connection.connection.info.transaction_status != TransactionStatus.INERROR:  # an abort takes the role back itself
            connection.connection.execute("RESET ROLE")


def connected(connection):
    """A test without a database, which pytest-django keeps it from, has no role to take."""
    try:
        connection.ensure_connection()
    except RuntimeError:
        return False
    return True


def by_the_application(answer):
    @wraps(answer)
    def answered(self, environ):
        with as_application():
            return answer(self, environ)

    return answered


# What opens and closes the scope of a request (danvan.access.rows): in production one statement at the opening, here also the
# savepoint within the test's own transaction. The budgets of pages are about what the page itself asks.
FRAME = ("SAVEPOINT", "RELEASE SAVEPOINT", "SELECT set_config(", "SELECT current_setting(")


def asked(log):
    """The queries of a page without the frame of its scope."""
    return [query for query in log.captured_queries if not query["sql"].startswith(FRAME)]
