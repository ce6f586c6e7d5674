"""The report studio: choose, preview the figures, write, produce, download, approve and issue."""

import uuid
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from danvan.access.decorators import requires
from danvan.access.permissions import own_unit_ids
from danvan.common.exceptions import Conflict, Refused
from danvan.common.forms import style
from danvan.figures import registry
from danvan.figures.declare import Rate
from danvan.figures.links import url_of
from danvan.jobs import services as jobs
from danvan.registers import drafts
from danvan.reporting import permissions, services, snapshot
from danvan.reporting.choices import Status
from danvan.reporting.forms import ChooseForm, IssueForm, NoteForm, ProduceForm, narrative_form
from danvan.reporting.kinds import KINDS, OFFICE
from danvan.reporting.models import Report
from danvan.submissions.models import Submission
from danvan.workflow.services import changes_of

STEPS = [("choose", "Kỳ"), ("figures", "Số liệu"), ("narrative", "Lời văn"), ("produce", "Lập"), ("download", "Tải về")]


def _report(request, pk):
    return get_object_or_404(Report.objects.visible_to(request.user).select_related("unit", "approved_by"), pk=pk)


def _kinds_for(user):
    """{kind code: units the user may compose it for}"""
    rights = {kind.code: "report.compose" if kind.issuer == OFFICE else "report.compose_own" for kind in KINDS.values()}
    found = {code: own_unit_ids(user, right) for code, right in rights.items()}
    return {code: units for code, units in found.items() if units}


def _page(request, report, step, context, status=200):
    number = [name for name, _ in STEPS].index(step)
    steps = [
        {
            "label": label,
            "url": f"/bao-cao/{report.pk}/{SLUGS[name]}/" if report and name != "choose" else "",
            "done": i < number,
            "current": i == number,
        }
        for i, (name, label) in enumerate(STEPS)
    ]
    common = {"report": report, "steps": steps, "composable": bool(report) and permissions.can_compose(request.user, report)}
    return render(request, f"reporting/{step}.html", {**common, **context}, status=status)


SLUGS = {"figures": "so-lieu", "narrative": "loi-van", "produce": "lap", "download": "tai-ve"}


@requires("report.view")
def index(request):
    """What can be composed, what is being composed, what was issued."""
    rows = Report.objects.visible_to(request.user).select_related("unit")
    kinds = _kinds_for(request.user)
    units = [unit for ids in kinds.values() for unit in ids]
    form = ChooseForm(request.POST or None, user=request.user, kinds=list(kinds), unit_ids=units) if kinds else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            data = form.cleaned_data
            report = services.open_report(KINDS[data["kind"]], data["unit"], data["period"], by=request.user)
            return redirect("reporting:figures", report.pk)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    open_reports = rows.exclude(status__in=[Status.ISSUED, Status.ARCHIVED])
    context = {"form": form, "open_reports": open_reports[:20], "issued": rows.filter(status__in=[Status.ISSUED, Status.ARCHIVED])[:20]}
    return _page(request, None, "choose", context, 422 if form is not None and form.errors else 200)


@requires("report.view")
def open_report(request, pk):
    """Leads to the step where the report stands."""
    report = _report(request, pk)
    step = "figures" if report.status == Status.COMPOSING and not services.jobs_of(report).exists() else "download"
    return redirect(f"reporting:{step}", pk)


@requires("report.view")
def figures(request, pk):
    report = _report(request, pk)
    context = snapshot.Context(KINDS[report.kind], report.unit, report.period)
    groups = {}
    for item in registry.all_figures().values():
        groups.setdefault(item.group, []).append(_figure_line(context, item))
    return _page(request, report, "figures", {"groups": groups, "owing": context.owing, "not_accepted": context.not_accepted})


def _figure_line(context, item):
    codes = [item.numerator, item.denominator] if isinstance(item, Rate) else []
    return {
        "label": item.label, "measure": item.unit_of_measure, "text": context.values.text(item.code), "last": context.last.text(item.code),
        "formula": item.formula, "code": item.code, "url": "" if codes else url_of(item.code, context.period),
        "parts": [{"label": registry.figure(c).label, "text": context.values.text(c), "url": url_of(c, context.period)} for c in codes],
    }  # fmt: skip


@requires("report.view")
def narrative(request, pk):
    report = _report(request, pk)
    kind = KINDS[report.kind]
    context = snapshot.Context(kind, report.unit, report.period)
    headings = [h for h in kind.outline(context.year) if h.code in kind.free]
    draft = drafts.draft_of(request.user, request.GET, "report_narrative", pk)
    typed = {name: value[0] for name, value in draft.payload.items()} if draft else None
    form = narrative_form(report, headings, request.POST or None, typed)
    key = drafts.key_of(request.POST) if request.method == "POST" else draft.key if draft else uuid.uuid4()
    if request.method == "POST":
        if receipt := drafts.receipt_of(request.user, key):
            return redirect(receipt.url)
        permissions.check_can_compose(request.user, report)
        if "_draft" in request.POST:
            saved = drafts.save_draft(request.user, "report_narrative", request.POST, pk)
            return redirect(f"{request.path}?ban-nhap={saved.key}")
        if form.is_valid() and (answer := _save_narrative(request, report, form, key)):
            return answer
    blocks = [
        {
            "heading": h,
            "field": form[h.code],
            "computed": snapshot.blocks_of(context, h.code, {}),
            "quotes": _quotes(request.user, report, h),
        }
        for h in headings
    ]
    empty = snapshot.left_out(context, report.narrative)
    return _page(request, report, "narrative", {"form": form, "blocks": blocks, "key": key, "empty": empty}, 422 if form.errors else 200)


def _save_narrative(request, report, form, key):
    url = redirect("reporting:produce" if "_next" in request.POST else "reporting:narrative", report.pk).url
    words = {code: text for code, text in form.cleaned_data.items() if text}
    try:
        services.write_narrative(
            report, by=request.user, base=drafts.whole_number(request.POST.get("_version")), narrative=words, key=key, url=url
        )
    except Conflict:
        drafts.save_draft(request.user, "report_narrative", request.POST, report.pk)
        form.add_error(
            None, "Lời văn vừa được người khác lưu. Bản của anh/chị đã giữ thành bản nháp ở mục Việc cần làm; tải lại trang để xem bản mới."
        )
        return None
    messages.success(request, "Đã lưu lời văn.")
    return redirect(url)


QUOTED = {"A.IV.1": "ket_qua", "A.IV.2": "han_che", "B.I": "phuong_huong", "B.III": "kien_nghi"}


def _quotes(user, report, heading):
    """What the wards wrote for the same matter, to quote from."""
    section = QUOTED.get(heading.code)
    if section is None or KINDS[report.kind].issuer != OFFICE:
        return []
    rows = (
        Submission.objects.visible_to(user)
        .filter(period__code=report.period, submitted_at__isnull=False)
        .select_related("unit")
        .order_by("unit__sort_key")
    )
    return [{"unit": row.unit, "text": row.narrative[section]} for row in rows if row.narrative.get(section)]


@requires("report.view")
def produce(request, pk):
    report = _report(request, pk)
    context = snapshot.Context(KINDS[report.kind], report.unit, report.period)
    form = style(ProduceForm(request.POST or None, initial={"override_reason": report.override_reason}))
    if request.method == "POST" and form.is_valid():
        try:
            services.produce(report, by=request.user, **form.cleaned_data)
            return redirect("reporting:download", pk)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    extra = {
        "form": form,
        "not_accepted": context.not_accepted,
        "empty": snapshot.left_out(context, report.narrative),
        "job": services.job_under_way(report),
    }
    return _page(request, report, "produce", extra, 422 if form.errors else 200)


@requires("report.view")
def download(request, pk):
    """Progress while a worker is at it; the versions with their files; approving and issuing."""
    return _download_page(request, _report(request, pk))


def _download_page(request, report, issue_form=None, note_form=None, status=200):
    versions = list(report.versions.select_related("made_by", "job"))
    job = services.jobs_of(report).first()
    context = {
        "versions": [{"version": v, "differences": _differences(v, versions)} for v in versions],
        "job": progress_of(job) if job and job.state != "done" else None,
        "approvable": permissions.can_approve(request.user, report) and not services.job_under_way(report),
        "issuable": permissions.can_issue(request.user, report),
        "archivable": permissions.can_archive(request.user, report) and not services.job_under_way(report),
        "issue_form": issue_form or style(IssueForm()),
        "note_form": note_form or style(NoteForm()),
        "changes": changes_of(report)[:8],
        "stale": _stale(report, versions),
    }
    return _page(request, report, "download", context, status)


def _differences(version, versions):
    """Figures that changed since the version before: [(label, before, now)]; None for the first."""
    before = next((v for v in versions if v.number == version.number - 1), None)
    if before is None:
        return None
    old = {f["code"]: f["value"] for f in before.snapshot["figures"]}
    return [
        {"label": f["label"], "old": old.get(f["code"], "—"), "new": f["value"]}
        for f in version.snapshot["figures"]
        if old.get(f["code"]) != f["value"]
    ]


def _stale(report, versions):
    """Whether records changed after the newest draft, so that producing again would give other figures."""
    if not versions or report.status not in (Status.COMPOSING, Status.PRODUCED):
        return False
    now = snapshot.Context(KINDS[report.kind], report.unit, report.period).values
    return any(now.text(f["code"]) != f["value"] for f in versions[0].snapshot["figures"] if f["code"] in registry.all_figures())


def progress_of(job):
    """What components/progress.html shows of a job."""
    waiting = "Đang chờ máy xử lý nhận việc. Anh/chị có thể rời trang, báo cáo vẫn được lập."
    names = ["Tổng hợp số liệu", "Vẽ biểu đồ và dàn trang PDF", "Lập danh mục chỉ tiêu", "Lưu tệp"]
    here = names.index(job.step) if job.step in names else -1
    states = ["done" if i < here else "now" if i == here else "" for i in range(len(names))]
    words = {"queued": waiting, "failed": "Chưa lập được báo cáo.", "cancelled": "Đã hủy."}.get(job.state, job.step)
    return {
        "id": job.pk, "percent": job.progress, "text": words, "finished": not job.is_open, "error": job.error if job.state == "failed" else "",
        "steps": [{"state": state, "label": name, "note": ""} for name, state in zip(names, states, strict=True)], "state": job.state,
    }  # fmt: skip


@requires("report.view")
def progress(request, pk):
    """The fragment that the page asks for every two seconds; when the job has ended the whole page is asked for again."""
    report = _report(request, pk)
    job = services.jobs_of(report).first()
    if job is None:
        raise Http404
    response = render(request, "reporting/_progress.html", {"job": progress_of(job), "report": report})
    if not job.is_open:
        response["HX-Refresh"] = "true"
    return response


@requires("report.view")
@require_POST
def act(request, pk):
    """One POST for the buttons of the last step."""
    report = _report(request, pk)
    acts = {"duyet": _approve, "tra_lai": _send_back, "phat_hanh": _issue, "luu_tru": _archive, "lap_lai": _retry, "huy": _cancel}
    if request.POST.get("viec") not in acts:
        raise Refused("Không rõ việc cần làm.")
    return acts[request.POST["viec"]](request, report)


def _approve(request, report):
    services.approve(report, by=request.user)
    messages.success(request, "Đã phê duyệt. Tiếp theo: ghi số và ngày ban hành.")
    return redirect("reporting:download", report.pk)


def _archive(request, report):
    services.archive(report, by=request.user)
    messages.success(request, "Đã lưu trữ báo cáo.")
    return redirect("reporting:download", report.pk)


def _send_back(request, report):
    form = style(NoteForm(request.POST))
    if not form.is_valid():
        return _download_page(request, report, note_form=form, status=422)
    services.send_back(report, by=request.user, note=form.cleaned_data["note"])
    messages.success(request, "Đã chuyển lại để soạn tiếp.")
    return redirect("reporting:download", report.pk)


def _issue(request, report):
    form = style(IssueForm(request.POST))
    if form.is_valid():
        try:
            services.issue(report, by=request.user, **form.cleaned_data)
            messages.success(request, "Đã phát hành. Bản có số và ngày đang được lập.")
            return redirect("reporting:download", report.pk)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return _download_page(request, report, issue_form=form, status=422)


def _newest_job(request, report):
    """Retrying and cancelling belong to those who compose or sign the report."""
    if not (permissions.can_compose(request.user, report) or permissions.says_yes(permissions.check_can_sign, request.user, report)):
        raise Refused("Tài khoản của anh/chị không điều khiển việc lập báo cáo này.")
    return services.jobs_of(report).first()


def _retry(request, report):
    jobs.retry(_newest_job(request, report), by=request.user)
    return redirect("reporting:download", report.pk)


def _cancel(request, report):
    jobs.cancel(_newest_job(request, report), by=request.user)
    return redirect("reporting:download", report.pk)


@requires("report.view")
def file(request, pk, ending, number=None):
    """The PDF of a version (the newest without `number`), or its list of figures."""
    report = _report(request, pk)
    rows = report.versions.filter(number=number) if number else report.versions.all()
    version = rows.order_by("-number").first()
    if version is None or ending not in ("pdf", "chi-tieu.pdf"):
        raise Http404
    path = Path(settings.PRIVATE_ROOT) / (version.path if ending == "pdf" else version.figures_path)
    if not path.exists():
        raise Http404
    name = f"{report.kind}-{report.unit.code}-{report.period}-ban-{version.number:02d}{'' if ending == 'pdf' else '-chi-tieu'}.pdf"
    headers = {"Cache-Control": "private, no-store"}
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/pdf", headers=headers)
