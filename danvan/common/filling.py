"""For migrations: what a new column holds in the rows that stand already."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def units_from(app, *parts):
    """Fills the unit of old rows from their parents; `parts` are (model, reference to the parent, column of the unit)."""

    def fill(apps, schema_editor):
        for name, parent, unit in parts:
            model = apps.get_model(app, name)
            parents = model._meta.get_field(parent).related_model._base_manager.filter(pk=OuterRef(f"{parent}_id"))
            model._base_manager.update(**{f"{unit}_id": Subquery(parents.values("unit_id")[:1])})
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or the indexes that follow meet pending triggers
            schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")

    return migrations.RunPython(fill, migrations.RunPython.noop)
