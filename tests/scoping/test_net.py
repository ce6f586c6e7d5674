"""The database's own net: the application's filter is taken out, its role is taken, and still nothing of others is seen or written."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.db.models import Q

from danvan.access.policies import OPEN, policies, policy_of
from danvan.access.rows import enforced, seen_by, whole_office
from danvan.accounts.models import User
from danvan.audit.models import AuditEvent
from danvan.operations.dumps import has_rows
from danvan.registers.models import Draft
from danvan.units.selectors import places_on
from danvan.workflow.models import StatusChange
from models_awards.models import Campaign, Registration
from tests.roles import as_application
from tests.scoping.jobs import walk_jobs
from tests.scoping.keyed import walk_keyed
from tests.scoping.listed import walk_lists
from tests.scoping.people import FULL, PEOPLE, settle, walker
from tests.world import scoped_models

pytestmark = pytest.mark.django_db
# Canaries of decisions, accounts and the log stand on pages of administrators alone.
ADMINISTRATORS_READ = {
    "decision", "new name", "audited", "leaver", "leaver account", "leaving", "minutes", "exported file", "subject", "review",
}  # fmt: skip
READ_LITTLE = {"hội đồng", "quản trị", "quản trị phường A"}  # by their rights: campaigns; units and accounts
WALKERS = list(PEOPLE) if FULL else ["phuong-a", "chuyên viên quận khác"]


@pytest.fixture
def without_filter(monkeypatch):
    """Every `visible_to` and `readable_by` lets everything through."""
    monkeypatch.setattr("danvan.access.scoping.branch_filter", lambda *args: Q(pk__isnull=False))


@pytest.mark.parametrize("name", WALKERS)
def test_without_the_applications_filter_nothing_of_others_is_seen(world, without_filter, name):
    walk = walker(world, name, alone=True)
    walk_keyed(walk)
    walk_lists(walk)
    settle(walk, f"filter taken out, {name}: {len(walk.seen)} of {len(walk.own_texts)} own canaries seen")
    told = {text for text, whose in walk.own_texts.items() if whose.split(" ", 1)[1] not in ADMINISTRATORS_READ}
    assert len(walk.seen & told) > (0 if name in READ_LITTLE else 0.7 * len(told))


def test_a_job_without_the_applications_filter_reads_own_rows_only(world, without_filter, monkeypatch):
    monkeypatch.setattr("danvan.reporting.snapshot.Context.places", property(lambda self: places_on(self.span[1])))
    walk = walker(world, "phuong-a", alone=True)
    walk_jobs(walk, monkeypatch)
    settle(walk, f"filter taken out, job: {len(walk.seen)} own canaries seen")
    assert walk.seen


# --- row by row --------------------------------------------------------------------------------


def keys(model):
    return set(model._base_manager.values_list("pk", flat=True))


@pytest.mark.parametrize("name", PEOPLE)
def test_the_database_shows_exactly_the_rows_that_are_readable(world, name):
    key, role, *_ = PEOPLE[name]
    user = User.objects.get(pk=world.parties[key].people[role].pk)
    for model in scoped_models():
        if policy_of(model) is None:
            continue
        readable, everything = set(readable_in(model, user).values_list("pk", flat=True)), keys(model)
        with as_application(), seen_by(user):
            assert keys(model) == readable, model
        assert readable < everything, f"nothing foreign of {model} to hide: the test would prove nothing"


def readable_in(model, user):
    """Events of no unit (the nightly work, a login with a name that nobody has) lie open to whoever sees a whole tree; the page
    shows them to the administrator among them (AuditEventQuerySet.visible_to)."""
    if model is AuditEvent and any(membership.sees.scope_path.count(".") == 1 for membership in user.active_memberships()):
        return model._default_manager.visible_to(user) | model._default_manager.filter(scope_path="")
    return model._default_manager.readable_by(user)


def test_outside_a_scope_there_is_no_row(world):
    tables = [policy.table for policy in policies()]
    with as_application(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            assert cursor.fetchone() == (0,), table
    with connection.cursor() as cursor:
        assert {table for table in tables if not has_rows(table)} <= EMPTY, "the test would prove nothing"


# Tables that the walked world leaves empty.
EMPTY = {"registers_receipt"}


def test_the_history_of_a_row_is_as_open_as_the_row(world):
    user = User.objects.get(pk=world.a.people["can_bo"].pk)
    for model in scoped_models():
        if not hasattr(model, "history"):
            continue
        readable = set(model._default_manager.readable_by(user).values_list("pk", flat=True))
        with as_application(), seen_by(user):
            shown = set(model.history.values_list("id", flat=True))
        assert shown == readable & set(model.history.values_list("id", flat=True)), model


def test_what_has_no_unit_of_its_own_goes_with_its_record(world):
    """Pairs of a many-to-many field, what the history keeps of them, moves from status to status."""
    user, walked = User.objects.get(pk=world.a.people["can_bo"].pk), 0
    for model in (model for model in apps.get_models(include_auto_created=True) if policy_of(model)):
        everything = list(model._base_manager.order_by("pk"))
        if (record_of := owner_in(model)) is None:
            continue
        with as_application(), seen_by(user):
            shown = keys(model)
        readable = {row.pk for row in everything if is_readable(record_of(row), user)}
        assert shown == readable, model
        assert readable < {row.pk for row in everything}, f"nothing foreign of {model} to hide: the test would prove nothing"
        walked += 1
    assert walked > 8


def owner_in(model):
    """How the record is found to which a row of the model belongs; None where the row says its own unit."""
    if part_of := getattr(model, "PART_OF", None):
        return lambda row: getattr(row, part_of)
    if model is StatusChange:
        return lambda row: row.content_type.get_object_for_this_type(pk=row.object_id)
    if model._meta.auto_created:
        [own] = [field for field in model._meta.fields if field.related_model is model._meta.auto_created]
        return lambda row: getattr(row, own.name)
    past = [field for field in model._meta.fields if field.related_model is not None and hasattr(field.related_model, "instance_type")]
    return (lambda row: getattr(row, past[0].name)) if past else None


def is_readable(record, user):
    if part_of := getattr(record, "PART_OF", None):
        return is_readable(getattr(record, part_of), user)
    kind = getattr(type(record), "instance_type", type(record))
    return kind._default_manager.readable_by(user).filter(pk=record.pk if kind is type(record) else record.id).exists()


def test_a_draft_is_its_owners(world):
    officer, other = world.a.people["can_bo"], world.b.people["can_bo"]
    assert Draft.objects.filter(user=officer).exists() and Draft.objects.filter(user=other).exists()
    with as_application(), seen_by(officer):
        assert set(Draft.objects.values_list("user", flat=True)) == {officer.pk}


def refused(change):
    """The database itself says no, and nothing is changed."""
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        change()


def test_what_stands_above_is_read_and_never_written(world):
    officer, published = world.a.people["can_bo"], world.district_published.rows[Campaign][0]
    with as_application(), seen_by(officer):
        assert Campaign.objects.filter(pk=published.pk).exists()
        refused(lambda: Campaign.objects.filter(pk=published.pk).update(name="Tên khác"))


def test_a_row_is_neither_made_for_nor_moved_to_another_unit(world):
    officer, row = world.a.people["can_bo"], world.a.rows[Registration][0]
    foreign = world.b.rows[Registration][0]
    with as_application(), seen_by(officer):
        refused(lambda: Registration.objects.filter(pk=row.pk).update(unit=world.b.unit))
        assert Registration.objects.filter(pk=foreign.pk).update(name="Tên khác") == 0
        assert Registration.objects.filter(pk=row.pk).update(households=3) == 1
        new = Registration(**{f.attname: getattr(foreign, f.attname) for f in Registration._meta.concrete_fields if not f.primary_key})
        new.name = "Mô hình ghi hộ"
        refused(lambda: Registration.objects.bulk_create([new]))


def test_the_whole_office_is_everything_and_ends_with_its_block(world, caplog):
    officer, everything = world.a.people["can_bo"], keys(Registration)
    with as_application(), seen_by(officer):
        own = keys(Registration)
        with caplog.at_level("DEBUG", logger="danvan.access.rows"), whole_office("đếm toàn cơ quan"):
            assert keys(Registration) == everything
        assert keys(Registration) == own < everything
        with pytest.raises(ZeroDivisionError), whole_office("đếm toàn cơ quan"):
            raise ZeroDivisionError
        assert keys(Registration) == own
    assert "đếm toàn cơ quan" in caplog.text


# --- every table has its policy ---------------------------------------------------------------------


def test_a_table_without_policy_is_listed_with_its_reason():
    standing = set(connection.introspection.table_names())
    guarded = {policy.table for policy in policies()}
    assert standing - guarded - set(OPEN) == set(), "give the model a SCOPE, or list its table in danvan/access/policies.py with the reason"
    assert set(OPEN) - standing == set(), "danvan/access/policies.py lists tables that are gone"
    assert guarded & set(OPEN) == set() and all(reason.strip() for reason in OPEN.values())
    assert enforced()
