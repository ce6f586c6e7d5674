"""Background work as one person: what a worker makes on his order holds nothing of others."""

import json

from danvan.jobs import services as jobs
from danvan.jobs import worker
from danvan.jobs.registry import HANDLERS, find_handler
from danvan.reporting import production
from danvan.reporting import services as reporting
from danvan.reporting.models import Report
from tests.factories.pdf import tiny_pdf
from tests.roles import as_application
from tests.world import rolled_back

KINDS = {"report"}  # a new kind of job is red until walk_jobs orders one


def known_kinds():
    find_handler("report")  # reads every app's handlers
    return {kind for kind in HANDLERS if not kind.startswith("test_")}


def walk_jobs(walk, monkeypatch):
    """Orders every own report anew and looks into the snapshot that the worker made of it."""
    for key in walk.own:
        for report in walk.cast.parties[key].rows.get(Report, []):
            with rolled_back(), monkeypatch.context() as patch:
                judge(walk, report, *made(report, walk.user, patch))


def made(report, user, patch):
    """(the job at its end, the snapshots that were given to the typesetter)"""
    snapshots = []
    patch.setattr(production, "rendered", lambda snapshot, figures=False: snapshots.append(snapshot) or tiny_pdf("x"))
    params = {"report": report.pk, "number": report.versions.count() + 1}
    job = jobs.enqueue(reporting.PRODUCE, key=f"walk-{report.pk}", unit=report.unit, by=user, params=params)
    with as_application():
        worker.work(jobs.claim(job.pk))
    job.refresh_from_db()
    return job, snapshots


def judge(walk, report, job, snapshots):
    walk.requests += 1
    walk.addresses.add("job:report")
    if job.state != "done":
        walk.wrong("job", report, f"ends as {job.state}: {job.error}")
    told = json.dumps(snapshots, ensure_ascii=False)
    for canary, whose in walk.secrets.items():
        if canary in told:
            walk.wrong("job", report, f"LEAK of {whose}")
    walk.seen |= {canary for canary in walk.own_texts if canary in told}
