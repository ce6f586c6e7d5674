from django.contrib import admin

from danvan.submissions.models import Period, Regime

admin.site.register(Regime)


@admin.register(Period)
class PeriodAdmin(admin.ModelAdmin):
    list_display = ["name", "regime", "due_on"]
