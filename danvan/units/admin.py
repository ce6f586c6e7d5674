from django.contrib import admin

from danvan.units.models import Unit, UnitVersion


class UnitVersionInline(admin.StackedInline):
    model = UnitVersion
    fk_name = "unit"
    extra = 0


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ["name", "code"]
    search_fields = ["name", "code"]
    inlines = [UnitVersionInline]

    def has_add_permission(self, request):
        return False  # danvan.units.services.create_unit makes the path and the first version together
