"""Takes one person out of everything that can be changed, and does it again after a restore.

What was erased is kept as an entry of digests in `private/erasures.jsonl`: with it the same words are found again in an older
copy of the data, without it they cannot be read. Sealed and issued documents are not rewritten; they are counted and named.
"""

import json
import secrets
from collections import Counter
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from danvan.access.privacy import guarded_columns
from danvan.audit.choices import Kind
from danvan.audit.services import record_event
from danvan.audit.subjects import MAIL, NUMBER, SHORTEST, WORD, digest, normal, number_of
from danvan.common import text
from danvan.common.exceptions import Refused
from danvan.common.models import SearchTextField, SortKeyField

REGISTER = "erasures.jsonl"
GONE = "[đã xóa]"
# Records that stand as they were signed, sent or sealed; an office decides about each of them by itself.
KEPT = {"reporting.ReportVersion", "submissions.Round", "audit.AuditEvent", "audit.AuditSeal"}
# The accounts of officers have their own rules, and a secret would no longer open what it opened; the rest holds nobody's words.
PASSED = {
    "accounts.User", "accounts.Session", "accounts.FormerPassword", "accounts.Authenticator", "accounts.RecoveryCodes",
    "otp_totp.TOTPDevice", "otp_static.StaticDevice", "otp_static.StaticToken",
    "sessions.Session", "contenttypes.ContentType", "auth.Permission", "auth.Group",
}  # fmt: skip


@dataclass(frozen=True)
class Erasure:
    """`digests` of what names the person; `lengths` are the numbers of words of the names among them."""

    mark: str
    digests: tuple[str, ...]
    lengths: tuple[int, ...]


def erasure_of(terms):
    """A new entry for the words that name a person. A single short word would take half the language with it."""
    normals = [normal(term) for term in terms]
    for term, (kind, compared, length) in zip(terms, normals, strict=True):
        if len(compared) < SHORTEST or (kind == "words" and length < 2):
            raise Refused(f"“{term}” quá ngắn, sẽ trúng cả chữ của người khác. Ghi đủ họ tên, số điện thoại hoặc thư điện tử.")
    lengths = {length for kind, _, length in normals if kind == "words"}
    return Erasure(secrets.token_hex(3).upper(), tuple(digest(kind, compared) for kind, compared, _ in normals), tuple(sorted(lengths)))


# --- finding ------------------------------------------------------------------------------------


class Finder:
    """Looks for all persons of some entries at once: the data is read through one time, however many there are."""

    def __init__(self, entries):
        self.pseudonyms = {found: f"[đã xóa {entry.mark}]" for entry in entries for found in entry.digests}
        self.lengths = sorted({length for entry in entries for length in entry.lengths})
        self.digest = lru_cache(maxsize=2**17)(digest)

    def cleaned(self, value):
        """The value with the persons taken out; of JSON the texts, its keys left alone."""
        if isinstance(value, str):
            return self.replaced(value)
        if isinstance(value, list):
            return [self.cleaned(part) for part in value]
        if isinstance(value, dict):
            return {name: self.cleaned(part) for name, part in value.items()}
        return value

    def replaced(self, words):
        parts, end = [], 0
        for start, stop, pseudonym in sorted(self.spans(words)):
            if start >= end:
                parts += [words[end:start], pseudonym]
                end = stop
        return "".join([*parts, words[end:]])

    def spans(self, words):
        """(from, to, pseudonym) of each number, mail address or run of words that names somebody."""
        for pattern, kind, compared in ((NUMBER, "number", number_of), (MAIL, "mail", text.fold)):
            for found in pattern.finditer(words):
                if pseudonym := self.pseudonyms.get(self.digest(kind, compared(found[0]))):
                    yield *found.span(), pseudonym
        tokens = [(found.start(), found.end(), text.fold(found[0])) for found in WORD.finditer(words)] if self.lengths else []
        for length in self.lengths:
            for first in range(len(tokens) - length + 1):
                run = tokens[first : first + length]
                pseudonym = self.pseudonyms.get(self.digest("words", " ".join(token[2] for token in run)))
                if pseudonym and all(words[a[1] : b[0]].isspace() for a, b in pairwise(run)):
                    yield run[0][0], run[-1][1], pseudonym


# --- where ---------------------------------------------------------------------------------------


def text_columns(model):
    """Columns that people's words stand in. Derived ones follow their sources."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    derived = (SearchTextField, SortKeyField)
    return [f for f in model._meta.concrete_fields if isinstance(f, kinds) and not isinstance(f, derived) and not f.choices]


def changes_of(finder, model):
    """Yields (key, {column: new value}) of each row that names one of the persons."""
    names = [field.attname for field in text_columns(model)]
    guarded = [name for name in guarded_columns(model) if name in names]
    for pk, *values in model._base_manager.values_list("pk", *names).iterator(2000) if names else ():
        old = dict(zip(names, values, strict=True))
        new = {name: made for name, value in old.items() if (made := finder.cleaned(value)) != value}
        if new:
            # who is named in one personal column is meant by the others of the row
            yield pk, {**{name: GONE for name in guarded if old[name]}, **new}


def write(model, pk, values):
    """Straight to the table, without a history row that would keep the old words; search and sort columns follow."""
    row = model._base_manager.get(pk=pk)
    for name, value in values.items():
        limit = getattr(model._meta.get_field(name), "max_length", None)
        values[name] = value[:limit] if isinstance(value, str) else value
        setattr(row, name, values[name])
    derived = [f for f in model._meta.concrete_fields if isinstance(f, SearchTextField | SortKeyField)]
    model._base_manager.filter(pk=pk).update(**values, **{f.attname: f.pre_save(row, False) for f in derived})


def apply(entries, *, dry_run=False):
    """(places changed, places kept): Counters by table."""
    finder, changed, kept = Finder(entries), Counter(), Counter()
    for model in apps.get_models(include_auto_created=True) if entries else ():
        if model._meta.label in PASSED:
            continue
        for pk, values in list(changes_of(finder, model)):
            (kept if model._meta.label in KEPT else changed)[str(model._meta.verbose_name)] += len(values)
            if model._meta.label not in KEPT and not dry_run:
                write(model, pk, values)
    return changed, kept


# --- doing it, and doing it again ------------------------------------------------------------------


@transaction.atomic
def erase(terms, *, reason, dry_run=False):
    """(the entry, places changed, places kept)"""
    entry = erasure_of(terms)
    changed, kept = apply([entry], dry_run=dry_run)
    if not dry_run:
        detail = {"mark": entry.mark, "places": changed.total()}
        record_event(Kind.ERASURE, detail=detail, subjects=entry.digests, reason=reason)
        remember([entry])
    return entry, changed, kept


@transaction.atomic
def again():
    """After a restore: every entry once more; returns in how many places somebody had come back."""
    places = apply(register())[0].total()
    if places:
        record_event(Kind.ERASURE, detail={"places": places, "step": "xóa lại sau khôi phục"})
    return places


def returned():
    """A sentence when an erased person stands in the data all the same: check_data asks."""
    for table, places in apply(register(), dry_run=True)[0].items():
        yield f"người đã xóa còn ở {places} chỗ của {table}: chạy manage.py erase_subject --again"


def register():
    path = Path(settings.PRIVATE_ROOT) / REGISTER
    lines = path.read_text().splitlines() if path.exists() else []
    found = [json.loads(line) for line in lines if line]
    return [Erasure(entry["mark"], tuple(entry["digests"]), tuple(entry["lengths"])) for entry in found]


def remember(entries):
    """Adds what the register has not; a restore calls it too, so that an older register never replaces a newer one."""
    known = {entry.mark for entry in register()}
    if new := [entry for entry in entries if entry.mark not in known]:
        root = Path(settings.PRIVATE_ROOT)
        root.mkdir(parents=True, exist_ok=True)
        with (root / REGISTER).open("a") as file:
            file.writelines(json.dumps(asdict(entry)) + "\n" for entry in new)
