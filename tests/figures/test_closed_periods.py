"""After acceptance what was counted stands still: a change of it is refused with the way out, on the page where it was typed."""

import datetime

import pytest
from django.urls import reverse

from danvan.access.roles import HEAD, LEADER, OFFICER, REVIEWER
from danvan.accounts.models import User
from danvan.figures import registry
from danvan.figures.compute import compute
from danvan.figures.declare import Figure
from danvan.figures.links import url_of
from danvan.figures.models import FigureValue
from danvan.submissions import services
from danvan.submissions.choices import Status
from danvan.units.models import Unit
from models_awards.models import Registration
from tests.factories import awards, reports
from tests.figures.test_figure_equals_list import count_on, total_on
from tests.scoping.database import changed, fingerprint
from tests.world import signed_in

pytestmark = pytest.mark.django_db

WAY_OUT = "Đề nghị chỉnh lý"
OWN = [item for item in registry.counted() if item.owner == "don_vi"]


@pytest.fixture
def rows(places):
    """Ward A: four registrations of 2019, one of them of 2018's campaign dated in it; then its report is accepted."""
    # both campaigns still take late entries, so that nothing but the closed period stands in the way
    late = datetime.date(2020, 1, 31)
    campaigns = {year: awards.new_campaign(places.district.unit, year, late_until=late) for year in (2018, 2019)}
    former = awards.new_registration(places.a.unit, campaigns[2018], words="năm trước")
    found = {"campaigns": campaigns, "former": former}
    for name, values in {
        "plain": {},
        "continued": {"continues": former},
        "empty": {"households": None},
        "dien_hinh": {"kind": "dien_hinh"},
    }.items():
        found[name] = awards.new_registration(places.a.unit, campaigns[2019], words=name, **values)
    found["of_b"] = awards.new_registration(places.b.unit, campaigns[2019], words="của B")
    period = reports.new_period(places.district.unit, "2019", reports.new_regime())
    who = {role: places.a.people[key] for role, key in (("officer", OFFICER), ("head", HEAD))}
    found["submission"] = reports.accepted(period, places.a.unit, **who, reviewer=places.office.people[REVIEWER], words="một năm")
    return found


@pytest.fixture
def officer(places):
    return signed_in(places.a.people[OFFICER])


@pytest.fixture
def reviewer(places):
    return signed_in(places.office.people[REVIEWER])


def form_of(row, **changes):
    """What the browser sends for a record, with some boxes changed."""
    names = ["situation", "goals", "content", "area", "forces", "resources", "outputs", "sustainability", "name", "kind", "subject_type"]
    data = {name: getattr(row, name) for name in names} | {"_version": row.version}
    data |= {"campaign": row.campaign_id, "unit": row.unit_id, "field": row.field_id, "continues": row.continues_id or ""}
    data |= {"registered_on": row.registered_on.strftime("%d/%m/%Y"), "households": "" if row.households is None else row.households}
    return data | changes


def edit(client, row, **changes):
    return client.post(reverse("registers:registration_edit", args=[row.pk]), form_of(row, **changes))


def refused(response, *texts):
    """422, the sentence with the way out, and what was typed still in the page."""
    page = response.content.decode()
    assert response.status_code == 422
    assert WAY_OUT in page and "đã duyệt, số liệu đã chốt" in page
    for typed in texts:
        assert typed in page
    return True


def frozen(places):
    return dict(FigureValue.objects.filter(unit=places.a.unit, period="2019").values_list("code", "value"))


# --- refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("plain", {"kind": "dien_hinh"}),
        ("dien_hinh", {"kind": "mo_hinh"}),
        ("plain", {"subject_type": "ca_nhan"}),
        ("plain", {"households": "121"}),
        ("plain", {"households": ""}),
        ("empty", {"households": "5"}),
        ("continued", {"continues": ""}),
        ("plain", {"continues": "former"}),
        ("plain", {"registered_on": "31/12/2018", "campaign": 2018}),
        ("former", {"registered_on": "01/01/2019", "campaign": 2019}),
    ],
)
@pytest.mark.parametrize("who", ["officer", "reviewer"])
def test_what_was_counted_cannot_change(places, rows, who, name, changes, request):
    client = request.getfixturevalue(who)
    if "campaign" in changes:
        changes = {**changes, "campaign": rows["campaigns"][changes["campaign"]].pk}
    if changes.get("continues") == "former":
        changes = {"continues": rows["former"].pk}
    before, values = fingerprint(), frozen(places)
    assert refused(edit(client, rows[name], content="Chữ vừa gõ, chưa lưu", **changes), "Chữ vừa gõ, chưa lưu")
    assert changed(before, fingerprint()) == []
    assert frozen(places) == values


def test_the_sentence_names_figure_numbers_report_and_unit(places, rows, officer):
    page = edit(officer, rows["plain"], households="121").content.decode()
    assert "Số hộ tham gia mô hình, điển hình" in page
    assert "360 thành 361" in page or "120 thành 121" in page
    assert places.a.unit.name in page and "năm 2019" in page


def test_a_new_row_in_the_closed_period_is_refused(places, rows, officer, reviewer):
    for client in (officer, reviewer):
        before = fingerprint()
        data = {**form_of(rows["plain"]), "name": "Mô hình bỏ sót", "content": "Chữ vừa gõ"}
        assert refused(client.post(reverse("registers:registration_add"), data), "Mô hình bỏ sót", "Chữ vừa gõ")
        assert changed(before, fingerprint()) == []
    assert not Registration.objects.filter(name="Mô hình bỏ sót").exists()


def test_withdrawal_is_refused(places, rows, officer, reviewer):
    for client in (officer, reviewer):
        before = fingerprint()
        url = reverse("models_awards:registration_withdraw", args=[rows["plain"].pk])
        assert refused(client.post(url, {"reason": "Trùng với mô hình khác"}), "Trùng với mô hình khác")
        assert changed(before, fingerprint()) == []


def test_restoring_a_withdrawn_row_is_refused(places, rows, officer):
    services.reopen(rows["submission"], by=places.office.people[LEADER], reason="Thiếu", until=datetime.date(2020, 1, 15))
    awards.withdraw(rows["plain"], by=fresh(places.office.people[REVIEWER]))
    close_again(places, rows)
    before = fingerprint()
    response = officer.post(reverse("models_awards:registration_restore", args=[rows["plain"].pk]))
    assert response.status_code in (403, 422)
    assert WAY_OUT in response.content.decode()
    assert changed(before, fingerprint()) == []


def test_the_unit_of_a_row_cannot_change(places, rows, reviewer):
    for row, unit in [(rows["plain"], places.b.unit), (rows["of_b"], places.a.unit)]:
        response = edit(reviewer, row, unit=unit.pk)
        assert response.status_code == 422
        assert "unit" in response.context["form"].errors or WAY_OUT in response.content.decode()
        assert Registration.objects.get(pk=row.pk).unit_id == row.unit_id


# --- allowed ---------------------------------------------------------------------------------------


def test_a_text_that_no_figure_counts_may_be_put_right(places, rows, officer):
    response = edit(officer, rows["plain"], content="Nội dung viết lại cho rõ", name="Tên viết lại")
    assert response.status_code == 302
    row = Registration.objects.get(pk=rows["plain"].pk)
    assert (row.content, row.name) == ("Nội dung viết lại cho rõ", "Tên viết lại")


def test_a_date_may_move_inside_the_closed_period(rows, officer):
    assert edit(officer, rows["plain"], registered_on="20/12/2019").status_code == 302
    assert Registration.objects.get(pk=rows["plain"].pk).registered_on == datetime.date(2019, 12, 20)


def test_other_units_and_other_years_stay_open(places, rows, reviewer):
    assert edit(reviewer, rows["of_b"], households="7").status_code == 302
    assert edit(reviewer, rows["former"], households="8").status_code == 302
    assert Registration.objects.get(pk=rows["of_b"].pk).households == 7
    assert Registration.objects.get(pk=rows["former"].pk).households == 8


def test_a_step_of_the_office_goes_on_after_the_unit_is_closed(places, rows):
    """Recognition is the office's figure: it closes when the office's report is issued, not with the ward's."""
    awards.recognise(rows["plain"], by=fresh(places.office.people[REVIEWER]), held_on=datetime.date(2019, 12, 25))
    assert compute("2019", Unit.objects.filter(pk=places.a.unit.pk)).value("dvk_model_recognised") == 1


# --- frozen equals list -----------------------------------------------------------------------------


@pytest.mark.parametrize("code", [item.code for item in OWN])
def test_a_frozen_figure_equals_its_list(places, rows, reviewer, code):
    item = registry.figure(code)
    unit = Unit.objects.filter(pk=places.a.unit.pk)
    values = compute("2019", unit)
    assert (code, places.a.unit.pk) in values.frozen
    url = url_of(code, "2019", places.a.unit.pk)
    listed = count_on(reviewer.get(url))
    listed = total_on(reviewer, url, item.sum_of) if item.sum_of and listed else listed
    assert values.value(code) == frozen(places)[code] == listed == compute("2019", unit, live_only=True).value(code)


def test_what_is_frozen(places, rows):
    """By hand: three mô hình and one điển hình, one of them continued, 3 × 120 households."""
    values = {code: int(value) for code, value in frozen(places).items() if isinstance(registry.figure(code), Figure)}
    assert not any(value for code, value in values.items() if not code.startswith("dvk_"))  # this ward has nothing else on record
    assert {code: value for code, value in values.items() if code.startswith("dvk_")} == {
        "dvk_model": 3, "dvk_exemplar": 1, "dvk_new": 3, "dvk_continued": 1,
        "dvk_collective": 4, "dvk_individual": 0, "dvk_households": 360,
    }  # fmt: skip


# --- the way out --------------------------------------------------------------------------------------


def fresh(user):
    return User.objects.get(pk=user.pk)


def close_again(places, rows):
    submission = rows["submission"]
    submission.refresh_from_db()
    services.hand_to_head(submission, by=fresh(places.a.people[OFFICER]))
    services.send(submission, by=fresh(places.a.people[HEAD]))
    services.accept(submission, by=fresh(places.office.people[REVIEWER]))


def test_after_the_leader_reopens_the_change_is_allowed_and_frozen_anew(places, rows, officer):
    submission, leader = rows["submission"], signed_in(places.office.people[LEADER])
    asked = officer.post(reverse("submissions:correction", args=[submission.pk]), {"reason": "Ghi thiếu một hộ"})
    assert asked.status_code == 302
    assert refused(edit(officer, rows["plain"], households="121")), "asking alone opens nothing"
    opened = leader.post(reverse("submissions:reopen", args=[submission.pk]), {"reason": "Đồng ý sửa", "until": "15/01/2020"})
    assert opened.status_code == 302
    submission.refresh_from_db()
    assert (submission.status, frozen(places)) == (Status.RETURNED, {})
    assert submission.corrections.get().granted is True
    assert edit(officer, rows["plain"], households="121").status_code == 302
    assert compute("2019", Unit.objects.filter(pk=places.a.unit.pk)).value("dvk_households") == 361
    close_again(places, rows)
    assert frozen(places)["dvk_households"] == 361
    assert refused(edit(officer, Registration.objects.get(pk=rows["plain"].pk), households="122"))


def test_the_page_of_the_accepted_report_offers_the_way_out(places, rows, officer):
    page = officer.get(reverse("submissions:sheet", args=[rows["submission"].pk])).content.decode()
    assert reverse("submissions:correction", args=[rows["submission"].pk]) in page and WAY_OUT in page
