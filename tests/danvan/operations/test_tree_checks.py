"""What check_data says of a tree that somebody changed by SQL: each rule is broken once."""

import datetime

import pytest

from danvan.operations import tree_checks
from danvan.units import services
from danvan.units.choices import Status
from danvan.units.models import Succession, Unit, UnitDecision, UnitVersion
from danvan.units.plan import plan_of
from tests.danvan.common.cast import cast, demo_day, kinds  # noqa: F401
from tests.factories.decisions import EFFECTIVE, merge, new_decision, rename

pytestmark = pytest.mark.embedded
CHECKS = [
    tree_checks.unit_paths, tree_checks.units_of_today, tree_checks.trees_in_time, tree_checks.revived, tree_checks.successions,
    tree_checks.decisions,
]  # fmt: skip


@pytest.fixture
def merged(cast):  # noqa: F811
    """Ward A merged into B, B renamed, by one applied decision."""
    decision = new_decision(cast.district, merge(cast.a, into=cast.b), rename(cast.b, "Phường Bình Minh Mới"))
    services.write(plan_of(decision, set(Unit.objects.values_list("pk", flat=True))), decision)
    UnitDecision.objects.filter(pk=decision.pk).update(status=Status.APPLIED, applied_by=cast.leader, applied_at=decision.created_at)
    cast.decision = decision
    return cast


def problems():
    return [problem for check in CHECKS for problem in check()]


def test_an_applied_decision_leaves_nothing_to_say(merged):
    assert problems() == []


def versions(unit):
    return UnitVersion.objects.filter(unit=unit)


BROKEN = {
    "không nối tiếp nhánh": lambda c: Unit.objects.filter(pk=c.a.pk).update(scope_path=f"{c.office.pk}.{c.a.pk}."),
    "không kết thúc bằng số của chính đơn vị": lambda c: Unit.objects.filter(pk=c.a.pk).update(scope_path=f"{c.district.pk}.99999."),
    "khác nhánh theo thời gian": lambda c: Unit.objects.filter(pk=c.a.pk).update(scope_path=f"{c.district.pk}.{c.a.pk}."),
    "khác tên theo thời gian": lambda c: Unit.objects.filter(pk=c.b.pk).update(name="Phường khác"),
    "ngày thay đổi gần nhất không đúng": lambda c: Unit.objects.filter(pk=c.b.pk).update(changed_on=None),
    "không có thông tin nào có hiệu lực": lambda c: versions(c.office).update(valid_from=datetime.date(2021, 1, 1)),
    "không đúng với đơn vị cấp trên": lambda c: versions(c.b).filter(decision=None).update(path=f"{c.office.pk}.{c.b.pk}."),
    "đơn vị cấp trên chưa có": lambda c: versions(c.district).update(valid_from=datetime.date(2016, 1, 1)),
    "còn hoạt động dưới": lambda c: versions(c.district).update(closed=True),
    "hoạt động lại": lambda c: versions(c.b).filter(decision=None).update(closed=True),
    "không ghi Phường An Phú kết thúc": lambda c: versions(c.a).filter(decision=c.decision).update(closed=False),
    "không nằm trong nhánh của đơn vị kế tục": lambda c: Succession.objects.update(successor=c.office),
    "kế tục đi vòng": lambda c: Succession.objects.create(predecessor=c.b, successor=c.a, decision=c.decision),
    "chưa áp dụng mà đã ghi 2 thay đổi": lambda c: UnitDecision.objects.update(status=Status.DRAFT),
    "không bắt đầu từ ngày có hiệu lực": lambda c: UnitDecision.objects.update(effective_on=EFFECTIVE + datetime.timedelta(days=3)),
    "đã áp dụng mà không ghi gì": lambda c: new_decision(
        c.district, words="02", status=Status.APPLIED, applied_by=c.leader, applied_at=c.decision.created_at
    ),
}


@pytest.mark.parametrize("words", BROKEN)
def test_a_broken_rule_is_told(merged, words):
    BROKEN[words](merged)
    assert any(words in problem for problem in problems()), problems()
