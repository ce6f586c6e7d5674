"""Every column that may tell about a person is marked, and what is marked personal shows in no list, export, search or report."""

import re
import secrets

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from danvan.access.privacy import GUARDED, INTERNAL, MARKS, PERSONAL, PUBLIC, PUBLISHED, SENSITIVE, guarded_columns, guarded_path, marks_of
from danvan.access.roles import OFFICER, REVIEWER
from danvan.registers import privacy
from danvan.registers.declare import Column, Register, Rights
from danvan.registers.registry import all_registers
from danvan.reporting.kinds import KINDS
from danvan.reporting.snapshot import build
from danvan.units.models import Unit
from dialogues.models import Question, QuestionAsker
from tests.scoping.reading import text_of
from tests.world import signed_in, world  # noqa: F401

# Words of a column's name, and of its label, that suggest a person.
NAMES = {
    "name", "title", "phone", "tel", "mobile", "email", "mail", "address", "contact", "ip", "person", "people", "username", "birth",
    "birthday", "dob", "gender", "identity", "citizen", "signer", "author", "who", "asker", "religion", "ethnic", "health",
}  # fmt: skip
LABELS = re.compile(
    r"\b(họ|tên|người|điện thoại|địa chỉ|liên hệ|ngày sinh|giới tính|cách xưng hô|tôn giáo|dân tộc|sức khỏe|căn cước)\b", re.IGNORECASE
)
TYPES = (models.EmailField, models.GenericIPAddressField)
# Django's own tables: permissions, content types, the admin's list of changes (danvan.operations.erasure reads it too).
FRAMEWORK = {"admin", "auth", "contenttypes", "sessions"}


def own_models():
    return [model for model in apps.get_models() if model._meta.app_label not in FRAMEWORK and not hasattr(model, "instance_type")]


def suspicious(field):
    if field.is_relation:
        return False  # whom it points to is marked there
    return bool(NAMES & set(field.name.split("_"))) or isinstance(field, TYPES) or bool(LABELS.search(str(field.verbose_name)))


def test_every_column_that_suggests_a_person_is_marked():
    unmarked = [
        f"{model._meta.label}.{field.name} ({field.verbose_name})"
        for model in own_models()
        for field in model._meta.concrete_fields
        if suspicious(field) and field.name not in marks_of(model)
    ]
    assert unmarked == [], "say in danvan/access/privacy.py what they tell about people"


def test_every_mark_names_a_column_that_exists():
    for label, marks in MARKS.items():
        model = apps.get_model(label)
        assert set(marks) <= {field.name for field in model._meta.concrete_fields}, label
        assert set(marks.values()) <= {PUBLIC, INTERNAL, PUBLISHED, PERSONAL, SENSITIVE}, label


@pytest.mark.parametrize(
    ("field", "flagged"),
    [
        (models.CharField("điện thoại của tổ trưởng", name="leader_line"), True),
        (models.CharField("ghi chú", name="contact_note"), True),
        (models.EmailField("hộp thư", name="box"), True),
        (models.GenericIPAddressField("nơi gửi", name="origin"), True),
        (models.CharField("dân tộc", name="group"), True),
        (models.CharField("số quyết định", name="decision_number"), False),
        (models.PositiveIntegerField("số hộ", name="households"), False),
    ],
)
def test_the_eye_for_persons_sees(field, flagged):
    assert suspicious(field) is flagged


def test_a_history_table_has_the_marks_of_its_model():
    assert marks_of(Question.history.model) == marks_of(Question)
    assert guarded_columns(QuestionAsker) == ["name", "contact"]


# --- the start-up check ---------------------------------------------------------------------------------


def seeded(**values):
    first = {
        "model": Question, "code": "x", "slug": "x", "label": "x", "noun": "x", "icon": "x", "date": "asked_on",
        "rights": Rights("home.view"), "columns": (Column("content"),), "sections": (),
    }  # fmt: skip
    return Register(**{**first, **values})


def test_nothing_personal_is_declared_anywhere():
    assert list(privacy.exposures()) == []


@pytest.mark.parametrize(
    "hole",
    [
        {"columns": (Column("asker__name"),)},
        {"columns": (Column("asker"),)},
        {"columns": (Column("content", sort="asker__contact"),)},
        {"filters": {"ai": "asker__name"}},
        {"model": QuestionAsker, "columns": (Column("name"),), "unit": "question__unit"},
    ],
)
def test_a_personal_column_in_a_register_stops_the_start(monkeypatch, hole):
    from danvan.registers.apps import personal_columns_stay_out

    assert personal_columns_stay_out(None) == []
    monkeypatch.setattr(privacy, "all_registers", lambda: [seeded(**hole)])
    [error] = personal_columns_stay_out(None)
    assert error.id == "registers.E001" and "QuestionAsker" in error.msg


def test_a_search_column_over_a_personal_one_stops_the_start(monkeypatch):
    monkeypatch.setitem(MARKS, "dialogues.Question", {"answer": SENSITIVE})
    places = [place for place, column in privacy.exposures() if column == "dialogues.Question.answer"]
    assert "dialogues.Question.search_text" in places and any(place.startswith("register dialogue_question") for place in places)
    assert guarded_path(Question, "dialogue__topic") == ""


# --- planted words ------------------------------------------------------------------------------------------


@pytest.fixture
def planted(world):  # noqa: F811
    """Every personal column of every row filled with words of its own."""
    words = {}
    for model in own_models():
        for column in guarded_columns(model):
            if model._meta.label != "audit.AuditEvent":  # its rows cannot be changed; administrators alone read them
                of_network = isinstance(model._meta.get_field(column), models.GenericIPAddressField)
                word = f"2001:db8::{secrets.token_hex(2)}:abcd" if of_network else secrets.token_hex(8)
                words[f"{model._meta.label}.{column}"] = word
                model._base_manager.update(**{column: word})
    assert {"dialogues.QuestionAsker.name", "dialogues.QuestionAsker.contact", "accounts.User.email"} <= set(words)
    return words


@pytest.mark.django_db
def test_planted_words_show_in_no_list_export_detail_history_or_search(world, planted):  # noqa: F811
    asked = 0
    for person in (world.a.people[OFFICER], world.office.people[REVIEWER]):
        client = signed_in(person)
        for register in all_registers():
            rows = world.a.rows.get(register.model, [])[:1]
            keyed = [register.url(page, row.pk) for row in rows for page in ("detail", "history")]
            for url in [register.url("list"), register.url("xlsx"), register.url("csv"), *keyed]:
                response = client.get(url)
                asked += response.status_code == 200
                assert not [name for name, word in planted.items() if word in text_of(response)], url
        for word in planted.values():
            assert client.get(reverse("search:search"), {"q": word}).context["found"] == []
    assert asked > 100


@pytest.mark.django_db
@pytest.mark.parametrize("code", KINDS)
def test_planted_words_stand_in_no_report(world, planted, code):  # noqa: F811
    kind = KINDS[code]
    unit = world.office.unit if kind.issuer == "office" else world.a.unit
    snapshot = str(build(kind, Unit.objects.get(pk=unit.pk), "2019"))
    assert len(snapshot) > 1000
    assert not [name for name, word in planted.items() if word in snapshot]


def test_guarded_marks_are_the_two_that_the_law_protects():
    assert {PERSONAL, SENSITIVE} == GUARDED
