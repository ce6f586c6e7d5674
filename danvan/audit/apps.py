from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "danvan.audit"
    label = "audit"

    def ready(self):
        from danvan.audit import logins

        logins.connect()
