"""Fields and bases that every room uses."""

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
