"""The joint plan, its items, the copy for another year; rounds and their findings."""

import datetime
import uuid

import pytest

from danvan.common.exceptions import Refused
from danvan.registers.history import entries_of
from danvan.registers.registry import register_of
from danvan.units.models import UnitVersion
from supervision import services
from supervision.models import Finding, JointPlan, PlanItem, SupervisionRound
from tests.supervision.conftest import browser


def test_copy_keeps_the_items_and_leaves_number_and_date_open(cast, plan):
    response = browser(cast.lead).post(f"/giam-sat/ke-hoach/{plan.pk}/chep/", {"year": "2020"})
    copy = JointPlan.objects.get(year=2020)
    assert response.url == f"/giam-sat/ke-hoach/{copy.pk}/"
    assert (copy.title, copy.number, copy.issued_on) == ("Kế hoạch liên tịch năm 2020", "", None)
    item = copy.items.get()
    assert (item.subject, item.month_from, set(item.target_units.all())) == ("Trật tự xây dựng năm 2020", 3, {cast.a, cast.b})
    assert list(copy.co_signers.all()) == [cast.women]
    assert {row.history_user for row in copy.history.all()} == {cast.lead}
    told = [(entry["text"], entry["changes"]) for entry in entries_of(register_of(JointPlan), copy)]
    item_told = "thêm nội dung kế hoạch “Trật tự xây dựng năm 2020”"
    assert sorted(told) == [("thêm hồ sơ", []), (item_told, [])], "its lists were set in the same act"


def plan_data(plan, **changes):
    return {
        "unit": plan.unit_id, "year": plan.year, "title": plan.title, "number": plan.number, "issued_on": "18/01/2019", "purpose": "",
        "co_signers": [unit.pk for unit in plan.co_signers.all()], "legal_bases": [basis.pk for basis in plan.legal_bases.all()],
        "_key": str(uuid.uuid4()), "_version": plan.version, **changes,
    }  # fmt: skip


def test_the_history_tells_who_left_a_list_and_who_came_into_it(cast, plan):
    page = f"/giam-sat/ke-hoach/{plan.pk}/"
    changed = plan_data(plan, co_signers=[cast.a.pk, cast.b.pk], _reason="Hội Phụ nữ không tham gia")
    assert browser(cast.lead).post(f"{page}sua/", changed).status_code == 302
    edits = lambda: [entry for entry in entries_of(register_of(JointPlan), plan) if entry["text"] == "sửa hồ sơ"]  # noqa: E731
    [entry] = edits()
    assert entry["changes"] == [{"label": "Đơn vị phối hợp", "old": "Hội Phụ nữ quận", "new": "Phường An Phú, Phường Bình Minh"}]
    assert (entry["who"], entry["reason"]) == (str(cast.lead), "Hội Phụ nữ không tham gia")
    plan.refresh_from_db()
    assert browser(cast.lead).post(f"{page}sua/", plan_data(plan)).status_code == 302
    assert edits() == [entry], "the same lists again are no change"


def test_a_copy_cites_what_is_in_force_in_its_year(cast, plan):
    copy = services.copy_plan(plan, year=2024, by=cast.lead)
    assert set(copy.legal_bases.values_list("number", flat=True)) == {"217-QĐ/TW", "10/2022/QH15"}


def test_a_unit_that_has_ended_gets_no_further_plan(cast, plan):
    then = UnitVersion.objects.get(unit=plan.unit)
    ended = {"valid_from": then.valid_from + datetime.timedelta(days=1), "closed": True, "parent": then.parent, "path": then.path}
    UnitVersion.objects.create(unit=plan.unit, **ended, **then.description)
    answer = browser(cast.lead).post(f"/giam-sat/ke-hoach/{plan.pk}/chep/", {"year": "2020"})
    assert answer.status_code == 422 and "không còn hoạt động từ ngày" in answer.content.decode()
    assert JointPlan.objects.count() == 1


def test_a_year_has_one_plan(cast, plan):
    with pytest.raises(Refused) as refusal:
        services.copy_plan(plan, year=2019, by=cast.lead)
    assert refusal.value.field == "year"
    assert browser(cast.lead).post(f"/giam-sat/ke-hoach/{plan.pk}/chep/", {"year": "2019"}).status_code == 422
    with pytest.raises(Refused):
        services.copy_plan(plan, year=2021, by=cast.officer)


def item_data(cast, **changes):
    return {
        "subject": "Vệ sinh môi trường", "form": "doan_giam_sat", "rhythm": "thuong_xuyen", "month_from": "4", "month_to": "5",
        "team": "Ủy viên Thường trực", "target_units": [cast.b.pk], **changes,
    }  # fmt: skip


def test_items_are_added_edited_and_deleted_one_at_a_time(cast, plan):
    client, page = browser(cast.lead), f"/giam-sat/ke-hoach/{plan.pk}/noi-dung/"
    assert client.post(f"{page}them/", item_data(cast)).status_code == 302
    item = PlanItem.objects.get(subject="Vệ sinh môi trường")
    assert list(item.target_units.all()) == [cast.b]
    assert client.post(f"{page}{item.pk}/sua/", item_data(cast, team="Đoàn liên ngành", _version=2)).status_code == 302
    item.refresh_from_db()
    assert item.team == "Đoàn liên ngành"
    words = client.get(f"/giam-sat/ke-hoach/{plan.pk}/lich-su/").content.decode()
    assert "Đoàn liên ngành" in words
    assert client.post(f"{page}{item.pk}/xoa/", {"_version": 3}).status_code == 302
    assert not PlanItem.objects.filter(pk=item.pk).exists()
    plan.refresh_from_db()
    assert plan.version == 4


def test_months_in_order(cast, plan):
    response = browser(cast.lead).post(f"/giam-sat/ke-hoach/{plan.pk}/noi-dung/them/", item_data(cast, month_from="6", month_to="5"))
    assert response.status_code == 422
    assert "theo thứ tự" in response.content.decode()


def test_an_item_with_a_round_stays(cast, plan, a_round):
    item = plan.items.get()
    SupervisionRound.objects.filter(pk=a_round.pk).update(item=item)
    browser(cast.lead).post(f"/giam-sat/ke-hoach/{plan.pk}/noi-dung/{item.pk}/xoa/", {"_version": plan.version})
    assert PlanItem.objects.filter(pk=item.pk).exists()


@pytest.mark.parametrize(("who", "status"), [("officer", 404), ("officer_b", 404), ("leader", 403)])
def test_plans_and_rounds_are_the_leads(cast, plan, a_round, who, status):
    client, item, finding = browser(getattr(cast, who)), plan.items.get(), a_round.findings.get()
    for path in (
        f"ke-hoach/{plan.pk}/noi-dung/", f"ke-hoach/{plan.pk}/noi-dung/them/", f"ke-hoach/{plan.pk}/noi-dung/{item.pk}/sua/",
        f"ke-hoach/{plan.pk}/noi-dung/{item.pk}/xoa/", f"ke-hoach/{plan.pk}/chep/", f"cuoc/{a_round.pk}/phat-hien/",
        f"cuoc/{a_round.pk}/phat-hien/{finding.pk}/sua/", f"cuoc/{a_round.pk}/phat-hien/{finding.pk}/xoa/",
        f"cuoc/{a_round.pk}/lap-kien-nghi/",
    ):  # fmt: skip
        assert client.get(f"/giam-sat/{path}").status_code == status, path
    assert client.post(f"/giam-sat/cuoc/{a_round.pk}/phat-hien/{finding.pk}/xoa/").status_code == status
    assert Finding.objects.filter(pk=finding.pk).exists()


def round_data(cast, **changes):
    return {
        "_key": str(uuid.uuid4()), "unit": cast.front.pk, "item": "", "title": "Giám sát tại phường Bình Minh", "form": "doan_giam_sat",
        "rhythm": "thuong_xuyen", "held_from": "2/12/2019", "held_on": "3/12/2019", "team": "Đoàn", "target_units": [cast.b.pk],
        "summary": "",
        **changes,
    }  # fmt: skip


def test_a_round_of_the_front_at_any_ward(cast, plan):
    client = browser(cast.lead)
    assert client.post("/giam-sat/cuoc/them/", round_data(cast, item=plan.items.get().pk)).status_code == 302
    row = SupervisionRound.objects.get()
    assert list(row.target_units.all()) == [cast.b]
    page = client.get("/giam-sat/cuoc/").content.decode()
    assert "Phường Bình Minh" in page
    assert client.post("/giam-sat/cuoc/them/", round_data(cast, held_from="4/12/2019")).status_code == 422
    assert client.post("/giam-sat/cuoc/them/", round_data(cast, held_on="9/1/2020")).status_code == 422


def test_a_conflict_with_many_to_many_fields_is_shown(cast, a_round):
    data = round_data(cast, title="Tên khác", target_units=[cast.a.pk, cast.b.pk], _version=a_round.version)
    SupervisionRound.objects.filter(pk=a_round.pk).update(version=7)
    response = browser(cast.lead).post(f"/giam-sat/cuoc/{a_round.pk}/sua/", data)
    assert response.status_code == 409 and "Phường An Phú, Phường Bình Minh" in response.content.decode()


def test_a_finding_is_about_a_unit_of_the_round(cast, a_round):
    client, page = browser(cast.lead), f"/giam-sat/cuoc/{a_round.pk}/phat-hien/"
    data = {"kind": "han_che", "unit": cast.b.pk, "regulation": "", "text": "Chưa công khai"}
    assert client.post(f"{page}them/", data).status_code == 422
    assert client.post(f"{page}them/", {**data, "unit": cast.a.pk}).status_code == 302
    assert a_round.findings.count() == 2
    assert "Chưa công khai" in client.get(f"/giam-sat/cuoc/{a_round.pk}/").content.decode()
