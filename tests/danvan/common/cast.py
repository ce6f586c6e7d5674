"""Places, people and records of the tests below; each folder's conftest takes the fixtures from here.

Unlike tests.world it is small and writes through the ordinary `db` fixture, so that tests with threads can use it too.
"""

import datetime
import uuid
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from danvan.access.roles import APPRAISER, FRONT, HEAD, LEADER, OFFICER, REVIEWER
from danvan.accounts.models import Membership, User
from danvan.units.models import Kind
from danvan.units.services import create_unit
from tests.factories import awards, reports

TODAY = datetime.date(2020, 1, 8)
START = datetime.date(2015, 1, 1)


@pytest.fixture(autouse=True)
def demo_day(settings, tmp_path):
    settings.TODAY = TODAY
    settings.PRIVATE_ROOT = tmp_path
    settings.FORCE_PASSWORD_CHANGE = False


@pytest.fixture
def kinds(db):
    """Reads content types anew: tests with threads empty the tables."""
    ContentType.objects.clear_cache()


def new_unit(code, name, kind=Kind.WARD, parent=None):
    return create_unit(code=code, name=name, kind=kind, valid_from=START, parent=parent)


def new_user(name, unit=None, role=OFFICER, sees=None, **membership):
    user = User.objects.create(username=name, display_name=f"Người {name}")
    if unit is not None:
        join(user, unit, role, sees, **membership)
    return user


def join(user, unit, role, sees=None, starts_on=START, **values):
    return Membership.objects.create(user=user, unit=unit, sees=sees or unit, role=role, starts_on=starts_on, **values)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def cast(kinds):
    district = new_unit("Q", "Quận Thanh Bình", Kind.PARTY_COMMITTEE)
    office = new_unit("BDV", "Ban Dân vận", Kind.MOBILIZATION_BOARD, district)
    a, b = new_unit("PA", "Phường An Phú", parent=district), new_unit("PB", "Phường Bình Minh", parent=district)
    return SimpleNamespace(
        district=district, office=office, a=a, b=b,
        officer=new_user("phuong-a", a), colleague=new_user("phuong-a-2", a), head=new_user("truong-a", a, HEAD),
        officer_b=new_user("phuong-b", b), head_b=new_user("truong-b", b, HEAD), front=new_user("mat-tran", a, FRONT),
        reviewer=new_user("chuyen-vien", office, REVIEWER, district), leader=new_user("lanh-dao", office, LEADER, district),
        appraiser=new_user("hoi-dong", office, APPRAISER, district),
    )  # fmt: skip


@pytest.fixture
def campaign(cast):
    return awards.new_campaign(cast.district, 2019)


@pytest.fixture
def regime(db):
    return reports.new_regime()


@pytest.fixture
def period(cast, regime):
    return reports.new_period(cast.district, "2019", regime)


def registered(unit, campaign, *, words, **values):
    """A registration whose history begins on its own day, as the portal writes it, not on the day of the test."""
    row = awards.new_registration(unit, campaign, words=words, **values)
    moment = datetime.datetime.combine(row.registered_on, datetime.time(9), timezone.get_default_timezone())
    row.history.update(history_date=moment)
    return row


def registration_data(campaign, unit, **changes):
    """What a browser sends for a complete registration."""
    data = {
        "_key": str(uuid.uuid4()), "campaign": campaign.pk, "unit": unit.pk, "kind": "mo_hinh", "subject_type": "tap_the",
        "field": awards.new_field().pk, "continues": "", "registered_on": "15/3/2019", "households": "1.250",
        "name": "Cổng rào xanh Tổ 5", **{box: f"{box}: đã gõ" for box in awards.BOXES},
    }  # fmt: skip
    return {**data, **changes}
