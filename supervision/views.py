"""The pages that are no plain register: copying a plan and the acts on a recommendation."""

from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, redirect

from danvan.access.decorators import requires
from danvan.registers.asking import ask
from danvan.registers.registry import register_of
from supervision import permissions, services
from supervision.forms import ExtendForm, NoteForm, NothingForm, ProgressForm, ReplyForm, YearForm
from supervision.models import JointPlan, Recommendation, SupervisionRound


def _recommendation(request, pk):
    return get_object_or_404(Recommendation.objects.visible_to(request.user).select_related("unit", "addressed_to"), pk=pk)


@requires("supervision.view")
def plan_copy(request, pk):
    plan = get_object_or_404(JointPlan.objects.visible_to(request.user), pk=pk)
    permissions.check_leads(request.user, plan)
    form = YearForm(request.POST or None, initial={"year": plan.year + 1})

    def copy(data):
        return register_of(JointPlan).url("detail", services.copy_plan(plan, year=data["year"], by=request.user).pk)

    return ask(
        request, plan, form, copy, title="Chép kế hoạch sang năm sau", button="Chép kế hoạch",
        done="Đã chép kế hoạch. Số và ngày ban hành để trống, anh/chị ghi khi kế hoạch mới ban hành.",
        about="Nội dung giám sát, đơn vị phối hợp và căn cứ được chép nguyên; số và ngày ban hành để trống.",
    )  # fmt: skip


@requires("supervision.view")
def round_recommend(request, pk):
    """The empty form of a recommendation with the round filled in."""
    row = get_object_or_404(SupervisionRound.objects.visible_to(request.user).select_related("unit"), pk=pk)
    permissions.check_leads(request.user, row)
    return redirect(f"{register_of(Recommendation).url('add')}?{urlencode({'unit': row.unit_id, 'round': row.pk})}")


@requires("supervision.view")
def recommendation_reply(request, pk):
    record = _recommendation(request, pk)
    permissions.check_can_reply(request.user, record)
    form = ReplyForm(request.POST or None, request.FILES or None)
    return ask(
        request, record, form, lambda data: services.reply(record, by=request.user, **data),
        title="Trả lời kiến nghị", button="Gửi trả lời", done="Đã gửi trả lời. Đoàn giám sát sẽ xác minh.", about=record.content,
    )  # fmt: skip


@requires("supervision.view")
def recommendation_confirm(request, pk):
    record = _recommendation(request, pk)
    permissions.check_can_confirm(request.user, record)
    return ask(
        request, record, NothingForm(request.POST if request.method == "POST" else None),
        lambda data: services.confirm_reply(record, by=request.user), title="Xác nhận trả lời", button="Xác nhận trả lời",
        done="Đã xác nhận trả lời của đơn vị.", about=f"{record.get_reply_kind_display()}. {record.reply_text}",
    )  # fmt: skip


@requires("supervision.view")
def recommendation_progress(request, pk):
    record = _recommendation(request, pk)
    permissions.check_can_note_progress(request.user, record)
    form = ProgressForm(request.POST or None, request.FILES or None)
    return ask(
        request, record, form, lambda data: services.note_progress(record, by=request.user, **data),
        title="Ghi tiến độ thực hiện", button="Ghi tiến độ", done="Đã ghi tiến độ.", about=record.content,
    )  # fmt: skip


@requires("supervision.view")
def recommendation_verify(request, pk):
    record = _recommendation(request, pk)
    permissions.check_can_verify(request.user, record)
    return ask(
        request, record, NoteForm(request.POST or None), lambda data: services.verify(record, by=request.user, **data),
        title="Xác minh trả lời", button="Ghi kết quả xác minh", done="Đã ghi kết quả xác minh.",
        about=f"{record.get_reply_kind_display()}. {record.reply_text}",
    )  # fmt: skip


@requires("supervision.view")
def recommendation_reopen(request, pk):
    record = _recommendation(request, pk)
    permissions.check_can_reopen(request.user, record)
    form = NoteForm(request.POST or None, label="Lý do mở lại")
    return ask(
        request, record, form, lambda data: services.reopen(record, by=request.user, **data),
        title="Mở lại kiến nghị", button="Mở lại", done="Đã mở lại kiến nghị. Đơn vị nhận trả lời lại trong hạn mới.",
        about=f"{record.get_reply_kind_display()}. {record.reply_text}",
    )  # fmt: skip


@requires("supervision.view")
def recommendation_extend(request, pk):
    record = _recommendation(request, pk)
    permissions.check_can_extend(request.user, record)
    return ask(
        request, record, ExtendForm(request.POST or None), lambda data: services.extend(record, by=request.user, **data),
        title="Gia hạn trả lời", button="Gia hạn", done="Đã gia hạn trả lời.",
    )  # fmt: skip


@requires("supervision.view")
def recommendation_withdraw(request, pk):
    record = _recommendation(request, pk)
    permissions.check_can_withdraw(request.user, record)
    form = NoteForm(request.POST or None, label="Lý do rút")
    return ask(
        request, record, form, lambda data: services.withdraw_recommendation(record, by=request.user, **data),
        title="Rút kiến nghị", button="Rút kiến nghị", done="Đã rút kiến nghị.",
    )  # fmt: skip
