"""The pages that are no plain register: the grid of questions, who asked, and what happens to a commitment."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from danvan.access.decorators import requires
from danvan.audit.choices import Kind
from danvan.audit.services import record_event
from danvan.common import clock
from danvan.common.exceptions import Conflict, Refused
from danvan.common.forms import ReasonForm, style
from danvan.common.text import format_date
from danvan.registers import drafts
from danvan.registers.asking import ask
from dialogues import permissions, promises, services
from dialogues.choices import CommitmentStatus
from dialogues.deadlines import last_day_of
from dialogues.forms import AskerForm, ExtendForm, ProgressForm, ShowForm
from dialogues.grid import bound, grid_context, pasted_rows, read_lines, renewed
from dialogues.models import Commitment, Dialogue, Question, QuestionAsker


# --- the grid of questions -------------------------------------------------------------------------
@requires("dialogue.view")
@require_http_methods(["GET", "HEAD", "POST"])
def question_lines(request, pk):
    """Several questions at once. "Xem trước" reads what was pasted into rows, nothing is saved before "Lưu"."""
    dialogue = get_object_or_404(Dialogue.objects.visible_to(request.user).select_related("unit"), pk=pk)
    permissions.check_can_record(request.user, dialogue)
    if request.method != "POST":
        return _grid(request, dialogue, uuid.uuid4())
    key = drafts.key_of(request.POST)
    if "_preview" in request.POST:
        return _grid(request, dialogue, key, data=request.POST, rows=pasted_rows(request.POST.get("pasted", "")))
    if drafts.receipt_of(request.user, key) is None:
        lines, formset = read_lines(dialogue, request.user, request.POST)
        if lines is None:
            return _grid(request, dialogue, key, formset=formset, status=422)
        try:
            _save_lines(request, dialogue, lines, key)
        except Conflict as conflict:
            if drafts.receipt_of(request.user, key) is None:  # else an equal submit came first
                typed, told = renewed(dialogue, request.POST, formset)
                formset = bound(dialogue, request.user, typed)
                return _grid(request, dialogue, key, formset=formset, refusal=conflict.message, told=told, status=409)
        except Refused as refusal:
            return _grid(request, dialogue, key, formset=formset, refusal=refusal.message, status=422)
    return redirect("registers:dialogue_detail", dialogue.pk)


def _save_lines(request, dialogue, lines, key):
    with transaction.atomic():
        added, changed, removed = services.save_lines(dialogue, lines, by=request.user)
        drafts.settle(request.user, key, reverse("registers:dialogue_detail", args=[dialogue.pk]))
    told = [f"thêm {added}" * bool(added), f"sửa {changed}" * bool(changed), f"xóa {removed}" * bool(removed)]
    said = ", ".join(word for word in told if word)
    messages.success(request, f"Đã lưu câu hỏi: {said}." if said else "Không có thay đổi nào.")


def _grid(request, dialogue, key, *, data=None, rows=(), formset=None, refusal="", told=None, status=200):
    context = grid_context(dialogue, request.user, data=data, rows=rows, formset=formset, told=told)
    return render(request, "dialogues/lines.html", {**context, "object": dialogue, "key": key, "refusal": refusal}, status=status)


# --- a question ------------------------------------------------------------------------------------
def _question(request, pk):
    rows = Question.objects.visible_to(request.user).select_related("unit")
    return get_object_or_404(rows, pk=pk)


@requires("dialogue.view")
def commitment_add(request, pk):
    """The form of a commitment, with the dialogue and the number of the question filled in."""
    question = _question(request, pk)
    permissions.check_can_promise(request.user, question)
    first = urlencode({"dialogue": question.dialogue_id, "question": question.position})
    return redirect(f"{reverse('registers:commitment_add')}?{first}")


@requires("dialogue.edit_own")
@require_http_methods(["GET", "HEAD", "POST"])
def question_asker(request, pk):
    """The one page that shows who asked, to the unit itself: masked, and in clear once for a written reason."""
    question = _question(request, pk)
    permissions.check_can_keep_asker(request.user, question)
    asker = getattr(question, "asker", None)
    show_form = ShowForm(request.POST if "_show" in request.POST else None)
    shown = bool(asker and show_form.is_bound and show_form.is_valid())
    if shown:
        reason = show_form.cleaned_data["reason"]
        record_event(Kind.PERSONAL_READ, request=request, obj=asker, subjects=asker.subjects, reason=reason)
    form = AskerForm(request.POST if "_save" in request.POST else None, initial={"purge_on": last_day_of(clock.today().year)})
    base, conflict = request.POST.get("_version", "") if request.method == "POST" else services.asker_state(question), ""
    try:
        if "_forget" in request.POST:
            services.forget_asker(question, by=request.user, base=base)
            messages.success(request, "Đã xóa hẳn thông tin người hỏi.")
            return redirect("dialogues:question_asker", question.pk)
        if form.is_bound and form.is_valid():
            services.keep_asker(question, by=request.user, base=base, **form.cleaned_data)
            messages.success(request, "Đã lưu người hỏi. Thông tin này chỉ hiện ở trang này.")
            return redirect("dialogues:question_asker", question.pk)
    except Conflict as stale:  # whose words they are is kept nowhere but in the log of access
        conflict, asker, base = stale.message, QuestionAsker.objects.filter(question=question).first(), services.asker_state(question)
    context = {"object": question, "asker": asker, "form": style(form), "show_form": style(show_form), "shown": shown}
    status = 409 if conflict else 422 if form.errors or show_form.errors else 200
    response = render(request, "dialogues/asker.html", {**context, "version": base, "conflict": conflict}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


# --- a commitment ----------------------------------------------------------------------------------
def _commitment(request, pk, check):
    rows = Commitment.objects.visible_to(request.user).select_related("unit", "owner")
    commitment = get_object_or_404(rows, pk=pk)
    check(request.user, commitment)
    return commitment


def _stands(commitment):
    return f"{commitment.owner} thực hiện, hạn {format_date(commitment.deadline_on)}."


@requires("commitment.progress_own")
def commitment_progress(request, pk):
    commitment = _commitment(request, pk, permissions.check_can_progress)
    form = ProgressForm(request.POST or None, request.FILES or None, commitment=commitment)
    return ask(
        request, commitment, form, lambda data: promises.report_progress(commitment, by=request.user, **data),
        title="Báo cáo tình hình thực hiện", button="Gửi báo cáo", about=_stands(commitment),
        done=f"Đã ghi tình hình thực hiện; {commitment.unit} thấy ngay.",
    )  # fmt: skip


@requires("dialogue.view")
def commitment_confirm(request, pk):
    commitment = _commitment(request, pk, permissions.check_can_confirm)
    if request.method == "POST":
        promises.confirm(commitment, by=request.user)
        messages.success(request, "Đã xác nhận cam kết hoàn thành.")
        return redirect("registers:commitment_detail", commitment.pk)
    context = {"object": commitment, "last_note": commitment.notes.order_by("noted_on", "pk").last()}
    return render(request, "dialogues/confirm.html", context)


@requires("dialogue.view")
def commitment_dispute(request, pk):
    commitment = _commitment(request, pk, permissions.check_can_dispute)
    form = ReasonForm(request.POST or None)
    return ask(
        request, commitment, form, lambda data: promises.dispute(commitment, by=request.user, **data),
        title="Chưa đồng ý kết quả", button="Mở lại cam kết", done=f"Đã mở lại cam kết để {commitment.owner} làm tiếp.",
        about=f"Cam kết trở lại trạng thái “{CommitmentStatus.REOPENED.label}”; {commitment.owner} đọc được lý do.",
    )  # fmt: skip


@requires("dialogue.view")
def commitment_reopen(request, pk):
    commitment = _commitment(request, pk, permissions.check_can_reopen)
    form = ReasonForm(request.POST or None)
    return ask(
        request, commitment, form, lambda data: promises.reopen(commitment, by=request.user, **data),
        title="Mở lại cam kết", button="Mở lại", done="Đã mở lại cam kết.", about=_stands(commitment),
    )  # fmt: skip


@requires("dialogue.view")
def commitment_extend(request, pk):
    commitment = _commitment(request, pk, permissions.check_can_extend)
    form = ExtendForm(request.POST or None)
    return ask(
        request, commitment, form, lambda data: promises.extend(commitment, by=request.user, **data),
        title="Gia hạn cam kết", button="Gia hạn", done="Đã gia hạn cam kết.",
        about=f"{_stands(commitment)} Hạn cam kết ban đầu vẫn giữ trong hồ sơ và trong số liệu; hạn mới dùng để nhắc việc.",
    )  # fmt: skip
