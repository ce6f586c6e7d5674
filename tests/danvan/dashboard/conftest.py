"""Two districts side by side, and the demo office. Rows are written straight: the services of the modules have their own tests."""

import datetime
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from danvan.access.roles import HEAD, LEADER, OFFICER, REVIEWER
from danvan.accounts.models import Membership, User
from danvan.catalogues.models import FieldOfWork
from danvan.submissions.choices import Status
from danvan.submissions.models import Period, Regime, Submission
from danvan.units.models import Kind
from danvan.units.services import create_unit
from models_awards.choices import Level
from models_awards.models import Campaign, Registration

TODAY, START = datetime.date(2020, 1, 8), datetime.date(2015, 1, 1)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The data of `make demo` on its own day, rolled back after the module."""
    with django_db_blocker.unblock(), override_settings(DEMO=True, TODAY=TODAY), transaction.atomic():
        call_command("demo_data", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def clock(settings):
    """The day of the test; a test moves it by setting TODAY."""
    settings.TODAY = TODAY
    settings.FORCE_PASSWORD_CHANGE = False
    return settings


def new_user(name, unit, role, sees=None):
    user = User.objects.create(username=name, display_name=f"Người {name}")
    Membership.objects.create(user=user, unit=unit, sees=sees or unit, role=role, starts_on=START)
    return user


def new_ward(code, name, parent, **changes):
    return create_unit(code=code, name=name, kind=Kind.WARD, valid_from=START, parent=parent, **changes)


@pytest.fixture
def place(db, clock):
    """One district with two wards, and its people; nothing is recorded yet."""
    return new_place("A", "An", "Phường An Phú", "Phường Bình Minh")


def new_place(mark, word, *wards):
    district = create_unit(code=f"Q{mark}", name=f"Quận {word}", kind=Kind.PARTY_COMMITTEE, valid_from=START)
    office = create_unit(code=f"B{mark}", name=f"Ban {word}", kind=Kind.MOBILIZATION_BOARD, valid_from=START, parent=district)
    units = [new_ward(f"P{mark}{n}", name, district) for n, name in enumerate(wards)]
    return SimpleNamespace(
        district=district, office=office, wards=units,
        leader=new_user(f"lanh-dao-{mark}", office, LEADER, district), reviewer=new_user(f"chuyen-vien-{mark}", office, REVIEWER, district),
        officer=new_user(f"can-bo-{mark}", units[0], OFFICER), head=new_user(f"truong-{mark}", units[0], HEAD),
    )  # fmt: skip


def new_period(place, year="2019", **changes):
    regime, _ = Regime.objects.get_or_create(code="thu", defaults={"name": "Báo cáo năm", "unit_kind": Kind.WARD, "typed_codes": []})
    end = datetime.date(int(year), 12, 31)
    values = {
        "regime": regime, "unit": place.district, "code": year, "name": f"năm {year}", "starts_on": datetime.date(int(year), 1, 1),
        "ends_on": end, "opens_on": end - datetime.timedelta(days=30), "due_on": end + datetime.timedelta(days=10),
        "review_due_on": end + datetime.timedelta(days=20),
    }  # fmt: skip
    return Period.objects.create(**{**values, **changes})


def new_report(period, unit, status, by):
    sent = (
        {}
        if status in (Status.DRAFT, Status.READY)
        else {"submitted_at": "2020-01-05T09:00+07:00", "submitted_on": datetime.date(2020, 1, 5)}
    )
    accepted = {"accepted_on": datetime.date(2020, 1, 6)} if status == Status.ACCEPTED else {}
    return Submission.objects.create(period=period, unit=unit, status=status, confirmed_by=by if sent else None, **sent, **accepted)


def new_registrations(place, count, *, year=2019, unit=None, kind="mo_hinh", recognised=0):
    """`count` rows of one ward, the first `recognised` of them recognised by the district."""
    campaign, _ = Campaign.objects.get_or_create(
        unit=place.district, year=year,
        defaults={
            "name": f"Đợt {year}", "opens_on": datetime.date(year, 1, 1), "closes_on": datetime.date(year, 4, 1),
            "late_until": datetime.date(year, 12, 31),
        },
    )  # fmt: skip
    field, _ = FieldOfWork.objects.get_or_create(code="thu", defaults={"name": "Lĩnh vực thử", "valid_from": START})
    unit = unit or place.wards[0]
    start = Registration.objects.count()
    for n in range(count):
        Registration.objects.create(
            campaign=campaign, unit=unit, kind=kind, subject_type="tap_the", field=field, name=f"Việc {place.district.code} {start + n}",
            registered_on=datetime.date(year, 3, 1), surveyed_on=datetime.date(year, 6, 1) if n <= recognised else None,
            recognised_on=datetime.date(year, 10, 1) if n < recognised else None, recognised_level=Level.DISTRICT if n < recognised else "",
        )  # fmt: skip
