"""What the technical administrator does in /admin/ stands in the log and in the account's history like any other act."""

import pytest
from django.urls import reverse

from danvan.access.roles import ADMINISTRATOR, OFFICER
from danvan.accounts.models import AccountAct, Membership, User
from danvan.audit.choices import Kind
from danvan.audit.models import AuditEvent
from tests.danvan.accounts.signing import PASSWORD
from tests.danvan.common.cast import browser

pytestmark = pytest.mark.embedded


@pytest.fixture
def root(cast):
    return User.objects.create_superuser("goc", password=PASSWORD, display_name="Gốc")


def as_sent(row):
    return {"id": row.pk, "unit": row.unit_id, "sees": row.sees_id, "role": row.role, "starts_on": f"{row.starts_on:%d/%m/%Y}"}


@pytest.fixture
def send(root):
    """Saves the account's page in the admin with these changes; `rows` are its memberships as the inline sends them."""
    client = browser(root)

    def sent(user, rows=None, **changes):
        stored = list(user.memberships.order_by("pk"))
        rows = [{}] * len(stored) if rows is None else rows
        data = {
            "username": user.username, "display_name": user.display_name, "courtesy": "", "email": "", "is_active": "on",
            "memberships-TOTAL_FORMS": len(rows), "memberships-INITIAL_FORMS": len(stored), **changes,
        }  # fmt: skip
        for number, row in enumerate(rows):
            line = {"user": user.pk, "ends_on": "", **(as_sent(stored[number]) if number < len(stored) else {}), **row}
            data |= {f"memberships-{number}-{name}": value for name, value in line.items()}
        answer = client.post(reverse("admin:accounts_user_change", args=[user.pk]), data)
        assert answer.status_code == 302, [answer.context["errors"]]

    return sent


def events(kind):
    return list(AuditEvent.objects.filter(kind=kind).order_by("pk"))


def test_giving_the_powers_of_django_is_told(cast, root, send):
    send(cast.officer, is_superuser="on", is_staff="on")
    assert User.objects.get(pk=cast.officer.pk).is_superuser
    [told] = events(Kind.RIGHTS)
    labels = {str(User._meta.get_field(name).verbose_name) for name in ("is_staff", "is_superuser")}
    assert (told.user_id, set(told.detail["what"].split(", "))) == (root.pk, labels)
    act = AccountAct.objects.get(account=cast.officer)
    assert (act.kind, act.by, {line["label"] for line in act.changes}) == (AccountAct.Kind.EDITED, root, labels)
    assert {(line["old"], line["new"]) for line in act.changes} == {("không", "có")}
    assert events(Kind.ACCOUNT)


def test_a_membership_given_changed_and_removed_is_told(cast, root, send):
    new = {"unit": cast.district.pk, "sees": cast.district.pk, "role": ADMINISTRATOR, "starts_on": "01/01/2020"}
    send(cast.officer, rows=[{}, new])
    assert Membership.objects.filter(user=cast.officer, role=ADMINISTRATOR).exists()
    send(cast.officer, rows=[{"ends_on": "31/01/2020"}, {}])
    send(cast.officer, rows=[{"ends_on": "31/01/2020"}, {"DELETE": "on"}])
    acts = list(AccountAct.objects.filter(account=cast.officer).order_by("pk"))
    assert [act.kind for act in acts] == [AccountAct.Kind.JOINED, AccountAct.Kind.ENDED, AccountAct.Kind.CANCELLED]
    assert [act.unit_id for act in acts] == [cast.district.pk, cast.a.pk, cast.district.pk]
    assert "Quản trị hệ thống" in acts[0].changes[0]["new"] and "31/01/2020" in acts[1].changes[0]["new"]
    assert len(events(Kind.RIGHTS)) == 3 and {event.user_id for event in events(Kind.RIGHTS)} == {root.pk}


def test_saving_without_a_change_tells_nothing(cast, send):
    send(cast.officer)
    assert not AccountAct.objects.exists() and not events(Kind.RIGHTS)


def test_an_account_made_there_is_told_and_none_is_deleted(cast, root):
    client = browser(root)
    client.post(reverse("admin:accounts_user_add"), {
        "username": "moi", "usable_password": "true", "password1": "lúa-chín-vàng-đồng", "password2": "lúa-chín-vàng-đồng",
        "memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0", "memberships-0-unit": cast.a.pk, "memberships-0-sees": cast.a.pk,
        "memberships-0-role": OFFICER, "memberships-0-starts_on": "01/01/2020",
    })  # fmt: skip
    made = User.objects.get(username="moi")
    assert [act.kind for act in made.acts.order_by("pk")] == [AccountAct.Kind.CREATED, AccountAct.Kind.JOINED]
    assert client.post(reverse("admin:accounts_user_delete", args=[made.pk]), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=made.pk).exists()
