from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "danvan.organization"
    label = "organization"
