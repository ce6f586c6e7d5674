from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    """pg_trgm for the search columns; does nothing on SQLite."""

    operations = [TrigramExtension()]
