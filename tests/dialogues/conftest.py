"""A district with two wards and two offices, their officers, and one dialogue of ward A."""

import datetime
import uuid
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from danvan.access.roles import HEAD, OFFICER, REVIEWER
from danvan.accounts.models import Membership, User
from danvan.units.models import Kind
from danvan.units.services import create_unit
from dialogues.deadlines import set_deadlines, state_by_dates
from dialogues.models import Commitment, Dialogue, Question

TODAY = datetime.date(2020, 1, 8)
START = datetime.date(2015, 1, 1)
HELD = datetime.date(2019, 10, 10)


@pytest.fixture(autouse=True)
def demo_day(settings, tmp_path):
    settings.TODAY, settings.PRIVATE_ROOT, settings.FORCE_PASSWORD_CHANGE = TODAY, tmp_path, False


def new_user(name, unit, role=OFFICER, sees=None):
    user = User.objects.create(username=name, display_name=f"Người {name}")
    Membership.objects.create(user=user, unit=unit, sees=sees or unit, role=role, starts_on=START)
    return user


@pytest.fixture
def cast(db):
    ContentType.objects.clear_cache()
    new = lambda code, name, kind, parent=None: create_unit(code=code, name=name, kind=kind, valid_from=START, parent=parent)  # noqa: E731
    district = new("Q", "Quận Thanh Bình", Kind.PARTY_COMMITTEE)
    board = new("BDV", "Ban Dân vận", Kind.MOBILIZATION_BOARD, district)
    government = new("UB", "UBND quận", Kind.GOVERNMENT, district)
    office, other = new("P1", "Phòng Môi trường", Kind.AGENCY, government), new("P2", "Phòng Kinh tế", Kind.AGENCY, government)
    a, b = new("PA", "Phường An Phú", Kind.WARD, district), new("PB", "Phường Bình Minh", Kind.WARD, district)
    return SimpleNamespace(
        district=district, board=board, office=office, other=other, a=a, b=b,
        officer=new_user("phuong-a", a), head=new_user("truong-a", a, HEAD), officer_b=new_user("phuong-b", b),
        owner=new_user("phong-mt", office), stranger=new_user("phong-kt", other),
        reviewer=new_user("chuyen-vien", board, REVIEWER, district),
    )  # fmt: skip


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def new_dialogue(unit, held_on=HELD, **values):
    values = {"kind": "dinh_ky", "topic": "Trật tự đô thị", "chair_title": "Bí thư Đảng ủy phường", "attendance": 80, **values}
    row = Dialogue(unit=unit, held_on=held_on, **values)
    set_deadlines(row)
    row.status = state_by_dates(row)
    row.save()
    return row


def new_question(dialogue, position=1, content="Rãnh thoát nước tắc, mưa là ngập", **values):
    return Question.objects.create(
        dialogue=dialogue, unit=dialogue.unit, asked_on=dialogue.held_on, position=position, content=content, **values
    )


def new_commitment(dialogue, owner, due_on=datetime.date(2019, 12, 20), **values):
    values = {"content": "Nạo vét rãnh thoát nước", "deadline_on": due_on, **values}
    return Commitment.objects.create(unit=dialogue.unit, dialogue=dialogue, owner=owner, due_on=due_on, **values)


def dialogue_data(unit, **changes):
    """What a browser sends for a complete dialogue."""
    data = {
        "_key": str(uuid.uuid4()), "unit": unit.pk, "kind": "dinh_ky", "topic": "Đối thoại quý IV", "chair_title": "Bí thư Đảng ủy phường",
        "place": "Hội trường", "scheduled_on": "", "noticed_on": "1/10/2019", "held_on": "10/10/2019", "attendance": "120", "women": "50",
        "party_members": "40", "minutes": "", "conclusion_number": "", "conclusion_on": "",
    }  # fmt: skip
    return {**data, **changes}


@pytest.fixture
def dialogue(cast):
    return new_dialogue(cast.a, noticed_on=datetime.date(2019, 10, 1))


@pytest.fixture
def commitment(cast, dialogue):
    return new_commitment(dialogue, cast.office)
