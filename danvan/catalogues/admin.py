from django.contrib import admin

from danvan.audit.admin import AuditedAdmin
from danvan.catalogues.models import FieldOfWork, Holiday, LegalBasis, LegalNumber, RegulationSubject

admin.site.register([FieldOfWork, Holiday], AuditedAdmin)


@admin.register(LegalBasis)
class LegalBasisAdmin(AuditedAdmin):
    list_display = ["number", "kind", "issuer", "issued_on", "needs_check"]
    search_fields = ["number", "title"]


@admin.register(LegalNumber)
class LegalNumberAdmin(AuditedAdmin):
    list_display = ["label", "value", "day_kind", "valid_from", "needs_check"]
    search_fields = ["code", "label"]


@admin.register(RegulationSubject)
class RegulationSubjectAdmin(AuditedAdmin):
    list_display = ["name", "scope", "position", "valid_from", "valid_to", "needs_check"]
    list_filter = ["scope"]
    search_fields = ["code", "name"]
