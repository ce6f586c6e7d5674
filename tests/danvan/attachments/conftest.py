import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.access.roles import OFFICER, REVIEWER
from danvan.accounts.models import Membership, User
from danvan.attachments.services import attach
from danvan.units.models import Kind
from danvan.units.services import create_unit
from tests.danvan.attachments import good

START = datetime.date(2015, 1, 1)


@pytest.fixture(autouse=True)
def private_root(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def district(db):
    return create_unit(code="Q", name="Quận Thanh Bình", kind=Kind.PARTY_COMMITTEE, valid_from=START)


@pytest.fixture
def ward(district):
    return create_unit(code="PA", name="Phường A", kind=Kind.WARD, valid_from=START, parent=district)


@pytest.fixture
def other_ward(district):
    return create_unit(code="PB", name="Phường B", kind=Kind.WARD, valid_from=START, parent=district)


@pytest.fixture
def new_user():
    def new(name, unit, role=OFFICER):
        user = User.objects.create_user(name, display_name=name)
        Membership.objects.create(user=user, unit=unit, sees=unit, role=role, starts_on=START)
        return user

    return new


@pytest.fixture
def officer(new_user, ward):
    return new_user("can-bo-a", ward)


@pytest.fixture
def stranger(new_user, other_ward):
    return new_user("can-bo-b", other_ward)


@pytest.fixture
def reviewer(new_user, district):
    return new_user("chuyen-vien", district, REVIEWER)


@pytest.fixture
def add(ward, officer):
    """Files beside a record; the unit itself plays the record."""

    def attached(name="kế hoạch.pdf", data=None, **options):
        upload = SimpleUploadedFile(name, good.pdf() if data is None else data)
        return attach(ward, upload, **{"unit_id": ward.pk, "by": officer, **options})

    return attached
