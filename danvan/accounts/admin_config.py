from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "danvan.accounts.admin_site.PortalAdminSite"
