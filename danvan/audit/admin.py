from django.contrib import admin

from danvan.audit.choices import Kind
from danvan.audit.services import record_event


class AuditedAdmin(admin.ModelAdmin):
    """A page of the admin site whose changes are events of the log; the site's own record can be deleted, the log cannot."""

    audit_kind = Kind.SETTINGS

    def log_addition(self, request, obj, message):
        record_event(self.audit_kind, request=request, obj=obj, detail={"step": "thêm"})
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        record_event(self.audit_kind, request=request, obj=obj, detail={"step": "sửa", "what": _fields(obj, message)})
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            record_event(self.audit_kind, request=request, obj=obj, detail={"step": "xóa"})
        return super().log_deletions(request, queryset)


def _fields(obj, message):
    """The labels of what was changed; what stood there before and after is the record's own history."""
    changed = [name for part in message for name in part.get("changed", {}).get("fields", [])] if isinstance(message, list) else []
    return ", ".join(str(name) for name in changed) or str(obj._meta.verbose_name)
