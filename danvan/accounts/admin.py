from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from danvan.accounts.models import Membership, User


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

    def save_model(self, request, obj, form, change):
        """A password that somebody else chose opens one page only: the one that changes it."""
        obj.must_change_password = obj.must_change_password or not change
        super().save_model(request, obj, form, change)
