"""After a merge the successor's people see the old unit's rows; nobody whose path only begins alike does."""

import pytest
from django.urls import reverse

from danvan.access.policies import policy_of
from danvan.access.roles import ADMINISTRATOR, OFFICER
from danvan.access.rows import seen_by
from danvan.accounts.models import Membership, User
from danvan.organization import services
from danvan.organization.permissions import manageable_units
from danvan.registers.registry import all_registers
from danvan.units.models import Kind, Unit
from danvan.units.plan import plan_of
from tests import roles
from tests.factories.decisions import merge, new_decision
from tests.roles import as_application
from tests.scoping.reading import text_of
from tests.world import TODAY, Party, new_unit, new_user, rolled_back, scoped_models, signed_in

pytestmark = pytest.mark.django_db
SUCCESSOR, ITS_TWIN = 5007, 50071


@pytest.fixture
def merged(world):
    """Ward A merged into X (5007). Beside X stands 50071, beside A its old twin B (50021)."""
    with rolled_back():
        x = new_unit(Party("x"), SUCCESSOR, "Phường X", Kind.WARD, world.district)
        twin = new_unit(Party("x twin"), ITS_TWIN, "Phường X sinh đôi", Kind.WARD, world.district)
        for party, name in ((x, "phuong-x"), (twin, "phuong-x-doi")):
            new_user(party, OFFICER, name)
        decision = new_decision(world.district.unit, merge(world.a.unit, into=x.unit), effective_on=TODAY, words="nhập")
        admin = User.objects.get(pk=world.office.people[ADMINISTRATOR].pk)
        plan = plan_of(decision, manageable_units(admin).values_list("pk", flat=True))
        assert services.apply_decision(decision, by=admin, seen=plan.fingerprint)
        yield x, twin


def fresh(party):
    return User.objects.get(pk=party.people[OFFICER].pk)


def test_the_path_of_the_old_unit_follows_and_twins_stay_twins(world, merged):
    x, twin = merged
    old = Unit.objects.get(pk=world.a.unit.pk)
    assert old.scope_path == f"{x.unit.scope_path}{old.pk}." and not old.scope_path.startswith(twin.unit.scope_path)
    assert twin.unit.scope_path.startswith(x.unit.scope_path.rstrip("."))


@pytest.mark.parametrize("model", scoped_models(), ids=lambda model: model.__name__)
def test_the_successor_sees_every_row_and_no_twin_sees_one(world, merged, model, monkeypatch):
    x, twin = merged
    rows = {row.pk for row in world.a.rows.get(model, [])}
    assert rows, "nothing to see: the test would prove nothing"
    visible = lambda party: set(model._default_manager.visible_to(fresh(party)).values_list("pk", flat=True))  # noqa: E731
    assert rows <= visible(x)
    assert not rows & visible(twin)
    assert not rows & visible(world.b)
    monkeypatch.setattr(roles, "taken", True)
    for party in (x, twin, world.b):
        assert not policy_of(model) or shown_by_the_database(model, fresh(party)) & rows == visible(party) & rows


def shown_by_the_database(model, user):
    with as_application(), seen_by(user):
        return set(model._base_manager.values_list("pk", flat=True))


def test_lists_and_details_tell_the_same(world, merged):
    x, twin = merged
    row = world.a.rows[next(register.model for register in all_registers() if register.code == "registration")][1]
    for party, status in ((x, 200), (twin, 404), (world.b, 404)):
        client = signed_in(fresh(party))
        assert client.get(reverse("registers:registration_detail", args=[row.pk])).status_code == status
        page = text_of(client.get(reverse("registers:registration_list")))
        assert (world.a.words["registration"] in page) == (status == 200)
        assert (world.a.words["registration"] in text_of(client.get(reverse("registers:registration_xlsx")))) == (status == 200)


def test_who_came_along_acts_for_both(world, merged):
    user = fresh(world.a)
    assert {m.unit_id for m in user.active_memberships()} == {world.a.unit.pk, SUCCESSOR}
    assert Membership.objects.get(user=user, unit=SUCCESSOR).sees_id == SUCCESSOR
