"""Django's admin behind the portal's own login, with the password confirmed again: there is one way in, and it has all the locks."""

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.urls import reverse

from danvan.accounts.step_up import step_up_required
from danvan.common.exceptions import Refused
from danvan.common.http import safe_next


class PortalAdminSite(AdminSite):
    def admin_view(self, view, cacheable=False):
        return super().admin_view(step_up_required(view), cacheable)

    @login_not_required
    def login(self, request, extra_context=None):
        if request.user.is_authenticated and not self.has_permission(request):
            raise Refused("Trang này chỉ dành cho quản trị hệ thống.")
        target = safe_next(request, reverse("admin:index"))
        return redirect(target) if request.user.is_authenticated else redirect_to_login(target, reverse("accounts:login"))

    def password_change(self, request, extra_context=None):
        return redirect("accounts:password_change")
