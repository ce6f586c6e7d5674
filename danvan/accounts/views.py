from django.contrib import messages
from django.contrib.auth import update_session_auth_hash, views
from django.shortcuts import redirect, render

from danvan.access.decorators import public, signed_in
from danvan.accounts.forms import PasswordChangeForm
from danvan.common.forms import style

login = public(views.LoginView.as_view(template_name="accounts/login.html", redirect_authenticated_user=True))
logout = signed_in(views.LogoutView.as_view())


@signed_in
def account(request):
    return render(request, "accounts/account.html", {"memberships": request.user.active_memberships()})


@signed_in
def password_change(request):
    form = style(PasswordChangeForm(request.user, request.POST or None))
    if request.method == "POST" and form.is_valid():
        user = form.save()
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
        update_session_auth_hash(request, user)
        messages.success(request, "Đã đổi mật khẩu.")
        return redirect("home:home")
    return render(request, "accounts/password_change.html", {"form": form}, status=422 if form.errors else 200)
