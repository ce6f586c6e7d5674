from django.contrib import admin

from danvan.catalogues.models import FieldOfWork, Holiday, LegalBasis, LegalNumber

admin.site.register([FieldOfWork, Holiday])


@admin.register(LegalBasis)
class LegalBasisAdmin(admin.ModelAdmin):
    list_display = ["number", "kind", "issuer", "issued_on", "needs_check"]
    search_fields = ["number", "title"]


@admin.register(LegalNumber)
class LegalNumberAdmin(admin.ModelAdmin):
    list_display = ["label", "value", "day_kind", "valid_from", "needs_check"]
    search_fields = ["code", "label"]
