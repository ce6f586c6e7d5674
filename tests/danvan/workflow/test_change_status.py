"""The one way a status moves, and the tables of every app that say where it may go."""

from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from danvan.access.permissions import check_right
from danvan.common.exceptions import Conflict, Refused
from danvan.registers.history import entries_of
from danvan.workflow.models import StatusChange
from danvan.workflow.services import change_status, changes_of
from models_awards.choices import Stage
from models_awards.models import Registration
from models_awards.registers import registrations
from tests.danvan.common.cast import TODAY, browser, registered

MOVING = [model for model in apps.get_models() if hasattr(model, "TRANSITIONS") and not hasattr(model, "instance_type")]


@pytest.fixture
def row(cast, campaign):
    return registered(cast.a, campaign, words="gốc")


@pytest.mark.parametrize("model", MOVING, ids=lambda model: model.__name__)
def test_every_status_has_its_moves_and_its_owner(model):
    statuses = set(dict(model._meta.get_field("status").flatchoices))
    choices = import_module(f"{apps.get_app_config(model._meta.app_label).name}.choices")
    assert set(model.TRANSITIONS) == statuses <= set(choices.OWNERS)
    for start, targets in model.TRANSITIONS.items():
        assert set(targets) <= statuses and start not in targets
        assert len(targets) == len(set(targets))
    assert all(choices.OWNERS.values())


def test_every_status_can_be_reached():
    for model in MOVING:
        reached, todo = set(), [model._meta.get_field("status").default]
        while todo:
            status = todo.pop()
            reached.add(status)
            todo += [target for target in model.TRANSITIONS[status] if target not in reached]
        assert reached == set(model.TRANSITIONS), model


@pytest.mark.embedded
def test_a_move_writes_status_version_and_one_line(cast, row):
    assert change_status(row, Stage.RUNNING, by=cast.reviewer, note="bắt đầu")
    row.refresh_from_db()
    assert (row.status, row.version) == (Stage.RUNNING, 2)
    [change] = changes_of(row)
    assert (change.from_status, change.to_status, change.changed_by, change.note) == ("dang_ky", "dang_thuc_hien", cast.reviewer, "bắt đầu")
    assert timezone.localdate(change.changed_at) == TODAY


def test_an_illegal_move_is_refused_with_both_names(cast, row):
    change_status(row, Stage.RUNNING, by=cast.reviewer)
    with pytest.raises(Refused) as refusal:
        change_status(row, Stage.WITHDRAWN, by=cast.reviewer)
    assert refusal.value.message == "Không chuyển được từ “Đang thực hiện” sang “Đã rút đăng ký”."
    row.refresh_from_db()
    assert (row.status, row.version, StatusChange.objects.count()) == (Stage.RUNNING, 2, 1)


def test_a_repeated_move_does_nothing(cast, row):
    assert change_status(row, Stage.RUNNING, by=cast.reviewer) is True
    assert change_status(row, Stage.RUNNING, by=cast.leader) is False
    row.refresh_from_db()
    assert (row.version, StatusChange.objects.count()) == (2, 1)


@pytest.mark.embedded
def test_of_two_racing_moves_one_wins(cast, row):
    mine, theirs = Registration.objects.get(pk=row.pk), Registration.objects.get(pk=row.pk)
    change_status(theirs, Stage.SURVEYED, by=cast.reviewer)
    with pytest.raises(Conflict) as conflict:
        change_status(mine, Stage.RUNNING, by=cast.reviewer)
    assert conflict.value.message == "Hồ sơ vừa được người khác chuyển trạng thái. Anh/chị xem lại bản mới rồi làm tiếp."
    row.refresh_from_db()
    assert (row.status, row.version, StatusChange.objects.count()) == (Stage.SURVEYED, 2, 1)


def test_a_check_that_refuses_leaves_nothing(cast, row):
    with pytest.raises(Refused):
        change_status(row, Stage.RUNNING, by=cast.officer, check=lambda user, obj: check_right(user, "registration.move_stage"))
    row.refresh_from_db()
    assert (row.status, row.version, StatusChange.objects.count()) == (Stage.REGISTERED, 1, 0)


@pytest.mark.embedded
def test_the_dates_of_a_move_are_not_laid_to_the_next_editor(cast, row):
    """A move writes by UPDATE; without its own line in the history the next one to edit would seem to have moved it."""
    change_status(row, Stage.SURVEYED, by=cast.reviewer, note="đã tới nơi", surveyed_on=TODAY)
    record = row.history.order_by("-history_id").first()
    assert (record.history_user, record.surveyed_on, record.history_change_reason) == (cast.reviewer, TODAY, "đã tới nơi")
    row._history_user = cast.officer
    row.goals = "mới"
    row.save()
    by_officer = [entry for entry in entries_of(registrations, row) if entry["who"] == str(cast.officer)]
    assert [[c["label"] for c in entry["changes"]] for entry in by_officer] == [["Mục tiêu, tiêu chí"]]
    moves = [entry for entry in entries_of(registrations, row) if entry["status"]]
    assert [(entry["who"], entry["text"]) for entry in moves] == [(str(cast.reviewer), "chuyển từ “Đăng ký” sang “Đã khảo sát”")]


def test_the_history_page_tells_old_and_new_and_why(cast, row):
    client = browser(cast.officer)
    from tests.danvan.registers.test_bad_input import edit_data

    client.post(f"/dan-van-kheo/dang-ky/{row.pk}/sua/", edit_data(row, households="1.300", goals="đích mới", _reason="Đếm lại hộ"))
    page = client.get(f"/dan-van-kheo/dang-ky/{row.pk}/lich-su/")
    newest = page.context["entries"][0]
    assert (newest["who"], newest["reason"], timezone.localdate(newest["at"])) == (str(cast.officer), "Đếm lại hộ", TODAY)
    assert {(c["label"], c["old"], c["new"]) for c in newest["changes"]} == {
        ("Số hộ tham gia", "120", "1.300"), ("Mục tiêu, tiêu chí", "goals gốc", "đích mới"),
    }  # fmt: skip
