# ruff: noqa: S608 - statements made of the names of our own models
"""One policy per table, made from the models: what PostgreSQL hands out, whatever a query forgets.

A row is read where its SCOPE names a unit of the reader's branches, and where a unit above published it; it is written by SCOPE
alone. Settings that are empty mean no row. A table without policy stands in OPEN with its reason, or a test is red.
"""

from dataclasses import dataclass

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import connection

from danvan.access.rows import ABOVE, BRANCHES, EVERYBODY, FORMER, TODAY, USER

NAME = "row_scope"
DIRECTORY = "danh bạ chung: tên và vị trí của đơn vị không là dữ liệu riêng của đơn vị nào"
BEFORE = "đọc trước khi biết người dùng là ai"
ACCOUNTS = "việc quản trị tài khoản, đi theo danh bạ tài khoản: không có nội dung hồ sơ"
LISTS = "danh mục dùng chung, không ghi của đơn vị nào"
FRAMEWORK = "bảng của khung phần mềm, không có nội dung hồ sơ"
OPEN = {
    "units_unit": DIRECTORY,
    "units_unitversion": DIRECTORY,
    "accounts_user": BEFORE,
    "accounts_membership": BEFORE,
    "django_session": BEFORE,
    **dict.fromkeys(
        (
            "accounts_session", "accounts_guesspace", "accounts_formerpassword", "otp_totp_totpdevice", "otp_static_staticdevice",
            "otp_static_statictoken", "axes_accessattempt", "axes_accessattemptexpiration", "axes_accessfailurelog", "axes_accesslog",
        ),
        BEFORE,
    ),
    **dict.fromkeys(("accounts_accountact", "accounts_handover", "accounts_accountreview"), ACCOUNTS),
    "audit_auditseal": "chỉ có mã băm",
    "units_succession": DIRECTORY,
    "jobs_job": "worker nhận việc trước khi biết là việc của ai; không có nội dung hồ sơ",
    "links_link": "chỉ có hai số hồ sơ; hồ sơ ở hai đầu có chính sách riêng",
    "catalogues_legalbasis": LISTS,
    "catalogues_legalnumber": LISTS,
    "catalogues_fieldofwork": LISTS,
    "catalogues_regulationsubject": LISTS,
    "catalogues_holiday": LISTS,
    "submissions_regime": LISTS,
    **dict.fromkeys(
        (
            "accounts_user_groups", "accounts_user_user_permissions", "auth_group", "auth_group_permissions", "auth_permission",
            "django_admin_log", "django_content_type", "django_migrations",
        ),
        FRAMEWORK,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Policy:
    table: str
    using: str
    check: str


def policies():
    """In the order of the tables' names: the same models give the same statements."""
    found = [policy for model in apps.get_models(include_auto_created=True) if (policy := policy_of(model))]
    return sorted(found, key=lambda policy: policy.table)


def policy_of(model):
    """None where the table stands in OPEN, or where nothing says whose its rows are: then it must stand there."""
    table = model._meta.db_table
    if table in OPEN:
        return None
    base = getattr(model, "instance_type", model)  # a history table has the columns of its records
    if getattr(model, "APPEND_ONLY", False):
        return _log(model, table)
    if hasattr(base, "SCOPE"):
        written = _any(_in_branch(base, table, path) for path in base.SCOPE)
        return Policy(table, _any([written, *_published(base, table, history=base is not model)]), written)
    if owner := getattr(model, "OWNED_BY", None):
        own = f"current_setting('{USER}', true) IN ({_column(model, table, owner)}::text, '{EVERYBODY}')"
        return Policy(table, own, own)
    seen = _any(_row_seen(table, *end) for end in _ends(model))
    return Policy(table, seen, seen) if seen else None


def _log(model, table):
    """Read as AuditEventQuerySet.visible_to; written by whatever happened, in whosever name (danvan.audit.services)."""
    path, unit = _column(model, table, "scope_path"), _column(model, table, "unit_id")
    branches = f"unnest(string_to_array(current_setting('{BRANCHES}', true), ',')) branch"
    moved = f"{unit} IN (SELECT u.id FROM units_unit u, {branches} WHERE u.scope_path ^@ branch)"
    # what belongs to no unit is read from the top: a branch of one number
    standing = rf"EXISTS (SELECT 1 FROM {branches} WHERE {path} ^@ branch OR ({path} = '' AND branch ~ '^[0-9]+\.?$'))"
    seen = _any([standing, moved])
    return Policy(table, seen, seen)


def _any(conditions):
    return " OR ".join(conditions)


def _quote(name):
    return connection.ops.quote_name(name)


def _column(model, table, name):
    return f"{_quote(table)}.{_quote(model._meta.get_field(name).column)}"


def _in_branch(model, table, path):
    """The unit at the end of `path` stands in a branch of the reader. Hashed once per statement, so it costs next to nothing."""
    name, _, rest = path.partition("__")
    column, related = _column(model, table, name), model._meta.get_field(name).related_model
    other = _quote(related._meta.db_table)
    if not rest:
        branches = f"unnest(string_to_array(current_setting('{BRANCHES}', true), ',')) branch"
        return f"{column} IN (SELECT {other}.id FROM {other}, {branches} WHERE {other}.scope_path ^@ branch)"
    return f"EXISTS (SELECT 1 FROM {other} WHERE {other}.id = {column} AND {_in_branch(related, related._meta.db_table, rest)})"


def _published(model, table, *, history):
    """As ScopedQuerySet.readable_by. The history of a published row is as open as the row."""
    if not hasattr(model, "published_on"):
        return []
    if history:
        return [_row_seen(table, model, "id")]
    above = f"string_to_array(current_setting('{ABOVE}', true), ',')::bigint[]"
    day = f"NULLIF(current_setting('{TODAY}', true), '')::date"
    on, unit = _column(model, table, "published_on"), _column(model, table, "unit")
    then = (
        f"EXISTS (SELECT 1 FROM unnest(string_to_array(current_setting('{FORMER}', true), ';')) place WHERE {unit} = "
        f"split_part(place, ',', 1)::bigint AND {on} >= split_part(place, ',', 2)::date AND {on} < split_part(place, ',', 3)::date)"
    )
    return [f"({on} <= {day} AND {unit} = ANY ({above}))", f"(current_setting('{FORMER}', true) <> '' AND {then})"]


def _ends(model):
    """(model, column, column of its type) of the records that a row without a unit of its own belongs to."""
    for field in model._meta.private_fields:
        if isinstance(field, GenericForeignKey):
            kind, key = model._meta.get_field(field.ct_field).column, model._meta.get_field(field.fk_field).column
            yield from ((target, key, kind) for target in apps.get_models() if hasattr(target, "TRANSITIONS"))
    if model._meta.auto_created:  # the pairs of a many-to-many field belong to the record that has the field
        own = next(field for field in model._meta.fields if field.related_model is model._meta.auto_created)
        yield model._meta.auto_created, own.column
    if part_of := getattr(model, "PART_OF", None):
        field = model._meta.get_field(part_of)
        yield field.related_model, field.column
    for field in model._meta.fields:  # what the history keeps of such pairs belongs to a row of the history
        if field.related_model is not None and hasattr(field.related_model, "instance_type"):
            yield field.related_model, field.column, None, field.related_model._meta.pk.column


def _row_seen(table, target, column, type_column=None, target_key="id"):
    """The record itself is visible: its own policy is asked."""
    other, key = _quote(target._meta.db_table), f"{_quote(table)}.{_quote(column)}"
    seen = f"EXISTS (SELECT 1 FROM {other} WHERE {other}.{_quote(target_key)} = {key})"
    if type_column is None:
        return seen
    label, name = target._meta.app_label, target._meta.model_name
    kind = f"(SELECT k.id FROM django_content_type k WHERE k.app_label = '{label}' AND k.model = '{name}')"
    return f"({_quote(table)}.{_quote(type_column)} = {kind} AND {seen})"
