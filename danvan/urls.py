from django.contrib import admin
from django.urls import include, path

from danvan.registers.registry import register_urls

urlpatterns = [
    path("", include("danvan.operations.urls")),
    path("", include("danvan.accounts.urls")),
    path("", include("danvan.audit.urls")),
    path("", include("danvan.home.urls")),
    path("", include("danvan.dashboard.urls")),
    path("", include("danvan.organization.urls")),
    path("", include("danvan.search.urls")),
    path("", include("models_awards.urls")),
    path("", include("dialogues.urls")),
    path("", include("danvan.links.urls")),
    path("", include("supervision.urls")),
    path("", include("regulations.urls")),
    path("ky-bao-cao/", include("danvan.submissions.urls")),
    path("bao-cao/", include("danvan.reporting.urls")),
    path("tep/", include("danvan.attachments.urls")),
    path("", include((register_urls(), "registers"))),
    path("admin/", admin.site.urls),
]
