from django.contrib import admin

from danvan.audit.admin import AuditedAdmin
from regulations.models import RegulationDuty


@admin.register(RegulationDuty)
class RegulationDutyAdmin(AuditedAdmin):
    list_display = ["unit", "subject", "applies"]
    list_filter = ["applies", "subject__scope"]
