"""The database as one file, and back: pg_dump and pg_restore on PostgreSQL, SQLite's own online copy on the embedded default."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper

ASIDE = "truoc_khi_khoi_phuc"  # where the schema of a forced restore waits until the new one is proved


class DumpError(Exception):
    """The tools of the database refused; the sentence says what they said."""


def file_name():
    return {"postgresql": "database.dump", "sqlite": "database.sqlite3"}[connection.vendor]


def dump(path):
    """Writes the database to `path`; returns {table: {"rows", "digest"}} of exactly what stands in the file."""
    return _dump_postgresql(path) if connection.vendor == "postgresql" else _dump_sqlite(path)


@contextmanager
def loaded(path):
    """Inside the block the database is the one of the file; an error in the block brings the former one back."""
    with _loaded_postgresql(path) if connection.vendor == "postgresql" else _loaded_sqlite(path):
        yield


# --- what is in the tables --------------------------------------------------------------


def tables(db=connection):
    return sorted(db.introspection.table_names())


def has_rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608  # nosemgrep: sql-made-of-text - our own tables
        return cursor.fetchone() is not None


def digests(db=connection):
    """{table: {"rows", "digest"}}: equal where the rows are equal, in whatever order they lie."""
    return {table: _digest(db, table) for table in tables(db)}


def _digest(db, table):
    """The sum of the rows' hashes: flat in memory, blind to the order."""
    rows = total = 0
    with db.chunked_cursor() as cursor:
        cursor.execute(f"SELECT * FROM {db.ops.quote_name(table)}")  # noqa: S608  # nosemgrep: sql-made-of-text - our own tables
        while chunk := cursor.fetchmany(2000):
            rows += len(chunk)
            total += sum(_hash(row) for row in chunk)
    return {"rows": rows, "digest": f"{total % 2**128:032x}"}


def _hash(row):
    return int.from_bytes(hashlib.md5(repr(row).encode(), usedforsecurity=False).digest())


# --- PostgreSQL ---------------------------------------------------------------------------


def _dump_postgresql(path):
    """One snapshot for both: the dump holds the rows that were counted, also while people go on working."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={path}")
        return digests()


@contextmanager
def _loaded_postgresql(path):
    """The former tables wait in a schema of their own until the new ones are proved."""
    _set_aside()
    try:
        _run("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", path)
        yield
    except BaseException:
        connection.close()
        _execute(*_extensions_to(ASIDE), "DROP SCHEMA public CASCADE", f"ALTER SCHEMA {ASIDE} RENAME TO public")
        raise
    _execute(f"DROP SCHEMA {ASIDE} CASCADE")


def _set_aside():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [ASIDE])
        if cursor.fetchone():
            raise DumpError(f"Lần khôi phục trước bị ngắt: dữ liệu cũ còn trong lược đồ {ASIDE}. Xem docs/operations.md, mục Khôi phục.")
    usable = ("CREATE SCHEMA public", "GRANT USAGE ON SCHEMA public TO PUBLIC")
    _execute(f"ALTER SCHEMA public RENAME TO {ASIDE}", *usable, *_extensions_to("public"))


def _extensions_to(schema):
    """Extensions stand beside the tables in use: both schemas find them, and no DROP SCHEMA takes them along."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension WHERE extrelocatable")
        return [f"ALTER EXTENSION {connection.ops.quote_name(name)} SET SCHEMA {schema}" for (name,) in cursor.fetchall()]


def _execute(*statements):
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _run(name, *arguments):
    """The password goes through the environment, which other users of the machine cannot read."""
    parameters = connection.get_connection_params()
    given = {
        f"PG{key.upper()}": str(parameters[key])
        for key in ("host", "port", "user", "password", "sslmode", "sslrootcert")
        if key in parameters
    }
    command = [_program(name), f"--dbname={parameters['dbname']}", *arguments]
    result = subprocess.run(command, env={**os.environ, **given}, capture_output=True, text=True)
    if result.returncode:
        raise DumpError(f"{name} không thành: {result.stderr.strip()[-800:]}")


def _program(name):
    """The newest of Debian's versions, which it keeps outside PATH: an older one refuses a newer server."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which(name)
    if not found:
        raise DumpError(f"Máy này không có chương trình {name}. Cài gói postgresql-client cùng phiên bản với máy chủ PostgreSQL.")
    return found


# --- SQLite ---------------------------------------------------------------------------------


def _dump_sqlite(path):
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        problem = target.execute("PRAGMA integrity_check").fetchone()[0]
    if problem != "ok":
        raise DumpError(f"Tệp cơ sở dữ liệu có lỗi: {problem}")
    return _digests_of_copy(path)


def _digests_of_copy(path):
    """The copy is read by the same rules as the database itself."""
    with closing(DatabaseWrapper({**connection.settings_dict, "NAME": str(path), "OPTIONS": {}}, "copy")) as copy:
        return digests(copy)


@contextmanager
def _loaded_sqlite(path):
    """SQLite replaces all pages of the database in one transaction; the former ones wait beside it."""
    connection.ensure_connection()
    aside = Path(f"{connection.settings_dict['NAME']}.{ASIDE}")
    with closing(sqlite3.connect(aside)) as former:
        connection.connection.backup(former)
    try:
        _fill_sqlite(path)
        yield
    except BaseException:
        _fill_sqlite(aside)
        raise
    finally:
        aside.unlink(missing_ok=True)


def _fill_sqlite(path):
    with closing(sqlite3.connect(path)) as source:
        source.backup(connection.connection)
    connection.close()
    connection.ensure_connection()
