"""The guard in the database: made once, made again without touching anything, and every way to lose it is told."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from danvan.access.policies import policies
from danvan.operations import row_security
from tests.roles import ROLE

pytestmark = [pytest.mark.django_db, pytest.mark.skipif("config.option.embedded", reason="SQLite has no row-level security")]


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def test_it_stands_and_a_second_time_changes_nothing(capsys):
    assert len(policies()) > 50
    assert row_security.apply() == ([], True)
    call_command("check_db")
    assert capsys.readouterr().out.startswith("Đạt")


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("ALTER TABLE models_awards_award DISABLE ROW LEVEL SECURITY", "bảng models_awards_award chưa bật"),
        ("ALTER TABLE models_awards_award NO FORCE ROW LEVEL SECURITY", "bảng models_awards_award chưa bật"),
        ("DROP POLICY row_scope ON models_awards_award", "chính sách theo dòng của bảng models_awards_award không phải bản hiện nay"),
        (
            "DROP POLICY row_scope ON models_awards_award; CREATE POLICY row_scope ON models_awards_award USING (true)",
            "chính sách theo dòng của bảng models_awards_award không phải bản hiện nay",
        ),
        (
            "ALTER POLICY row_scope ON models_awards_award USING (true)",
            "chính sách theo dòng của bảng models_awards_award không phải bản hiện nay",
        ),
        (
            "CREATE POLICY them ON models_awards_award USING (true)",
            "chính sách theo dòng của bảng models_awards_award không phải bản hiện nay",
        ),
        ("CREATE TABLE so_tay (id bigint)", "bảng so_tay không có chính sách"),
        (f"ALTER ROLE {ROLE} BYPASSRLS", "BYPASSRLS"),
        (f"ALTER ROLE {ROLE} SUPERUSER", "SUPERUSER"),
        (f"GRANT CREATE ON SCHEMA public TO {ROLE}", "tạo được bảng"),
        (f"ALTER TABLE models_awards_award OWNER TO {ROLE}", "là chủ của bảng"),
        ("ALTER FUNCTION pg_catalog.textlike(text, text) NOT LEAKPROOF", "textlike"),
    ],
)
def test_what_is_missing_is_told(capsys, statement, told):
    execute(statement)
    with pytest.raises(CommandError, match="điều không đạt"):
        call_command("check_db")
    assert told in capsys.readouterr().out


def test_a_policy_that_was_changed_is_written_again():
    execute("DROP POLICY row_scope ON models_awards_award")
    execute("ALTER TABLE units_unit ENABLE ROW LEVEL SECURITY")
    assert row_security.apply() == (["models_awards_award"], True)
    assert list(row_security.problems()) == []
    assert execute("SELECT relrowsecurity FROM pg_class WHERE relname = 'units_unit'") == [(False,)]


def test_the_applications_account_is_made_as_its_address_says(settings):
    settings.APP_DATABASE_URL = "postgres://ung_dung:mat-khau@db/danvan"
    call_command("apply_row_security", verbosity=0)
    [(login, superuser, bypass, password)] = execute(
        "SELECT rolcanlogin, rolsuper, rolbypassrls, rolpassword FROM pg_authid WHERE rolname = 'ung_dung'"
    )
    assert (login, superuser, bypass) == (True, False, False)
    assert password.startswith("SCRAM-SHA-256$") and "mat-khau" not in password
    assert execute("SELECT has_table_privilege('ung_dung', 'django_migrations', 'INSERT')") == [(False,)]
    assert execute("SELECT has_table_privilege('ung_dung', 'models_awards_award', 'INSERT')") == [(True,)]
    assert execute("SELECT has_table_privilege('ung_dung', 'models_awards_award', 'TRUNCATE')") == [(False,)]
