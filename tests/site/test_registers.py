"""Every list, detail, export and history page is a declared Register, and costs the same with one row and with twenty-five."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.access.roles import ADMINISTRATOR, HEAD, LEADER, OFFICER, REVIEWER
from danvan.access.walk import patterns
from danvan.registers.declare import nobody_objects
from danvan.registers.registry import all_registers
from danvan.reporting.models import Report
from danvan.submissions.models import Period, Submission, TypedValue
from dialogues.models import Question
from models_awards.models import Award, Campaign, Registration
from regulations.models import Regulation
from supervision.models import JointPlan, SupervisionRound
from tests.factories import awards, dialogues, regulations, reports, supervision
from tests.factories.decisions import new_decision, rename
from tests.roles import asked
from tests.world import places, signed_in  # noqa: F401

pytestmark = pytest.mark.django_db

REGISTERS = all_registers()
REGISTERS_BY_MODEL = {register.model: register for register in REGISTERS}
READ, WRITE, FILES = ["list", "xlsx", "csv", "detail", "history"], ["add", "add_draft", "edit", "edit_draft"], ["attach"]
LIST, DETAIL, HOME, DASHBOARD = 8, 12, 12, 15  # queries
# Pages that need more, with what needs it. The cost with 1, 3 and 25 rows is the same nevertheless.
DEARER = {
    # the event of the log beside two relations of many rows
    ("joint_plan", "xlsx"): 9, ("joint_plan", "csv"): 9, ("supervision_round", "xlsx"): 9, ("supervision_round", "csv"): 9,
    # one query for each choice of rows among the filters
    ("regulation", "list"): 9, ("joint_plan", "list"): 9, ("supervision_round", "list"): 10, ("recommendation", "list"): 11,
    ("dialogue_question", "list"): 9, ("commitment", "list"): 9,
    # on every detail page the links of the record (2), then one or two for each table of children and each list of units
    ("registration", "detail"): 14, ("regulation", "detail"): 15, ("joint_plan", "detail"): 19, ("supervision_round", "detail"): 20,
    # its own lists of units and of legal bases, those of its items, and the files of the record (with the number of its table)
    ("joint_plan", "history"): 14,
    ("recommendation", "detail"): 15, ("dialogue", "detail"): 17, ("dialogue_question", "detail"): 15, ("commitment", "detail"): 14,
}  # fmt: skip


def allowance(register, page, usual):
    return DEARER.get((register.code, page), usual)


# Every page that is no register's, and what it is instead. A new page enters itself here, or becomes a Register.
SPECIAL = {
    "operations:healthz": "machine", "operations:readyz": "machine",
    "accounts:login": "account", "accounts:logout": "account", "accounts:account": "account", "accounts:password_change": "account",
    **{
        f"accounts:{page}": "account"
        for page in ("code", "enrol", "qr", "recovery_codes", "turn_off", "step_up", "resume", "own_sessions")
    },
    # An account may act for several units and a membership is nobody's record, so neither is a register's row.
    "accounts:manage_index": "accounts of the administrator's branch", "accounts:manage_detail": "one account",
    **{f"accounts:manage_{page}": "action" for page in ("add", "edit", "membership_add", "membership_end", "handover", "act")},
    "accounts:manage_minutes": "document of a handover", "accounts:manage_review": "review of rights",
    "operations:accounts_import": "action", "operations:accounts_template": "file", "operations:accounts_rights": "file",
    "home:home": "to-do list, across registers", "home:tasks": "to-do list of who begins at the dashboard",
    "search:search": "search, across registers",
    "models_awards:stage_record": "action", "models_awards:registration_withdraw": "action", "models_awards:registration_restore": "action",
    "submissions:index": "leads to the matrix or to the own report", "submissions:matrix": "who has sent: units × one period",
    "submissions:start": "action", "submissions:open": "action", "submissions:reschedule": "action",
    "submissions:sheet": "sheet of figures", "submissions:draft": "autosave",
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
    "audit:log": "the log, of no unit's records", "audit:log_xlsx": "file", "audit:log_csv": "file",
    "links:link_add": "action", "links:link_remove": "action",
    "dashboard:dashboard": "tiles and charts, across registers", "dashboard:duties": "late duties, across registers",
    "dashboard:series": "one figure: units × years", "dashboard:series_xlsx": "file",
    "organization:tree": "units as a tree on a day", "organization:unit": "one unit with all its versions",
    "organization:lines": "parts of a record", "organization:preview": "action", "organization:undo": "action",
    **{f"organization:line_{page}": "form of a part" for page in ("add", "edit", "delete")},
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
        assert not any(word in route for word in ("lich-su", "danh-sach")) and ("xuat." not in route or SPECIAL[name] == "file"), name


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
    new_decision(unit, rename(places.a.below, f"Tên {number}"), words=f"hàng {number}")
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


def readers(places, clients, register):  # noqa: F811
    """Who asks for its pages: an officer and a reviewer, or where neither may the administrator."""
    allowed = {name: client for name, client in clients.items() if client.get(register.url("list")).status_code == 200}
    return allowed or {"quản trị": signed_in(places.office.people[ADMINISTRATOR])}


@pytest.mark.parametrize("page", ["list", "xlsx", "csv"])
@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.code)
def test_a_list_costs_the_same_with_1_3_and_25_rows(places, clients, register, page, capsys):  # noqa: F811
    costs, told, made = {}, "", 0
    for wanted in (1, 3, 25):
        for number in range(made, wanted):
            one(places, number)
        made = wanted
        assert register.model.objects.count() == wanted
        for name, client in readers(places, clients, register).items():
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
    asking = readers(places, clients, register)
    costs = {name: queries(client, register.url(page, row.pk)) for name, client in asking.items()}
    with capsys.disabled():
        print(f"\n{register.code} {page}: { {name: cost for name, (cost, _) in costs.items()} }", end="")
    for name, (cost, told) in costs.items():
        assert cost <= allowance(register, page, DETAIL), f"{name}: {cost} queries\n{told}"


def test_a_detail_page_costs_the_same_with_one_child_and_with_three(places, clients):  # noqa: F811
    one(places, 1)
    below, a_round, question, rule = places.a.below, SupervisionRound.objects.get(), Question.objects.get(), Regulation.objects.get()
    parents = {register: register.model.objects.get() for register in REGISTERS if register.children}
    pages = [
        (client, register.url("detail", row.pk))
        for register, row in parents.items()
        for client in readers(places, clients, register).values()
    ]
    costs = [queries(*page) for page in pages]
    for words in ("hàng 2", "hàng 3"):
        supervision.new_item(JointPlan.objects.get(), [below, places.school.unit], words=words)
        finding = supervision.new_finding(a_round, below, words=words, regulation=rule)
        supervision.new_recommendation(a_round.unit, below, words=words, finding=finding)
        asked = dialogues.new_question(question.dialogue, words=words, position=int(words[-1]), forwarded_to=below)
        dialogues.new_commitment(asked, below, words=words, by=places.a.people[OFFICER])
        awards.new_award(places.a.unit, words=words, registration=Registration.objects.get())
        regulations.new_regulation(places.a.unit, words=words, subject=rule.subject, replaces=rule)
    for page, (cost, _) in zip(pages, costs, strict=True):
        again, told = queries(*page)
        assert again <= cost, f"{page[1]}: {cost}, then {again} queries\n{told}"


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


def test_a_register_that_two_units_see_says_which_of_them_writes():
    """SCOPE lets both sides read; the right alone would let the other side's reviewer edit and add files."""
    two_sided = [register for register in REGISTERS if register.form and len(register.model.SCOPE) > 1]
    assert two_sided and [register.code for register in two_sided if register.check_edit is nobody_objects] == []
