import datetime

import pytest

from danvan.catalogues.models import RegulationSubject
from danvan.units.models import Kind
from regulations.models import Disclosure, Regulation
from regulations.services import day_rule
from tests.danvan.common.cast import cast, demo_day, kinds, new_unit  # noqa: F401

DAY = datetime.date(2019, 5, 20)


def subject(code="phuong_tai_chinh"):
    return RegulationSubject.objects.get(code=code)


def new_regulation(unit, code="phuong_tai_chinh", **values):
    """A row as it stands in the table; its status is written, not walked to."""
    about = subject(code)
    fields = {"number": "15/QĐ-UBND", "issued_on": DAY, "in_force_from": DAY, "status": "hieu_luc", "name": about.name}
    return Regulation.objects.create(unit=unit, subject=about, **{**fields, **values})


def new_disclosure(unit, **values):
    fields = {"content": "Dự toán ngân sách", "body": "UBND phường", "channel": "niem_yet", "disclosed_on": DAY}
    fields |= values
    return Disclosure.objects.create(unit=unit, day_rule=day_rule(fields["channel"], fields["disclosed_on"]), **fields)


@pytest.fixture
def school(cast):  # noqa: F811
    return new_unit("TH", "Trường Tiểu học An Phú", Kind.SCHOOL, cast.a)
