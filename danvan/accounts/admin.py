from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from danvan.accounts.managing import words_of
from danvan.accounts.models import Membership, User
from danvan.accounts.services import hand_out
from danvan.audit.admin import AuditedAdmin
from danvan.audit.choices import Kind
from danvan.audit.services import record_event
from danvan.common.exceptions import Refused


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["unit", "sees"]


@admin.register(User)
class AccountAdmin(AuditedAdmin, UserAdmin):
    audit_kind = Kind.ACCOUNT
    list_display = ["username", "display_name", "is_active", "is_superuser"]
    search_fields = ["username", "display_name"]
    fieldsets = [
        (None, {"fields": ["username", "password", "must_change_password"]}),
        ("Thông tin", {"fields": ["display_name", "courtesy", "email"]}),
        ("Quyền", {"fields": ["is_active", "is_staff", "is_superuser"]}),
    ]
    inlines = [MembershipInline]

    def save_model(self, request, obj, form, change):
        """A password that somebody else chose opens one page only: the one that changes it."""
        super().save_model(request, obj, form, change)
        if not change:
            hand_out(obj, by=request.user)

    def save_related(self, request, form, formsets, change):
        """A membership is a right: each one given, changed or taken is an event of its own."""
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            changed = [row for row, _ in formset.changed_objects]
            steps = (("thêm phân công", formset.new_objects), ("sửa phân công", changed), ("xóa phân công", formset.deleted_objects))
            for step, row in ((step, row) for step, rows in steps for row in rows):
                record_event(Kind.RIGHTS, request=request, obj=form.instance, detail={"step": step, "what": words_of(row)})

    def user_change_password(self, request, id, form_url=""):
        """Passwords are issued, never chosen for somebody: the page that issues one shows it once."""
        raise Refused("Mật khẩu mới được cấp ở trang Quản trị tài khoản, mục Cấp lại mật khẩu.")


# Rights are roles of memberships (danvan.access.roles): groups would be a second list that nothing reads.
admin.site.unregister(Group)
# Keys and recovery codes are nobody's to read or edit; services.reset_second_factor removes them.
for model in (TOTPDevice, StaticDevice):
    admin.site.unregister(model)
