"""Every list, detail, export and history page is a declared Register, and costs the same with one row and with twenty-five."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.access.roles import HEAD, LEADER, OFFICER, REVIEWER
from danvan.access.walk import patterns
from danvan.registers.registry import all_registers
from danvan.reporting.models import Report
from danvan.submissions.models import Period, Submission, TypedValue
from models_awards.models import Award, Campaign, Registration
from regulations.models import Regulation
from tests.factories import awards, dialogues, regulations, reports, supervision
from tests.roles import asked
from tests.world import places, signed_in  # noqa: F401

pytestmark = pytest.mark.django_db

REGISTERS = all_registers()
REGISTERS_BY_MODEL = {register.model: register for register in REGISTERS}
READ, WRITE, FILES = ["list", "xlsx", "csv", "detail", "history"], ["add", "add_draft", "edit", "edit_draft"], ["attach"]
LIST, DETAIL, HOME, DASHBOARD = 8, 12, 12, 15  # queries
# Pages that need more, with what needs it. The cost with 1, 3 and 25 rows is the same nevertheless.
DEARER = {
    # one query for each choice of rows among the filters
    ("regulation", "list"): 9, ("joint_plan", "list"): 9, ("supervision_round", "list"): 10, ("recommendation", "list"): 11,
    ("dialogue_question", "list"): 9, ("commitment", "list"): 9,
    # on every detail page the links of the record (2), then one or two for each table of children and each list of units
    ("registration", "detail"): 14, ("regulation", "detail"): 15, ("joint_plan", "detail"): 19, ("supervision_round", "detail"): 20,
    ("recommendation", "detail"): 15, ("dialogue", "detail"): 17, ("dialogue_question", "detail"): 15, ("commitment", "detail"): 14,
}  # fmt: skip


def allowance(register, page, usual):
    return DEARER.get((register.code, page), usual)


# Every page that is no register's, and what it is instead. A new page enters itself here, or becomes a Register.
SPECIAL = {
    "operations:healthz": "machine", "operations:readyz": "machine",
    "accounts:login": "account", "accounts:logout": "account", "accounts:account": "account", "accounts:password_change": "account",
    "home:home": "to-do list, across registers", "home:tasks": "to-do list of who begins at the dashboard",
    "search:search": "search, across registers",
    "models_awards:stage_record": "action", "models_awards:registration_withdraw": "action", "models_awards:registration_restore": "action",
    "submissions:index": "leads to the matrix or to the own report", "submissions:matrix": "who has sent: units × one period",
    "submissions:start": "action", "submissions:sheet": "sheet of figures", "submissions:draft": "autosave",
    "submissions:check": "sheet of figures", "submissions:receipt": "receipt", "submissions:correction": "action",
    "submissions:review": "sheet of figures", "submissions:reopen": "action",
    "reporting:index": "studio, step 1", "reporting:open": "leads to a step", "reporting:figures": "studio, step 2",
    "reporting:narrative": "studio, step 3", "reporting:draft": "autosave", "reporting:produce": "studio, step 4",
    "reporting:download": "studio, step 5", "reporting:progress": "fragment of step 5", "reporting:act": "action",
    "reporting:file": "file", "reporting:version_file": "file", "attachments:download": "file", "attachments:withdraw": "action",
    "regulations:coverage": "units × subjects", "regulations:nil_returns": "quarters of the own units, with a button each",
    "regulations:nil_return_withdraw": "action", "regulations:regulation_abolish": "action", "regulations:regulation_drop": "action",
    "supervision:plan_copy": "action", "supervision:round_recommend": "leads to a form",
    "supervision:plan_items": "parts of a record", "supervision:round_findings": "parts of a record",
    **{f"supervision:{part}_{page}": "form of a part" for part in ("plan_item", "finding") for page in ("add", "edit", "delete")},
    **{
        f"supervision:recommendation_{page}": "action"
        for page in ("reply", "confirm", "progress", "verify", "reopen", "extend", "withdraw")
    },
    "dialogues:question_lines": "sheet of questions", "dialogues:question_asker": "the one page that shows who asked",
    "dialogues:commitment_add": "leads to a form",
    **{f"dialogues:commitment_{page}": "action" for page in ("progress", "confirm", "dispute", "reopen", "extend")},
    "links:link_add": "action", "links:link_remove": "action",
    "dashboard:dashboard": "tiles and charts, across registers", "dashboard:duties": "late duties, across registers",
}  # fmt: skip


def named(kind):
    return {name: pattern for _, name, pattern in patterns() if name.startswith("registers:") is kind}


# --- declared ---------------------------------------------------------------------------------------------


def test_every_page_of_the_namespace_belongs_to_a_declared_register():
    for name, pattern in named(True).items():
        register = pattern.callback.register
        assert register in REGISTERS, name
        assert name.removeprefix(f"registers:{register.code}_") in [*READ, *WRITE, *FILES], name
        assert pattern.callback.access_rule == register.rights.view, name


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.code)
def test_a_register_has_all_its_pages(register):
    expected = READ + (WRITE if register.form else []) + (FILES if register.attachments else [])
    pages = {name.removeprefix(f"registers:{register.code}_") for name, p in named(True).items() if p.callback.register is register}
    assert pages == set(expected)
    for page in expected:
        keyed = page in ("detail", "history", "edit", "edit_draft", "attach")
        assert register.url(page, *([7] if keyed else [])).startswith(f"/{register.slug}/")


def test_no_other_page_is_a_list_a_detail_an_export_or_a_history():
    assert set(named(False)) == set(SPECIAL), "a page of its own says in SPECIAL what it is; a list becomes a Register"
    for name, pattern in named(False).items():
        assert not hasattr(pattern.callback, "register"), name
        route = str(pattern.pattern).removeprefix(f"{REGISTERS_BY_MODEL[Regulation].slug}/<int:pk>/")  # an act on a row of that list
        assert not any(word in route for word in ("xuat.", "lich-su", "danh-sach")), name


def test_each_model_has_one_register_and_each_register_a_history():
    assert len({register.model for register in REGISTERS}) == len(REGISTERS) == len({register.slug for register in REGISTERS})
    for register in REGISTERS:
        assert hasattr(register.model, "history"), register.code
        assert register.model.SCOPE, register.code


# --- what a page costs ------------------------------------------------------------------------------------


def one(places, number):  # noqa: F811
    """One more row of every register for ward A, with everything that its columns look up."""
    unit, year = places.a.unit, 1990 + number
    regime = reports.new_regime()
    period = reports.new_period(places.district.unit, str(year), regime)
    campaign = awards.new_campaign(unit, year)
    row = awards.new_registration(unit, campaign, words=f"hàng {number}", field=awards.new_field(f"lv{number}", f"Lĩnh vực {number}"))
    awards.new_award(unit, words=f"hàng {number}", registration=row, year=2000 + number)
    awards.new_replication(unit, row, words=f"hàng {number}")
    submission = Submission.objects.create(period=period, unit=unit)
    TypedValue.objects.create(
        submission=submission, unit=unit, code="hg_total", period_code=str(year), ends_on=datetime.date(year, 12, 31), value=number
    )
    Report.objects.create(kind="unit", unit=unit, period=str(year), title=f"Báo cáo {year}")
    one_of_the_rooms(places, number)


def one_of_the_rooms(places, number):  # noqa: F811
    unit, year, words = places.a.unit, 2001 + number, f"hàng {number}"
    below, subjects = places.a.below, regulations.subjects()
    subject = subjects[number % len(subjects)]
    regulations.new_duty([unit, below, places.b.unit, places.b.below][number // len(subjects)], subject)
    regulation = regulations.new_regulation(unit, words=words, subject=subject, owner_office=below)
    regulations.new_disclosure(unit, words=words)
    plan = supervision.new_plan(unit, words=words, year=year)
    plan.co_signers.set([below, places.front.unit])
    item = supervision.new_item(plan, [below, places.school.unit], words=words)
    a_round = supervision.new_round(unit, [below, places.school.unit], words=words, item=item)
    finding = supervision.new_finding(a_round, below, words=words, regulation=regulation)
    row = supervision.new_recommendation(unit, below, words=words, finding=finding)
    supervision.replied(row, by=places.office.people[REVIEWER], words=words)
    dialogues.new_obligation(unit, words=words, year=year)
    question = dialogues.new_question(dialogues.new_dialogue(unit, words=words), words=words, forwarded_to=below)
    dialogues.new_commitment(question, below, words=words, by=places.a.people[OFFICER])


def queries(client, url, expected=200):
    with CaptureQueriesContext(connection) as log:
        response = client.get(url)
    assert response.status_code == expected, (url, response.status_code)
    return len(asked(log)), "\n".join(query["sql"][:150] for query in asked(log))


@pytest.fixture
def clients(places):  # noqa: F811
    people = {"cán bộ": places.a.people[OFFICER], "chuyên viên": places.office.people[REVIEWER]}
    return {name: signed_in(user) for name, user in people.items()}


@pytest.mark.parametrize("page", ["list", "xlsx", "csv"])
@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.code)
def test_a_list_costs_the_same_with_1_3_and_25_rows(places, clients, register, page, capsys):  # noqa: F811
    costs, told, made = {}, "", 0
    for wanted in (1, 3, 25):
        for number in range(made, wanted):
            one(places, number)
        made = wanted
        assert register.model.objects.count() == wanted
        for name, client in clients.items():
            cost, told = queries(client, register.url(page))
            costs.setdefault(name, []).append(cost)
    with capsys.disabled():
        print(f"\n{register.code} {page}: {costs}", end="")
    for name, found in costs.items():
        assert len(set(found)) == 1, f"{name}: {found} queries with 1, 3 and 25 rows\n{told}"
        assert found[-1] <= allowance(register, page, LIST), f"{name}: {found[-1]} queries\n{told}"


def deepen(places, register):  # noqa: F811
    """A row with what its detail page lists: steps, awards, files, edits by several people."""
    one(places, 1)
    row = register.model.objects.get()
    reviewer, officer = places.office.people[REVIEWER], places.a.people[OFFICER]
    if register.model is Registration:
        awards.survey(row, by=reviewer, held_on=datetime.date(2019, 5, 5))
        awards.recognise(row, by=reviewer, held_on=datetime.date(2019, 10, 15))
    for number, by in enumerate([officer, reviewer, officer, reviewer, officer]):
        if isinstance(row, Registration | Award | Campaign):
            row.name = f"Tên {number}"
        row._history_user = by
        row.save()
    return row


@pytest.mark.parametrize("page", ["detail", "history"])
@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.code)
def test_a_detail_page_is_cheap(places, clients, register, page, capsys):  # noqa: F811
    row = deepen(places, register)
    costs = {name: queries(client, register.url(page, row.pk)) for name, client in clients.items()}
    with capsys.disabled():
        print(f"\n{register.code} {page}: { {name: cost for name, (cost, _) in costs.items()} }", end="")
    for name, (cost, told) in costs.items():
        assert cost <= allowance(register, page, DETAIL), f"{name}: {cost} queries\n{told}"


def test_the_history_costs_the_same_with_one_change_and_with_six(places, clients):  # noqa: F811
    """It names what a changed key pointed to before and after."""
    row, costs = deepen(places, REGISTERS_BY_MODEL[Registration]), []
    for numbers in ([0], [1, 2, 3, 4, 5]):
        for number in numbers:
            row.field = awards.new_field(f"khac{number}", f"Lĩnh vực khác {number}")
            row.save()
        response = clients["cán bộ"].get(REGISTERS_BY_MODEL[Registration].url("history", row.pk)).content.decode()
        assert all(f"Lĩnh vực khác {number}" in response for number in numbers)
        costs.append(queries(clients["cán bộ"], REGISTERS_BY_MODEL[Registration].url("history", row.pk))[0])
    assert costs[0] == costs[1] <= DETAIL


@pytest.mark.parametrize(("key", "role"), [("a", OFFICER), ("a", HEAD), ("office", REVIEWER), ("office", LEADER)])
def test_home_is_cheap(places, key, role, capsys):  # noqa: F811
    people = {"officer": places.a.people[OFFICER], "head": places.a.people[HEAD], "reviewer": places.office.people[REVIEWER]}
    awards.new_campaign(places.district.unit, 2019)
    periods = [reports.new_period(places.district.unit, year, reports.new_regime()) for year in ("2018", "2019")]
    reports.accepted(periods[0], places.a.unit, **people)
    reports.returned(periods[1], places.a.unit, **people, words="một năm")
    client = signed_in(places.parties[key].people[role])
    if role == LEADER:
        assert client.get(reverse("home:home"))["Location"] == reverse("dashboard:dashboard")
    cost, told = queries(client, reverse("dashboard:dashboard" if role == LEADER else "home:home"))
    with capsys.disabled():
        print(f"\nhome {role}: {cost}", end="")
    assert cost <= (DASHBOARD if role == LEADER else HOME), f"{cost} queries\n{told}"
    assert Period.objects.count() == 2
