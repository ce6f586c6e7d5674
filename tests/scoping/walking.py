"""One request as one person, and everything that must not come of it."""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.core.files.uploadedfile import SimpleUploadedFile

from danvan.access.permissions import has_right
from danvan.access.roles import RIGHTS
from danvan.access.rows import seen_by
from danvan.access.walk import patterns
from danvan.registers.filters import is_open
from danvan.registers.registry import all_registers
from danvan.units.models import Unit
from tests.danvan.attachments import good
from tests.roles import as_application
from tests.scoping.database import NOT_DATA, rows_as_stored, written
from tests.scoping.reading import contexts_of_pages, offered, text_of
from tests.world import rolled_back, scoped_models, signed_in

# Units are addressed beyond what one sees (danvan.registers.filters.is_open), and a filter names whom visible rows address: names stand in
# such a choice, nothing else of theirs.
OPEN_FIELDS = {name for model in scoped_models() for name in getattr(model, "OPEN_CHOICES", ())}
OPEN_FILTERS = {
    f"{register.model.__name__}FilterForm.{param}"
    for register in all_registers()
    for param, path in register.filters.items()
    if is_open(register.model, path)
}
# Names of units and people are a directory without policy (danvan.access.policies.OPEN): the database alone does not keep them apart.
DIRECTORY = ("unit", "user", "below", "district", "office", "who")


@dataclass
class Walk:
    """`own` are the parties whose rows this person may open, `readable` what was published to him; all others are foreign.

    `full` asks for everything, otherwise for what tells most. `alone`: the application's filter is out, only the database guards.
    """

    cast: object
    user: object
    own: tuple
    readable: tuple = ()
    sharpest: tuple = ()
    names: object = None  # only addresses whose name this function accepts
    full: bool = False
    alone: bool = False
    requests: int = 0
    foreign_writes: int = 0
    addresses: set = field(default_factory=set)
    problems: list = field(default_factory=list)
    seen: set = field(default_factory=set)  # own canaries that were read: a page that shows nothing at all would prove nothing

    def __post_init__(self):
        self.client = signed_in(self.user)
        self.foreign = [key for key in self.cast.parties if key not in (*self.own, *self.readable)]
        secrets = self.cast.canaries(self.foreign)
        self.secrets = {text: whose for text, whose in secrets.items() if not (self.alone and is_directory(whose))}
        self.own_texts = self.cast.canaries(self.own)
        self.foreign_rows = {
            (model, row.pk): key for key in self.foreign for model, rows in self.cast.parties[key].rows.items() for row in rows
        }

    @cached_property
    def foreign_keys(self):
        """{table: (model, keys of the foreign rows in it, the rows as they are stored)}"""
        keys = defaultdict(list)
        for model, pk in self.foreign_rows:
            keys[model].append(pk)
        return {model._meta.db_table: (model, pks, rows_as_stored(model, pks)) for model, pks in keys.items()}

    @property
    def leaks(self):
        return [problem for problem in self.problems if "LEAK" in problem]

    def entries(self):
        return [entry for entry in patterns() if self.names is None or self.names(entry[1])]

    def may_enter(self, pattern):
        rule = pattern.callback.access_rule
        return rule not in RIGHTS or has_right(self.user, rule)

    # --- one request ---------------------------------------------------------------------------

    def ask(self, method, url, data=None, *, writes=False, said=()):
        """The response with its whole text. `said` are canaries that stand in the question itself; `writes`: it may write own rows."""
        self.requests += 1
        if self.requests == 1:
            self.foreign_keys  # noqa: B018 - read before anything can have changed
        signed = self.client.cookies.copy()  # a walk past the log-out stays signed in
        with rolled_back(), written() as tables:
            with contexts_of_pages() as contexts:
                response = getattr(self.client, method)(url, data or {})
            response.whole = text_of(response)
            with as_application(), seen_by(self.user):
                offers = offered(contexts)
            touched = tables - NOT_DATA
            self.judge_writes(method, url, touched, writes)
        self.client.cookies = signed
        if response.status_code >= 500:
            self.wrong(method, url, f"answers {response.status_code}: {getattr(response, 'exc_info', None) and response.exc_info[1]!r}")
        self.judge_text(method, url, response, said, self.addressed(offers))
        self.judge_choices(method, url, offers, self.addressed(offers))
        return response

    def judge_writes(self, method, url, touched, writes):
        """Reading writes nothing of substance; an own write leaves the rows of others as they were."""
        reading = method in ("get", "head", "options")
        if (reading or not writes) and (told := sorted(touched)):
            self.wrong(method, url, f"changed {', '.join(told)}")
        for table in touched & set(self.foreign_keys):
            model, keys, before = self.foreign_keys[table]
            if rows_as_stored(model, keys) != before:
                self.foreign_writes += 1
                self.wrong(method, url, f"changed rows of others in {table}")

    def judge_text(self, method, url, response, said, addressed):
        for canary, whose in self.secrets.items():
            if canary in response.whole and canary not in said and not any(canary in unit.name for unit in addressed):
                self.wrong(method, url, f"LEAK of {whose} (status {response.status_code})")
        self.seen |= {canary for canary in self.own_texts if canary not in self.seen and canary in response.whole}

    def judge_choices(self, method, url, offers, addressed):
        for place, rows in offers.items():
            for row in rows:
                key = self.foreign_rows.get((type(row), row.pk))
                open_unit = isinstance(row, Unit) and (self.alone or (row in addressed and names_units(place)))
                if key and not open_unit:
                    self.wrong(method, url, f"LEAK: the choice {place} offers {type(row).__name__} {row.pk} of {key}")

    def addressed(self, offers):
        """Units of the own district that an open choice of this page offers: to be written to, so their names stand there."""
        top = self.user and self.user.memberships.get().sees.scope_path.split(".")[0]
        units = [row for place, rows in offers.items() if names_units(place) for row in rows if type(row) is Unit]
        return {unit for unit in units if unit.scope_path.split(".")[0] == top}

    def wrong(self, method, url, words):
        self.problems.append(f"{self.user or 'anonymous'}: {method.upper()} {url} {words}")

    def expect(self, url, response, *allowed):
        if response.status_code not in allowed:
            self.wrong("get", url, f"answers {response.status_code}, not {allowed}")


def names_units(place):
    return place in OPEN_FILTERS or place.split(".")[-1] in OPEN_FIELDS


def is_directory(whose):
    """ "a unit", "front_and_a unit of front": a canary in a name that the directory holds."""
    label = whose.split(" ", 1)[1]
    return label in DIRECTORY or label.startswith(("unit of ", "user of "))


def payload(name):
    """A form that would do something, were the object there."""
    data = {
        "_key": str(uuid.uuid4()), "_version": "1", "viec": "duyet", "verdict": "duyet", "reason": "Lý do", "until": "20/01/2020",
        "stage": "binh_xet", "held_on": "05/01/2020", "name": "Tên khác", "loi_van:ket_qua": "Lời khác", "override_reason": "Vẫn lập",
        "A.I": "Lời khác", "households": "1", "decision_number": "1", "note": "Ghi chú", "number": "7", "issued_on": "05/01/2020",
    }  # fmt: skip
    return {**data, "tep": SimpleUploadedFile("tep.docx", good.docx())} if name.endswith("_attach") else data
