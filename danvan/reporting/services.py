"""Composing, producing, approving and issuing a report. Each act holds the report's row, so that acts on it follow one another."""

from django.db import IntegrityError, transaction
from django.db.models import F

from danvan.common import clock
from danvan.common.exceptions import Conflict, Refused
from danvan.common.models import signed
from danvan.jobs import services as jobs
from danvan.jobs.models import Job
from danvan.registers import drafts
from danvan.reporting import permissions
from danvan.reporting.choices import EDITABLE, Status
from danvan.reporting.kinds import KINDS, WARD
from danvan.reporting.models import Report
from danvan.reporting.snapshot import Context, context_of
from danvan.submissions.models import Submission
from danvan.units.models import Unit, UnitVersion
from danvan.workflow.services import change_status

PRODUCE = "report"
UNDER_WAY = "Một bản của báo cáo này đang được lập. Anh/chị đợi lập xong rồi làm tiếp."


def hold(report):
    """Reads the report anew and keeps its row until the transaction ends."""
    report.refresh_from_db(from_queryset=Report.objects.select_for_update())


def hold_at_rest(report):
    hold(report)
    if job_under_way(report):
        raise Conflict(UNDER_WAY)


def open_report(kind, unit, period, *, by):
    """The report of this kind, unit and period, begun when it is not there yet."""
    permissions.check_can_compose_for(by, kind, unit)
    same = Report.objects.filter(kind=kind.code, unit=unit, period=period)
    if found := same.first():
        return found
    context = Context(kind, unit, period)
    if not UnitVersion.objects.valid_on(context.span[1]).filter(unit=unit, closed=False).exists():
        raise Refused(f"{unit} không hoạt động ở cuối kỳ này nên không có báo cáo.", field="period")
    report = Report(kind=kind.code, unit=unit, period=period, title=f"Báo cáo {kind.summary(period)}")
    report.narrative = suggested_narrative(report)
    try:
        with transaction.atomic():
            signed(report, by).save()
    except IntegrityError:  # somebody else began it in the same moment
        return same.get()
    return report


def suggested_narrative(report):
    """Last year's words, and for a unit's own report what it wrote in its period report: nobody types it twice."""
    earlier = Report.objects.filter(kind=report.kind, unit=report.unit, period__lt=report.period)
    previous = earlier.order_by("-period").first()
    words = dict(previous.narrative) if previous else {}
    kind = KINDS[report.kind]
    own = Submission.objects.filter(unit=report.unit, period__code=report.period).first() if kind.issuer == WARD else None
    told = {heading: own.narrative.get(paragraph, "") for heading, paragraph in kind.told_by.items()} if own else {}
    return {**words, **{heading: text for heading, text in told.items() if text}}


@transaction.atomic
def write_narrative(report, *, by, base, narrative, key=None, url=""):
    permissions.check_can_compose(by, report)
    claimed = Report.objects.filter(pk=report.pk, version=base, status__in=EDITABLE).update(version=F("version") + 1)
    if not claimed:
        raise Conflict("Báo cáo vừa được người khác sửa.")
    report.version = base + 1
    report.narrative = narrative
    report.refresh_from_db(fields=["override_reason"])  # the one column that changes without a new version
    signed(report, by).save()
    if key:
        drafts.settle(by, key, url)
    return report


# --- producing --------------------------------------------------------------------------------


@transaction.atomic
def produce(report, *, by, override_reason="", reason=""):
    """Asks a worker for a new version. While one is under way the same job is answered."""
    hold(report)
    permissions.check_can_compose(by, report)
    if open_job := job_under_way(report):
        return open_job
    lacking = context_of(report).not_accepted
    if lacking and not override_reason.strip():
        names = ", ".join(unit.name for unit in lacking)
        raise Refused(f"Còn {len(lacking)} đơn vị chưa được duyệt báo cáo kỳ: {names}. Anh/chị ghi lý do vẫn lập.", field="override_reason")
    report.override_reason = override_reason.strip() if lacking else ""
    signed(report, by).save(update_fields=["override_reason", "updated_at"])
    return _enqueue(report, by, reason=reason)


def _enqueue(report, by, **params):
    """The key names the job before this one: of two askers at once both get the same job, and no later one meets it again."""
    before = jobs_of(report).first()
    params = {"report": report.pk, "number": report.versions.count() + 1, **params}
    return jobs.enqueue(PRODUCE, key=f"report-{report.pk}-{before.pk if before else 0}", unit=report.unit, by=by, params=params)


def job_under_way(report):
    return next((job for job in jobs_of(report)[:1] if job.is_open), None)


def jobs_of(report):
    return Job.objects.filter(kind=PRODUCE, unit=report.unit_id, params__report=report.pk).order_by("-pk")


@transaction.atomic
def retry(report, *, by):
    """Runs the newest job again, unless it runs. A draft only while the report may change: what was approved is what is issued."""
    hold(report)
    job = jobs_of(report).first()
    permissions.check_can_retry(by, report, job)
    if not job.is_open:
        jobs.retry(job, by=by)


def cancel(report, *, by):
    job = jobs_of(report).first()
    permissions.check_can_cancel(by, report, job)
    jobs.cancel(job, by=by)


# --- signing ----------------------------------------------------------------------------------


@transaction.atomic
def approve(report, *, by, seen=None):
    """The leader agrees with the newest version as it stands; `seen` is the one that stood on the leader's page."""
    hold_at_rest(report)
    newest = report.versions.first()
    if seen is not None and newest and newest.number != seen:
        raise Conflict(f"Bản {newest.number} vừa được lập sau bản {seen} anh/chị đang xem. Anh/chị xem bản mới rồi phê duyệt.")
    change_status(report, Status.APPROVED, by=by, check=permissions.check_can_approve, approved_by=by)
    return report


@transaction.atomic
def send_back(report, *, by, note):
    """The leader wants other words: composing goes on."""
    if not note.strip():
        raise Refused("Anh/chị ghi điều cần sửa.", field="note")
    hold_at_rest(report)
    change_status(report, Status.COMPOSING, by=by, check=permissions.check_can_sign, note=note, approved_by=None)
    return report


@transaction.atomic
def issue(report, *, by, number, issued_on):
    """Number and date turn the approved version into the issued one: the same snapshot with both filled in."""
    hold(report)
    if issued_on > clock.today():
        raise Refused("Ngày ban hành chưa tới.", field="issued_on")
    _check_number_is_free(report, number, issued_on.year)
    if not change_status(report, Status.ISSUED, by=by, check=permissions.check_can_issue, number=number, issued_on=issued_on):
        return jobs_of(report).first()  # a second click
    return _enqueue(report, by, reason="Bản phát hành", issue=True, approved=report.versions.first().number)


def _check_number_is_free(report, number, year):
    """One number a year and unit. The unit's row is held: two reports issued at once do not take the same one."""
    Unit.objects.select_for_update(no_key=True).get(pk=report.unit_id)
    same = Report.objects.filter(unit=report.unit_id, number=number, issued_on__year=year).exclude(pk=report.pk).first()
    if same:
        raise Refused(f"Số {number:02d} năm {year} đã dùng cho “{same}”.", field="number")


@transaction.atomic
def archive(report, *, by):
    hold(report)
    change_status(report, Status.ARCHIVED, by=by, check=permissions.check_can_archive)
    return report
