from django.contrib import admin

from regulations.models import RegulationDuty


@admin.register(RegulationDuty)
class RegulationDutyAdmin(admin.ModelAdmin):
    list_display = ["unit", "subject", "applies"]
    list_filter = ["applies", "subject__scope"]
