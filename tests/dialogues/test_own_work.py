"""Nobody judges the work of an own unit, also who acts for it in two roles, as the Front of a ward does."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.access.roles import FRONT, REVIEWER
from danvan.accounts.models import Membership
from danvan.attachments.models import Attachment
from danvan.common.exceptions import Refused
from dialogues import permissions, promises
from dialogues.models import Commitment
from tests.danvan.attachments.good import pdf
from tests.dialogues.conftest import START, TODAY, browser, new_commitment, new_dialogue, new_question, new_user

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
LATER = TODAY + datetime.timedelta(days=20)


@pytest.fixture
def both(cast):
    """The Front of ward A, which also reviews there."""
    user = new_user("mat-tran-a", cast.a, FRONT)
    Membership.objects.create(user=user, unit=cast.a, sees=cast.a, role=REVIEWER, starts_on=START)
    return user


def done(row):
    Commitment.objects.filter(pk=row.pk).update(status="hoan_thanh", done_on=TODAY)
    row.refresh_from_db()
    return row


def test_two_roles_at_one_unit_do_not_confirm_its_own_commitment(cast, dialogue, both):
    own = done(new_commitment(dialogue, cast.a))
    with pytest.raises(Refused, match="không tự xác nhận việc của mình"):
        promises.confirm(own, by=both)
    promises.confirm(own, by=cast.reviewer)


def test_nobody_extends_the_deadline_that_the_own_unit_owes(cast, dialogue, both):
    own = new_commitment(dialogue, cast.a)
    for user in (both, cast.officer):
        with pytest.raises(Refused, match="không tự gia hạn cho mình"):
            promises.extend(own, by=user, new_due_on=LATER, reason="Chờ kinh phí")
    promises.extend(own, by=cast.reviewer, new_due_on=LATER, reason="Chờ kinh phí")
    others = new_commitment(dialogue, cast.office, content="Dọn rác")
    promises.extend(others, by=both, new_due_on=LATER, reason="Chờ kinh phí")


def test_nobody_moves_the_promised_day_that_the_own_unit_owes(cast, dialogue, both):
    own = new_commitment(dialogue, cast.a)
    data = {"_key": "00000000-0000-0000-0000-000000000007", "_version": own.version, "dialogue": dialogue.pk, "owner": cast.a.pk,
            "content": own.content, "due_on": f"{LATER:%d/%m/%Y}", "question": "", "_reason": "x"}  # fmt: skip
    answer = browser(cast.officer).post(reverse("registers:commitment_edit", args=[own.pk]), data)
    own.refresh_from_db()
    assert answer.status_code == 422 and own.deadline_on == datetime.date(2019, 12, 20)


@pytest.mark.parametrize("kind", ["dialogue_question", "commitment"])
def test_who_only_reads_the_other_sides_record_adds_no_file_to_it(cast, dialogue, kind):
    """A reviewer of ward B sees what ward A forwarded to B."""
    reviewer_b = new_user("chuyen-vien-b", cast.b, REVIEWER)
    question = new_question(dialogue, forwarded_to=cast.b)
    row = question if kind == "dialogue_question" else new_commitment(dialogue, cast.b)
    client, upload = browser(reviewer_b), SimpleUploadedFile("a.pdf", pdf())
    assert client.get(reverse(f"registers:{kind}_detail", args=[row.pk])).status_code == 200
    answer = client.post(reverse(f"registers:{kind}_attach", args=[row.pk]), {"tep": upload})
    assert answer.status_code == 403 and not Attachment.objects.exists()
    assert client.get(reverse(f"registers:{kind}_edit", args=[row.pk])).status_code == 403
    browser(cast.officer).post(reverse(f"registers:{kind}_attach", args=[row.pk]), {"tep": SimpleUploadedFile("a.pdf", pdf())})
    assert Attachment.objects.count() == 1


def test_the_holder_and_the_office_still_record(cast, dialogue):
    row = new_question(dialogue, forwarded_to=cast.office)
    assert permissions.can_record(cast.officer, row) and permissions.can_record(cast.reviewer, row)
    assert new_dialogue(cast.b).unit == cast.b
