"""Fields and bases that every room uses."""

from functools import cache

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from danvan.common import clock, text


def signed(row, by, reason=""):
    """The row, ready to be saved: its history will say who, why and, by the business clock, when."""
    row._history_user, row._change_reason, row._history_date = by, reason, clock.now()
    return row


class _NfcField:
    """Text is stored and compared in Unicode form NFC, whatever keyboard or file it came from."""

    def to_python(self, value):
        return text.nfc(super().to_python(value))

    def get_prep_value(self, value):
        return text.nfc(super().get_prep_value(value))


class CharField(_NfcField, models.CharField):
    pass


class TextField(_NfcField, models.TextField):
    pass


class _DerivedField:
    """A stored column computed from other columns on every save (also bulk_create; not QuerySet.update)."""

    def __init__(self, *args, sources=(), **kwargs):
        self.sources = tuple(sources)
        kwargs.update(editable=False, blank=True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs["sources"] = self.sources
        return name, path, args, kwargs

    def pre_save(self, instance, add):
        value = self.derive(" ".join(str(getattr(instance, source) or "") for source in self.sources))
        setattr(instance, self.attname, value)
        return value


class SearchTextField(_DerivedField, models.TextField):
    """The folded text that search looks in: "dan van kheo" finds "Dân vận khéo"."""

    def derive(self, joined):
        return text.fold(joined)


class SortKeyField(_DerivedField, models.CharField):
    """The key that puts Vietnamese text in dictionary order on both databases."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 500)
        super().__init__(*args, **kwargs)

    def derive(self, joined):
        return text.vi_key(joined)[: self.max_length]


class UnitOf(models.ForeignKey):
    """The unit of the row's parent, filled when the row is made: a record's unit never changes.

    Beside it stands the two-column key that holds it (danvan.common.constraints.SameUnit).
    """

    def __init__(self, parent, to="units.Unit", on_delete=models.PROTECT, **kwargs):
        self.parent = parent
        kwargs.setdefault("related_name", "+")
        super().__init__(to, on_delete, **{**kwargs, "editable": False})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.parent, *args], kwargs

    def pre_save(self, instance, add):
        if getattr(instance, self.attname) is None:
            setattr(instance, self.attname, getattr(instance, self.parent).unit_id)
        return super().pre_save(instance, add)


class CopiedTitle(_NfcField, models.TextField):
    """What a record of another unit is called, kept beside the reference to it: the reader may not open that record itself.

    `registers.values` shows it in the place of the reference and renews it where the record is renamed.
    """

    def __init__(self, source, *args, **kwargs):
        self.source = source
        super().__init__(*args, **{**kwargs, "editable": False, "blank": True})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.source, *args], kwargs

    def pre_save(self, instance, add):
        try:
            title = getattr(instance, self.source)
            setattr(instance, self.attname, "" if title is None else str(title))
        except ObjectDoesNotExist:
            pass  # whoever saves here may not open it: the title stays as it was
        return super().pre_save(instance, add)


@cache
def title_beside(model, name):
    """The field that keeps the title of what the reference `name` points to, or None."""
    return next((field for field in model._meta.fields if isinstance(field, CopiedTitle) and field.source == name), None)


class HistoryBatch(models.Model):
    """Base of every history table: `batch` ties the rows of one bulk change together."""

    batch = models.UUIDField("lô thay đổi", null=True, blank=True)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A record that two people may open at once: the second saver is told, never overwrites."""

    version = models.PositiveIntegerField("phiên bản", default=1, editable=False)
    created_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    updated_at = models.DateTimeField("sửa lúc", auto_now=True)

    class Meta:
        abstract = True
