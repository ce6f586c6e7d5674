from django.db import migrations

from danvan.audit import append_only


def lay(apps, schema_editor):
    for statement in append_only.lay(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def lift(apps, schema_editor):
    for statement in append_only.lift(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(lay, lift)]
