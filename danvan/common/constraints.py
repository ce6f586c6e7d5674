"""Indexes and constraints of PostgreSQL that emit nothing on SQLite."""

from django.contrib.postgres.indexes import GinIndex
from django.db.models import BaseConstraint


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


class _PostgresConstraint(BaseConstraint):
    """A row of it is right or the database says no; forms have nothing to ask. On SQLite `check_data` looks."""

    def __eq__(self, other):
        return type(self) is type(other) and self.deconstruct() == other.deconstruct()

    def __hash__(self):
        return hash(self.name)

    def validate(self, model, instance, exclude=None, using=None):
        pass

    def constraint_sql(self, model, schema_editor):
        """With a new table: when all tables of the migration are there."""
        if sql := self.create_sql(model, schema_editor):
            schema_editor.deferred_sql.append(sql)

    def create_sql(self, model, schema_editor):
        if schema_editor.connection.vendor != "postgresql":
            return ""
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} ADD CONSTRAINT {quote(self.name)} {self.definition(model, quote)}"

    def remove_sql(self, model, schema_editor):
        if schema_editor.connection.vendor != "postgresql":
            return ""
        return f"ALTER TABLE {schema_editor.quote_name(model._meta.db_table)} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"


class UnitKey(_PostgresConstraint):
    """(id, unit) of a record, for the two-column keys of the rows that belong to it."""

    def definition(self, model, quote):
        return f"UNIQUE (id, {quote(model._meta.get_field('unit').column)})"


class SameUnit(_PostgresConstraint):
    """The row's unit is the unit of its parent: a key of two columns (a ForeignKey makes one of one)."""

    def __init__(self, parent, *, unit="unit", name):
        super().__init__(name=name)
        self.parent, self.unit = parent, unit

    def deconstruct(self):
        path, _, kwargs = super().deconstruct()
        return path, (self.parent,), {**kwargs, "unit": self.unit}

    def definition(self, model, quote):
        parent, unit = model._meta.get_field(self.parent), model._meta.get_field(self.unit)
        target = parent.related_model._meta
        columns = f"{quote(parent.column)}, {quote(unit.column)}"
        theirs = f"id, {quote(target.get_field('unit').column)}"
        return f"FOREIGN KEY ({columns}) REFERENCES {quote(target.db_table)} ({theirs}) DEFERRABLE INITIALLY DEFERRED"
