import ipaddress
import socket
import sys

import pytest
from django.test.client import ClientHandler
from pytest_django.plugin import blocking_manager_key

from tests.roles import by_the_application


def pytest_configure():
    from django.conf import settings

    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable()
    # The manifest is made by collectstatic, which a test run does not need.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"


def pytest_collection_modifyitems(items):
    """pytest-django keeps a copy of what migrations wrote for these only."""
    for item in items:
        if flushes(item):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


def flushes(item):
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """A test that flushes also empties the catalogues that migrations wrote: they are put back for whichever test comes next.

    After the last one the database itself is gone.
    """
    result = yield
    if nextitem is not None and flushes(item):
        from django.db import connection

        with item.config.stash[blocking_manager_key].unblock():
            connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
    return result


def pytest_terminal_summary(terminalreporter):
    """What the generated tests counted is said at the end of a green run too: a line that begins with "counted:"."""
    lines = [
        line for report in terminalreporter.getreports("passed") for line in report.capstdout.splitlines() if line.startswith("counted:")
    ]
    for line in lines:
        terminalreporter.write_line(line)


class UnknownVariable(str):
    """Django asks `"%s" in value`, then `value % variable`: the moment to fail, unless the template is a library's."""

    def __contains__(self, text):
        return True

    def __bool__(self):
        return True

    def __mod__(self, variable):
        place = sys._getframe(1).f_locals
        if filters := [entry for entry in place["self"].filters[:1] if entry[0].__name__ == "default"]:
            looked_up, value = filters[0][1][0]  # {{ x|default:"y" }} says itself that x may be missing
            return value.resolve(place["context"]) if looked_up else value
        origin = place["context"].render_context.template.origin.name
        if "site-packages" in origin:
            return ""
        raise AssertionError(f"Template {origin}: unknown variable {{{{ {variable} }}}}.")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The embedded default is a file with a write-ahead log, which a worker process opens too; so is its test database."""
    from django.conf import settings
    from django.db import connections

    if settings.EMBEDDED:
        database = connections.settings["default"]
        database["TEST"]["NAME"] = str(database["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """PostgreSQL guards its rows as after an installation."""
    from danvan.access.rows import enforced
    from danvan.operations.row_security import apply

    if enforced():
        with django_db_blocker.unblock():
            apply()


@pytest.fixture(scope="session", autouse=True)
def requests_by_the_application():
    """Tests build their rows as the owner of the database; what a browser asks is answered by the application's own role."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "__call__", by_the_application(ClientHandler.__call__))
        yield


@pytest.fixture(scope="session", autouse=True)
def emptied_audit():
    """Tests that flush the database lift the guards of the audit for that one moment; the product has no such way."""
    from django.core.management.commands import flush

    from danvan.audit import append_only

    def with_guards_lifted(style, connection, *args, **kwargs):
        return [*append_only.lift(connection.vendor), *sql_flush(style, connection, *args, **kwargs), *append_only.lay(connection.vendor)]

    sql_flush = flush.sql_flush
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", with_guards_lifted)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """Unix sockets and this machine only."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, local_only(getattr(socket.socket, name)))
        yield


def local_only(connect):
    def checked(self, address):
        if self.family != socket.AF_UNIX and not is_local(address[0]):
            raise AssertionError(f"A test reached for the network: {address}.")
        return connect(self, address)

    return checked


def is_local(host):
    try:
        return host in ("", "localhost") or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture
def silent_broker(settings, monkeypatch):
    """Takes connections and says nothing: the worst way to be down."""
    from danvan.celery import app

    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.BROKER_URL = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        monkeypatch.setitem(app.conf, "broker_write_url", settings.BROKER_URL)
        yield
