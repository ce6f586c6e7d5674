from django.apps import AppConfig
from django.core.checks import Error, Tags, register


class AccessConfig(AppConfig):
    name = "danvan.access"
    label = "access"

    def ready(self):
        from danvan.access.startup import bound_by_policies

        register(every_view_has_a_rule)
        register(bound_by_policies, Tags.database)


def every_view_has_a_rule(app_configs, **kwargs):
    """Fails closed: a view of ours without @requires, @public or @signed_in is an error at start."""
    from danvan.access.walk import own_views

    return [
        Error(f"{route}: the view {view.__module__}.{view.__name__} declares no access rule", id="access.E001")
        for route, view in own_views()
        if not getattr(view, "access_rule", None)
    ]
