from django.contrib import admin

from danvan.units.models import Unit, UnitVersion


class ReadOnly:
    """Units change by decisions only; here one looks things up."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class UnitVersionInline(ReadOnly, admin.StackedInline):
    model = UnitVersion
    fk_name = "unit"
    extra = 0


@admin.register(Unit)
class UnitAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "code"]
    search_fields = ["name", "code"]
    inlines = [UnitVersionInline]
