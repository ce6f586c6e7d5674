"""Step three: the words of people beside the sentences that the chapters compute."""

import uuid

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from danvan.access.decorators import requires
from danvan.common.exceptions import Conflict, Refused
from danvan.common.templatetags.vn import vn_datetime
from danvan.registers import drafts
from danvan.registers.history import changes_since, saved_by
from danvan.reporting import permissions, services, snapshot
from danvan.reporting.forms import narrative_form
from danvan.reporting.kinds import KINDS, OFFICE
from danvan.reporting.pages import page, report_or_404
from danvan.reporting.snapshot import context_of
from danvan.submissions.models import Submission

FORM = "report_narrative"
CHANGED = (
    "Báo cáo vừa thay đổi từ lúc anh/chị mở trang này. Dưới mỗi mục khác nhau có lời văn đang lưu để đối chiếu; "
    "bấm Lưu lần nữa thì lời văn trên trang này thay thế."
)


@requires("report.view")
def narrative(request, pk):
    report = report_or_404(request, pk)
    if request.method == "POST":
        return _save(request, report)
    draft = drafts.draft_of(request.user, request.GET, FORM, pk)
    typed = {name: values[0] for name, values in draft.payload.items()} if draft else None
    form = narrative_form(report, initial=typed)
    base = draft.base_version if draft else report.version
    return _show(request, report, form, draft.key if draft else uuid.uuid4(), base)


def _save(request, report):
    key = drafts.key_of(request.POST)
    if receipt := drafts.receipt_of(request.user, key):
        return redirect(receipt.url)
    permissions.check_can_compose(request.user, report)
    if "_draft" in request.POST:
        try:
            drafts.save_draft(request.user, FORM, request.POST, report.pk)
        except Refused as refusal:
            messages.error(request, refusal.message)
            form, base = narrative_form(report, request.POST), drafts.whole_number(request.POST.get("_version"))
            return _show(request, report, form, key, base, status=422)
        messages.success(request, "Đã lưu nháp. Lời văn của báo cáo chưa thay đổi.")
        return redirect(f"{request.path}?ban-nhap={key}")
    form = narrative_form(report, request.POST)
    base = drafts.whole_number(request.POST.get("_version"))
    if not form.is_valid():
        return _show(request, report, form, key, base, status=422)
    url = redirect("reporting:produce" if "_next" in request.POST else "reporting:narrative", report.pk).url
    words = {code: text for code, text in form.cleaned_data.items() if text}
    try:
        services.write_narrative(report, by=request.user, base=base, narrative=words, key=key, url=url)
    except Conflict:
        return _conflict(request, report, form, key)
    messages.success(request, "Đã lưu lời văn.")
    return redirect(url)


def _conflict(request, report, form, key):
    """Somebody else saved first, or this very form did (a double click): the second saver sees both versions."""
    if receipt := drafts.receipt_of(request.user, key):
        return redirect(receipt.url)
    drafts.keep(request.user, FORM, request.POST, report.pk)
    report.refresh_from_db()
    changed, newest = changes_since(report, drafts.whole_number(request.POST.get("_version")))
    who = f"{saved_by(newest)['who']} đã lưu lúc {vn_datetime(newest.history_date)}. " if newest else ""
    form.add_error(None, f"{who}{CHANGED}")
    return _show(request, report, form, key, report.version, status=409, changed=changed)


def _show(request, report, form, key, base, status=200, changed=()):
    """`changed` are the rows of the history that changed the words of a heading, when somebody else saved meanwhile."""
    context = snapshot.context_of(report)
    told = {
        "form": form,
        "key": key,
        "version": base or "",
        "sections": [
            {**section_of(request.user, context, report, heading, form), **saved_by(dict(changed).get(("narrative", heading.code)))}
            for heading in context.outline
        ],
        "empty": snapshot.left_out(context, report.narrative),
        "other_drafts": drafts.drafts_of(request.user, FORM, report.pk).exclude(key=key)[:1],
    }
    return page(request, report, "narrative", told, status)


def section_of(user, context, report, heading, form):
    """`stored` is told only where somebody saved other words meanwhile; a table is too wide to stand beside the field."""
    field = form[heading.code] if heading.code in form.fields else None
    kept = report.narrative.get(heading.code, "")
    typed = form.cleaned_data.get(heading.code, "") if form.is_bound and form.non_field_errors() else kept
    computed = snapshot.blocks_of(context, heading.code, {})
    return {
        "heading": heading, "field": field, "text": kept, "stored": kept or "(để trống)" if typed != kept else "", "computed": computed,
        "beside": bool(field and computed) and all(block["type"] != "table" for block in computed),
        "quotes": quotes_of(user, report, heading) if field else [],
    }  # fmt: skip


def quotes_of(user, report, heading):
    """What the units wrote for the same matter, to quote from."""
    paragraph = KINDS[report.kind].told_by.get(heading.code)
    if paragraph is None or KINDS[report.kind].issuer != OFFICE:
        return []
    rows = Submission.objects.visible_to(user).filter(period__code=report.period, submitted_at__isnull=False)
    context = context_of(report)
    told = [row for row in rows.order_by("pk") if row.narrative.get(paragraph) and row.unit_id in context.position]
    return [{"unit": context.names[row.unit_id], "text": row.narrative[paragraph]} for row in context.by_unit(told)]


@requires("report.view")
@require_POST
def draft(request, pk):
    """Autosave: keeps the typed text, answers with the time. Never touches the report."""
    report = report_or_404(request, pk)
    permissions.check_can_compose(request.user, report)
    return drafts.autosaved(request.user, FORM, request.POST, pk)
