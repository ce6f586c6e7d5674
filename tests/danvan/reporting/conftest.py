"""A district with its Ban Dân vận and two wards, their people, and the makers of the records that reports count."""

import datetime
from types import SimpleNamespace

import pytest

from danvan.access.roles import HEAD, LEADER, OFFICER, REVIEWER
from danvan.accounts.models import Membership, User
from danvan.catalogues.models import FieldOfWork
from danvan.jobs import services as jobs
from danvan.jobs import worker
from danvan.reporting import production, services
from danvan.reporting.kinds import KINDS
from danvan.submissions import services as submissions
from danvan.submissions.figures import TYPED
from danvan.submissions.models import Period, Regime
from danvan.units.models import Kind
from danvan.units.services import create_unit
from models_awards.choices import AwardForm, GrantingBody, ModelKind, Occasion, SubjectType
from models_awards.models import Award, Campaign, Registration

START, TODAY = datetime.date(2015, 1, 1), datetime.date(2020, 1, 8)
BOXES = ["situation", "goals", "content", "area", "forces", "resources", "outputs", "sustainability"]


@pytest.fixture(autouse=True)
def at_the_office(settings, tmp_path):
    settings.TODAY, settings.PRIVATE_ROOT, settings.FORCE_PASSWORD_CHANGE = TODAY, tmp_path, False
    settings.JOB_LEASE_SECONDS = 600  # the thread that keeps a lease does not meet the test's transaction


@pytest.fixture
def silent_bell(monkeypatch):
    monkeypatch.setattr("danvan.jobs.services.ring", lambda job_id: True)


@pytest.fixture
def place(db, silent_bell):
    return new_place()


def new_place():
    place = SimpleNamespace()
    place.district = create_unit(code="Q", name="Quận ủy", kind=Kind.PARTY_COMMITTEE, valid_from=START, level_name="Cấp quận")
    place.office = _issuer("BDV", "Ban Dân vận", Kind.MOBILIZATION_BOARD, place.district, "BC/BDVQU")
    place.a = _issuer("PA", "Phường A", Kind.WARD, place.district, "BC/KDV")
    place.b = _issuer("PB", "Phường B", Kind.WARD, place.district, "BC/KDV")
    place.reviewer = _user("chuyen-vien", place.office, REVIEWER, place.district)
    place.leader = _user("lanh-dao", place.office, LEADER, place.district)
    for ward, letter in ((place.a, "a"), (place.b, "b")):
        setattr(place, f"officer_{letter}", _user(f"can-bo-{letter}", ward, OFFICER))
        setattr(place, f"head_{letter}", _user(f"truong-{letter}", ward, HEAD))
    place.field = FieldOfWork.objects.create(code="linh_vuc_thu", name="Lĩnh vực thử", valid_from=START)
    paragraphs = [["ket_qua", "Kết quả"], ["han_che", "Hạn chế"]]
    place.regime = Regime.objects.create(code="nam", name="Năm", typed_codes=[item.code for item in TYPED], paragraphs=paragraphs)
    place.periods, place.campaigns = {}, {}
    for year in (2018, 2019):
        place.periods[year] = _period(place, year)
        place.campaigns[year] = Campaign.objects.create(
            unit=place.office, year=year, name=f"Đợt {year}", opens_on=datetime.date(year, 1, 2), closes_on=datetime.date(year, 12, 15),
            late_until=datetime.date(year, 12, 31), published_on=datetime.date(year, 1, 2),
        )  # fmt: skip
    return place


def _issuer(code, name, kind, parent, symbol):
    header = {
        "superior_name": "CẤP TRÊN",
        "issuer_name": name.upper(),
        "symbol": symbol,
        "place": "Thanh Bình",
        "signer_title": "TRƯỞNG BAN",
    }
    return create_unit(code=code, name=name, kind=kind, valid_from=START, parent=parent, recipients=["Lưu"], **header)


def _user(name, unit, role, sees=None):
    user = User.objects.create_user(name, display_name=name)
    Membership.objects.create(user=user, unit=unit, sees=sees or unit, role=role, starts_on=START)
    return user


def _period(place, year):
    return Period.objects.create(
        regime=place.regime, unit=place.district, code=str(year), name=f"Năm {year}", starts_on=datetime.date(year, 1, 1),
        ends_on=datetime.date(year, 12, 31), opens_on=datetime.date(year, 11, 1), due_on=datetime.date(year, 12, 10),
        review_due_on=datetime.date(year, 12, 20), published_on=datetime.date(year, 11, 1),
    )  # fmt: skip


def new_registration(place, name="Mô hình thử", year=2019, unit=None, **values):
    first = {"kind": ModelKind.MODEL, "subject_type": SubjectType.COLLECTIVE, "registered_on": datetime.date(year, 3, 15)}
    texts = {box: "Nội dung" for box in BOXES}
    return Registration.objects.create(
        campaign=place.campaigns[year], unit=unit or place.a, field=place.field, name=name, **{**first, **texts, **values}
    )


def an_award(place, name="Tập thể thử", year=2019, unit=None, **values):
    """Not saved yet."""
    first = {
        "form": AwardForm.CERTIFICATE, "granting_body": GrantingBody.STANDING_COMMITTEE, "decision_number": f"QĐ {name}",
        "decided_on": datetime.date(2019, 12, 20), "occasion": Occasion.DEMOCRACY, "subject_type": SubjectType.COLLECTIVE,
    }  # fmt: skip
    award = Award(unit=unit or place.a, award_year=year, name=name, **{**first, **values})
    award.set_counting_date()
    return award


def new_award(place, *args, **values):
    award = an_award(place, *args, **values)
    award.save()
    return award


def accept(place, letter, year=2019, words="Kết quả tốt", **figures):
    """The ward's report, sent and accepted; every typed figure is 0 unless told."""
    ward, officer, head = (getattr(place, name) for name in (letter, f"officer_{letter}", f"head_{letter}"))
    submission = submissions.start(place.periods[year], ward, by=officer)
    values = {**{item.code: 0 for item in TYPED}, **figures}
    submissions.fill(submission, by=officer, base=submission.version, values=values, narrative={"ket_qua": words}, explanations={})
    submissions.hand_to_head(submission, by=officer)
    submissions.send(submission, by=head)
    return submissions.accept(submission, by=place.reviewer)


def annual(place, year=2019):
    return services.open_report(KINDS["annual"], place.office, str(year), by=place.reviewer)


def run(job):
    worker.work(jobs.claim(job.pk))
    job.refresh_from_db()
    return job


@pytest.fixture
def no_typesetting(monkeypatch):
    """The snapshot is real, the PDF says so in two words: for tests that do not open it."""
    monkeypatch.setattr(production, "rendered", lambda snapshot, figures=False: b"%PDF figures" if figures else b"%PDF report")


def drafted(place, report=None):
    """A report with a draft version."""
    report = report or annual(place)
    by = place.reviewer if report.kind == "annual" else place.officer_a
    assert run(services.produce(report, by=by, override_reason="Lập sớm")).state == "done"
    report.refresh_from_db()
    return report


def issued(place, number=12, report=None):
    report = drafted(place, report)
    services.approve(report, by=place.leader)
    run(services.issue(report, by=place.leader, number=number, issued_on=datetime.date(2020, 1, 6)))
    report.refresh_from_db()
    return report
