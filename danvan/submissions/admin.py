from django.contrib import admin

from danvan.audit.admin import AuditedAdmin
from danvan.submissions.models import Period, Regime

admin.site.register(Regime, AuditedAdmin)


@admin.register(Period)
class PeriodAdmin(AuditedAdmin):
    list_display = ["name", "regime", "due_on"]
