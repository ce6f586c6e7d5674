"""Each constraint broken once, in the database and in words."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from regulations.models import Disclosure, NilReturn, Regulation, RegulationDuty
from tests.regulations.conftest import DAY, new_disclosure, new_regulation, subject

BEFORE, AFTER = DAY - datetime.timedelta(days=1), DAY + datetime.timedelta(days=1)


def refused(row):
    """(constraint named by the database, sentences of the model)"""
    with pytest.raises(ValidationError) as told:
        row.validate_constraints()
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        row.save()
    return str(broken.value), " ".join(told.value.messages)


@pytest.mark.embedded
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"in_force_from": BEFORE}, "Ngày có hiệu lực không được trước ngày ban hành."),
        ({"status": "bai_bo", "ended_on": BEFORE}, "Ngày hết hiệu lực không được trước ngày có hiệu lực."),
        ({"number": ""}, "Quy chế đã ban hành cần đủ số, ngày ban hành và ngày có hiệu lực."),
        ({"status": "duoc_thay_the"}, "Quy chế được thay thế hoặc bãi bỏ phải có ngày hết hiệu lực, và chỉ khi đó."),
        ({"ended_on": AFTER}, "Quy chế được thay thế hoặc bãi bỏ phải có ngày hết hiệu lực, và chỉ khi đó."),
    ],
)
def test_a_regulation_does_not_contradict_itself(cast, changes, sentence):
    row = new_regulation(cast.a)
    for name, value in changes.items():
        setattr(row, name, value)
    _, told = refused(row)
    assert told == sentence


@pytest.mark.embedded
def test_a_regulation_does_not_replace_itself(cast):
    row = new_regulation(cast.a)
    row.replaces = row
    assert refused(row)[1] == "Quy chế không thay thế chính nó."


@pytest.mark.embedded
def test_one_regulation_in_force_for_a_unit_and_subject(cast):
    new_regulation(cast.a)
    new_regulation(cast.b)
    new_regulation(cast.a, number="16/QĐ-UBND", status="bai_bo", ended_on=AFTER)
    new_regulation(cast.a, number="", issued_on=None, in_force_from=None, status="du_thao")
    values = {"number": "17/QĐ-UBND", "issued_on": DAY, "in_force_from": DAY, "status": "hieu_luc", "name": "Khác"}
    row = Regulation(unit=cast.a, subject=subject(), **values)
    assert refused(row)[1] == "Đơn vị đã có quy chế loại này đang có hiệu lực."


@pytest.mark.embedded
def test_a_number_and_day_are_entered_once(cast):
    new_regulation(cast.a)
    row = new_regulation(cast.a, number="16/QĐ-UBND", status="bai_bo", ended_on=AFTER)
    row.number = "15/QĐ-UBND"
    assert refused(row)[1] == "Đơn vị đã ghi quy chế loại này với số và ngày ban hành đó."


@pytest.mark.embedded
def test_a_disclosure_ends_after_it_began(cast):
    row = new_disclosure(cast.a)
    row.posted_until = BEFORE
    assert refused(row)[1] == "Ngày kết thúc công khai không được trước ngày bắt đầu."
    assert Disclosure.objects.get().posted_until is None


@pytest.mark.embedded
def test_a_duty_is_said_once(cast):
    RegulationDuty.objects.create(unit=cast.a, subject=subject(), applies="khong_ap_dung")
    assert refused(RegulationDuty(unit=cast.a, subject=subject()))[1] == "Đơn vị đã có dòng cho loại quy chế này."


@pytest.mark.embedded
def test_a_nil_return_stands_once_and_is_withdrawn_by_somebody(cast):
    moment = datetime.datetime(2019, 12, 30, tzinfo=datetime.UTC)
    values = {"unit": cast.a, "register_code": "disclosure", "period": "2019-Q4", "declared_by": cast.officer, "declared_at": moment}
    standing = NilReturn.objects.create(**values)
    assert refused(NilReturn(**values))[1] == "Đơn vị đã báo không phát sinh cho kỳ này."
    standing.withdrawn_on = DAY
    assert refused(standing)[1] == "Ngày rút phải đi cùng người rút."
    standing.withdrawn_by = cast.officer
    standing.save()
    NilReturn.objects.create(**values)
