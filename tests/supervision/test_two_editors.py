"""Two people at one part of a plan or a round: the second is told, sees both, and loses nothing that was typed."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from danvan.access.roles import FRONT
from supervision.models import Finding, JointPlan, PlanItem, SupervisionRound
from tests.supervision.conftest import browser, user
from tests.supervision.test_plans import item_data

pytestmark = pytest.mark.embedded


def words(response):
    return response.content.decode()


@pytest.fixture
def second(cast):
    return user("mat-tran-2", cast.front, FRONT)


@pytest.fixture
def item(plan):
    return plan.items.get()


def item_page(item, act="sua"):
    return f"/giam-sat/ke-hoach/{item.plan_id}/noi-dung/{item.pk}/{act}/"


def test_the_form_carries_the_version_of_its_owner(cast, plan, item):
    assert '<input type="hidden" name="_version" value="1">' in words(browser(cast.lead).get(item_page(item)))
    assert '<input type="hidden" name="_version" value="1">' in words(browser(cast.lead).get(item_page(item, "xoa")))


def test_the_second_saver_of_an_item_sees_both_by_field_with_who_and_when(cast, plan, item, second):
    theirs = item_data(cast, team="Đoàn của người trước", subject=item.subject, target_units=[cast.a.pk, cast.b.pk], _version=1)
    assert browser(second).post(item_page(item), theirs).status_code == 302
    client, mine = browser(cast.lead), item_data(cast, team="Đoàn của tôi", subject="Nội dung tôi gõ", _version=1)
    conflict = client.post(item_page(item), mine)
    assert conflict.status_code == 409
    told = {row["label"]: (row["yours"], row["theirs"], row["who"], bool(row["at"])) for row in conflict.context["differing"]}
    name = str(second)
    assert ("Đoàn của tôi", "Đoàn của người trước", name, True) in told.values()
    assert ("Nội dung tôi gõ", item.subject, "", False) in told.values(), "nobody else touched this one"
    page = words(conflict)
    for said in ("Đoàn của tôi", "Đoàn của người trước", "Nội dung tôi gõ", name, "08/01/2020", "Chỉ anh/chị sửa", "Lưu bản của tôi"):
        assert said in page
    item.refresh_from_db()
    assert (item.team, item.subject) == ("Đoàn của người trước", "Trật tự xây dựng năm 2019")

    again = {}
    for key, value in conflict.context["typed"]:
        again.setdefault(key, []).append(value)
    assert client.post(item_page(item), {**again, "_version": conflict.context["version"]}).status_code == 302
    item.refresh_from_db()
    assert (item.team, item.subject, list(item.target_units.all())) == ("Đoàn của tôi", "Nội dung tôi gõ", [cast.b])
    assert "Đoàn của người trước" in [row.team for row in item.history.all()], "theirs stays in the history"


def test_a_form_without_a_version_overwrites_nothing(cast, plan, item):
    assert browser(cast.lead).post(item_page(item), item_data(cast)).status_code == 409
    assert browser(cast.lead).post(item_page(item, "xoa")).status_code == 409
    assert PlanItem.objects.get().subject == item.subject


def test_a_mistake_does_not_hide_the_conflict(cast, plan, item, second):
    browser(second).post(item_page(item), item_data(cast, team="Đoàn của người trước", _version=1))
    mistake = browser(cast.lead).post(item_page(item), item_data(cast, month_from="9", _version=1))
    assert (mistake.status_code, mistake.context["version"]) == (422, 1)
    assert browser(cast.lead).post(item_page(item), item_data(cast, _version=1)).status_code == 409


def test_a_stale_delete_deletes_nothing_and_says_what_changed(cast, plan, item, second):
    browser(second).post(item_page(item), item_data(cast, team="Đoàn của người trước", subject=item.subject, _version=1))
    client = browser(cast.lead)
    stale = client.post(item_page(item, "xoa"), {"_version": 1})
    assert stale.status_code == 409 and PlanItem.objects.filter(pk=item.pk).exists()
    assert "Đoàn của người trước" in words(stale) and str(second) in words(stale)
    assert client.post(item_page(item, "xoa"), {"_version": stale.context["version"]}).status_code == 302
    assert not PlanItem.objects.filter(pk=item.pk).exists()


def test_what_was_typed_into_a_deleted_part_can_be_added_again(cast, plan, item, second):
    browser(second).post(item_page(item, "xoa"), {"_version": 1})
    client = browser(cast.lead)
    gone = client.post(item_page(item), item_data(cast, team="Đoàn của tôi", _version=1))
    assert gone.status_code == 409
    assert "Đoàn của tôi" in words(gone) and f"{second} đã xóa" in words(gone)
    assert client.post(gone.context["action"], item_data(cast, team="Đoàn của tôi")).status_code == 302
    assert PlanItem.objects.get().team == "Đoàn của tôi"
    assert client.get(item_page(item)).status_code == 404


def test_a_new_part_overwrites_nothing_and_needs_no_version(cast, plan, second):
    page = f"/giam-sat/ke-hoach/{plan.pk}/noi-dung/them/"
    for who in (cast.lead, second):
        assert browser(who).post(page, item_data(cast, subject=f"Của {who}", _version=1)).status_code == 302
    assert plan.items.count() == 3
    assert JointPlan.objects.get().version == 3


def test_another_part_of_the_same_round_is_named_as_such(cast, a_round, second):
    other = Finding.objects.create(round=a_round, kind="han_che", unit=cast.a, text="Phát hiện hai")
    first = a_round.findings.exclude(pk=other.pk).get()
    page = f"/giam-sat/cuoc/{a_round.pk}/phat-hien/"
    data = {"kind": "han_che", "unit": cast.a.pk, "regulation": "", "text": "Người trước sửa phát hiện hai", "_version": 1}
    assert browser(second).post(f"{page}{other.pk}/sua/", data).status_code == 302
    conflict = browser(cast.lead).post(f"{page}{first.pk}/sua/", {**data, "kind": "vi_pham", "text": "Tôi sửa phát hiện một"})
    assert conflict.status_code == 409
    [row] = conflict.context["differing"]
    assert (row["yours"], row["theirs"], row["who"]) == ("Tôi sửa phát hiện một", "Chưa công khai biên bản", "")
    assert "đã lưu cuộc giám sát này" in words(conflict)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("kind", ["item", "finding"])
def test_twenty_editors_of_one_part_lose_nothing(cast, plan, a_round, kind):
    people = [user(f"mt-{number}", cast.front, FRONT) for number in range(20)]
    clients, gate = [browser(who) for who in people], threading.Barrier(20)
    part = plan.items.get() if kind == "item" else a_round.findings.get()
    page = item_page(part) if kind == "item" else f"/giam-sat/cuoc/{a_round.pk}/phat-hien/{part.pk}/sua/"
    field = "team" if kind == "item" else "text"

    def data(number):
        finding = {"kind": "vi_pham", "unit": cast.a.pk, "regulation": "", "text": f"của {number}.", "_version": 1}
        return item_data(cast, team=f"của {number}.", _version=1) if kind == "item" else finding

    def edit(number):
        try:
            gate.wait(20)
            return clients[number].post(page, data(number))
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(edit, range(20)))
    kept = [number for number, answer in enumerate(answers) if answer.status_code == 302]
    rejected = [number for number, answer in enumerate(answers) if answer.status_code == 409]
    assert len(kept) + len(rejected) == 20 and len(kept) == 1, "all were made with version 1"
    assert all(f"của {number}." in words(answers[number]) for number in rejected), "every rejected text is on its page"
    part.refresh_from_db()
    assert getattr(part, field) == f"của {kept[0]}."
    owner = JointPlan.objects.get() if kind == "item" else SupervisionRound.objects.get()
    assert owner.version == 2
