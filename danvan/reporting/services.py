"""Composing, producing, approving and issuing a report."""

from django.db import transaction
from django.db.models import F

from danvan.common import clock
from danvan.common.exceptions import Conflict, Refused
from danvan.jobs.models import Job
from danvan.jobs.services import enqueue
from danvan.registers import drafts
from danvan.reporting import permissions
from danvan.reporting.choices import EDITABLE, Status
from danvan.reporting.kinds import KINDS
from danvan.reporting.models import Report
from danvan.reporting.snapshot import Context
from danvan.workflow.services import change_status

PRODUCE = "report"


def open_report(kind, unit, period, *, by):
    """The report of this kind, unit and period, begun when it is not there yet."""
    permissions.check_can_compose_for(by, kind, unit)
    context = Context(kind, unit, period)
    title = f"Báo cáo {kind.summary(context.year)}"
    report, created = Report.objects.get_or_create(kind=kind.code, unit=unit, period=period, defaults={"title": title})
    if created:
        report.narrative = suggested_narrative(report)
        report.save(update_fields=["narrative"])
    return report


def suggested_narrative(report):
    """Last year's words, where there are any: they hold no figure, those come from the chapters."""
    previous = Report.objects.filter(kind=report.kind, unit=report.unit, period__lt=report.period).order_by("-period").first()
    return dict(previous.narrative) if previous else {}


@transaction.atomic
def write_narrative(report, *, by, base, narrative, key=None, url=""):
    permissions.check_can_compose(by, report)
    claimed = Report.objects.filter(pk=report.pk, version=base, status__in=EDITABLE).update(version=F("version") + 1)
    if not claimed:
        raise Conflict("Báo cáo vừa được người khác sửa.")
    report.version = base + 1
    report.narrative = narrative
    report._history_user = by
    report.save()
    if key:
        drafts.settle(by, key, url)
    return report


@transaction.atomic
def produce(report, *, by, override_reason="", reason=""):
    """Asks a worker for a new version. While one is under way the same job is answered."""
    permissions.check_can_compose(by, report)
    if open_job := job_under_way(report):
        return open_job
    lacking = Context(KINDS[report.kind], report.unit, report.period).not_accepted
    if lacking and not override_reason.strip():
        names = ", ".join(unit.name for unit in lacking)
        raise Refused(f"Còn {len(lacking)} đơn vị chưa được duyệt báo cáo kỳ: {names}. Anh/chị ghi lý do vẫn lập.", field="override_reason")
    report.override_reason = override_reason.strip() if lacking else ""
    report._history_user = by
    report.save(update_fields=["override_reason", "updated_at"])
    return _enqueue(report, by, {"reason": reason})


def _enqueue(report, by, params):
    number = report.versions.count() + 1
    key = f"report-{report.pk}-{number}-{Job.objects.filter(params__report=report.pk).count()}"
    return enqueue(PRODUCE, key=key, unit=report.unit, by=by, params={"report": report.pk, "number": number, **params})


def job_under_way(report):
    return next((job for job in jobs_of(report)[:1] if job.is_open), None)


def jobs_of(report):
    return Job.objects.filter(kind=PRODUCE, params__report=report.pk).order_by("-pk")


@transaction.atomic
def approve(report, *, by):
    """The leader agrees with the newest version as it stands."""
    change_status(report, Status.APPROVED, by=by, check=permissions.check_can_approve, approved_by=by)
    return report


@transaction.atomic
def send_back(report, *, by, note):
    """The leader wants other words: composing goes on."""
    if not note.strip():
        raise Refused("Anh/chị ghi điều cần sửa.", field="note")
    change_status(report, Status.COMPOSING, by=by, check=permissions.check_can_sign, note=note, approved_by=None)
    return report


@transaction.atomic
def issue(report, *, by, number, issued_on):
    """Number and date turn the approved version into the issued one: the same snapshot with both filled in."""
    if issued_on > clock.today():
        raise Refused("Ngày ban hành chưa tới.", field="issued_on")
    same = Report.objects.filter(unit=report.unit, number=number, issued_on__year=issued_on.year).exclude(pk=report.pk)
    if same.exists():
        raise Refused(f"Số {number:02d} đã dùng cho “{same.first()}”.", field="number")
    change_status(report, Status.ISSUED, by=by, check=permissions.check_can_issue, number=number, issued_on=issued_on)
    return _enqueue(report, by, {"reason": "Bản phát hành", "issue": True})


def archive(report, *, by):
    return change_status(report, Status.ARCHIVED, by=by, check=permissions.check_can_archive)
