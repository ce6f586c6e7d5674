"""The generated walk: every address and every scoped model, as people of different units. It grows with the resolver."""

import datetime
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.db.models import Q
from django.test import Client
from django.urls import path, reverse

from danvan.access.roles import OFFICER, REVIEWER
from danvan.access.walk import patterns
from danvan.accounts.models import Membership, User
from danvan.registers.drafts import save_draft
from danvan.registers.registry import all_registers
from danvan.reporting.models import Report
from danvan.submissions.models import Period, Submission
from models_awards.models import Award, Registration
from tests.scoping.classified import ANSWERS, BY_NAME, OTHER_ARGUMENTS, POST_ONLY, PUBLIC, Unclassified, argument_sets, model_of
from tests.scoping.database import NOT_DATA, written
from tests.scoping.keyed import NOBODY, walk_keyed, walk_other_methods
from tests.scoping.listed import LISTED, walk_lists
from tests.scoping.people import PEOPLE, settle, walker
from tests.scoping.reading import text_of
from tests.world import START, scoped_models, signed_in, typed

pytestmark = pytest.mark.django_db

# --- the walk ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PEOPLE)
def test_objects_of_other_units_do_not_exist(world, name):
    walk = walker(world, name)
    walk_keyed(walk)
    settle(walk, f"keyed, {name}")


@pytest.mark.parametrize("name", PEOPLE)
def test_lists_exports_search_and_choices_hold_own_rows_only(world, name):
    walk = walker(world, name)
    walk_lists(walk)
    settle(walk, f"lists, {name}")


def test_no_address_answers_to_other_methods(world):
    walk = walker(world, "phuong-a")
    walk_other_methods(walk)
    settle(walk, "other methods, phuong-a")


@pytest.mark.whole_refusals
@pytest.mark.parametrize("name", PEOPLE)
def test_the_page_of_a_refusal_tells_nothing_of_others(world, name):
    walk = walker(
        world, name, names=only("registers:registration_detail", "registers:registration_edit", "attachments:download", "reporting:open")
    )
    walk_keyed(walk)
    assert walk.problems == []
    assert walk.client.get(reverse("registers:registration_detail", args=[NOBODY])).content.startswith(b"<!doctype html>")


def test_every_address_was_walked(world):
    named = {name for _, name, _ in patterns()}
    keyed = {name for _, name, pattern in patterns() if model_of(name, pattern)}
    assert len(keyed) > 40 and keyed < named
    stale = (set(BY_NAME) | POST_ONLY | set(PUBLIC) | set(ANSWERS)) - named
    assert stale == set(), f"tests/scoping/classified.py names addresses that are gone: {stale}"
    assert set(LISTED) == {register.code for register in all_registers()}


def test_without_an_account_every_address_leads_to_the_login(world):
    client, secrets, asked = signed_in(None), world.canaries(world.parties), 0
    for _, name, pattern in patterns():
        model = model_of(name, pattern)
        keys = [rows[0].pk for party in world.parties.values() if (rows := party.rows.get(model))][:1] if model else [None]
        for arguments in (found for pk in keys for found in (argument_sets(pattern, pk, name) if pk else [{}])):
            url = reverse(name, kwargs=arguments)
            for method in ("get", "post"):
                with written() as tables:
                    response = getattr(client, method)(url)
                assert tables <= NOT_DATA, (method, url, tables)
                asked += 1
                body = text_of(response)
                assert not [whose for canary, whose in secrets.items() if canary in body], url
                if name in PUBLIC:
                    assert response.status_code in PUBLIC[name] | {405}, (method, url, response.status_code)
                else:
                    assert response.status_code == 302 and response["Location"].startswith(reverse("accounts:login")), (method, url)
    print(f"counted: anonymous: {asked} requests, 0 leaks")


@pytest.mark.parametrize("name", PEOPLE)
def test_the_admin_site_is_closed_to_officers(world, name):
    client = walker(world, name).client
    for model in admin.site._registry:
        for page in ("changelist", "add"):
            response = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"))
            assert response.status_code == 302 and "/admin/login/" in response["Location"], model


# --- the rule itself, read another way ------------------------------------------------------------


def units_of(row):
    """Every unit a row's SCOPE names, followed by hand."""
    for column in type(row).SCOPE:
        found = row
        for part in column.split("__") if column else []:
            found = getattr(found, part)
        if found is not None:
            yield found


def below(unit, root):
    """Compared key by key, not as text: 5002 is not 50021."""
    path, top = unit.scope_path.strip(".").split("."), root.scope_path.strip(".").split(".")
    return path[: len(top)] == top


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("model", scoped_models(), ids=lambda model: model.__name__)
def test_visible_rows_are_those_of_the_own_branch(world, name, model):
    key, role, *_ = PEOPLE[name]
    user = world.parties[key].people[role]
    root = user.memberships.get().sees
    expected = {row.pk for row in model._default_manager.all() if any(below(unit, root) for unit in units_of(row))}
    visible = set(model._default_manager.visible_to(User.objects.get(pk=user.pk)).values_list("pk", flat=True))
    assert visible == expected
    assert visible < set(model._default_manager.values_list("pk", flat=True)), "nothing foreign to hide: the test would prove nothing"


@pytest.mark.parametrize(("starts_on", "ends_on"), [(START, datetime.date(2020, 1, 7)), (datetime.date(2020, 1, 9), None)])
def test_a_membership_out_of_force_opens_nothing(world, starts_on, ends_on):
    user = User.objects.create(username="het-han", display_name="Hết hạn")
    Membership.objects.create(user=user, unit=world.a.unit, role=OFFICER, starts_on=starts_on, ends_on=ends_on)
    client, secrets = signed_in(user), world.canaries(world.parties)
    for register in all_registers():
        assert register.model._default_manager.readable_by(User.objects.get(pk=user.pk)).count() == 0
        for page in ("list", "xlsx", "csv"):
            response = client.get(register.url(page))
            assert response.status_code == 403
            assert not [whose for canary, whose in secrets.items() if canary in text_of(response)]


def test_an_inactive_account_opens_nothing(world):
    user = world.a.people[OFFICER]
    client = signed_in(user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(reverse("registers:registration_list")).status_code == 302


# --- what a form sends is checked too ------------------------------------------------------------------


def registration_form(world, **values):
    row = world.a.rows[Registration][1]
    boxes = {box: "Nội dung" for box in ("situation", "goals", "content", "area", "forces", "resources", "outputs", "sustainability")}
    first = {
        "campaign": row.campaign_id, "unit": row.unit_id, "kind": "mo_hinh", "subject_type": "tap_the", "field": row.field_id,
        "registered_on": "15/11/2019", "households": "10", "name": "Mô hình mới",
    }  # fmt: skip
    return {**first, **boxes, **values}


def test_choices_of_other_units_are_refused_when_sent(world):
    client = signed_in(world.a.people[OFFICER])
    url = reverse("registers:registration_add")
    tampered = [
        {"unit": world.b.unit.pk},
        {"unit": world.school.unit.pk},  # visible, but it registers by itself
        {"campaign": world.b.rows[type(world.a.rows[Registration][1].campaign)][0].pk},
        {"campaign": world.other_district_published.rows[type(world.a.rows[Registration][1].campaign)][1].pk},
        {"continues": world.b.rows[Registration][0].pk},
    ]
    for change in tampered:
        with written() as tables:
            response = client.post(url, registration_form(world, **change))
        assert response.status_code == 422, change
        assert list(response.context["form"].errors) == list(change)
        assert tables <= NOT_DATA
    assert client.post(url, registration_form(world)).status_code == 302
    assert Registration.objects.get(name="Mô hình mới").unit == world.a.unit


def test_the_key_of_a_foreign_draft_opens_and_changes_nothing(world):
    client = signed_in(world.a.people[OFFICER])
    for draft in next(iter(world.draft_b.rows.values())):
        saved = (draft.payload, draft.user_id)
        urls = [reverse("registers:registration_add_draft"), reverse("registers:disclosure_add_draft")]
        urls += [reverse("registers:registration_edit_draft", args=[world.a.rows[Registration][1].pk])]
        for url in urls:
            response = client.post(url, {"_key": str(draft.key), "name": "Chữ của A"})
            assert response.status_code == 200, url
            draft.refresh_from_db()
            assert (draft.payload, draft.user_id) == saved


def test_a_draft_of_report_words_names_the_report_not_a_submission_of_the_same_number(world):
    officer, theirs = world.a.people[OFFICER], world.b.rows[Submission][0]
    report = Report.objects.create(pk=theirs.pk + 700, kind="unit", unit=world.a.unit, period="2017", title="Báo cáo riêng của A")
    submission = Submission.objects.create(pk=report.pk, unit=world.b.unit, period=world.a.rows[Period][0])
    draft = save_draft(officer, "report_narrative", typed(**{"A.I": "Chữ"}), report.pk)
    body = text_of(signed_in(officer).get(reverse("home:home")))
    assert submission.pk == report.pk and world.b.words["unit"] not in body
    assert "Báo cáo riêng của A" in body
    assert f"{reverse('reporting:narrative', args=[report.pk])}?ban-nhap={draft.key}" in body


def test_a_draft_of_what_is_out_of_sight_by_now_names_nothing(world):
    officer = world.a.people[OFFICER]
    save_draft(officer, "submission_sheet", typed(**{"loi_van:ket_qua": "Chữ"}), world.b.rows[Submission][0].pk)
    body = text_of(signed_in(officer).get(reverse("home:home")))
    assert not [whose for canary, whose in world.canaries(["b"]).items() if canary in body]


def test_an_award_stays_with_the_unit_of_its_registration(world):
    """Otherwise the detail of one unit's registration would list the award of another."""
    client = signed_in(world.office.people[REVIEWER])
    award = world.b.rows[Award][0]
    values = {
        "unit": award.unit_id, "subject_type": award.subject_type, "name": award.name, "form": award.form, "_version": award.version,
        "granting_body": award.granting_body, "decision_number": award.decision_number, "decided_on": "20/12/2019",
        "award_year": award.award_year, "occasion": award.occasion, "registration": world.a.rows[Registration][1].pk,
    }  # fmt: skip
    response = client.post(reverse("registers:award_edit", args=[award.pk]), values)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["registration"]


# --- the walk can fail ------------------------------------------------------------------------------------


def only(*names):
    return lambda name: name in names


SAMPLE = only(
    "registers:registration_list", "registers:registration_xlsx", "registers:registration_csv", "registers:registration_detail",
    "registers:registration_edit", "registers:award_detail", "attachments:download", "search:search", "registers:registration_add",
)  # fmt: skip


def problems_of(world):
    walk = walker(world, "phuong-a", names=SAMPLE)
    walk_keyed(walk)
    walk_lists(walk)
    return walk


def test_the_walk_is_clean_before_a_hole_is_seeded(world):
    assert problems_of(world).problems == []


def test_the_walk_finds_a_scope_that_lets_everything_through(world, monkeypatch):
    monkeypatch.setattr("danvan.access.scoping.branch_filter", lambda *args: Q())
    walk = problems_of(world)
    found = "\n".join(walk.leaks)
    detail = reverse("registers:registration_detail", args=[world.b.rows[Registration][-1].pk])
    for place in (reverse("registers:registration_list"), "xuat.xlsx", "xuat.csv", detail, "/tep/", "/tim-kiem/", "the choice"):
        assert place in found, place
    assert any(detail in problem and "for what must not exist" in problem for problem in walk.problems)
    print(f"counted: seeded hole: {len(walk.leaks)} leaks found")


def test_the_walk_finds_a_path_compared_without_its_dot(world, monkeypatch):
    def without_dot(user, columns, right=None):
        allowed = Q(pk__in=[])
        for column in columns:
            for membership in user.active_memberships():
                branch = membership.sees.scope_path.rstrip(".")
                allowed |= Q(**{f"{column}__scope_path__startswith" if column else "scope_path__startswith": branch})
        return allowed

    monkeypatch.setattr("danvan.access.scoping.branch_filter", without_dot)
    walk = problems_of(world)
    assert any("LEAK of b " in problem for problem in walk.problems)
    assert not any("LEAK of other_ward" in problem for problem in walk.problems)
    print(f"counted: prefix twin: {len(walk.leaks)} leaks found")


def test_the_walk_finds_a_form_choice_that_forgets_the_filter(world, monkeypatch):
    monkeypatch.setattr("danvan.registers.filters.choices_for", lambda model, user: model._default_manager.all())
    walk = walker(world, "phuong-a", names=only("registers:registration_add", "registers:regulation_add"))
    walk_lists(walk)
    asked = {word for problem in walk.leaks for word in problem.split() if word.startswith("/")}
    assert {reverse("registers:registration_add"), reverse("registers:regulation_add")} <= asked
    assert any("the choice" in problem for problem in walk.leaks)
    print(f"counted: seeded hole, a form choice: {len(walk.leaks)} leaks found")


def test_the_walk_finds_one_view_that_forgets_the_filter(world, monkeypatch):
    monkeypatch.setattr("danvan.submissions.views._submission", lambda request, pk: Submission.objects.get(pk=pk))
    walk = walker(world, "phuong-a", names=only("submissions:receipt", "submissions:check", "submissions:draft"))
    walk_keyed(walk)
    places = {url for problem in walk.leaks for url in problem.split() if url.startswith("/")}
    foreign = [world.parties[key].rows[Submission][-1].pk for key in ("b", "other_ward")]
    assert {reverse("submissions:receipt", args=[pk]) for pk in foreign} <= places
    print(f"counted: seeded hole, a view: {len(walk.leaks)} leaks found")


def test_the_walk_finds_an_account_page_that_forgets_the_branch(world, monkeypatch):
    monkeypatch.setattr("danvan.accounts.managing_views.account_of", lambda request, pk: User.objects.get(pk=pk))
    walk = walker(world, "quản trị phường A", names=only("accounts:manage_detail"))
    walk_keyed(walk)
    address = reverse("accounts:manage_detail", args=[world.b.rows[User][-1].pk])
    for label in ("leaver", "leaving"):
        assert any(address in problem and f"LEAK of b {label} " in problem for problem in walk.problems), label
    print(f"counted: seeded hole, an account page: {len(walk.leaks)} leaks found")


def test_an_address_nobody_classified_is_red():
    pattern = path("moi/<int:pk>/", lambda request, pk: None, name="moi")
    with pytest.raises(Unclassified, match=r"moi takes \['pk'\].*classified\.py"):
        model_of("phong_moi:moi", pattern)
    with pytest.raises(Unclassified, match="“ma”"):
        argument_sets(SimpleNamespace(pattern=SimpleNamespace(converters={"pk": 1, "ma": 2})), NOBODY)
    assert "ma" not in OTHER_ARGUMENTS


def test_a_write_on_get_is_seen(world, monkeypatch):
    def writing(self):
        Registration.objects.filter(pk=world.a.rows[Registration][0].pk).update(households=7)
        return "x"

    monkeypatch.setattr("danvan.accounts.models.User.initials", property(writing))
    walk = walker(world, "phuong-a", names=only("accounts:account"))
    walk_lists(walk)
    assert any("changed models_awards_registration" in problem for problem in walk.problems)


def test_canaries_are_found_inside_files(world):
    """The reader opens workbooks, tables, PDF and Word: otherwise "no canary" would mean "not looked"."""
    client = Client()
    client.force_login(world.b.people[OFFICER])
    row, report = world.b.rows[Registration][1], next(rows for model, rows in world.b.rows.items() if model.__name__ == "Report")[0]
    file = next(rows for model, rows in world.b.rows.items() if model.__name__ == "Attachment")[0]
    expected = {
        reverse("registers:registration_xlsx"): ["registration", "edited", "households"],
        reverse("registers:registration_csv"): ["registration", "edited", "households"],
        reverse("registers:registration_history", args=[row.pk]): ["edited", "reason"],
        reverse("registers:registration_detail", args=[row.pk]): ["survey", "recognised", "award", "file name"],
        reverse("attachments:download", args=[file.pk]): ["file text", "file name"],
        reverse("reporting:file", args=[report.pk, "pdf"]): ["report"],
        reverse("reporting:file", args=[report.pk, "chi-tieu.pdf"]): ["report"],
        reverse("registers:typed_value_csv"): ["typed", "typed 2018"],
    }
    for url, labels in expected.items():
        body = text_of(client.get(url))
        assert [label for label in labels if world.b.texts[label] not in body] == [], url
