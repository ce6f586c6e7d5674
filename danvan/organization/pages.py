"""The steps of a decision: its lines, the preview with the button that applies it, and undoing."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from danvan.access.decorators import requires
from danvan.accounts.step_up import step_up_required
from danvan.common.exceptions import Conflict, Refused
from danvan.common.forms import style
from danvan.organization import effects, permissions, services
from danvan.organization.forms import UndoForm
from danvan.organization.line_form import Writing
from danvan.organization.trees import before_and_after
from danvan.organization.wording import tell_lines
from danvan.registers import drafts
from danvan.registers.history import changes_since, saved_by
from danvan.units.choices import Change
from danvan.units.models import UnitDecision
from danvan.units.plan import plan_of

STEPS = [("detail", "Văn bản"), ("lines", "Các thay đổi"), ("preview", "Xem trước"), ("applied", "Áp dụng")]
MEANING = {
    Change.MERGE: "Hai hay nhiều đơn vị thành một, mới hoặc đang có.",
    Change.SPLIT: "Một đơn vị thành hai hay nhiều đơn vị.",
    Change.RENAME: "Tên mới, tiêu đề mới trên văn bản; đơn vị vẫn là nó.",
    Change.MOVE: "Về trực thuộc đơn vị cấp trên khác.",
    Change.CREATE: "Đơn vị chưa từng có, không thay cho đơn vị nào.",
    Change.CLOSE: "Không còn đơn vị kế tục.",
    Change.LEVEL: "Mọi đơn vị ở một cấp kết thúc, cấp dưới chuyển lên.",
}


def decision_or_404(request, pk):
    decision = get_object_or_404(UnitDecision.objects.visible_to(request.user, permissions.RIGHT).select_related("unit"), pk=pk)
    permissions.check_can_arrange(request.user, decision)
    return decision


def page(request, decision, step, context, status=200):
    here = [name for name, _ in STEPS].index(step)
    steps = [
        {"label": label, "url": url_of(decision, name), "done": number < here, "current": number == here}
        for number, (name, label) in enumerate(STEPS)
    ]
    told = {"decision": decision, "steps": steps, "editable": permissions.can_edit(request.user, decision)}
    return render(request, f"organization/{step}.html", {**told, **context}, status=status)


def url_of(decision, step):
    if step == "detail":
        return reverse("registers:unit_decision_detail", args=[decision.pk])
    return reverse(f"organization:{step}", args=[decision.pk]) if step != "applied" else ""


# --- lines ------------------------------------------------------------------------------------


@requires("unit.edit")
def lines(request, pk):
    decision = decision_or_404(request, pk)
    kinds = [{"code": change.value, "label": change.label, "meaning": meaning} for change, meaning in MEANING.items()]
    return page(request, decision, "lines", {"lines": tell_lines(decision), "kinds": kinds})


@requires("unit.edit")
def line_add(request, pk):
    decision = decision_or_404(request, pk)
    permissions.check_can_edit(request.user, decision)
    asked = request.POST.get("loai") or request.GET.get("loai", "")
    if asked not in Change.values:
        return redirect("organization:lines", pk)
    return _line_page(request, decision, Change(asked))


@requires("unit.edit")
def line_edit(request, pk, part):
    decision = decision_or_404(request, pk)
    permissions.check_can_edit(request.user, decision)
    line = decision.lines.filter(pk=part).first()
    asked = request.POST.get("loai", "")
    if line is None and decision.version != drafts.whole_number(request.POST.get("_version")) and asked in Change.values:
        return _line_page(request, decision, Change(asked), gone=True)  # dropped while it was being written: may be added again
    if line is None:
        raise Http404
    return _line_page(request, decision, Change(line.change), line)


def _line_page(request, decision, change, line=None, *, gone=False):
    key = drafts.key_of(request.POST)
    if receipt := drafts.receipt_of(request.user, key):
        return redirect(receipt.url)
    writing, status, stale = Writing(request, decision, change, line), 200, None
    base = drafts.whole_number(request.POST.get("_version")) if request.method == "POST" else decision.version
    if request.method == "POST" and writing.is_valid():
        url = reverse("organization:lines", args=[decision.pk])
        try:
            if gone:
                raise Conflict("Thay đổi này vừa được người khác bỏ khỏi quyết định. Lưu thì thêm lại vào cuối.")
            services.save_line(decision, by=request.user, line=line, key=key, url=url, **writing.values)
            return redirect(url)
        except Conflict as conflict:
            if receipt := drafts.receipt_of(request.user, key):  # an equal submit came first
                return redirect(receipt.url)
            decision.refresh_from_db()
            status, stale, base = 409, _stale(decision, line, base), decision.version
            writing.refuse(conflict)
        except Refused as refusal:
            writing.refuse(refusal)
    context = {
        "decision": decision, "writing": writing, "form": writing.form, "change": change, "meaning": MEANING[change], "line": line,
        "key": key if request.method == "POST" else uuid.uuid4(), "back": reverse("organization:lines", args=[decision.pk]),
        "version": base, "stale": stale, "action": reverse("organization:line_add", args=[decision.pk]) if gone else "",
    }  # fmt: skip
    return render(request, "organization/line.html", context, status=422 if writing.errors and status == 200 else status)


def _stale(decision, line, base):
    """Who saved the decision meanwhile, and what this line, or the whole decision, says now."""
    changed, newest = changes_since(decision, base)
    words = [words for other, words in tell_lines(decision) if line is None or other.pk == line.pk]
    label = "Thay đổi này đang lưu là" if line else "Các thay đổi đang lưu"
    told = [{"label": label, "now": " ".join(words) or "(không có)", **saved_by(changed.get("content", newest))}]
    return {"newest": newest, "told": told if newest else []}


@requires("unit.edit")
@require_POST
def line_delete(request, pk, part):
    decision = decision_or_404(request, pk)
    line = get_object_or_404(decision.lines, pk=part)
    try:
        services.drop_line(line, by=request.user, base=drafts.whole_number(request.POST.get("_version")))
        messages.success(request, "Đã bỏ một thay đổi.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("organization:lines", pk)


# --- preview and application -----------------------------------------------------------------------


@requires("unit.edit")
def preview(request, pk):
    decision = decision_or_404(request, pk)
    if request.method == "POST":
        return _apply(request, decision)
    return page(request, decision, "preview", preview_of(decision, request.user))


@step_up_required
def _apply(request, decision):
    try:
        if services.apply_decision(decision, by=request.user, seen=request.POST.get("seen", "")):
            messages.success(request, f"Đã áp dụng {decision}. Cơ cấu mới có hiệu lực từ ngày ghi trong quyết định.")
        return redirect("registers:unit_decision_detail", decision.pk)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("organization:preview", decision.pk)


def preview_of(decision, user):
    """What will happen, or the sentence that says why it cannot."""
    told = {"sentences": [words for _, words in tell_lines(decision)], "refusal": "", "plan": None, "appliable": False}
    try:
        permissions.check_can_edit(user, decision)
        plan = plan_of(decision, permissions.manageable_units(user).values_list("pk", flat=True))
    except Refused as refusal:
        return {**told, "refusal": refusal.message}
    rows = effects.impacts(plan)
    closed = effects.closed_by(plan)
    before, after = before_and_after(plan)
    try:
        permissions.check_can_apply(user, decision)
        wait = ""
    except Refused as refusal:
        wait = refusal.message
    notes = [
        ("users", "Tài khoản", effects.people_words(plan, user)),
        ("files", "Hồ sơ", effects.records_words(rows)),
        ("send", "Báo cáo kỳ", effects.report_words(rows)),
        ("chart-column", "Chuỗi số liệu", effects.series_words(plan)),
    ]
    return {
        **told, "plan": plan, "impacts": rows, "closed": closed, "before": before, "after": after, "notes": notes, "wait": wait,
        "appliable": not (closed or wait),
    }  # fmt: skip


@requires("unit.edit")
@step_up_required
def undo(request, pk):
    decision = decision_or_404(request, pk)
    permissions.check_can_undo(request.user, decision)
    standing = services.what_stands_on(decision)
    form = style(UndoForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        try:
            services.undo_decision(decision, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"Đã hoàn tác {decision}. Cơ cấu trở lại như trước; các thay đổi vẫn còn để sửa và áp dụng lại.")
            return redirect("registers:unit_decision_detail", pk)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    context = {"decision": decision, "form": form, "standing": standing, "lines": tell_lines(decision)}
    context["staying"] = [] if standing else services.what_stays(decision)
    return render(request, "organization/undo.html", context, status=422 if form.errors else 200)
