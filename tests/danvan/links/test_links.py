"""Links for showing: who sees what of a story, adding and removing."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from danvan.common.exceptions import Refused
from danvan.links.models import Link
from danvan.links.services import ends, link, unlink
from danvan.links.stories import thread_of
from tests.dialogues.conftest import HELD, browser, cast, demo_day, new_commitment, new_dialogue, new_question  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def story(cast):  # noqa: F811
    """Ward A's question led to a commitment of the office, which belongs with a commitment of ward B."""
    dialogue, other = new_dialogue(cast.a), new_dialogue(cast.b, HELD + datetime.timedelta(days=1))
    question = new_question(dialogue)
    commitment = new_commitment(dialogue, cast.office, question=question)
    far = new_commitment(other, cast.b, content="Việc của phường Bình Minh", due_on=datetime.date(2020, 3, 1))
    link(question, commitment, by=cast.officer)
    link(commitment, far, by=cast.reviewer, kind="lien_quan")
    return dialogue, question, commitment, far


def titles(obj, user):
    return [step["title"] for step in thread_of(obj, user)]


def test_the_story_runs_from_the_dialogue_and_marks_what_is_late(cast, story):  # noqa: F811
    dialogue, question, commitment, far = story
    steps = thread_of(question, cast.reviewer)
    assert [step["title"] for step in steps] == [str(dialogue), str(question), str(commitment), str(far)]
    assert [step["late"] for step in steps] == [False, False, True, False]
    assert [step["current"] for step in steps] == [False, True, False, False]
    assert steps[2]["url"] == reverse("registers:commitment_detail", args=[commitment.pk]) and steps[2]["status"] == "Đang thực hiện"


def test_what_the_reader_cannot_see_is_left_out(cast, story):  # noqa: F811
    dialogue, question, commitment, far = story
    assert titles(commitment, cast.officer) == [str(dialogue), str(question), str(commitment)]
    assert titles(commitment, cast.owner) == []  # neither the question nor ward B's
    assert titles(far, cast.officer_b) == []
    shown = browser(cast.officer).get(reverse("registers:commitment_detail", args=[commitment.pk])).content.decode()
    assert "Câu chuyện" in shown and far.content not in shown
    assert "Câu chuyện" not in browser(cast.owner).get(reverse("registers:commitment_detail", args=[commitment.pk])).content.decode()


def test_one_link_of_two_records_whichever_way_round(cast, story):  # noqa: F811
    _, question, commitment, _ = story
    assert link(commitment, question, by=cast.officer) == link(question, commitment, by=cast.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(**ends(question, commitment), created_by=cast.officer, created_at="2020-01-08T09:00:00Z")
    with pytest.raises(Refused):
        link(question, question, by=cast.officer)


def test_adding_a_link_among_visible_rows(cast, story):  # noqa: F811
    dialogue, _, commitment, far = story
    second = new_question(dialogue, 2, "Đèn chiếu sáng hỏng")
    page, url = browser(cast.officer), f"{reverse('links:link_add')}?tu=dialogue_question:{second.pk}"
    shown = page.get(url, {"tu": f"dialogue_question:{second.pk}", "so": "commitment", "q": "nao vet"}).content.decode()
    assert f'value="commitment:{commitment.pk}"' in shown and far.content not in shown
    assert page.post(url, {"den": f"commitment:{commitment.pk}", "kieu": "dan_den"}).status_code == 302
    found = Link.objects.get(**ends(second, commitment))
    assert page.post(url, {"den": f"commitment:{far.pk}"}).status_code == 404
    assert page.post(url, {"den": "commitment:x"}).status_code == 404
    for user, status in ((cast.officer_b, 404), (cast.owner, 404), (cast.head, 403)):
        assert browser(user).get(url).status_code == status
    remove = f"{reverse('links:link_remove', args=[found.pk])}?tu=dialogue_question:{second.pk}"
    assert browser(cast.officer_b).post(remove).status_code == 404
    assert page.get(remove).status_code == 405
    assert page.post(remove).status_code == 302 and not Link.objects.filter(pk=found.pk).exists()


def test_a_link_is_removed_only_by_who_sees_both_ends(cast, story):  # noqa: F811
    _, _, commitment, far = story
    found = Link.objects.get(**ends(commitment, far))
    with pytest.raises(Refused):
        unlink(found, by=cast.officer)
    # on PostgreSQL the far end does not come out of the database at all
    answer = browser(cast.officer).post(f"{reverse('links:link_remove', args=[found.pk])}?tu=commitment:{commitment.pk}")
    assert answer.status_code == 403 and "Chỉ liên kết được hồ sơ thuộc phạm vi của anh/chị." in answer.content.decode()
    unlink(found, by=cast.reviewer)
    assert not Link.objects.filter(pk=found.pk).exists()
