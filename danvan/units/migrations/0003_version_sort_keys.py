from django.db import migrations

from danvan.common.text import vi_key


def fill(apps, schema_editor):
    """The order of names of the versions that stood before the column."""
    versions = apps.get_model("units", "UnitVersion")
    rows = list(versions.objects.filter(sort_key=""))
    for row in rows:
        row.sort_key = vi_key(row.name)[:500]
    versions.objects.bulk_update(rows, ["sort_key"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("units", "0002_decisions")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
