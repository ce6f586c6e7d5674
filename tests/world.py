"""One small cast everywhere: two districts with their offices, wards whose paths are prefix twins, a school, the Front.

Every text of a unit's rows holds a random canary of its own, so that a page that shows one row too many can be seen to do so.
A canary carries a label: "this list shows A's registrations" is then a fact, not the unit's name in the page header.
"""

import datetime
import secrets
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import QueryDict
from django.test import Client, override_settings

from danvan.access.roles import ADMINISTRATOR, APPRAISER, FRONT, HEAD, LEADER, OFFICER, REVIEWER
from danvan.accounts.handover import hand_over
from danvan.accounts.managing_review import record_review
from danvan.accounts.models import Membership, User
from danvan.attachments.services import attach, withdraw
from danvan.audit.choices import Kind as Event
from danvan.audit.services import record_event
from danvan.catalogues.models import LegalBasis
from danvan.figures.models import FigureValue
from danvan.jobs.models import Job
from danvan.links.services import link
from danvan.organization.services import keep_words
from danvan.registers.drafts import save_draft
from danvan.submissions import services as submissions
from danvan.units.models import Kind, Unit, UnitVersion
from tests.danvan.attachments import good
from tests.factories import awards, dialogues, regulations, reports, supervision
from tests.factories.decisions import merge, new_decision, rename

TODAY = datetime.date(2020, 1, 8)
START = datetime.date(2015, 1, 1)
# Keys of which one begins the other. Far above what a sequence reaches in a test run.
DISTRICT, OFFICE, WARD_A, WARD_B, SCHOOL, FRONT_UNIT = 5000, 5003, 5002, 50021, 5005, 5006
OTHER_DISTRICT, OTHER_OFFICE, OTHER_WARD = 50001, 50032, 50022
BELOW = 5900


@dataclass
class Party:
    """A unit, its canaries by label, its people and the rows that are its own."""

    key: str
    unit: Unit | None = None
    words: dict = field(default_factory=dict)  # label -> canary
    numbers: dict = field(default_factory=dict)  # label -> number nobody else has
    people: dict = field(default_factory=dict)  # role -> user
    rows: dict = field(default_factory=dict)  # model -> rows
    known: dict = field(default_factory=dict)  # words that moved to a party which shares them with others
    below: Unit | None = None  # a unit in its branch, for records between two units

    def word(self, label):
        return self.words.setdefault(label, secrets.token_hex(8))

    def number(self, label, digits):
        return self.numbers.setdefault(label, 10 ** (digits - 1) + secrets.randbelow(9 * 10 ** (digits - 1)))

    def own(self, row):
        self.rows.setdefault(type(row), []).append(row)
        return row

    @property
    def texts(self):
        """What betrays this party on a page: its words, and its numbers as the screen prints them."""
        return {**self.words, **{label: f"{number:,}".replace(",", ".") for label, number in self.numbers.items()}}


@dataclass
class Cast:
    parties: dict = field(default_factory=dict)

    def __getattr__(self, key):
        try:
            return self.__dict__["parties"][key]
        except KeyError:
            raise AttributeError(key) from None

    def party(self, key):
        return self.parties.setdefault(key, Party(key))

    def canaries(self, keys):
        """{canary: "party label"} of some parties."""
        return {text: f"{key} {label}" for key in keys for label, text in self.parties[key].texts.items()}


def scoped_models():
    return [model for model in apps.get_models() if getattr(model, "SCOPE", None) is not None]


def new_unit(party, pk, name, kind, above=None):
    """As danvan.units.services.create_unit, with a key of our choice."""
    path = f"{above.unit.scope_path if above else ''}{pk}."
    name = f"{name} {party.word('unit')}"
    party.unit = party.own(Unit.objects.create(pk=pk, code=f"U{pk}", name=name, scope_path=path))
    UnitVersion.objects.create(
        unit=party.unit, valid_from=START, parent=above.unit if above else None, path=path, name=name, kind=kind,
        superior_name=f"Cấp trên {name}", issuer_name=name, symbol="BC/DV", place="Thanh Bình", signer_title="TRƯỞNG BAN",
    )  # fmt: skip
    return party


def new_user(party, role, name, sees=None):
    user = party.own(User.objects.create(username=name, display_name=f"{name} {party.word('user')}"))
    Membership.objects.create(user=user, unit=party.unit, sees=(sees or party).unit, role=role, starts_on=START)
    party.people[role] = user
    return user


# --- the places and the people ----------------------------------------------------------------


def build_places(cast):
    district = new_unit(cast.party("district"), DISTRICT, "Quận Thanh Bình", Kind.PARTY_COMMITTEE)
    office = new_unit(cast.party("office"), OFFICE, "Ban Dân vận", Kind.MOBILIZATION_BOARD, district)
    a = new_unit(cast.party("a"), WARD_A, "Phường A", Kind.WARD, district)
    b = new_unit(cast.party("b"), WARD_B, "Phường B", Kind.WARD, district)
    school = new_unit(cast.party("school"), SCHOOL, "Trường A", Kind.SCHOOL, a)
    front = new_unit(cast.party("front"), FRONT_UNIT, "Mặt trận", Kind.FRONT, district)
    other = new_unit(cast.party("other_district"), OTHER_DISTRICT, "Quận khác", Kind.PARTY_COMMITTEE)
    other_office = new_unit(cast.party("other_office"), OTHER_OFFICE, "Ban Dân vận khác", Kind.MOBILIZATION_BOARD, other)
    other_ward = new_unit(cast.party("other_ward"), OTHER_WARD, "Phường khác", Kind.WARD, other)
    for above, below, suffix in [(district, office, ""), (other, other_office, "-khac")]:
        new_user(below, REVIEWER, f"chuyen-vien{suffix}", sees=above)
        new_user(below, LEADER, f"lanh-dao{suffix}", sees=above)
        new_user(below, APPRAISER, f"hoi-dong{suffix}", sees=above)
        new_user(below, ADMINISTRATOR, f"quan-tri{suffix}", sees=above)
    for party, name in [(a, "phuong-a"), (b, "phuong-b"), (school, "truong"), (other_ward, "phuong-khac")]:
        new_user(party, OFFICER, name)
        new_user(party, HEAD, f"{name}-truong")
    new_user(a, ADMINISTRATOR, "quan-tri-a")
    new_user(front, FRONT, "mat-tran")
    for key, party in [("district", office), ("other_district", other_office)]:
        # Those below read which office returned their report, and who: names that are no secret to them.
        published = cast.party(f"{key}_published")
        published.words |= {
            "district": cast.parties[key].words.pop("unit"),
            "office": party.words.pop("unit"),
            "who": party.words.pop("user"),
        }
    build_below(cast)
    # The Front and ward A write to each other: each knows the other's name and who signed. Nobody else learns them.
    between = cast.party("front_and_a")
    for party in (front, a):
        party.known = {label: party.words.pop(label) for label in ("unit", "user")}
        between.words |= {f"{label} of {party.key}": word for label, word in party.known.items()}


def build_below(cast):
    for number, key in enumerate(("a", "b", "school", "front", "other_ward")):
        party = cast.parties[key]
        row = Unit.objects.create(
            pk=BELOW + number, code=f"U{BELOW + number}", name=f"Chi hội {party.word('below')}",
            scope_path=f"{party.unit.scope_path}{BELOW + number}.",
        )  # fmt: skip
        UnitVersion.objects.create(
            unit=row, valid_from=START, parent=party.unit, path=row.scope_path, name=row.name, kind=Kind.MASS_ORGANIZATION,
            superior_name="Cấp trên", issuer_name=row.name, symbol="BC/CH", place="Thanh Bình", signer_title="CHỦ TỊCH",
        )  # fmt: skip
        party.below = party.own(row)


# --- what they keep ------------------------------------------------------------------------------


def fill(cast, monkeypatch):
    """The walked rows of every party. The district opens campaigns and periods and publishes them downwards."""
    shared = {key: build_shared(cast, key) for key in ("district", "other_district")}
    for key in ("a", "b", "school", "front", "other_ward"):
        above = "other_district" if key == "other_ward" else "district"
        reviewer = cast.parties["other_office" if key == "other_ward" else "office"].people[REVIEWER]
        build_records(cast.parties[key], shared[above], reviewer)
        build_rooms(cast.parties[key], reviewer)
    for key in ("a", "b", "school", "other_ward"):
        above = "other_district" if key == "other_ward" else "district"
        office = cast.parties["other_office" if key == "other_ward" else "office"]
        build_reports(cast.parties[key], shared[above], office.people[REVIEWER], monkeypatch)
    for key in ("office", "other_office"):
        build_office(cast.parties[key], monkeypatch)
    build_between(cast)
    build_drafts(cast)
    build_accounts(cast)


def build_shared(cast, key):
    """What a district publishes: everybody below may read it, nobody of the other district."""
    party, published = cast.parties[key], cast.party(f"{key}_published")
    regime = reports.new_regime()
    campaigns, periods = {}, {}
    for year in (2018, 2019):
        word = published.word(f"campaign {year}")
        campaigns[year] = published.own(awards.new_campaign(party.unit, year, words=word))
        periods[year] = published.own(reports.new_period(party.unit, str(year), regime, words=published.word(f"period {year}")))
    party.own(awards.new_campaign(party.unit, 2020, words=party.word("campaign"), published=False))
    reviewer = cast.parties["other_office" if key == "other_district" else "office"].people[REVIEWER]
    issued = {"by": reviewer, "published_on": datetime.date(2019, 5, 20)}
    published.own(regulations.new_regulation(party.unit, words=published.word("regulation"), **issued))
    party.own(regulations.new_regulation(party.unit, words=party.word("draft regulation"), subject=regulations.subjects()[1]))
    return {"campaigns": campaigns, "periods": periods, "key": key}


def build_records(party, shared, reviewer):
    campaigns, officer = shared["campaigns"], party.people.get(OFFICER) or party.people[FRONT]
    word = party.word("registration")
    former = party.own(awards.new_registration(party.unit, campaigns[2018], words=f"{word} 2018"))
    row = awards.new_registration(party.unit, campaigns[2019], words=word, continues=former, households=party.number("households", 6))
    # Gone from every page but the history: no address opens it, so nobody has it among his rows.
    dropped = attach(row, SimpleUploadedFile("nham.docx", good.docx()), unit_id=party.unit.pk, by=officer)
    withdraw(dropped, by=officer, reason=f"Nhầm {party.word('withdrawn file')}")
    awards.survey(row, by=reviewer, held_on=datetime.date(2019, 5, 5), words=party.word("survey"))
    awards.recognise(row, by=reviewer, held_on=datetime.date(2019, 10, 15), words=party.word("recognised"))
    party.own(row)
    for step in row.stages.all():
        party.own(step)
    row.content = f"Bản sau {party.word('edited')}"
    row._history_user, row._change_reason = officer, f"Sửa vì {party.word('reason')}"
    row.save()
    gone = party.own(awards.new_registration(party.unit, campaigns[2019], words=party.word("withdrawn")))
    awards.withdraw(gone, by=reviewer, reason=f"Rút vì {party.word('withdrawal')}")
    # The reviewer gives the award, its name is the unit's.
    party.own(awards.new_award(party.unit, words=party.word("award"), registration=row))
    party.own(awards.new_replication(party.unit, row, words=party.word("replication")))
    text = good.docx(**{"word/document.xml": good.parts(f"Tệp {party.word('file text')}")["word/document.xml"]})
    upload = SimpleUploadedFile(f"minh chung {party.word('file name')}.docx", text)
    party.own(attach(row, upload, unit_id=party.unit.pk, by=officer))
    party.own(awards.new_campaign(party.unit, 2019, words=party.word("campaign"), published=party.key == "b"))
    lines = rename(party.below, f"Chi hội {party.word('new name')}"), merge(party.below, into=party.unit)
    decision = party.own(new_decision(party.unit, *lines, words=party.word("decision")))
    keep_words(decision, reviewer)
    own_lines(party, decision.lines)


def build_rooms(party, reviewer):
    """Regulations, supervision and dialogues; what stands between two units stands between the party and a unit of its branch."""
    unit, below, officer = party.unit, party.below, party.people.get(OFFICER) or party.people[FRONT]
    first, second, *_ = regulations.subjects()
    old = party.own(regulations.new_regulation(unit, words=party.word("draft regulation"), subject=second))
    issued = party.own(regulations.new_regulation(unit, words=party.word("regulation"), by=reviewer, subject=first, owner_office=below))
    old.replaces = issued
    old.save()
    issued.legal_bases.set(LegalBasis.objects.order_by("pk")[:1])
    party.own(regulations.new_duty(unit, second))
    party.own(regulations.new_disclosure(unit, words=party.word("disclosure")))
    nil = {"by": officer, "words": party.word("nil return")}
    party.own(regulations.new_nil_return(unit, period="2018-Q3", withdrawn=True, **nil))
    party.own(regulations.new_nil_return(unit, period="2019-Q3", **nil))

    plan = party.own(supervision.new_plan(unit, words=party.word("plan")))
    plan.co_signers.set([below])
    plan.legal_bases.set(LegalBasis.objects.order_by("pk")[:1])
    item = party.own(supervision.new_item(plan, [below], words=party.word("plan item")))
    a_round = party.own(supervision.new_round(unit, [below], words=party.word("round"), item=item))
    finding = party.own(supervision.new_finding(a_round, below, words=party.word("finding"), regulation=issued))
    party.own(supervision.new_recommendation(unit, below, words=party.word("sent recommendation")))
    row = supervision.new_recommendation(unit, below, words=party.word("recommendation"), finding=finding)
    supervision.extended(row, by=reviewer, words=party.word("added days"))
    party.own(supervision.replied(row, by=reviewer, words=party.word("reply")))
    type(row).objects.filter(pk=row.pk).update(verification=f"Đã xem {party.word('verification')}")
    own_lines(party, row.extensions, row.progress)

    party.own(dialogues.new_obligation(unit, words=party.word("obligation")))
    party.own(dialogues.concluded(dialogues.new_dialogue(unit, words=party.word("concluded")), words=party.word("conclusion")))
    dialogue = party.own(dialogues.new_dialogue(unit, words=party.word("dialogue")))
    question = party.own(dialogues.new_question(dialogue, words=party.word("question"), forwarded_to=below))
    party.own(dialogues.new_asker(question, words=party.word("asker")))
    promised = party.own(dialogues.new_commitment(question, below, words=party.word("commitment"), by=officer))
    own_lines(party, promised.notes, promised.extensions)
    party.own(link(question, promised, by=officer))
    party.own(link(row, old, by=officer))
    party.own(record_event(Event.EXPORT, user=officer, obj=row, reason=f"Xuất vì {party.word('audited')}"))


def own_lines(party, *lines):
    for row in (row for manager in lines for row in manager.all()):
        party.own(row)


def build_between(cast):
    """The Front recommends to ward A; ward A forwards a question to the Front, which promises. The rest of each record stays its own."""
    between, front, a = (cast.parties[key] for key in ("front_and_a", "front", "a"))
    lead, officer = front.people[FRONT], a.people[OFFICER]
    a_round = supervision.new_round(front.unit, [a.unit], words=front.word("round at a"), title=between.word("round"))
    front.own(a_round)
    finding = front.own(supervision.new_finding(a_round, a.unit, words=between.word("finding")))
    front.own(supervision.new_finding(a_round, front.below, words=front.word("other finding")))
    row = supervision.new_recommendation(front.unit, a.unit, words=between.word("recommendation"), finding=finding)
    between.own(supervision.replied(row, by=officer, words=between.word("reply")))
    own_lines(between, row.progress)
    text = good.docx(**{"word/document.xml": good.parts(f"Tệp {between.word('file text')}")["word/document.xml"]})
    upload = SimpleUploadedFile(f"kien nghi {between.word('file name')}.docx", text)
    between.own(attach(row, upload, unit_id=front.unit.pk, addressed_to_id=a.unit.pk, by=lead))

    dialogue = a.own(dialogues.new_dialogue(a.unit, words=a.word("dialogue with front"), topic=between.word("dialogue")))
    a.own(dialogues.new_question(dialogue, words=a.word("kept question"), position=2))
    question = between.own(dialogues.new_question(dialogue, words=between.word("question"), forwarded_to=front.unit))
    a.own(dialogues.new_asker(question, words=a.word("asker of front")))
    promised = between.own(dialogues.new_commitment(question, front.unit, words=between.word("commitment"), by=lead))
    own_lines(between, promised.notes, promised.extensions)
    # Ties to what only one side may open: the other side must not read them on the shared page.
    a.own(link(row, a.rows[type(dialogue)][0], by=officer))
    front.own(link(row, rows_of(front, "JointPlan")[0], by=lead))


def build_reports(party, shared, reviewer, monkeypatch):
    officer, head = party.people[OFFICER], party.people[HEAD]
    who = {"officer": officer, "head": head, "reviewer": reviewer}
    half = reports.new_regime("truong", "Báo cáo của trường", Kind.SCHOOL)
    own_period = party.own(reports.new_period(party.unit, "2019-6M", half, words=party.word("period"), published=party.key == "b"))
    first, second = (own_period, None) if party.key == "school" else (shared["periods"][2018], shared["periods"][2019])
    with monkeypatch.context() as patch:
        if party.key == "school":  # its period is its own: nobody above answers for it, and no office stands below it
            patch.setattr("danvan.submissions.permissions.check_is_asked", lambda user, period: None)
        closed = reports.accepted(first, party.unit, **who, words=party.word("narrative 2018"), hg_total=party.number("typed 2018", 7))
    submissions.request_correction(closed, by=officer, reason=f"Xin sửa {party.word('correction')}")
    closed.corrections.update(answer=f"Trả lời {party.word('answer')}")
    back = second and reports.returned(second, party.unit, **who, words=party.word("narrative"), hg_total=party.number("typed", 7))
    for submission in filter(None, (closed, back)):
        party.own(submission)
        for row in (*submission.typed.all(), *submission.rounds.all(), *submission.slips.all(), *submission.corrections.all()):
            party.own(row)
        for slip in submission.slips.all():
            own_lines(party, slip.items)
    for row in FigureValue.objects.filter(unit=party.unit):
        party.own(row)
    own_report(party, reports.produced(party.unit, "2019", by=officer, words=party.word("report"), monkeypatch=monkeypatch))


def build_office(party, monkeypatch):
    reviewer = party.people[REVIEWER]
    report = reports.produced(party.unit, "2019", by=reviewer, words=party.word("report"), kind="annual", monkeypatch=monkeypatch)
    own_report(party, report)


def own_report(party, report):
    party.own(report)
    for version in report.versions.all():
        party.own(version)
    for job in Job.objects.filter(params__report=report.pk):
        Job.objects.filter(pk=job.pk).update(step=f"Bước {party.word('step')}", error=f"Lỗi {party.word('error')}")
        party.own(job)


def build_accounts(cast):
    """Somebody left each ward: acts with their reasons, the minutes, a review by each office."""
    for key in ("office", "other_office"):
        record_review(by=cast.parties[key].people[ADMINISTRATOR], conclusion=cast.parties[key].word("review"))
    for key in ("a", "b", "other_ward"):
        party, office = cast.parties[key], cast.parties["other_office" if key == "other_ward" else "office"]
        name, account = f"Thôi việc {party.word('leaver')}", f"{key}-{party.word('leaver account')}"
        leaver = party.own(User.objects.create(username=account, display_name=name))
        membership = Membership.objects.create(user=leaver, unit=party.unit, sees=party.unit, role=OFFICER, starts_on=START)
        exported = {"file": f"{party.word('exported file')}.xlsx"}
        party.own(record_event(Event.EXPORT, user=leaver, subjects=[party.word("subject")], detail=exported))
        party.own(
            hand_over(
                leaver, party.people[OFFICER], key=uuid.uuid4(), taken=[membership], ends_on=TODAY, by=office.people[ADMINISTRATOR],
                reason=f"Nghỉ vì {party.word('leaving')}", notes=party.word("minutes"),
            )
        )  # fmt: skip


def build_drafts(cast):
    """One draft of each kind, of one person each. Nobody else reads it, not even the colleague: a party of its own."""
    for key in ("a", "b", "other_ward"):
        owner = cast.parties[key]
        user, party = owner.people[OFFICER], cast.party(f"draft_{key}")
        forms = {"registration": None, "submission_sheet": rows_of(owner, "Submission")[-1].pk}
        for form, pk in forms.items():
            party.own(save_draft(user, form, typed(name=f"Nháp {party.word(form)}", **{"loi_van:ket_qua": party.word(form)}), pk))


def typed(**values):
    data = QueryDict(mutable=True)
    data.update({"_key": str(uuid.uuid4()), "_version": "1", **values})
    return data


def rows_of(party, name):
    return next(rows for model, rows in party.rows.items() if model.__name__ == name)


# --- fixtures ----------------------------------------------------------------------------------------


@contextmanager
def built(blocker, folder, builder):
    """Builds once for a module in a transaction that is never committed; `rolled_back` undoes what one test does."""
    with blocker.unblock(), override_settings(TODAY=TODAY, PRIVATE_ROOT=folder, FORCE_PASSWORD_CHANGE=False), transaction.atomic():
        cast = Cast()
        with pytest.MonkeyPatch.context() as patch:
            build_places(cast)
            builder(cast, patch)
        yield cast
        transaction.set_rollback(True)


@contextmanager
def rolled_back():
    """Whatever happens inside did not happen. A legal write must not destroy the evidence of the next request."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    """Places, people and the walked rows of every party."""
    with built(django_db_blocker, tmp_path_factory.mktemp("private"), fill) as cast:
        yield cast


@pytest.fixture(scope="module")
def places(django_db_setup, django_db_blocker, tmp_path_factory):
    """Places and people only."""
    with built(django_db_blocker, tmp_path_factory.mktemp("private"), lambda cast, patch: None) as cast:
        yield cast


def signed_in(user):
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client
