"""The portal with two neighbours: a page that does nothing, and Django's admin on the same table."""

from django.contrib import admin
from django.http import HttpResponse
from django.urls import include, path

from danvan.access.decorators import requires
from models_awards.models import Registration


@requires("home.view")
def noop(request):
    """What any page of this server costs: session, account, memberships, middleware."""
    return HttpResponse("ok")


class PeerAdmin(admin.ModelAdmin):
    """The list as a Django developer gets it with the same columns, filters, folded search column and page size."""

    list_display = ["name", "unit", "kind", "subject_type", "field", "registered_on", "households", "status"]
    list_filter = ["unit", "campaign", "kind", "subject_type", "field", "status"]
    list_select_related = ["unit", "field"]
    list_per_page = 25
    search_fields = ["search_text"]
    ordering = ["-registered_on", "-pk"]


peer = admin.AdminSite("peer")
peer.register(Registration, PeerAdmin)
urlpatterns = [path("khong-lam-gi/", noop), path("ngang-hang/", peer.urls), path("", include("danvan.urls"))]
