"""Production does not start with rights that make row-level security look on: as superuser, as owner of a table or past the policies."""

from django.conf import settings
from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from danvan.access.rows import enforced

WHY = "Chạy web và worker bằng tài khoản riêng của ứng dụng; xem docs/operations.md, mục Hai tài khoản cơ sở dữ liệu."


def stronger_than_policies():
    """What the connected role may do that a policy does not stop; "" when it is bound by them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT CASE WHEN rolsuper THEN 'superuser' WHEN rolbypassrls THEN 'BYPASSRLS' WHEN EXISTS ("
            " SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid AND relkind = 'r' AND relnamespace = 'public'::regnamespace"
            ") THEN 'owner' ELSE '' END FROM pg_roles WHERE rolname = current_user"
        )
        return cursor.fetchone()[0]


def refuse_owner():
    """Called once by each process that serves or works, before its first request or job."""
    if not (settings.PRODUCTION and enforced()):
        return
    try:
        if found := stronger_than_policies():
            raise ImproperlyConfigured(f"DATABASE_URL nối bằng tài khoản có quyền {found}, vượt qua bảo vệ theo dòng. {WHY}")
    finally:
        connection.close()  # the processes that are forked from here open their own


def bound_by_policies(app_configs, databases=None, **kwargs):
    """`manage.py check --database default`. What migrates, backs up and restores runs as owner and says so by APP_DATABASE_URL."""
    if not databases or not settings.PRODUCTION or settings.APP_DATABASE_URL or not enforced():
        return []
    found = stronger_than_policies()
    return [Error(f"The database role is {found}: row-level security does not bind it.", hint=WHY, id="access.E002")] if found else []
