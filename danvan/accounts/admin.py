from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from danvan.accounts import managing
from danvan.accounts.models import AccountAct, Membership, User
from danvan.accounts.services import hand_out
from danvan.audit.choices import Kind as Event
from danvan.audit.services import record_event
from danvan.common.exceptions import Refused

Kind = AccountAct.Kind
WHY = "Sửa ở trang quản trị kỹ thuật."
TOLD = ["username", "display_name", "courtesy", "email", "is_active", "is_staff", "is_superuser", "must_change_password"]
POWERS = {"is_active", "is_staff", "is_superuser"}


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["unit", "sees"]


@admin.register(User)
class AccountAdmin(UserAdmin):
    list_display = ["username", "display_name", "is_active", "is_superuser"]
    search_fields = ["username", "display_name"]
    fieldsets = [
        (None, {"fields": ["username", "password", "must_change_password"]}),
        ("Thông tin", {"fields": ["display_name", "courtesy", "email"]}),
        ("Quyền", {"fields": ["is_active", "is_staff", "is_superuser"]}),
    ]
    inlines = [MembershipInline]

    def has_delete_permission(self, request, obj=None):
        """An account is locked, never deleted: what it did stays its own."""
        return False

    def save_model(self, request, obj, form, change):
        """A password that somebody else chose opens one page only: the one that changes it."""
        before = User.objects.get(pk=obj.pk) if change else None
        super().save_model(request, obj, form, change)
        changed = [name for name in TOLD if getattr(obj, name) != (getattr(before, name) if before else User().__dict__[name])]
        lines = [(_label(name), _word(getattr(before, name)) if before else "", _word(getattr(obj, name))) for name in changed]
        if lines:
            managing.record(obj, Kind.EDITED if change else Kind.CREATED, request.user, WHY, lines)
        if powers := [_label(name) for name in changed if name in POWERS]:
            record_event(
                Event.RIGHTS, request=request, obj=obj, detail={"step": "đổi quyền ở trang quản trị kỹ thuật", "what": ", ".join(powers)}
            )
        if not change:
            hand_out(obj, by=request.user)

    def save_formset(self, request, form, formset, change):
        """The memberships of the account, before and after, as the account screens record theirs."""
        account = form.instance
        before = _memberships(account)
        super().save_formset(request, form, formset, change)
        after = _memberships(account)
        for key in sorted(before.keys() | after.keys()):
            (old, unit), (new, now_at) = before.get(key, ("", None)), after.get(key, ("(hủy)", None))
            if old != new:
                kind = Kind.JOINED if key not in before else Kind.ENDED if key in after else Kind.CANCELLED
                managing.record(account, kind, request.user, WHY, [("Phân công", old, new)], now_at or unit)

    def user_change_password(self, request, id, form_url=""):
        """Passwords are issued, never chosen for somebody: the page that issues one shows it once."""
        raise Refused("Mật khẩu mới được cấp ở trang Quản trị tài khoản, mục Cấp lại mật khẩu.")


def _memberships(account):
    """{key: (the line that the history keeps, the unit)}"""
    rows = Membership.objects.filter(user=account).select_related("unit", "sees")
    return {row.pk: (managing.words_of(row), row.unit) for row in rows}


def _label(name):
    return str(User._meta.get_field(name).verbose_name)


def _word(value):
    return {True: "có", False: "không"}.get(value, str(value))


# Rights are roles of memberships (danvan.access.roles): groups would be a second list that nothing reads.
admin.site.unregister(Group)
# Keys and recovery codes are nobody's to read or edit; services.reset_second_factor removes them.
for model in (TOTPDevice, StaticDevice):
    admin.site.unregister(model)
