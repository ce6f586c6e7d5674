"""The log as an administrator reads it: own branch only, filtered, paged, taken away with an event."""

import csv
import datetime
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from danvan.access.roles import ADMINISTRATOR, OFFICER
from danvan.audit.choices import Kind
from danvan.audit.models import AuditEvent
from danvan.audit.services import record_event
from danvan.units.models import Unit
from tests.danvan.common.cast import browser, join, new_unit, new_user

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PAGE = "/quan-tri/nhat-ky/"


@pytest.fixture
def places(cast):
    """An administrator of ward A, one of the district; ward B, a school below A, another district, and A's prefix twin."""
    cast.admin_a, cast.admin = new_user("quan-tri-a", cast.a, ADMINISTRATOR), new_user("quan-tri-q", cast.district, ADMINISTRATOR)
    cast.pupil = new_user("truong-th", new_unit("TH", "Trường An Phú", parent=cast.a))
    cast.stranger = new_user("quan-khac", new_unit("QK", "Quận khác"))
    twin = new_unit("TW", "Phường sinh đôi", parent=cast.district)
    Unit.objects.filter(pk=twin.pk).update(scope_path=f"{cast.a.scope_path.rstrip('.')}1.")
    twin.refresh_from_db()
    cast.twin = new_user("sinh-doi", twin)
    for user in (cast.officer, cast.officer_b, cast.pupil, cast.stranger, cast.twin, cast.reviewer):
        record_event(Kind.EXPORT, user=user, detail={"rows": 3}, reason=f"Lý do của {user.username}")
    record_event(Kind.RETENTION, detail={"draft_count": 1})
    return cast


def seen(client, **query):
    """Reasons of the events on the page, without those of signing in and reading."""
    events = client.get(PAGE, query).context["events"]
    return {event.reason.removeprefix("Lý do của ") for event in events if event.kind in (Kind.EXPORT, Kind.RETENTION)}


def test_a_unit_administrator_sees_the_own_branch_and_nothing_of_a_prefix_twin(places):
    assert seen(browser(places.admin_a)) == {"phuong-a", "truong-th"}
    assert seen(browser(places.admin)) == {"phuong-a", "truong-th", "phuong-b", "sinh-doi", "chuyen-vien", ""}


def test_only_the_membership_that_administers_opens_the_log(places):
    """An administrator of A who is an officer of B reads A's log, not B's."""
    join(places.admin_a, places.b, OFFICER)
    assert seen(browser(places.admin_a)) == {"phuong-a", "truong-th"}


@pytest.mark.parametrize("who", ["officer", "head", "reviewer", "leader", "appraiser"])
def test_nobody_else_opens_it(places, who):
    client = browser(getattr(places, who))
    assert [client.get(f"{PAGE}{path}").status_code for path in ("", "tai.xlsx", "tai.csv")] == [403, 403, 403]


def test_the_log_is_read_only(places):
    client = browser(places.admin)
    assert [getattr(client, method)(PAGE).status_code for method in ("post", "put", "delete")] == [405, 405, 405]


def test_filters(places):
    client = browser(places.admin)
    assert seen(client, loai=Kind.RETENTION) == {""}
    assert seen(client, nguoi="PHUONG-A") == {"phuong-a"}
    assert seen(client, nguoi="nguoi truong") == {"truong-th"}
    assert seen(client, don_vi="binh minh") == {"phuong-b"}
    old = AuditEvent.objects.create(
        kind=Kind.EXPORT, at=timezone.now() - datetime.timedelta(days=40), scope_path=places.a.scope_path, reason="Lý do của xưa"
    )
    day = timezone.localtime(old.at)
    assert seen(client, den_ngay=day.strftime("%d/%m/%Y")) == seen(client, tu_ngay=f"{day:%d/%m/%Y}", den_ngay=f"{day:%d/%m/%Y}") == {"xưa"}
    assert "xưa" not in seen(client, tu_ngay=(day + datetime.timedelta(days=1)).strftime("%d/%m/%Y"))


def test_the_day_of_the_filter_is_the_vietnamese_one(places):
    """17:30 UTC of 4 May is 0:30 of 5 May in Vietnam."""
    moment = datetime.datetime(2026, 5, 4, 17, 30, tzinfo=datetime.UTC)
    AuditEvent.objects.create(kind=Kind.EXPORT, at=moment, scope_path=places.a.scope_path, reason="đêm")
    client = browser(places.admin)
    assert (
        seen(client, tu_ngay="5/5/2026", den_ngay="5/5/2026") == {"đêm"} and seen(client, tu_ngay="4/5/2026", den_ngay="4/5/2026") == set()
    )


def test_a_filter_that_cannot_be_read_says_so_and_is_passed_over(places):
    answer = browser(places.admin).get(PAGE, {"tu_ngay": "31/2/2020", "loai": "lạ"})
    page = answer.content.decode()
    assert answer.status_code == 200 and "chỉ có 29 ngày" in page and "phuong-b" in page


def test_pages_of_fifty_at_the_same_cost(places):
    client = browser(places.admin)
    client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(PAGE)
    for number in range(120):
        record_event(Kind.EXPORT, user=places.officer, reason=f"Lần {number:03d}")
    with CaptureQueriesContext(connection) as many:
        first = client.get(PAGE)
    assert len(many) == len(few)
    assert len(first.context["events"]) == 50 and first.context["events"][0].reason == "Lần 119"
    last = client.get(PAGE, {"page": "99"})
    assert last.context["page"]["number"] == 3 and 0 < len(last.context["events"]) < 50


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_taking_the_log_away_is_an_event_itself(places, ending):
    client = browser(places.admin_a)
    answer = client.get(f"{PAGE}tai.{ending}", {"loai": Kind.EXPORT})
    if ending == "csv":
        table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        table = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    reasons = table[0].index("Lý do")
    assert {row[reasons] for row in table[1:]} == {"Lý do của phuong-a", "Lý do của truong-th"}
    event = AuditEvent.objects.filter(kind=Kind.EXPORT).first()
    assert (event.username, event.detail["rows"], event.detail["file"]) == ("quan-tri-a", 2, f"nhat-ky.{ending}")
    assert event.detail["filters"] == "Loại việc: Xuất danh sách"


def test_the_menu_leads_there_for_administrators_only(places):
    assert PAGE in browser(places.admin).get("/", follow=True).content.decode()
    assert PAGE not in browser(places.officer).get("/", follow=True).content.decode()


def test_what_people_typed_is_shown_as_text(places):
    record_event(Kind.EXPORT, user=places.officer, reason="<script>alert(1)</script>")
    page = browser(places.admin).get(PAGE).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
