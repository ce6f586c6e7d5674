import datetime

import pytest

from danvan.accounts.models import User
from danvan.jobs.services import enqueue
from danvan.units.models import Kind
from danvan.units.services import create_unit


@pytest.fixture
def ward(db):
    return create_unit(code="PA", name="Phường A", kind=Kind.WARD, valid_from=datetime.date(2015, 1, 1))


@pytest.fixture
def officer(db):
    return User.objects.create_user("can-bo", display_name="Cán bộ")


@pytest.fixture
def new_job(ward, officer):
    def new(kind="annual_report", key="annual-2019", **params):
        return enqueue(kind, key=key, unit=ward, by=officer, params=params)

    return new


@pytest.fixture
def rung(monkeypatch):
    """The ids rung for instead of a broker."""
    ids = []
    monkeypatch.setattr("danvan.jobs.services.ring", lambda job_id: ids.append(job_id) or True)
    return ids
