"""Figures equal their lists, the appendix equals the figures, duties and tasks name whose turn it is."""

import datetime

import pytest
from django.test import RequestFactory

from danvan.figures import registry
from danvan.figures.compute import compute
from danvan.figures.declare import Figure
from danvan.figures.duties import duties_between
from danvan.figures.links import url_of
from danvan.registers.list import Listing
from danvan.reporting.kinds import KINDS
from danvan.reporting.snapshot import Context
from danvan.units.models import Unit
from dialogues import todo
from dialogues.figures import FIGURES
from dialogues.models import DialogueObligation
from dialogues.reports import dialogues_and_commitments, list_of_dialogues
from dialogues.selectors import lines_of_g4
from tests.dialogues.conftest import HELD, TODAY, new_commitment, new_dialogue, new_question

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def year(cast):
    """Two dialogues of 2019, one of 2018; five questions; three commitments."""
    first = new_dialogue(cast.a, noticed_on=HELD - 9 * DAY, conclusion_on=HELD + 8 * DAY, conclusion_number="1-TB")
    second = new_dialogue(cast.b, HELD + DAY, kind="dot_xuat", noticed_on=HELD - DAY, attendance=45)
    new_dialogue(cast.b, HELD.replace(year=2018))
    new_question(first, 1, answered="tai_cho", answered_on=HELD)
    new_question(first, 2, answered="bang_van_ban", answered_on=HELD + 12 * DAY)
    new_question(first, 3)
    new_question(second, 1, answered="tai_cho", answered_on=HELD + DAY)
    new_question(second, 2, answered="bang_van_ban", answered_on=TODAY)
    new_commitment(first, cast.office, status="hoan_thanh", done_on=HELD + 20 * DAY)
    new_commitment(first, cast.office)
    new_commitment(first, cast.a, status="hoan_thanh", done_on=TODAY)
    for unit, held_on in ((cast.a, HELD), (cast.b, None)):
        DialogueObligation.objects.create(unit=unit, year=2019, head_title="Bí thư", due_on=datetime.date(2019, 12, 31), held_on=held_on)
    return first


EXPECTED = {
    "dth_owed": 2, "dth_owed_held": 1, "dth_held": 2, "dth_periodic": 1, "dth_people": 125, "dth_notice_ontime": 1, "dth_result_due": 2,
    "dth_result_ontime": 1, "dth_questions": 5, "dth_onspot": 2, "dth_forwarded": 3, "ck_due": 3, "ck_ontime": 1, "ck_done": 1,
}  # fmt: skip


def test_the_numbers_of_the_year(year):
    values = compute("2019", Unit.objects.all())
    assert {code: values.value(code) for code in EXPECTED} == EXPECTED
    assert values.text("dth_onspot_rate") == "40,0%" and values.text("ck_rate") == "33,3%"


@pytest.mark.parametrize("item", [item for item in FIGURES if isinstance(item, Figure)], ids=lambda item: item.code)
def test_every_number_opens_the_list_that_made_it(cast, year, item):
    params = RequestFactory().get(url_of(item.code, "2019")).GET
    listing = Listing(item.of, cast.reviewer, params)
    listed = listing.totals[item.sum_of] if item.sum_of else listing.count
    assert listed == compute("2019", Unit.objects.all()).value(item.code) == EXPECTED[item.code]
    assert registry.figure(item.code).formula


def test_the_sums_of_the_appendix_are_the_figures(cast, year):
    context = Context(KINDS["annual"], cast.board, "2019")
    lines, total = lines_of_g4(context)
    value = context.values.value
    assert len(lines) == value("dth_held")
    assert total[-6:-1] == [str(value(c)) for c in ("dth_people", "dth_questions", "dth_onspot", "dth_forwarded")] + ["3"]
    assert lines[0][:4] == ["Phường An Phú", "Định kỳ", "Bí thư Đảng ủy phường", "10/10/2019"]
    table = list_of_dialogues(context)["blocks"][0]
    assert {len(row) for row in [*table["rows"], table["total"]]} == {len(table["columns"])}
    told = " ".join(block["text"] for block in dialogues_and_commitments(context))
    assert "đã tổ chức 02 cuộc đối thoại, trong đó 01 cuộc định kỳ, với 125 lượt người dự" in told
    assert "có 03 cam kết đến hạn, 01 cam kết hoàn thành đúng hạn (đạt 33,3%)" in told


def test_a_year_without_dialogues_says_nothing(cast):
    context = Context(KINDS["annual"], cast.board, "2016")
    assert dialogues_and_commitments(context) == [] and list_of_dialogues(context) is None


def test_duties_fall_on_who_owes_them(cast, year):
    found = duties_between(datetime.date(2019, 1, 1), datetime.date(2019, 12, 31), Unit.objects.all())
    told = {(duty.unit_id, duty.label.split(" ")[0], duty.done) for duty in found}
    assert (cast.b.pk, "Đối", False) in told and (cast.a.pk, "Đối", True) in told
    assert {duty.done for duty in found if duty.unit_id == cast.office.pk} == {True, False}
    late = [duty for duty in found if duty.label.startswith("Thông báo") and duty.unit_id == cast.b.pk and duty.due_on.year == 2019]
    assert [duty.done for duty in late] == [False]


def test_tasks_of_the_owner_and_of_the_holder(cast, year):
    owed = list(todo.tasks(cast.owner, TODAY))
    assert [(task["title"], task["label"], task["urgent"]) for task in owed] == [
        ("Thực hiện cam kết: Nạo vét rãnh thoát nước", "Quá hạn", True)
    ]
    assert {"title", "url", "due_on", "label", "tone", "icon", "urgent", "meta"} == set(owed[0])
    mine = [task["title"] for task in todo.tasks(cast.officer, TODAY)]
    assert "Xác nhận cam kết: Nạo vét rãnh thoát nước" in mine
    assert [task["title"] for task in todo.tasks(cast.officer_b, TODAY)].count("Tổ chức đối thoại định kỳ năm 2019") == 1
    assert list(todo.tasks(cast.head, TODAY)) == []
