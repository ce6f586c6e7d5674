"""Producing, approving and issuing: one job at a time, what was approved is what is issued, nothing is written over."""

import datetime
import hashlib
import html
import io
import threading
from pathlib import Path

import pypdf
import pytest
from django.conf import settings
from django.db import connection

from danvan.access.roles import LEADER
from danvan.accounts.models import Membership, User
from danvan.common.exceptions import Conflict, Refused
from danvan.figures.models import FigureValue
from danvan.jobs import services as jobs
from danvan.jobs.models import Job
from danvan.registers.guards import guarded
from danvan.registers.history import entries_of
from danvan.registers.registry import register_of
from danvan.reporting import production, services
from danvan.reporting.choices import Status
from danvan.reporting.kinds import KINDS
from danvan.reporting.models import Report, ReportVersion
from danvan.units.models import Kind
from danvan.units.services import create_unit
from models_awards.models import Award
from tests.danvan.common.cast import browser
from tests.danvan.reporting.conftest import START, accept, an_award, annual, drafted, issued, new_award, new_place, new_registration, run

pytestmark = [pytest.mark.embedded, pytest.mark.django_db]
ISSUED_ON = datetime.date(2020, 1, 6)


def text_of(path):
    content = (Path(settings.PRIVATE_ROOT) / path).read_bytes()
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


def ask(place, report, **words):
    return services.produce(report, by=place.reviewer, **{"override_reason": "Lập sớm", **words})


def fail(job):
    jobs.fail(jobs.claim(job.pk), "Hết chỗ trên đĩa.")
    job.refresh_from_db()
    return job


# --- producing ----------------------------------------------------------------------------


def test_going_on_without_accepted_wards_needs_a_reason(place):
    report = annual(place)
    accept(place, "a")
    with pytest.raises(Refused, match="Còn 1 đơn vị chưa được duyệt báo cáo kỳ: Phường B") as refusal:
        services.produce(report, by=place.reviewer, override_reason=" ")
    assert refusal.value.field == "override_reason"
    assert not Job.objects.exists()
    accept(place, "b")
    services.produce(report, by=place.reviewer)
    assert Job.objects.count() == 1


def test_the_reason_is_kept_only_where_it_was_needed(place, no_typesetting):
    report = drafted(place)
    assert report.override_reason == "Lập sớm"
    accept(place, "a")
    accept(place, "b")
    run(services.produce(report, by=place.reviewer, override_reason="thừa"))
    assert report.versions.first().snapshot["override_reason"] == report.override_reason == ""


def test_two_clicks_are_one_job(place):
    report = annual(place)
    first, second = ask(place, report), ask(place, Report.objects.get())
    assert first == second
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_eight_clicks_at_once_one_makes_the_job(silent_bell):
    place = new_place()
    report, barrier, found, wrong = annual(place), threading.Barrier(8), [], []

    def click():
        barrier.wait()
        try:
            found.append(ask(place, Report.objects.get(pk=report.pk)).pk)
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(found) == 8 and len(set(found)) == 1
    assert Job.objects.get().state == "queued"


def test_a_job_makes_one_version_and_two_files(place):
    new_registration(place)
    report = drafted(place)
    version = report.versions.get()
    assert (version.number, version.issued, report.status) == (1, False, Status.PRODUCED)
    for path, digest in ((version.path, version.sha256), (version.figures_path, version.figures_sha256)):
        assert hashlib.sha256((Path(settings.PRIVATE_ROOT) / path).read_bytes()).hexdigest() == digest
    told = text_of(version.path)
    assert "Dự thảo" in told and "BC/BDVQU" in told and "Mô hình thử" in told
    assert "Đếm Đăng ký Dân vận khéo" in text_of(version.figures_path)


def test_each_version_has_its_own_files_and_tells_what_was_then(place, no_typesetting):
    report = drafted(place)
    new_registration(place)
    drafted(place, report)
    new, old = report.versions.all()
    assert (new.number, old.number) == (2, 1)
    assert len({new.path, new.figures_path, old.path, old.figures_path}) == 4
    assert {v.number: next(f["value"] for f in v.snapshot["figures"] if f["code"] == "dvk_model") for v in (old, new)} == {1: "0", 2: "1"}


def test_a_failed_job_runs_again_and_a_new_one_after_it_takes_its_number(place, no_typesetting):
    report = annual(place)
    failed = fail(ask(place, report))
    services.retry(report, by=place.reviewer)
    assert run(failed).state == "done"
    assert report.versions.get().number == 1
    second = fail(ask(place, report))
    third = run(ask(place, report))
    assert third != second and report.versions.first().job == third
    assert third.params["number"] == second.params["number"]
    assert production.path_of(report, third, "bao-cao") != production.path_of(report, second, "bao-cao")
    assert [version.number for version in report.versions.all()] == [2, 1]
    with pytest.raises(Refused):
        services.retry(report, by=place.reviewer)  # the newest job is done; the failed one before it stays as it is
    second.refresh_from_db()
    assert second.state == "failed"


def test_a_second_click_on_retry_changes_nothing(place):
    report = annual(place)
    job = fail(ask(place, report))
    services.retry(report, by=place.reviewer)
    services.retry(report, by=place.reviewer)
    job.refresh_from_db()
    assert job.state == "queued"


def test_a_cancelled_draft_writes_nothing(place, no_typesetting):
    report = annual(place)
    claimed = jobs.claim(ask(place, report).pk)
    services.cancel(report, by=place.reviewer)
    result = production.make_version(claimed, lambda percent, step: None)
    with pytest.raises(jobs.LostLease):
        jobs.finish(claimed, result)
    assert not report.versions.exists()
    with pytest.raises(Conflict):
        services.cancel(report, by=place.reviewer)


def test_a_stale_narrative_is_a_conflict(place):
    report = annual(place)
    base = report.version
    services.write_narrative(report, by=place.reviewer, base=base, narrative={"A.I": "Một"})
    with pytest.raises(Conflict):
        services.write_narrative(Report.objects.get(), by=place.reviewer, base=base, narrative={"A.I": "Hai"})
    assert Report.objects.get().narrative == {"A.I": "Một"}
    assert report.history.first().history_user == place.reviewer


def test_the_history_tells_the_narrative_by_its_headings(place):
    report = annual(place)
    for words in ({"A.IV.2": "Còn chậm."}, {"A.IV.2": "", "B.I": "Giữ nhịp."}):
        services.write_narrative(report, by=place.reviewer, base=report.version, narrative={**report.narrative, **words})
    changes = [change for entry in entries_of(register_of(Report), report) for change in entry["changes"]]
    assert changes == [
        {"label": "2. Hạn chế, nguyên nhân", "old": "Còn chậm.", "new": "(trống)"},
        {"label": "I- PHƯƠNG HƯỚNG CHUNG", "old": "(trống)", "new": "Giữ nhịp."},
        {"label": "2. Hạn chế, nguyên nhân", "old": "(trống)", "new": "Còn chậm."},
    ]
    page = html.unescape(browser(place.reviewer).get(register_of(Report).url("history", report.pk)).content.decode())
    assert "<ins>Còn chậm.</ins>" in page and "A.IV.2" not in page


# --- approving ---------------------------------------------------------------------------------


def test_nothing_is_approved_or_sent_back_while_a_new_version_is_being_made(place, no_typesetting):
    report = drafted(place)
    ask(place, report)
    with pytest.raises(Conflict, match="đang được lập"):
        services.approve(report, by=place.leader, seen=1)
    with pytest.raises(Conflict, match="đang được lập"):
        services.send_back(report, by=place.leader, note="Sửa lời văn")


def test_a_version_the_leader_has_not_seen_is_not_approved(place, no_typesetting):
    report = drafted(place, drafted(place))
    with pytest.raises(Conflict, match="Bản 2 vừa được lập sau bản 1"):
        services.approve(report, by=place.leader, seen=1)
    services.approve(report, by=place.leader, seen=2)
    assert report.status == Status.APPROVED and report.approved_by == place.leader


def test_after_approval_nothing_is_written_or_made(place, no_typesetting):
    report = drafted(place)
    failed = fail(ask(place, report))
    services.approve(report, by=place.leader)
    with pytest.raises(Refused, match="Đã phê duyệt"):
        ask(place, report)
    with pytest.raises(Refused, match="Đã phê duyệt"):
        services.write_narrative(report, by=place.reviewer, base=report.version, narrative={})
    with pytest.raises(Conflict, match="không lập lại dự thảo"):
        services.retry(report, by=place.reviewer)
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_sent_back_it_is_composed_again(place, no_typesetting):
    report = drafted(place)
    services.approve(report, by=place.leader)
    with pytest.raises(Refused):
        services.send_back(report, by=place.leader, note="  ")
    services.send_back(report, by=place.leader, note="Bổ sung mục tôn giáo")
    assert report.status == Status.COMPOSING and report.approved_by is None
    assert drafted(place, report).versions.count() == 2


@pytest.mark.parametrize("act", [services.approve, services.archive], ids=["approve", "archive"])
def test_the_composer_signs_nothing(place, no_typesetting, act):
    report = drafted(place)
    if act is services.archive:
        report = issued(place, report=report)
    with pytest.raises(Refused, match="Lãnh đạo cơ quan dân vận phê duyệt"):
        act(report, by=place.reviewer)


@pytest.mark.parametrize("above", [False, True])
def test_a_leader_who_merely_sees_the_offices_report_does_not_sign_it(place, no_typesetting, above):
    """The office above reads it, a neighbour office was given sight of it: signing belongs to who leads the issuing unit."""
    unit = (
        place.district
        if above
        else create_unit(code="VP", name="Văn phòng", kind=Kind.MOBILIZATION_BOARD, valid_from=START, parent=place.district)
    )
    user = User.objects.create_user("lanh-dao-khac", display_name="Lãnh đạo khác")
    Membership.objects.create(user=user, unit=unit, sees=place.district, role=LEADER, starts_on=START)
    report = drafted(place)
    with pytest.raises(Refused, match="phê duyệt và phát hành báo cáo"):
        services.approve(report, by=user)
    services.approve(report, by=place.leader)
    with pytest.raises(Refused, match="phê duyệt và phát hành báo cáo"):
        services.issue(report, by=user, number=3, issued_on=ISSUED_ON)


def test_the_head_of_a_ward_signs_the_wards_report(place, no_typesetting):
    report = drafted(place, services.open_report(KINDS["unit"], place.a, "2019", by=place.officer_a))
    for stranger in (place.leader, place.head_b, place.officer_a):
        with pytest.raises(Refused, match="Người đứng đầu đơn vị"):
            services.approve(report, by=stranger)
    services.approve(report, by=place.head_a)
    run(services.issue(report, by=place.head_a, number=3, issued_on=ISSUED_ON))
    assert report.versions.first().issued
    assert not FigureValue.objects.exists()  # the office's figures are no ward's to close


# --- issuing ---------------------------------------------------------------------------------------


def test_what_was_approved_is_what_is_issued(place):
    award = new_award(place)
    new_award(place, "Tập thể hai")
    report = drafted(place)
    services.approve(report, by=place.leader)
    Award.objects.filter(pk=award.pk).update(occasion="kl_62")  # behind every guard
    run(services.issue(report, by=place.leader, number=12, issued_on=ISSUED_ON))
    final, draft = report.versions.all()
    assert final.issued and not draft.issued
    assert final.snapshot["figures"] == draft.snapshot["figures"]
    assert final.snapshot["sections"] == draft.snapshot["sections"]
    told = text_of(final.path)
    assert "Số 12-BC/BDVQU" in told and "ngày 06 tháng 01 năm 2020" in told
    assert "Dự thảo" not in told and "Dự thảo" in text_of(draft.path)
    frozen = dict(FigureValue.objects.filter(unit=place.a).values_list("code", "value"))
    assert (frozen["kt_btv_qcdc"], frozen["kt_btv_kl62"]) == (2, 0)


def test_a_second_click_on_issue_makes_no_second_job(place, no_typesetting):
    report = drafted(place)
    services.approve(report, by=place.leader)
    first = services.issue(report, by=place.leader, number=12, issued_on=ISSUED_ON)
    again = services.issue(Report.objects.get(), by=place.leader, number=12, issued_on=ISSUED_ON)
    run(first)
    late = services.issue(Report.objects.get(), by=place.leader, number=12, issued_on=ISSUED_ON)
    assert first == again == late
    assert report.versions.count() == Job.objects.count() == 2


def test_an_issue_that_failed_is_made_again_from_the_approved_version(place, no_typesetting):
    report = drafted(place)
    services.approve(report, by=place.leader)
    job = fail(services.issue(report, by=place.leader, number=12, issued_on=ISSUED_ON))
    new_registration(place)
    with pytest.raises(Refused, match="chưa lập xong"):
        services.archive(report, by=place.leader)
    services.retry(report, by=place.leader)
    with pytest.raises(Refused, match="không hủy được"):
        services.cancel(report, by=place.leader)
    run(job)
    final, draft = report.versions.all()
    assert final.issued and final.snapshot["figures"] == draft.snapshot["figures"]
    services.archive(report, by=place.leader)
    assert report.status == Status.ARCHIVED


def test_a_number_is_used_once_a_year(place, no_typesetting):
    issued(place, 12)
    other = drafted(place, annual(place, 2018))
    services.approve(other, by=place.leader)
    with pytest.raises(Refused, match="Số 12 năm 2020 đã dùng") as refusal:
        services.issue(other, by=place.leader, number=12, issued_on=ISSUED_ON)
    assert refusal.value.field == "number"
    other.refresh_from_db()
    assert other.status == Status.APPROVED
    services.issue(other, by=place.leader, number=12, issued_on=datetime.date(2019, 1, 6))
    assert other.status == Status.ISSUED


def test_a_day_to_come_is_no_day_of_issue(place, no_typesetting):
    report = drafted(place)
    services.approve(report, by=place.leader)
    with pytest.raises(Refused, match="chưa tới"):
        services.issue(report, by=place.leader, number=1, issued_on=datetime.date(2020, 1, 9))


def test_issuing_comes_after_approval(place, no_typesetting):
    report = drafted(place)
    with pytest.raises(Refused):
        services.issue(report, by=place.leader, number=1, issued_on=ISSUED_ON)
    assert Report.objects.get().number is None


# --- closed by the issue -------------------------------------------------------------------------------


def test_after_the_issue_what_was_counted_stays(place, no_typesetting):
    award = new_award(place)
    issued(place)
    with pytest.raises(Refused, match=r"đã phát hành, số liệu của cơ quan đã chốt\..*“Ban Thường vụ cấp ủy khen về Quy chế dân chủ"):
        change(award, occasion="kl_62")
    with pytest.raises(Refused, match="0 thành 1"):
        change(an_award(place, "Khen sau"))
    assert Award.objects.get().occasion == "qcdc"


def change(award, **values):
    with guarded(register_of(Award), award):
        for name, value in values.items():
            setattr(award, name, value)
        award.save()


def test_after_the_issue_what_was_not_counted_may_change(place, no_typesetting):
    award = new_award(place)
    issued(place)
    change(award, name="Tập thể sửa tên")
    assert Award.objects.get().name == "Tập thể sửa tên"


def test_before_the_issue_everything_may_change(place, no_typesetting):
    award = new_award(place)
    services.approve(drafted(place), by=place.leader)
    change(award, occasion="kl_62")
    assert Award.objects.get().occasion == "kl_62"


def test_versions_are_as_many_as_jobs_done(place, no_typesetting):
    issued(place)
    assert ReportVersion.objects.count() == Job.objects.filter(state="done").count() == 2
