"""The administrator's pages: the list of accounts, one account, its memberships. Acts stand in managing_acts.py."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from danvan.access.decorators import requires
from danvan.accounts import managing, managing_lists, managing_review, sessions
from danvan.accounts.managing_acts import deeds_for
from danvan.accounts.managing_forms import EditForm, EndForm, FilterForm, MembershipForm, NewAccountForm, attempt
from danvan.accounts.managing_pages import account_of, account_to_change, ask, slips
from danvan.accounts.models import MANAGE, User
from danvan.accounts.step_up import step_up_required
from danvan.common import clock
from danvan.common.exceptions import Conflict, Refused


@requires(MANAGE)
@require_safe
def manage_index(request):
    form, sort = FilterForm(request.GET, admin=request.user), request.GET.get("sap-xep") or "ten"
    page = managing_lists.page_of(managing_lists.listed(request.user, form.chosen, sort), request.GET.get("trang"))
    states = managing_lists.states()
    for account in page["rows"]:
        account.shown_state = states[account.state]
    context = {
        "form": form,
        "page": page,
        "heads": managing_lists.heads(sort),
        "filtered": any(form.chosen.values()),
        "review": managing_review.standing_of(request.user),
    }
    return render(request, "accounts/manage_index.html", context)


@requires(MANAGE)
@require_safe
def manage_detail(request, pk):
    account = account_of(request, pk)
    try:
        managing.check_can_manage(request.user, account)
        refusal = ""
    except Refused as refused:
        refusal = refused.message
    page, entries = managing_lists.history_of(request.user, account, request.GET.get("trang"))
    slug = managing_lists.with_state(User.objects.filter(pk=account.pk)).get().state
    context = {
        "account": account,
        "state": managing_lists.states()[slug],
        "memberships": managing_lists.memberships_over_time(request.user, account),
        "sessions": [{"device": sessions.device_words(row.agent), "row": row} for row in sessions.sessions_of(account)],
        "page": page,
        "entries": entries,
        "handovers": managing_lists.handovers_of(account, request.user),
        "refusal": refusal,
        "own": account.pk == request.user.pk,
        "deeds": [] if refusal else deeds_for(account),
        "now": timezone.now(),
    }
    return render(request, "accounts/manage_detail.html", context)


@requires(MANAGE)
@step_up_required
def manage_add(request):
    form = NewAccountForm(request.POST or None, by=request.user)
    if request.method == "POST" and attempt(form, lambda values: managing.create_account(by=request.user, **values)):
        return slips(request, [form.made])
    return ask(request, form, title="Thêm tài khoản", button="Tạo tài khoản và in phiếu")


@requires(MANAGE)
@step_up_required
def manage_edit(request, pk):
    """Whoever saved in between is named, with what stands there now; saving again then knows of it."""
    account = account_of(request, pk)
    if account.pk != request.user.pk:
        managing.check_can_manage(request.user, account)
    form = EditForm(request.POST or None, initial={name: getattr(account, name) for name in managing.EDITABLE})
    page = {"title": "Sửa thông tin", "account": account, "version": managing.version_of(account), "button": "Lưu thông tin"}
    try:
        if request.method == "POST" and attempt(form, lambda values: saved(request, account, values)):
            messages.success(request, f"Đã lưu thông tin của {form.made}.")
            return redirect("accounts:manage_detail", pk)
    except Conflict as conflict:
        form.add_error(None, f"{conflict.message} Nội dung hiện nay ở dưới; lưu lại nếu vẫn muốn sửa.")
        changed = managing.changes_since(account, base_of(request))
        theirs = [
            {"label": form.fields[name].label, "value": getattr(account, name), "act": changed.get(name)} for name in managing.EDITABLE
        ]
        return ask(request, form, status=409, theirs=theirs, newest=account.acts.select_related("by").first(), **page)
    return ask(request, form, **page)


def saved(request, account, values):
    return managing.edit_account(account, values, by=request.user, base=base_of(request), reason=values["reason"])


def base_of(request):
    """The last act on the account that the form knew; None where it says none."""
    sent = request.POST.get("_version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else None


@requires(MANAGE)
@step_up_required
def manage_membership_add(request, pk):
    account = account_to_change(request, pk)
    form = MembershipForm(request.POST or None, by=request.user)
    if request.method == "POST" and attempt(form, lambda values: managing.add_membership(account, by=request.user, **values)):
        messages.success(request, f"Đã phân công: {managing.words_of(form.made)}.")
        return redirect("accounts:manage_detail", pk)
    return ask(request, form, title="Thêm phân công", account=account, button="Lưu phân công")


@requires(MANAGE)
@step_up_required
def manage_membership_end(request, pk, part):
    account = account_to_change(request, pk)
    membership = get_object_or_404(account.memberships.visible_to(request.user).select_related("unit", "sees", "user"), pk=part)
    form = EndForm(request.POST or None, initial={"ends_on": membership.ends_on or clock.today()})
    page = {"title": "Kết thúc phân công", "account": account, "button": "Lưu ngày kết thúc"}
    base = base_of(request) or 0
    try:
        with transaction.atomic():
            if request.method == "POST" and attempt(
                form, lambda values: managing.end_membership(membership, by=request.user, base=base, **values)
            ):
                messages.success(request, "Đã ghi ngày kết thúc phân công." if form.made else "Đã hủy phân công chưa dùng đến.")
                return redirect("accounts:manage_detail", pk)
    except Conflict as conflict:
        form.add_error(None, f"{conflict.message} Phân công hiện nay ở dưới; lưu lại nếu vẫn muốn đổi.")
        now = account.memberships.select_related("unit", "sees").filter(pk=part).first()
        theirs = [{"label": "Phân công", "value": managing.words_of(now) if now else "(đã hủy)"}]
        newest = account.acts.select_related("by").first()
        return ask(request, form, status=409, theirs=theirs, newest=newest, version=managing.version_of(account), **page)
    about, version = [managing.words_of(membership)], base if request.method == "POST" else managing.version_of(account)
    return ask(request, form, about=about, version=version, **page)
