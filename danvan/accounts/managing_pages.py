"""What the administrator's views share: finding the account, asking for something, the slips with one-time secrets."""

import uuid

from django.shortcuts import get_object_or_404, render

from danvan.accounts import managing
from danvan.accounts.models import User


def account_of(request, pk):
    return get_object_or_404(User.objects.visible_to(request.user), pk=pk)


def account_to_change(request, pk):
    account = account_of(request, pk)
    managing.check_can_manage(request.user, account)
    return account


def ask(request, form, *, status=None, **context):
    """A page with one form and one button. Its key marks text that is kept when the session ends meanwhile."""
    context = {"form": form, "key": uuid.uuid4(), **context}
    return render(request, "accounts/manage_form.html", context, status=status or (422 if form.errors else 200))


def slips(request, made):
    """`made` holds (account, secret) pairs. A secret is stored nowhere, so this very answer is the only place that shows it."""
    cards = [{"account": account, "secret": secret, "memberships": account.memberships.select_related("unit")} for account, secret in made]
    response = render(request, "accounts/manage_slips.html", {"cards": cards, "address": request.build_absolute_uri("/")})
    response["Cache-Control"] = "private, no-store"
    return response
