"""The pages of the studio: who meets what, that looking changes nothing, that no text is lost."""

import datetime
import uuid

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danvan.common.templatetags.vn import vn_datetime
from danvan.jobs import services as jobs
from danvan.jobs.models import Job
from danvan.registers.list import Listing
from danvan.registers.models import Draft
from danvan.registers.registry import all_registers
from danvan.reporting import services
from danvan.reporting.choices import Status
from danvan.reporting.kinds import KINDS
from danvan.reporting.models import Report
from danvan.submissions.models import Period
from tests.danvan.reporting.conftest import accept, annual, drafted, issued, new_award, new_registration, run

pytestmark = [pytest.mark.embedded, pytest.mark.django_db]
PAGES = ["open", "figures", "narrative", "produce", "download", "progress"]
STEPS = ["figures", "narrative", "produce", "download"]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def reviewer(place):
    return signed_in(place.reviewer)


@pytest.fixture
def leader(place):
    return signed_in(place.leader)


def address(page, report, *args):
    return reverse(f"reporting:{page}", args=[report.pk, *args])


def words(response):
    return " ".join(response.content.decode().split())


def content_of(download):
    """Read to its end: the test client closes the file then, and keeps the database open."""
    return b"".join(download.streaming_content)


def act(client, report, what, **data):
    return client.post(address("act", report), {"viec": what, **data})


@pytest.fixture
def of_ward(place, no_typesetting):
    """Ward A's own report, with a version."""
    return drafted(place, services.open_report(KINDS["unit"], place.a, "2019", by=place.officer_a))


# --- who meets what -----------------------------------------------------------------------------


def test_the_reports_of_another_ward_do_not_exist(place, of_ward):
    for user in (place.officer_b, place.head_b):
        client = signed_in(user)
        addresses = [address(page, of_ward) for page in PAGES] + [address("file", of_ward, ending) for ending in ("pdf", "chi-tieu.pdf")]
        addresses += [address("version_file", of_ward, 1, ending) for ending in ("pdf", "chi-tieu.pdf")]
        assert [client.get(url).status_code for url in addresses] == [404] * len(addresses)
        posts = [address(page, of_ward) for page in ("narrative", "draft", "produce", "act")]
        assert [client.post(url, {"viec": "duyet"}).status_code for url in posts] == [404] * 4
        assert of_ward.title not in words(client.get(reverse("reporting:index")))
    assert (of_ward.versions.count(), Job.objects.count(), Draft.objects.count()) == (1, 1, 0)


def test_the_offices_report_does_not_exist_for_a_ward(place, no_typesetting):
    report = drafted(place)
    client = signed_in(place.officer_a)
    assert {client.get(address(page, report)).status_code for page in PAGES} == {404}


@pytest.mark.parametrize("who", ["officer_a", "reviewer", "leader", "head_a"])
def test_whoever_sees_it_opens_every_page_and_file(place, of_ward, who):
    client = signed_in(getattr(place, who))
    assert [client.get(address(step, of_ward)).status_code for step in STEPS] == [200] * 4
    assert client.get(address("open", of_ward)).url == address("download", of_ward)
    pdf = client.get(address("version_file", of_ward, 1, "pdf"))
    assert content_of(pdf) == b"%PDF report"
    assert pdf["Cache-Control"] == "private, no-store" and "attachment" in pdf["Content-Disposition"]
    assert content_of(client.get(address("file", of_ward, "chi-tieu.pdf"))) == b"%PDF figures"


def test_a_version_or_ending_that_is_not_there(place, of_ward):
    client = signed_in(place.officer_a)
    urls = [address("version_file", of_ward, number, ending) for number, ending in ((0, "pdf"), (2, "pdf"), (1, "docx"))]
    assert [client.get(url).status_code for url in urls] == [404] * 3


def test_a_ward_officer_composes_no_annual_report(place):
    client = signed_in(place.officer_a)
    choice = {"kind": "annual", "unit": place.office.pk, "period": "2019"}
    assert client.post(reverse("reporting:index"), choice).status_code == 422
    assert client.post(reverse("reporting:index"), {**choice, "unit": place.a.pk}).status_code == 422
    assert client.post(reverse("reporting:index"), {**choice, "kind": "unit", "unit": place.b.pk}).status_code == 422
    assert not Report.objects.exists()
    answer = client.post(reverse("reporting:index"), {**choice, "kind": "unit", "unit": place.a.pk})
    assert answer.url == address("figures", Report.objects.get())


def test_a_leader_composes_nothing(place, leader):
    page = leader.get(reverse("reporting:index"))
    assert page.context["form"] is None
    assert leader.post(reverse("reporting:index"), {"kind": "annual", "unit": place.office.pk, "period": "2019"}).status_code == 200
    assert not Report.objects.exists()
    report = annual(place)
    assert leader.post(address("produce", report), {"override_reason": "x"}).status_code == 422
    assert leader.post(address("narrative", report), {"A.I": "x", "_version": report.version}).status_code == 403
    assert leader.post(address("draft", report), {"A.I": "x"}).status_code == 403
    assert "<textarea" not in words(leader.get(address("narrative", report)))
    assert not Job.objects.exists() and not Draft.objects.exists()


def test_the_composer_has_no_buttons_of_the_leader(place, no_typesetting, reviewer):
    report = drafted(place)
    assert "duyet" not in words(reviewer.get(address("download", report)))
    posts = [("duyet", {}), ("tra_lai", {"note": "x"}), ("phat_hanh", {"number": 1, "issued_on": "6/1/2020"}), ("luu_tru", {})]
    assert [act(reviewer, report, what, **data).status_code for what, data in posts] == [403] * 4
    report.refresh_from_db()
    assert report.status == Status.PRODUCED


def test_strangers_are_sent_to_log_in(place, client):
    assert client.get(address("download", annual(place))).status_code == 302


# --- looking changes nothing ---------------------------------------------------------------------------


def test_looking_writes_nothing(place, no_typesetting):
    new_award(place)
    report = drafted(place)
    run(services.produce(report, by=place.reviewer, override_reason="x"))
    services.approve(report, by=place.leader)
    for user in (place.reviewer, place.leader):
        client = signed_in(user)
        urls = [reverse("reporting:index"), *(address(page, report) for page in PAGES), address("file", report, "pdf")]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            for url in urls:
                response = client.get(url)
                assert response.status_code in (200, 302)
                b"".join(response)
        told = [query["sql"] for query in queries if not query["sql"].startswith('INSERT INTO "audit_auditevent"')]
        assert {sql.lstrip("(").split()[0] for sql in told} <= {"SELECT", "DECLARE", "SAVEPOINT", "RELEASE"}
        assert len(queries) - len(told) == 1, "the downloaded file is an event of the log"


def test_changes_are_posted(place, reviewer):
    report = annual(place)
    assert [reviewer.get(address(page, report)).status_code for page in ("act", "draft")] == [405, 405]
    assert act(reviewer, report, "khac").status_code == 403


# --- the steps ------------------------------------------------------------------------------------------


def test_every_status_has_its_pages(place, no_typesetting, reviewer, leader):
    report = annual(place)
    accept(place, "a", hg_total=4, hg_success=3)
    new_registration(place)
    seen = []
    for step in (
        lambda: None,
        lambda: drafted(place, report),
        lambda: issued(place, report=report),
        lambda: services.archive(report, by=place.leader),
    ):
        step()
        report.refresh_from_db()
        for client in (reviewer, leader):
            assert [client.get(address(page, report)).status_code for page in STEPS] == [200] * 4
            assert client.get(reverse("reporting:index")).status_code == 200
        seen.append(report.status)
    assert seen == [Status.COMPOSING, Status.PRODUCED, Status.ISSUED, Status.ARCHIVED]


def test_only_periods_that_can_be_counted_are_offered(place, reviewer):
    Period.objects.filter(code="2018").update(code="tổng kết")
    Period.objects.filter(code="2019").update(code="2019-Q3")
    assert reviewer.get(reverse("reporting:index")).context["form"].fields["period"].choices == [("2019-Q3", "Quý III/2019")]


def test_opening_twice_is_one_report(place, reviewer):
    for _ in range(2):
        reviewer.post(reverse("reporting:index"), {"kind": "annual", "unit": place.office.pk, "period": "2019"})
    assert Report.objects.get().history.get().history_user == place.reviewer


def rows_behind(url, user):
    path, query = url.split("?")
    register = next(register for register in all_registers() if register.url("list") == path)
    return Listing(register, user, QueryDict(query)).count


def test_each_number_links_to_the_list_that_yields_it(place, reviewer):
    new_registration(place)
    new_registration(place, "Thứ hai", unit=place.b)
    accept(place, "a", dt_in=5, dt_done=2)
    report = annual(place)
    lines = {line["label"]: line for _, group in reviewer.get(address("figures", report)).context["groups"] for line in group}
    count = lines["Mô hình đăng ký"]
    assert count["text"] == "2" and "chi-tieu=dvk_model&ky=2019" in count["url"]
    assert rows_behind(count["url"], place.reviewer) == 2
    rate = lines["Tỷ lệ mô hình được công nhận"]
    assert rate["url"] == "" and [part["text"] for part in rate["parts"]] == ["0", "2"] and all(part["url"] for part in rate["parts"])
    left = lines["Đơn thư còn lại"]
    assert (left["text"], left["url"], [part["text"] for part in left["parts"]]) == ("3", "", ["0", "5", "2"])


def test_a_wards_numbers_link_to_the_wards_own_rows(place, of_ward, reviewer):
    new_registration(place)
    new_registration(place, "Của phường khác", unit=place.b)
    lines = {line["label"]: line for _, group in reviewer.get(address("figures", of_ward)).context["groups"] for line in group}
    assert lines["Mô hình đăng ký"]["text"] == "1"
    assert rows_behind(lines["Mô hình đăng ký"]["url"], place.reviewer) == 1


def test_units_without_an_accepted_report_are_named(place, reviewer):
    accept(place, "a")
    report = annual(place)
    for page in ("figures", "produce"):
        assert [unit.name for unit in reviewer.get(address(page, report)).context["not_accepted"]] == ["Phường B"]
    refused = reviewer.post(address("produce", report), {"override_reason": ""})
    assert refused.status_code == 422 and "Anh/chị ghi lý do vẫn lập" in words(refused)
    assert reviewer.post(address("produce", report), {"override_reason": "Gửi muộn"}).url == address("download", report)
    reviewer.post(address("produce", report), {"override_reason": "Gửi muộn"})
    assert Job.objects.count() == 1


# --- writing -----------------------------------------------------------------------------------------------


def write(client, report, key=None, **data):
    form = {"_key": str(key or uuid.uuid4()), "_version": report.version, **data}
    return client.post(address("narrative", report), form)


def test_words_are_saved_and_lead_on(place, reviewer):
    report = annual(place)
    assert write(reviewer, report, **{"A.I": "Ổn định.", "B.I": " "}).url == address("narrative", report)
    report.refresh_from_db()
    assert report.narrative == {"A.I": "Ổn định."}
    assert write(reviewer, report, **{"A.I": "Ổn định.", "_next": "1"}).url == address("produce", report)


def test_one_form_sent_twice_is_saved_once(place, reviewer):
    report, key = annual(place), uuid.uuid4()
    before = report.version
    answers = [write(reviewer, report, key, **{"A.I": "Một"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    report.refresh_from_db()
    assert report.version == before + 1


def test_the_second_saver_sees_both_and_keeps_the_words(place, reviewer):
    report = annual(place)
    write(reviewer, report, **{"A.I": "Của người trước", "B.I": "Giống nhau"})
    late = write(reviewer, report, **{"A.I": "Của người sau", "B.I": "Giống nhau"})
    assert late.status_code == 409
    stored = {section["heading"].code: section["stored"] for section in late.context["sections"] if section["stored"]}
    assert stored == {"A.I": "Của người trước"}
    assert "Của người sau" in words(late)
    saved = report.history.first()
    assert f"Lời văn đang lưu của mục này: {saved.history_user} sửa lúc {vn_datetime(saved.history_date)}" in words(late)
    assert f"{saved.history_user} đã lưu lúc {vn_datetime(saved.history_date)}" in str(late.context["form"].non_field_errors())
    assert Draft.objects.get().payload["A.I"] == ["Của người sau"]
    report.refresh_from_db()
    assert late.context["version"] == report.version and report.narrative["A.I"] == "Của người trước"


def test_a_draft_is_kept_apart_and_opened_again_at_its_own_version(place, reviewer):
    report, key = annual(place), uuid.uuid4()
    saved = write(reviewer, report, key, **{"A.I": "Đang viết", "_draft": "1"})
    assert saved.url == f"{address('narrative', report)}?ban-nhap={key}"
    report.refresh_from_db()
    assert report.narrative == {}
    old = report.version
    write(reviewer, report, **{"A.I": "Người khác"})
    page = reviewer.get(saved.url)
    assert "Đang viết" in words(page) and page.context["version"] == old
    assert "Anh/chị có bản nháp" in words(reviewer.get(address("narrative", report)))
    assert "Đang viết" not in words(signed_in(place.leader).get(saved.url))


def test_typing_is_saved_without_touching_the_report(place, reviewer):
    report = annual(place)
    answer = reviewer.post(address("draft", report), {"_key": str(uuid.uuid4()), "_version": report.version, "A.I": "Đang gõ"})
    assert set(answer.json()) == {"at"}
    report.refresh_from_db()
    assert report.narrative == {} and Draft.objects.get().payload == {"A.I": ["Đang gõ"]}


def test_wards_words_stand_beside_to_be_quoted(place, reviewer):
    accept(place, "a", words="Khối Dân vận phường làm tốt")
    page = words(reviewer.get(address("narrative", annual(place))))
    assert "Lời văn của 1 đơn vị để trích" in page and "Khối Dân vận phường làm tốt" in page


def test_words_of_people_are_escaped(place, reviewer):
    report = annual(place)
    write(reviewer, report, **{"A.I": "<script>x</script>"})
    assert "<script>x" not in words(reviewer.get(address("narrative", report)))
    assert "<script>x" not in words(signed_in(place.leader).get(address("narrative", report)))


# --- waiting, failing, signing ------------------------------------------------------------------------------


def test_the_page_waits_and_the_fragment_ends_the_waiting(place, no_typesetting, reviewer):
    report = annual(place)
    assert reviewer.get(address("progress", report)).status_code == 404
    job = services.produce(report, by=place.reviewer, override_reason="x")
    page = reviewer.get(address("download", report))
    assert f'hx-get="{address("progress", report)}"' in words(page)
    waiting = reviewer.get(address("progress", report))
    assert "HX-Refresh" not in waiting and "hx-get" in words(waiting)
    run(job)
    ended = reviewer.get(address("progress", report))
    assert ended["HX-Refresh"] == "true" and "hx-get" not in words(ended)
    assert "hx-get" not in words(reviewer.get(address("download", report)))


def test_a_failure_tells_its_reason_and_offers_another_try(place, no_typesetting, reviewer):
    report = annual(place)
    job = services.produce(report, by=place.reviewer, override_reason="x")
    jobs.fail(jobs.claim(job.pk), "Hết chỗ trên đĩa.")
    page = words(reviewer.get(address("download", report)))
    assert "Hết chỗ trên đĩa." in page and 'value="lap_lai"' in page
    act(reviewer, report, "lap_lai")
    job.refresh_from_db()
    assert job.state == "queued"
    act(reviewer, report, "huy")
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_from_draft_to_archive(place, no_typesetting, reviewer, leader):
    report = drafted(place)
    page = words(leader.get(address("download", report)))
    assert "Phê duyệt bản 1" in page
    assert "Vui lòng" in words(act(leader, report, "tra_lai", note=""))
    act(leader, report, "tra_lai", note="Bổ sung mục tôn giáo")
    assert "Bổ sung mục tôn giáo" in words(reviewer.get(address("download", report)))
    drafted(place, report)
    act(leader, report, "duyet", ban=2)
    assert "chờ ghi số và ngày" in words(reviewer.get(address("download", report)))
    wrong = act(leader, report, "phat_hanh", number="12", issued_on="9/1/2020")
    assert wrong.status_code == 422 and "Ngày ban hành chưa tới" in words(wrong)
    act(leader, report, "phat_hanh", number="12", issued_on="6/1/2020")
    assert "Đang lập báo cáo" in words(leader.get(address("download", report)))
    run(Job.objects.first())
    page = words(leader.get(address("download", report)))
    assert "Bản phát hành, số 12 ngày 06/01/2020" in page and 'value="luu_tru"' in page
    act(leader, report, "luu_tru")
    report.refresh_from_db()
    assert (report.status, report.number, report.issued_on) == (Status.ARCHIVED, 12, datetime.date(2020, 1, 6))


def test_a_version_made_meanwhile_is_told_on_the_page(place, no_typesetting, leader):
    report = drafted(place, drafted(place))
    answer = leader.post(address("act", report), {"viec": "duyet", "ban": 1}, follow=True)
    assert answer.status_code == 200 and "Bản 2 vừa được lập sau bản 1" in words(answer)
    report.refresh_from_db()
    assert report.status == Status.PRODUCED


def test_versions_tell_what_changed_and_what_is_stale(place, no_typesetting, reviewer):
    report = drafted(place)
    page = words(reviewer.get(address("download", report)))
    assert "thay đổi sau bản này" not in page
    services.write_narrative(report, by=place.reviewer, base=report.version, narrative={"A.I": "Ổn định."})
    assert "Lời văn hoặc danh sách kèm theo đã thay đổi sau bản này" in words(reviewer.get(address("download", report)))
    new_award(place)
    page = reviewer.get(address("download", report))
    assert "Số liệu đã thay đổi sau bản này</b> (1 số)" in words(page)
    drafted(place, report)
    page = reviewer.get(address("download", report))
    assert "Khác bản trước: 1 số" in words(page) and "thay đổi sau bản này" not in words(page)
    [new, old] = page.context["versions"]
    assert [(d["old"], d["new"]) for d in new["differences"]] == [("0", "1")] and old["differences"] is None
