"""The guard that stands in PostgreSQL itself: the role of the application, its rights, one policy per table.

`apply` runs as the owner after every migration and restore and changes only what differs; `problems` tells what does not hold.
"""

import hashlib

import environ
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from danvan.access.policies import NAME, OPEN, policies

APP_ROLE = "danvan_app"  # where no APP_DATABASE_URL names another
# Of every table: guarded or not, what was noted when its policies were written, and how they read now.
TABLES = """
SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, coalesce(max(obj_description(p.oid, 'pg_policy')), ''),
 coalesce(md5(string_agg(concat_ws('|', p.polname, p.polcmd, p.polpermissive, p.polroles, pg_get_expr(p.polqual, p.polrelid),
  pg_get_expr(p.polwithcheck, p.polrelid)), '|' ORDER BY p.polname)), '')
FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') GROUP BY c.oid
"""


def app_account():
    """(name, password) of the application's role."""
    url = settings.APP_DATABASE_URL
    parts = environ.Env.db_url_config(url) if url else {}
    return parts.get("USER") or APP_ROLE, parts.get("PASSWORD") or ""


def quoted(name):
    return connection.ops.quote_name(name)


def run(statement, parameters=None):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


# --- making it so -------------------------------------------------------------------------


def apply():
    """Returns (tables whose policy was written, whether searches keep their index)."""
    with transaction.atomic():
        role = make_role()
        grant(role)
        standing, wanted = state(), {policy.table: policy for policy in policies()}
        changed = [table for table, policy in wanted.items() if not stands(policy, standing)]
        for table in changed:
            write_policy(wanted[table])
        for table in set(standing) - set(wanted):
            run(f"ALTER TABLE {quoted(table)} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY")
    return changed, mark_leakproof()


def make_role():
    name, password = app_account()
    if not run("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]):
        run(f"CREATE ROLE {quoted(name)} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE")
    if password:
        # Hashed here, so that the password itself stands in no log of the server.
        hashed = connection.connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
        run(f"ALTER ROLE {quoted(name)} PASSWORD %s", [hashed])
    return quoted(name)


def grant(role):
    run("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    run(f"GRANT USAGE ON SCHEMA public TO {role}")
    run(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
    run(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
    run(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")
    for model in apps.get_models():
        if getattr(model, "APPEND_ONLY", False):
            run(f"REVOKE UPDATE, DELETE ON {quoted(model._meta.db_table)} FROM {role}")


def state():
    """{table: (row security enabled and forced, note, digest of its policies as they stand)}"""
    return {table: tuple(found) for table, *found in run(TABLES)}


def note_of(policy, digest):
    """What it was made from and what PostgreSQL made of it: either may change behind our back."""
    return f"{hashlib.sha256(repr(policy).encode()).hexdigest()[:32]} {digest}"


def stands(policy, standing):
    forced, note, digest = standing.get(policy.table, (False, "", ""))
    return forced and note == note_of(policy, digest)


def write_policy(policy):
    table = quoted(policy.table)
    run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    for (name,) in run("SELECT polname FROM pg_policy WHERE polrelid = %s::regclass", [table]):
        run(f"DROP POLICY {quoted(name)} ON {table}")
    run(f"CREATE POLICY {NAME} ON {table} USING ({policy.using}) WITH CHECK ({policy.check})")
    run(f"COMMENT ON POLICY {NAME} ON {table} IS '{note_of(policy, state()[policy.table][2])}'")


def mark_leakproof():
    """Lets a search by LIKE use its index below a policy. A restore does not carry it, and only a superuser may say it."""
    try:
        with transaction.atomic():
            run("ALTER FUNCTION pg_catalog.textlike(text, text) LEAKPROOF")
    except ProgrammingError:
        return False
    return True


# --- looking whether it is so -----------------------------------------------------------------


def problems():
    """Sentences; none when the database guards the rows as the models say."""
    yield from _role_problems()
    yield from _table_problems()
    if not run("SELECT proleakproof FROM pg_proc WHERE oid = 'pg_catalog.textlike(text,text)'::regprocedure")[0][0]:
        yield "hàm textlike chưa được đánh dấu LEAKPROOF: tìm kiếm không dùng được chỉ mục (cần superuser, chạy apply_row_security)"


def _role_problems():
    name, _ = app_account()
    found = run("SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = %s", [name])
    if not found:
        yield f"chưa có tài khoản {name} của ứng dụng"
        return
    for held, right in zip(found[0], ("SUPERUSER", "BYPASSRLS", "CREATEROLE", "CREATEDB"), strict=True):
        if held:
            yield f"tài khoản {name} có quyền {right}"
    owned = run(
        "SELECT relname FROM pg_class JOIN pg_roles r ON r.oid = relowner "
        "WHERE r.rolname = %s AND relnamespace = 'public'::regnamespace AND relkind = 'r'",
        [name],
    )
    if owned:
        yield f"tài khoản {name} là chủ của bảng {owned[0][0]}"
    if run("SELECT has_schema_privilege(%s, 'public', 'CREATE')", [name])[0][0]:
        yield f"tài khoản {name} tạo được bảng"


def _table_problems():
    found, wanted = state(), {policy.table: policy for policy in policies()}
    for table in sorted(set(found) - set(wanted) - set(OPEN)):
        yield f"bảng {table} không có chính sách theo dòng và không nằm trong danh sách được phép không có"
    for table, policy in wanted.items():
        if not found.get(table, [False])[0]:
            yield f"bảng {table} chưa bật bảo vệ theo dòng"
        elif not stands(policy, found):
            yield f"chính sách theo dòng của bảng {table} không phải bản hiện nay"
