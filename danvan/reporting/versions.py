"""What the last step shows: the job under way, the versions with what changed between them, who acts next."""

from danvan.common import clock
from danvan.common.forms import style
from danvan.jobs.models import State
from danvan.reporting import permissions, services, snapshot
from danvan.reporting.choices import JOB_STEPS, Status
from danvan.reporting.forms import IssueForm, NoteForm
from danvan.reporting.pages import page
from danvan.workflow.services import changes_of, label_of

WAITING = "Đang chờ máy xử lý nhận việc."
DONE = {Status.COMPOSING: "Chuyển lại để soạn", Status.APPROVED: "Phê duyệt", Status.ISSUED: "Phát hành", Status.ARCHIVED: "Lưu trữ"}
ENDED = {State.FAILED: "Chưa lập được báo cáo.", State.CANCELLED: "Việc lập báo cáo đã hủy."}


def download_page(request, report, issue_form=None, note_form=None, status=200):
    job = services.jobs_of(report).first()
    versions = list(report.versions.select_related("made_by"))
    under_way = bool(job and job.is_open)
    entries = [history_line(report, change) for change in changes_of(report)[:8]]
    context = {
        "versions": version_lines(versions),
        "newest": versions[0] if versions else None,
        "job": progress_of(job) if job and job.state != State.DONE else None,
        "stale": {} if under_way else stale_words(report, versions),
        "issue_form": issue_form or style(IssueForm(initial={"issued_on": clock.today()})),
        "note_form": note_form or style(NoteForm()),
        "form": issue_form or note_form,
        "entries": entries,
        "sent_back": entries[0] if entries and report.status == Status.COMPOSING else None,
        **{name: check(request.user, report, job) for name, check in permissions.BUTTONS.items()},
    }
    return page(request, report, "download", context, status)


def version_lines(versions):
    """Newest first, each with the figures that differ from the version before (None for the first)."""
    before = {version.number + 1: version for version in versions}
    return [{"version": v, "differences": differences(before.get(v.number), v)} for v in versions]


def differences(before, version):
    if before is None:
        return None
    return changed_figures(before.snapshot, version.snapshot)


def changed_figures(before, now):
    old = {figure["code"]: figure["value"] for figure in before["figures"]}
    return [
        {"label": figure["label"], "old": old.get(figure["code"], "—"), "new": figure["value"]}
        for figure in now["figures"]
        if old.get(figure["code"]) != figure["value"]
    ]


def stale_words(report, versions):
    """What producing again would print differently, as long as the report is not issued."""
    if not versions or report.status in (Status.ISSUED, Status.ARCHIVED):
        return {}
    old, now = versions[0].snapshot, snapshot.of_report(report)
    words = any(snapshot.digest(old[part]) != snapshot.digest(now[part]) for part in ("sections", "appendices"))
    return {"figures": changed_figures(old, now), "words": words}


def history_line(report, change):
    """The note of a production only names the version; every other one is somebody's reason."""
    words, note = DONE.get(change.to_status) or label_of(report, change.to_status), change.note
    if change.to_status == Status.PRODUCED:
        words, note = f"{words}, {note.lower()}", ""
    return {"at": change.changed_at, "who": change.changed_by, "text": words, "reason": note}


def progress_of(job):
    """What components/progress.html shows of a job."""
    here = JOB_STEPS.index(job.step) if job.step in JOB_STEPS else -1
    now = "fail" if job.state == State.FAILED else "now"
    states = ["done" if number < here else now if number == here else "" for number in range(len(JOB_STEPS))]
    words = {State.QUEUED: WAITING, **ENDED}.get(job.state, job.step or "Đang bắt đầu.")
    return {
        "percent": job.progress, "text": words, "finished": not job.is_open, "error": job.error,
        "steps": [{"state": state, "label": name, "note": ""} for name, state in zip(JOB_STEPS, states, strict=True)],
    }  # fmt: skip
