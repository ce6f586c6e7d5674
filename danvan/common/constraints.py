"""Indexes of PostgreSQL that emit nothing on SQLite."""

from django.contrib.postgres.indexes import GinIndex


class TrigramIndex(GinIndex):
    """Makes `search_text LIKE '%…%'` fast. Needs the extension pg_trgm, created by common's first migration."""

    def __init__(self, field, *, name):
        self.field = field
        super().__init__(fields=[field], name=name, opclasses=["gin_trgm_ops"])

    def deconstruct(self):
        return "danvan.common.constraints.TrigramIndex", [self.field], {"name": self.name}

    def create_sql(self, model, schema_editor, using="", **kwargs):
        if schema_editor.connection.vendor != "postgresql":
            return ""  # an empty statement: SQLite has no trigrams and needs none
        return super().create_sql(model, schema_editor, using=using, **kwargs)

    def remove_sql(self, model, schema_editor, **kwargs):
        if schema_editor.connection.vendor != "postgresql":
            return ""  # an empty statement: SQLite has no trigrams and needs none
        return super().remove_sql(model, schema_editor, **kwargs)
