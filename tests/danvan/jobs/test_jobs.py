import datetime
import hashlib
import threading
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from danvan.accounts.models import Membership
from danvan.common.exceptions import Refused
from danvan.jobs import outputs, services, worker
from danvan.jobs.models import Job, State
from danvan.jobs.registry import HANDLERS, handler
from danvan.jobs.services import LostLease, Result
from danvan.units.models import Kind
from danvan.units.services import create_unit

pytestmark = pytest.mark.embedded


def expire(job):
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


@pytest.fixture
def handle(monkeypatch):
    """Registers the handler of "annual_report" for one test."""
    return lambda function: monkeypatch.setitem(HANDLERS, "annual_report", function)


# --- asking ------------------------------------------------------------------------


def test_enqueue_twice_with_one_key_makes_one_job_and_rings_once(new_job, rung, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = new_job(), new_job()
    assert first == second
    assert Job.objects.count() == 1
    assert rung == [first.pk]


@pytest.mark.django_db(transaction=True)
def test_enqueue_belongs_to_the_callers_transaction(new_job, rung):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        new_job()
        raise ZeroDivisionError
    assert not Job.objects.exists()
    assert rung == []


def test_enqueue_does_not_wait_for_a_broker_that_is_silent(new_job, silent_broker, django_capture_on_commit_callbacks):
    start = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        job = new_job()
    assert time.monotonic() - start < 2.5
    assert Job.objects.get(pk=job.pk).state == State.QUEUED


def test_a_sweep_stops_at_the_first_ring_not_heard(new_job, silent_broker):
    for number in range(4):
        Job.objects.filter(pk=new_job(key=f"job-{number}").pk).update(created_at=timezone.now() - timedelta(minutes=1))
    start = time.monotonic()
    assert services.sweep() == 0
    assert time.monotonic() - start < 2.5


def test_enqueue_does_not_run_the_handler(new_job, handle, rung, django_capture_on_commit_callbacks):
    handle(lambda job, progress: pytest.fail("rendered in the web process"))
    with django_capture_on_commit_callbacks(execute=True):
        new_job()
    assert len(rung) == 1


def test_jobs_are_seen_in_the_own_branch_only(new_job, ward, officer):
    job = new_job()
    twin = create_unit(code="PB", name="Phường B", kind=Kind.WARD, valid_from=datetime.date(2015, 1, 1))
    Membership.objects.create(user=officer, unit=twin, sees=twin, role="officer", starts_on=datetime.date(2015, 1, 1))
    assert job not in Job.objects.visible_to(officer)
    Membership.objects.create(user=officer, unit=ward, sees=ward, role="officer", starts_on=datetime.date(2015, 1, 1))
    del officer._memberships
    assert job in Job.objects.visible_to(officer)


# --- claiming and the fence -----------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_eight_claims_at_once_one_wins(new_job, rung):
    job_id, barrier, claims = new_job().pk, threading.Barrier(8), []

    def claim():
        barrier.wait()
        claims.append(services.claim(job_id))
        connection.close()

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winners = [job for job in claims if job]
    assert len(claims) == 8
    assert len(winners) == 1
    assert Job.objects.get().token == winners[0].token
    assert Job.objects.get().attempts == 1


def test_a_claimed_job_is_free_again_when_its_lease_has_run_out(new_job):
    first = services.claim(new_job().pk)
    assert services.claim(first.pk) is None
    expire(first)
    second = services.claim(first.pk)
    assert second.attempts == 2
    assert second.started_at == first.started_at


def test_who_lost_the_lease_changes_nothing(new_job):
    loser = services.claim(new_job().pk)
    expire(loser)
    winner = services.claim(loser.pk)
    output = outputs.stage("jobs/lost.txt", b"late")
    attempts = [
        lambda: services.report_progress(loser, 50, "muộn"),
        lambda: services.extend_lease(loser),
        lambda: services.fail(loser, "muộn"),
        lambda: services.finish(loser, Result((output,), lambda: pytest.fail("wrote its rows"))),
    ]
    for attempt in attempts:
        with pytest.raises(LostLease):
            attempt()
    job = Job.objects.get()
    assert (job.state, job.token, job.progress, job.error) == (State.RUNNING, winner.token, 0, "")
    assert not (Path(settings.PRIVATE_ROOT) / "jobs/lost.txt").exists()


def test_progress_extends_the_lease(new_job):
    job = services.claim(new_job().pk)
    services.report_progress(job, 40, "Đang dựng chương II")
    later = Job.objects.get()
    assert (later.progress, later.step) == (40, "Đang dựng chương II")
    assert later.lease_until > job.lease_until


def test_finish_publishes_file_and_rows_together(new_job, ward):
    job = services.claim(new_job().pk)
    output = outputs.stage("jobs/2019.txt", b"report")
    services.finish(job, Result((output,), lambda: ward.__class__.objects.filter(pk=ward.pk).update(name="Phường đã báo cáo")))
    done = Job.objects.get()
    ward.refresh_from_db()
    assert (done.state, done.progress, done.token) == (State.DONE, 100, None)
    assert done.output_sha256 == hashlib.sha256(b"report").hexdigest()
    assert (Path(settings.PRIVATE_ROOT) / done.output_path).read_bytes() == b"report"
    assert ward.name == "Phường đã báo cáo"
    assert services.claim(done.pk) is None


# --- running ------------------------------------------------------------------------------


@pytest.fixture
def no_thread(monkeypatch):
    """Inside a test transaction no second connection sees the job, so nobody keeps the lease."""
    monkeypatch.setattr(worker, "keep_lease", lambda job, stop: None)


def test_a_refusal_reaches_the_person_word_for_word(new_job, handle, no_thread):
    def refuse(job, progress):
        raise Refused("Kỳ báo cáo chưa đủ số liệu.")

    handle(refuse)
    worker.work(services.claim(new_job().pk))
    assert (Job.objects.get().state, Job.objects.get().error) == (State.FAILED, "Kỳ báo cáo chưa đủ số liệu.")


def test_a_bug_is_told_without_its_inside(new_job, handle, no_thread, caplog):
    def broken(job, progress):
        raise ZeroDivisionError("secret of the machine")

    handle(broken)
    worker.work(services.claim(new_job().pk))
    error = Job.objects.get().error
    assert "ZeroDivisionError" in error
    assert "secret" not in error
    assert "secret of the machine" in caplog.text


def test_a_kind_that_nobody_does_fails_with_its_name(new_job, no_thread):
    worker.work(services.claim(new_job("unknown_kind").pk))
    assert "unknown_kind" in Job.objects.get().error


def test_a_lost_database_leaves_the_job_to_the_sweeper(new_job, handle, no_thread):
    def database_gone(job, progress):
        raise OperationalError("server closed the connection")

    handle(database_gone)
    with pytest.raises(OperationalError):
        worker.work(services.claim(new_job().pk))
    assert Job.objects.get().state == State.RUNNING


def test_a_cancelled_run_stops_at_its_next_report(new_job, handle, no_thread, officer):
    def cancelled_meanwhile(job, progress):
        services.cancel(job, by=officer)
        progress(50, "nửa đường")
        pytest.fail("went on after the cancel")

    handle(cancelled_meanwhile)
    worker.work(services.claim(new_job().pk))
    assert Job.objects.get().state == State.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_kept_while_a_handler_is_busy(new_job, rung, handle, settings):
    settings.JOB_LEASE_SECONDS = 1
    job = services.claim(new_job().pk)

    def busy(job, progress):
        threading.Event().wait(2.5)
        assert services.claim(job.pk) is None

    handle(busy)
    worker.work(job)
    assert (Job.objects.get().state, Job.objects.get().attempts) == (State.DONE, 1)


def test_a_run_without_end_fails_and_ends_its_process(new_job, monkeypatch):
    killed = []
    monkeypatch.setattr("os.kill", lambda pid, number: killed.append(number))
    worker.give_up(services.claim(new_job().pk))
    assert killed
    assert "15 phút" in Job.objects.get().error


def test_two_handlers_for_one_kind_are_a_mistake(handle):
    handle(lambda job, progress: None)
    with pytest.raises(ValueError, match="annual_report"):
        handler("annual_report")(lambda job, progress: None)


# --- the sweeper, retry, cancel -----------------------------------------------------------


def test_sweep_rings_for_unheard_and_abandoned_jobs_only(new_job, rung):
    unheard, fresh, abandoned, running = (new_job(key=key) for key in ("unheard", "fresh", "abandoned", "running"))
    Job.objects.filter(pk=unheard.pk).update(created_at=timezone.now() - timedelta(minutes=1))
    expire(services.claim(abandoned.pk))
    services.claim(running.pk)
    assert services.sweep() == 2
    assert sorted(rung) == [unheard.pk, abandoned.pk]
    assert Job.objects.get(pk=fresh.pk).state == State.QUEUED


def test_a_job_that_kills_every_worker_is_given_up(new_job, rung):
    job = new_job()
    for _ in range(settings.JOB_MAX_ATTEMPTS):
        expire(services.claim(job.pk))
    assert services.claim(job.pk) is None
    assert services.sweep() == 0
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "5 lần" in job.error


def test_sweep_removes_what_killed_runs_left_behind(db, monkeypatch):
    left = outputs.stage("jobs/left.txt", b"half").staged
    services.sweep()
    assert left.exists()
    monkeypatch.setattr(outputs, "STALE_SECONDS", -1)
    services.sweep()
    assert not left.exists()


def test_retry_gives_a_failed_job_new_attempts(new_job, officer, rung, django_capture_on_commit_callbacks):
    job = services.claim(new_job().pk)
    services.fail(job, "hỏng")
    with django_capture_on_commit_callbacks(execute=True):
        services.retry(job, by=officer)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error, job.finished_at) == (State.QUEUED, 0, "", None)
    assert job.pk in rung


def test_a_done_job_is_neither_retried_nor_cancelled(new_job, officer):
    job = services.claim(new_job().pk)
    services.finish(job)
    for refused in (services.retry, services.cancel):
        with pytest.raises(Refused):
            refused(job, by=officer)
    assert Job.objects.get().state == State.DONE


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("job_ended_has_time", {"state": "sleeping"}),
        ("job_progress_percent", {"progress": 101}),
        ("job_running_has_lease", {"state": State.RUNNING}),
        ("job_running_has_lease", {"token": uuid.UUID(int=1)}),
        ("job_ended_has_time", {"state": State.DONE}),
        ("job_ended_has_time", {"finished_at": datetime.datetime(2020, 1, 8, tzinfo=datetime.UTC)}),
    ],
)
def test_the_database_keeps_a_job_consistent(new_job, constraint, values):
    job = new_job()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**values)
