from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "danvan.workflow"
    label = "workflow"
