"""What a worker does for a report: snapshot, PDF, list of figures. Nothing is written before the job is finished."""

import gc

from danvan.access.rows import seen_by
from danvan.common import clock
from danvan.common.exceptions import Refused
from danvan.jobs.outputs import stage
from danvan.jobs.services import Result
from danvan.reporting import freezing
from danvan.reporting.choices import JOB_STEPS, Status
from danvan.reporting.models import Report, ReportVersion
from danvan.reporting.snapshot import digest, of_report
from danvan.workflow.services import change_status


def make_version(job, progress):
    reading, drawing, listing, keeping = JOB_STEPS
    progress(5, reading)
    with seen_by(job.requested_by, frozen=True):
        report = Report.objects.visible_to(job.requested_by).select_related("unit").filter(pk=job.params["report"]).first()
        if report is None:
            raise Refused("Tài khoản yêu cầu không còn được xem báo cáo này nên không lập nữa.")
        snapshot = snapshot_for(report, approved=job.params.get("approved"))
    progress(35, drawing)
    pdf = rendered(snapshot)
    progress(75, listing)
    figures = rendered(snapshot, figures=True)
    progress(90, keeping)
    outputs = (stage(path_of(report, job, "bao-cao"), pdf), stage(path_of(report, job, "danh-muc-chi-tieu"), figures))
    return Result(outputs, lambda: record(report, job, snapshot, outputs))


def snapshot_for(report, *, approved=None):
    """A draft reads the records; the issued version is the snapshot of the approved one with number and date filled in."""
    if approved is None:
        return of_report(report)
    snapshot = report.versions.get(number=approved).snapshot
    header = {**snapshot["header"], "number": report.number_words, "issued_on": report.issued_on.isoformat()}
    return {**snapshot, "header": header, "draft": False}


def rendered(snapshot, *, figures=False):
    # imported here: only workers carry the PDF engine
    from danvan.reporting.rendering import render_figures_pdf, render_pdf

    try:
        return render_figures_pdf(snapshot) if figures else render_pdf(snapshot)
    finally:
        gc.collect()


def path_of(report, job, name):
    """Each job has its own files: whatever goes wrong, no version's file is ever written over."""
    return f"reports/{report.unit_id}/{report.period}/{job.pk}/{report.kind}-{job.params['number']:02d}-{name}.pdf"


def record(report, job, snapshot, outputs):
    """Runs in the transaction that marks the job done: one row, one file, however often the worker was killed."""
    main, figures = outputs
    version = ReportVersion.objects.create(
        report=report, number=job.params["number"], job=job, snapshot=snapshot, snapshot_sha256=digest(snapshot),
        path=main.path, sha256=main.sha256, figures_path=figures.path, figures_sha256=figures.sha256,
        reason=job.params.get("reason", ""), issued=job.params.get("issue", False), made_by=job.requested_by, made_at=clock.now(),
    )  # fmt: skip
    report.refresh_from_db()
    if version.issued:
        freezing.freeze_office_figures(report, snapshot)
    elif report.status == Status.COMPOSING:
        change_status(report, Status.PRODUCED, by=job.requested_by, note=f"Bản {version.number}")
