"""Asks for every address as one person and writes down whatever should not have happened."""

import uuid
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from danvan.access.permissions import has_right
from danvan.access.roles import RIGHTS
from danvan.access.walk import patterns
from danvan.figures import registry
from danvan.figures.declare import Figure
from danvan.registers.registry import all_registers
from danvan.units.models import Unit
from tests.danvan.attachments import good
from tests.scoping.classified import ANSWERS, FROM_A_RECORD, ONE_UNIT, PARTS, POST_ONLY, PUBLIC, argument_sets, model_of
from tests.scoping.database import changed, fingerprint
from tests.scoping.reading import offered, text_of
from tests.world import rolled_back, scoped_models, signed_in

NOBODY = 987_654_321  # a key that no row has
# Which canary of a unit its list shows; a new register is red until it says so.
LISTED = {
    "registration": "registration",
    "award": "award",
    "replication": "registration",
    "campaign": "campaign",
    "report": "report",
    "typed_value": "typed",
    "submission": "unit",
    "regulation": "regulation",
    "regulation_duty": "unit",
    "disclosure": "disclosure",
    "joint_plan": "plan",
    "supervision_round": "round",
    "recommendation": "recommendation",
    "dialogue": "dialogue",
    "dialogue_question": "question",
    "dialogue_obligation": "obligation",
    "commitment": "commitment",
    "unit_decision": "decision",
}
# Units are addressed beyond what one sees (danvan.registers.filters.is_open): their names stand in such a choice, nothing else of theirs.
OPEN_FIELDS = {name for model in scoped_models() for name in getattr(model, "OPEN_CHOICES", ())} | {
    param for register in all_registers() for param, name in register.filters.items() if name in getattr(register.model, "OPEN_CHOICES", ())
}


@dataclass
class Walk:
    """`own` are the parties whose rows this person may open, `readable` what was published to him; all others are foreign."""

    cast: object
    user: object
    own: tuple
    readable: tuple = ()
    names: object = None  # only addresses whose name this function accepts
    requests: int = 0
    addresses: set = field(default_factory=set)
    problems: list = field(default_factory=list)

    def __post_init__(self):
        self.client = signed_in(self.user)
        self.foreign = [key for key in self.cast.parties if key not in (*self.own, *self.readable)]
        self.secrets = self.cast.canaries(self.foreign)
        self.foreign_rows = {
            (model, row.pk): key for key in self.foreign for model, rows in self.cast.parties[key].rows.items() for row in rows
        }
        self.before = fingerprint()

    @property
    def leaks(self):
        return [problem for problem in self.problems if "LEAK" in problem]

    def entries(self):
        return [entry for entry in patterns() if self.names is None or self.names(entry[1])]

    # --- one request ---------------------------------------------------------------------------

    def ask(self, method, url, data=None, *, writes=False, said=()):
        """The response with its whole text. `said` are canaries that stand in the question itself."""
        self.requests += 1
        signed = self.client.cookies.copy()  # a walk past the log-out stays signed in
        with rolled_back():
            response = getattr(self.client, method)(url, data or {})
            response.whole = text_of(response)
            offers = offered(response)
            touched = [] if writes else changed(self.before, fingerprint())
        addressed = self.addressed(offers)
        self.client.cookies = signed
        if response.status_code >= 500:
            self.wrong(method, url, f"answers {response.status_code}: {getattr(response, 'exc_info', None) and response.exc_info[1]!r}")
        for canary, whose in self.secrets.items():
            if canary in response.whole and canary not in said and not any(canary in unit.name for unit in addressed.values()):
                self.wrong(method, url, f"LEAK of {whose} (status {response.status_code})")
        for place, rows in offers.items():
            for row in rows:
                key = self.foreign_rows.get((type(row), row.pk))
                if key and not (isinstance(row, Unit) and row.pk in addressed and place.split(".")[-1] in OPEN_FIELDS):
                    self.wrong(method, url, f"LEAK: the choice {place} offers {type(row).__name__} {row.pk} of {key}")
        if touched:
            self.wrong(method, url, f"changed {', '.join(touched)}")
        return response

    def addressed(self, offers):
        """Units of the own district that an open choice of this page offers: to be written to, so their names stand there."""
        top = self.user and self.user.memberships.get().sees.scope_path.split(".")[0]
        offered_units = [row for place, rows in offers.items() if place.split(".")[-1] in OPEN_FIELDS for row in rows if type(row) is Unit]
        return {unit.pk: unit for unit in offered_units if unit.scope_path.split(".")[0] == top}

    def wrong(self, method, url, words):
        self.problems.append(f"{self.user or 'anonymous'}: {method.upper()} {url} {words}")

    # --- addresses with a key --------------------------------------------------------------------

    def keyed(self):
        """Own objects open; foreign ones, and ones that nobody has, do not exist, whatever the method."""
        for _, name, pattern in self.entries():
            model = model_of(name, pattern)
            if model is None:
                continue
            self.addresses.add(name)
            for key, party in self.cast.parties.items():
                rows = party.rows.get(model, [])
                for row in ends(rows) if key in self.own else rows[-1:]:
                    for arguments in argument_sets(pattern, row.pk, name):
                        self._one(name, pattern, arguments, key, row)
                    if name in PARTS and key in self.own:
                        self._foreign_parts(name, row)
            for arguments in argument_sets(pattern, NOBODY, name):
                self._one(name, pattern, arguments, None)

    def _foreign_parts(self, name, row):
        """A part of another unit does not exist below an own row; who may only read the row is told that, whatever the part."""
        for part in [pk for model, pk in self.foreign_rows if model is PARTS[name][0]][-2:]:
            url = reverse(name, kwargs={"pk": row.pk, "part": part})
            answers = {self.ask("get", url).status_code, self.ask("post", url, payload(name)).status_code}
            closed = {self.ask("get", reverse(name, kwargs={"pk": row.pk, "part": NOBODY})).status_code}
            if answers not in ({404}, {403}) or answers != closed:
                self.wrong("get/post", url, f"answers {answers} for a part of another unit, {closed} for one that nobody has")

    def _one(self, name, pattern, arguments, key, row=None):
        url = reverse(name, kwargs=arguments)
        if name in FROM_A_RECORD:
            return self._from_records(name, pattern, url, row, key)
        if key in self.own:
            self._own(name, pattern, url)
        elif key in self.readable:
            self._readable(name, url)
        else:
            self._foreign(name, pattern, url)

    def _from_records(self, name, pattern, url, row, key):
        """A link is no unit's: it exists on the page of a record at one of its ends, for whoever may open that record."""
        ends = [row.from_record, row.to_record] if row else []
        for record in ends:
            register = next(register for register in all_registers() if register.model is type(record))
            question = f"?tu={register.code}:{record.pk}"
            if (type(record), record.pk) in self.foreign_rows:
                self._foreign(name, pattern, url + question)
                continue
            answer = self.ask("post", url + question, writes=True).status_code
            if key in self.own and self.may_enter(pattern) and answer not in (302, 403):
                self.wrong("post", url + question, f"answers {answer} for an own link")
        self._foreign(name, pattern, url)

    def _own(self, name, pattern, url):
        answer = self.ask("get", url).status_code
        allowed = {403} if not self.may_enter(pattern) else {200, 302, 403, 405}
        if answer not in allowed:
            self.wrong("get", url, f"answers {answer} for an own object")
        acts = ("duyet", "lap_lai", "huy", "gui", "lạ") if name in ("submissions:check", "reporting:act") else ()
        for data in ({}, *({"viec": act} for act in acts)):
            # a period is begun by the units that owe it, here those below: for others there is nothing to begin
            if (answer := self.ask("post", url, data, writes=True).status_code) == 404 and name != "submissions:start":
                self.wrong("post", url, f"answers {answer} for an own object")

    def _readable(self, name, url):
        self.ask("get", url)
        if name.endswith(("_edit", "_edit_draft", "_attach")):
            answer = self.ask("post", url, payload(name)).status_code
            if answer != 404:
                self.wrong("post", url, f"answers {answer}: what stands above is read, never written")

    def _foreign(self, name, pattern, url):
        answers = [self.ask("get", url).status_code, self.ask("post", url, payload(name)).status_code]
        if not self.may_enter(pattern):
            if answers != [403, 403]:
                self.wrong("get/post", url, f"answers {answers} to a role without the right")
        elif not set(answers) <= {404, 405} or answers == [405, 405]:
            self.wrong("get/post", url, f"answers {answers} for what must not exist")

    def may_enter(self, pattern):
        rule = pattern.callback.access_rule
        return rule not in RIGHTS or has_right(self.user, rule)

    # --- addresses without a key ----------------------------------------------------------------

    def lists(self):
        for _, name, pattern in self.entries():
            if pattern.pattern.converters:
                continue
            self.addresses.add(name)
            url = reverse(name)
            if name in POST_ONLY:
                self.expect(url, self.ask("get", url), 405)
                self.ask("post", url, writes=True)
                continue
            if name in FROM_A_RECORD:
                self.from_records(name, pattern, url)
                continue
            for question, said in self.questions(name, pattern):
                response = self.ask("get", url + question, said=said)
                missing = name in ONE_UNIT and "don_vi=" in question and self.may_enter(pattern)
                self.expect(url + question, response, *({404} if missing else self.entrance(name, pattern)))
                self.shows_own(name, pattern, url + question, response)

    def from_records(self, name, pattern, url):
        """Opened from an own record of each register, it finds own rows in every register; from a foreign one it does not exist."""
        registers = all_registers()
        for register in registers:
            foreign = [pk for model, pk in self.foreign_rows if model is register.model]
            own = [row.pk for key in self.own for row in self.cast.parties[key].rows.get(register.model, [])]
            for pk in foreign[-1:]:
                self._foreign(name, pattern, f"{url}?tu={register.code}:{pk}")
            for pk in own[:1] if self.may_enter(pattern) else []:
                for other in registers:
                    question = f"{url}?tu={register.code}:{pk}&so={other.code}&q="
                    self.expect(question, self.ask("get", question), 200)
                    theirs = [row for model, row in self.foreign_rows if model is other.model][-1:]
                    for row in theirs:
                        answer = self.ask("post", f"{url}?tu={register.code}:{pk}", {"den": f"{other.code}:{row}"}).status_code
                        if answer not in (403, 404):
                            self.wrong("post", question, f"answers {answer} to a link with {other.code} {row} of others")
        self._foreign(name, pattern, url)

    def entrance(self, name, pattern):
        if name in PUBLIC:
            return PUBLIC[name] | {302}
        if name in ANSWERS:
            return ANSWERS[name]
        if name.endswith("_add") and self.may_enter(pattern):
            return {200, 403}
        return {200, 302} if name in ("submissions:index", "home:home") else {200} if self.may_enter(pattern) else {403}

    def expect(self, url, response, *allowed):
        if response.status_code not in allowed:
            self.wrong("get", url, f"answers {response.status_code}, not {allowed}")

    def questions(self, name, pattern):
        """[(query, canaries named in it)]: plain, foreign units and rows as filters, foreign words, drafts, tabs, orders, figures."""
        yield "", ()
        register = getattr(pattern.callback, "register", None)
        listed = register is not None and name.endswith(("_list", "_xlsx", "_csv"))
        campaigns = sorted(pk for model, pk in self.foreign_rows if model.__name__ == "Campaign")
        for key in (key for key in ("b", "other_ward") if key in self.foreign):
            party, draft = self.cast.parties[key], self.cast.parties[f"draft_{key}"]
            yield f"?don_vi={party.unit.pk}", ()
            if listed or name == "search:search":
                yield from ((f"?q={party.words[label]}", (party.words[label],)) for label in ("registration", "award", "unit"))
            if not listed:
                yield from ((f"?ban-nhap={row.key}", ()) for rows in draft.rows.values() for row in rows)
            if name.endswith("_list"):
                params = [param for param, path in register.filters.items() if not of_catalogue(register, path)]
                yield from ((f"?{param}={campaigns[-1]}", ()) for param in params)
            if listed:
                codes = [code for code, item in registry.all_figures().items() if self.has_rows_of(name, register, item)]
                yield from ((f"?chi-tieu={code}&ky=2019&don_vi={party.unit.pk}", ()) for code in codes)
        if name.endswith("_list"):
            yield from ((f"?muc={slug}", ()) for slug in [*(tab.slug for tab in register.tabs), "cap-tren"])
            yield from ((f"?sap-xep={sign}{column.name}", ()) for column in register.columns for sign in ("", "-"))
            yield "?tong=1", ()
            yield "?trang=2&so_dong=100", ()

    def has_rows_of(self, name, register, item):
        """Whether this address is asked for the rows of a figure: every figure on its list, one on the exports."""
        own = item.of is register if isinstance(item, Figure) else register.code == "typed_value"
        return own and (name.endswith("_list") or item.code in ("dvk_households", "kt_dvk", "hg_total"))

    def shows_own(self, name, pattern, url, response):
        """A bad filter is passed over, so the own rows stay: a page that shows nothing at all would prove nothing."""
        register = getattr(pattern.callback, "register", None)
        if register is None or not name.endswith(("_list", "_xlsx", "_csv")) or not self.may_enter(pattern):
            return
        if any(word in url for word in ("q=", "chi-tieu=", "muc=", "trang=", "nam=")):
            return
        for key in self.own:
            party = self.cast.parties[key]
            canary = {**party.known, **party.texts}.get(LISTED[register.code])
            paged = name.endswith("_list") and sum(len(self.cast.parties[own].rows.get(register.model, [])) for own in self.own) > 25
            if register.model in party.rows and canary and canary not in response.whole and not paged:
                self.wrong("get", url, f"does not show the own {register.code} of {key}")


def of_catalogue(register, path):
    """A filter by a row of a catalogue, which is nobody's: there any key may be a good choice."""
    field = None
    for part in path.split("__"):
        field = (field.related_model if field else register.model)._meta.get_field(part)
    return field.related_model is not None and not hasattr(field.related_model, "SCOPE")


def ends(rows):
    """The first and the last row: two of a kind tell as much as thirty."""
    return [rows[0], rows[-1]] if len(rows) > 1 else rows


def payload(name):
    """A form that would do something, were the object there."""
    data = {
        "_key": str(uuid.uuid4()), "_version": "1", "viec": "duyet", "verdict": "duyet", "reason": "Lý do", "until": "20/01/2020",
        "stage": "binh_xet", "held_on": "05/01/2020", "name": "Tên khác", "loi_van:ket_qua": "Lời khác", "override_reason": "Vẫn lập",
        "A.I": "Lời khác", "households": "1", "decision_number": "1", "note": "Ghi chú", "number": "7", "issued_on": "05/01/2020",
    }  # fmt: skip
    return {**data, "tep": SimpleUploadedFile("tep.docx", good.docx())} if name.endswith("_attach") else data
