"""The unit's side: the sheet, the check page, confirming and sending, the receipt, asking for a correction."""

import uuid

from django.contrib import messages
from django.db.models import Subquery
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from danvan.access.decorators import requires
from danvan.access.permissions import has_right, own_unit_ids
from danvan.attachments.services import attach, attachments_of
from danvan.common import clock, text
from danvan.common.exceptions import Conflict, Refused
from danvan.common.forms import ReasonForm, style
from danvan.registers import drafts
from danvan.registers.history import changes_since, saved_by
from danvan.submissions import permissions, selectors, services
from danvan.submissions.choices import Status
from danvan.submissions.forms import EXPLANATION, sheet_form, split
from danvan.submissions.models import Period, Submission, TypedValue
from danvan.submissions.selectors import PARAGRAPH
from danvan.units.models import Unit
from danvan.units.selectors import call_as_of
from danvan.workflow.services import changes_of


def _submission(request, pk):
    rows = Submission.objects.visible_to(request.user).select_related("period__regime", "period__unit", "unit")
    submission = get_object_or_404(rows, pk=pk)
    call_as_of([(submission.unit, submission.period.ends_on)])
    return submission


@requires("submission.view")
def index(request):
    """The newest open period: the matrix for those who review, the own reports for those who fill."""
    periods = Period.objects.readable_by(request.user).select_related("regime", "unit")
    period = selectors.current_period(request.user) or periods.order_by("-ends_on", "pk").first()
    may_open = has_right(request.user, "period.open")
    if may_open or has_right(request.user, "submission.review") or has_right(request.user, "submission.reopen"):
        return redirect("submissions:matrix", period.pk) if period else render(request, "submissions/none.html", {"may_open": may_open})
    own = [*own_unit_ids(request.user, "submission.fill_own"), *own_unit_ids(request.user, "submission.send_own")]
    fills = own_unit_ids(request.user, "submission.fill_own")
    lines = [
        _own_line(p, unit, unit.pk in fills)
        for p in periods
        for unit in Unit.objects.filter(pk__in=own)
        if selectors.owing_units(p).filter(pk=unit.pk).exists()
    ]
    return render(request, "submissions/own.html", {"lines": lines})


def _own_line(period, unit, fills):
    found = Submission.objects.filter(period=period, unit=unit).first()
    startable = fills and period.opens_on <= clock.today()
    return {"period": period, "unit": unit, "submission": found, "fills": fills, "startable": startable, **selectors.state_of(found)}


@requires("submission.view")
def matrix(request, pk):
    period = get_object_or_404(Period.objects.readable_by(request.user).select_related("regime", "unit"), pk=pk)
    lines = selectors.matrix(period, request.user)
    sent = [line for line in lines if line["status"] in ("cho_duyet", "da_duyet")]
    late = [line["unit"] for line in lines if line not in sent]
    others = (selectors.office_periods(request.user) or Period.objects.readable_by(request.user)).exclude(pk=pk)
    context = {"period": period, "lines": lines, "sent": len(sent), "late": late, "others": others}
    context |= {"may_open": has_right(request.user, "period.open"), "reschedulable": permissions.can_open(request.user, period.unit)}
    context["reminder"] = selectors.reminder(request.user, period, late)
    context["titles"] = selectors.add_missing(period, lines)
    context["waiting"] = sum(line["status"] == Status.SUBMITTED for line in lines)
    return render(request, "submissions/matrix.html", context)


@requires("submission.fill_own")
@require_POST
def start(request, pk):
    """Begins the own unit's report of a period (the address takes the period)."""
    period = get_object_or_404(Period.objects.readable_by(request.user), pk=pk)
    unit = get_object_or_404(selectors.owing_units(period).filter(pk__in=own_unit_ids(request.user, "submission.fill_own")))
    return redirect("submissions:sheet", services.start(period, unit, by=request.user).pk)


@requires("submission.view")
def sheet(request, pk):
    submission = _submission(request, pk)
    if request.method == "POST":
        return _save_sheet(request, submission)
    draft = drafts.draft_of(request.user, request.GET, "submission_sheet", pk)
    typed = {name: value[0] for name, value in draft.payload.items()} if draft else {}
    form = sheet_form(submission, selectors.current_values(submission), initial=typed)
    return _sheet_page(request, submission, form, draft.key if draft else uuid.uuid4(), draft.base_version if draft else None)


def _save_sheet(request, submission):
    key = drafts.key_of(request.POST)
    if receipt := drafts.receipt_of(request.user, key):
        return redirect(receipt.url)
    try:
        permissions.check_can_fill(request.user, submission)
    except Refused as refusal:
        return drafts.refused(request, refusal, sheet_form(submission, selectors.current_values(submission)).fields)
    if "_draft" in request.POST:
        try:
            draft = drafts.save_draft(request.user, "submission_sheet", request.POST, submission.pk)
        except Refused as refusal:
            messages.error(request, refusal.message)
            form = sheet_form(submission, selectors.current_values(submission), request.POST)
            return _sheet_page(request, submission, form, key, drafts.whole_number(request.POST.get("_version")), 422)
        messages.success(request, "Đã lưu nháp.")
        return redirect(f"{request.path}?ban-nhap={draft.key}")
    form = sheet_form(submission, selectors.current_values(submission), request.POST)
    base = drafts.whole_number(request.POST.get("_version"))
    if not form.is_valid():
        return _sheet_page(request, submission, form, key, base, 422)
    figures, narrative, told = split(form)
    target = "submissions:check" if "_check" in request.POST else "submissions:sheet"
    url = redirect(target, submission.pk).url
    try:
        services.fill(submission, by=request.user, base=base, values=figures, narrative=narrative, explanations=told, key=key, url=url)
    except Conflict:
        if receipt := drafts.receipt_of(request.user, key):  # an equal submit came first
            return redirect(receipt.url)
        return _sheet_conflict(request, submission, form)
    messages.success(request, "Đã lưu báo cáo.")
    return redirect(url)


def _sheet_page(request, submission, form, key, base=None, status=200):
    """`base` is the version that was read when typing began; the page carries it, not a newer one."""
    submission.version = base or submission.version
    groups = selectors.sheet(submission)
    remarks = selectors.open_remarks(submission)
    for line in (line for group in groups for line in group["lines"]):
        line["field"] = form[line["code"]] if line["code"] in form.fields else None
        line["reason_field"] = form[f"{EXPLANATION}{line['code']}"] if line["typed"] else None
        line["remark"] = remarks.get(line["code"], "")
    for group in groups:
        group["typed"] = any(line["typed"] for line in group["lines"])
        group["missing"] = sum(line["typed"] and line["value"] is None for line in group["lines"])
        group["wrong"] = any(line["hard"] or line["remark"] for line in group["lines"])
    parts = [{**part, "field": form[part["name"]], "remark": remarks.get(part["name"], "")} for part in selectors.paragraphs(submission)]
    context = {
        "submission": submission,
        "form": form,
        "key": key,
        "groups": groups,
        "parts": parts,
        "remarks": [{"label": selectors.label_of(c, submission), "reason": r, "anchor": f"id_{c}"} for c, r in remarks.items()],
        "slip": submission.slips.select_related("returned_by").order_by("-pk").first() if remarks else None,
        "fillable": permissions.can_fill(request.user, submission),
        "sendable": permissions.can_send(request.user, submission) and submission.status == Status.READY,
        "reviewable": permissions.can_review(request.user, submission),
        "correctable": permissions.can_request_correction(request.user, submission),
        "reopenable": permissions.can_reopen(request.user, submission),
        "rounds": submission.rounds.select_related("sent_by"),
        "changes": changes_of(submission)[:6],
        "files": attachments_of(submission),
        "other_drafts": drafts.drafts_of(request.user, "submission_sheet", submission.pk).exclude(key=key)[:1],
    }
    return render(request, "submissions/sheet.html", context, status=status)


def _sheet_conflict(request, submission, form):
    """The typed text is kept as a draft and shown beside what is stored now."""
    draft = drafts.keep(request.user, "submission_sheet", request.POST, submission.pk)
    fresh = Submission.objects.get(pk=submission.pk)
    stored = sheet_form(fresh, selectors.current_values(fresh))
    changed, newest = _changes_since(fresh, drafts.whole_number(request.POST.get("_version")))
    differing = [
        {
            "label": f"Lý do: {form.fields[name.removeprefix(EXPLANATION)].label}" if name.startswith(EXPLANATION) else field.label,
            "yours": form.cleaned_data.get(name), "theirs": stored.initial.get(name), **saved_by(changed.get(name)),
        }
        for name, field in form.fields.items()
        if _given(form.cleaned_data.get(name)) != _given(stored.initial.get(name))
    ]  # fmt: skip
    context = {
        "submission": fresh, "differing": differing, "typed": drafts.typed_again(request.POST), "key": draft.key, "newest": newest,
    }  # fmt: skip
    return render(request, "submissions/conflict.html", context, status=409)


def _changes_since(submission, base):
    """By the names of the form's fields: the report's own columns hold its texts, a typed figure has a row and a history of its own."""
    found, newest = changes_since(submission, base)
    columns = {"narrative": PARAGRAPH, "explanations": EXPLANATION}
    changed = {f"{columns[name[0]]}{name[1]}": row for name, row in found.items() if isinstance(name, tuple) and name[0] in columns}
    saves = submission.history.filter(version__gt=base or 0).order_by("version", "history_id").values("history_date")[:1]
    figures = TypedValue.history.filter(submission=submission, history_date__gte=Subquery(saves)).select_related("history_user")
    return changed | {row.code: row for row in figures.order_by("history_id")}, newest


def _given(value):
    """Nothing typed and nothing stored are the same; 0 is a value."""
    return "" if value is None else value


@requires("submission.view")
@require_POST
def draft(request, pk):
    submission = _submission(request, pk)
    permissions.check_can_fill(request.user, submission)
    return drafts.autosaved(request.user, "submission_sheet", request.POST, pk)


@requires("submission.view")
def check(request, pk):
    """ "Kiểm tra lại rồi bấm Gửi": what is missing, what is odd, then one button for whose turn it is."""
    submission = _submission(request, pk)
    if request.method == "POST":
        return _act(request, submission)
    groups = selectors.sheet(submission)
    context = {
        "submission": submission,
        "groups": groups,
        "parts": selectors.paragraphs(submission),
        "problems": [{"anchor": f"id_{name}", "words": words} for name, words in services.check_complete(submission)],
        "odd": [line for group in groups for line in group["lines"] if line["soft"]],
        "step": step_of(request.user, submission),
        "files": attachments_of(submission),
        "not_asked": services.not_asked(submission) if submission.status == Status.RETURNED and submission.rounds.exists() else [],
    }
    return render(request, "submissions/check.html", context)


def step_of(user, submission):
    """What the check page offers: "trinh", "gui", "gui_lai" or ""."""
    if submission.status == Status.READY and permissions.can_send(user, submission):
        return "gui"
    if not permissions.can_fill(user, submission):
        return ""
    return "gui_lai" if permissions.can_resend(user, submission) else "trinh"


def _act(request, submission):
    """One button of the check page. A refusal comes back to the page with its sentence."""
    acts = {"trinh": _hand, "gui": _send, "gui_lai": _resend, "lay_lai": _take_back}
    try:
        act = acts[request.POST.get("viec", "")]
    except KeyError:
        raise Refused("Không rõ việc cần làm.") from None
    try:
        return act(request, submission)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("submissions:check", submission.pk)


def _hand(request, submission):
    services.hand_to_head(submission, by=request.user)
    messages.success(request, "Đã chuyển người đứng đầu đơn vị xác nhận.")
    return redirect("submissions:sheet", submission.pk)


def _send(request, submission):
    permissions.check_can_send(request.user, submission)
    if submission.status == Status.READY and (upload := request.FILES.get("tep")):
        attach(submission, upload, unit_id=submission.unit_id, by=request.user, purpose="ban_ky")
    services.send(submission, by=request.user)
    return redirect("submissions:receipt", submission.pk)


def _resend(request, submission):
    if services.resend(submission, by=request.user):
        return redirect("submissions:receipt", submission.pk)
    messages.success(request, "Có thay đổi ngoài phiếu trả lại nên báo cáo chuyển người đứng đầu đơn vị xác nhận lần nữa.")
    return redirect("submissions:sheet", submission.pk)


def _take_back(request, submission):
    services.take_back(submission, by=request.user, note=text.plain(request.POST.get("ly_do", ""), 1000))
    messages.success(request, "Đã chuyển lại cán bộ để sửa.")
    return redirect("submissions:sheet", submission.pk)


@requires("submission.view")
def receipt(request, pk):
    submission = _submission(request, pk)
    newest = submission.rounds.select_related("sent_by").order_by("-number").first()
    if newest is None:
        return redirect("submissions:sheet", pk)
    return render(request, "submissions/receipt.html", {"submission": submission, "round": newest})


@requires("submission.view")
def correction(request, pk):
    submission = _submission(request, pk)
    permissions.check_can_request_correction(request.user, submission)
    form = style(ReasonForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        services.request_correction(submission, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Đã gửi đề nghị chỉnh lý tới lãnh đạo cơ quan dân vận.")
        return redirect("submissions:sheet", pk)
    context = {"submission": submission, "form": form, "title": "Đề nghị chỉnh lý", "button": "Gửi đề nghị", "asked": False}
    return render(request, "submissions/ask.html", context, status=422 if form.errors else 200)
