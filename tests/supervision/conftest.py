"""A district with its Front and two wards, whose officers, head, reviewer and leader act in the tests of supervision."""

import datetime
import uuid
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from danvan.access.roles import FRONT, HEAD, LEADER, OFFICER, REVIEWER
from danvan.accounts.models import Membership, User
from danvan.catalogues.models import LegalBasis
from danvan.common.models import signed
from danvan.units.models import Kind
from danvan.units.services import create_unit
from supervision import services
from supervision.models import Finding, JointPlan, PlanItem, Recommendation, SupervisionRound

TODAY = datetime.date(2020, 1, 8)
START = datetime.date(2015, 1, 1)


@pytest.fixture(autouse=True)
def demo_day(settings, tmp_path):
    settings.TODAY = TODAY
    settings.PRIVATE_ROOT = tmp_path
    settings.FORCE_PASSWORD_CHANGE = False


def unit(code, name, kind=Kind.WARD, parent=None):
    return create_unit(code=code, name=name, kind=kind, valid_from=START, parent=parent)


def user(name, unit, role=OFFICER, sees=None):
    found = User.objects.create(username=name, display_name=f"Người {name}")
    Membership.objects.create(user=found, unit=unit, sees=sees or unit, role=role, starts_on=START)
    return found


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def cast(db):
    ContentType.objects.clear_cache()
    district = unit("Q", "Quận Thanh Bình", Kind.PARTY_COMMITTEE)
    office = unit("BDV", "Ban Dân vận", Kind.MOBILIZATION_BOARD, district)
    front = unit("MTTQ", "Ủy ban MTTQ quận", Kind.FRONT, district)
    women = unit("PN", "Hội Phụ nữ quận", Kind.MASS_ORGANIZATION, front)
    a, b = unit("PA", "Phường An Phú", parent=district), unit("PB", "Phường Bình Minh", parent=district)
    return SimpleNamespace(
        district=district, office=office, front=front, women=women, a=a, b=b,
        lead=user("mat-tran", front, FRONT), officer=user("phuong-a", a), head=user("truong-a", a, HEAD), officer_b=user("phuong-b", b),
        reviewer=user("chuyen-vien", office, REVIEWER, district), leader=user("lanh-dao", office, LEADER, district),
    )  # fmt: skip


@pytest.fixture
def plan(cast):
    row = JointPlan(unit=cast.front, year=2019, title="Kế hoạch liên tịch năm 2019", number="08/KHLT", issued_on=datetime.date(2019, 1, 18))
    signed(row, cast.lead).save()
    row.co_signers.set([cast.women])
    row.legal_bases.set(LegalBasis.objects.filter(number__in=["217-QĐ/TW", "34/2007/PL-UBTVQH11"]))
    item = PlanItem.objects.create(
        plan=row, subject="Trật tự xây dựng năm 2019", form="doan_giam_sat", rhythm="chuyen_de", month_from=3, month_to=4, team="Đoàn"
    )
    item.target_units.set([cast.a, cast.b])
    return row


@pytest.fixture
def a_round(cast):
    row = SupervisionRound.objects.create(
        unit=cast.front, title="Giám sát tại phường An Phú", form="doan_giam_sat", rhythm="chuyen_de", team="Đoàn",
        held_from=datetime.date(2019, 11, 26), held_on=datetime.date(2019, 11, 27),
    )  # fmt: skip
    row.target_units.set([cast.a])
    Finding.objects.create(round=row, kind="vi_pham", unit=cast.a, text="Chưa công khai biên bản")
    return row


@pytest.fixture
def sent(cast, a_round):
    """sent(day, **values): a recommendation of the Front to ward A."""

    def make(day=datetime.date(2019, 12, 16), **values):
        row = Recommendation(**{
            "unit": cast.front, "addressed_to": cast.a, "round": a_round, "title": "Di chuyển điểm tập kết rác",
            "content": "Đề nghị phường di chuyển điểm tập kết rác.", "sent_on": day, **values,
        })  # fmt: skip
        services.set_deadline(row)
        row.save()
        return row

    return make


@pytest.fixture
def recommendation(sent):
    return sent()


def recommendation_data(cast, **changes):
    return {
        "_key": str(uuid.uuid4()), "unit": cast.front.pk, "addressed_to": cast.a.pk, "round": "", "finding": "", "sent_on": "6/1/2020",
        "title": "Công khai mức thu", "content": "Đề nghị công khai mức thu.", **changes,
    }  # fmt: skip
