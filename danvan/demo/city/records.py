"""Registrations, awards, regulations, disclosures, dialogues and supervision of the city, each entered on its own day."""

import datetime

from danvan.catalogues.models import FieldOfWork, LegalBasis, RegulationSubject, holidays
from danvan.common import clock
from danvan.common.models import signed
from danvan.demo.calendar import on
from danvan.demo.city.accounts import officer_of
from danvan.demo.city.units import BOARD, FOUNDED_ON, ROOT
from danvan.demo.content import city_words as words
from danvan.demo.content.city_places import COMMUNE, CORNERS, PLACES, SCHOOLS, body
from danvan.demo.content.later_years import TOPICS
from danvan.demo.content.shapes import BOXES
from danvan.demo.entering import enter
from danvan.demo.records import GUIDANCE
from danvan.demo.regulations import SIGNERS
from danvan.figures.periods import span_of
from dialogues import promises
from dialogues import services as dialogues
from dialogues.choices import Answered, Channel, CommitmentStatus, DialogueKind
from dialogues.models import Commitment, Dialogue, DialogueObligation
from models_awards.choices import AwardForm, GrantingBody, Level, ModelKind, Occasion, Stage
from models_awards.models import Award, Campaign, Registration
from models_awards.services import record_stage
from regulations.choices import Applies, Scope
from regulations.models import Disclosure, Regulation, RegulationDuty
from regulations.services import declare_nil
from supervision import services as supervision
from supervision.models import Finding, JointPlan, PlanItem, Recommendation, SupervisionRound

DAY = datetime.timedelta(days=1)


def workday(year, month, number):
    """The day itself, or the next one on which offices work."""
    day, known = datetime.date(year, month, number), holidays()
    while not clock.is_working_day(day, known):
        day += DAY
    return day


# --- "Dân vận khéo" ------------------------------------------------------------------------------------

CAMPAIGNS = {2025: ((7, 21), (9, 30), (12, 15)), 2026: ((1, 19), (4, 29), (11, 30))}
RECOGNISED_ON = datetime.date(2025, 12, 4)
RECOGNITION = {ModelKind.MODEL: "412-QĐ/TU", ModelKind.EXEMPLAR: "3120/QĐ-UBND"}
REWARD = {ModelKind.MODEL: "413-QĐ/TU", ModelKind.EXEMPLAR: "3121/QĐ-UBND"}
OCCASION = "Tổng kết phong trào thi đua năm 2025"
GRANTED_BY = {ModelKind.MODEL: GrantingBody.STANDING_COMMITTEE, ModelKind.EXEMPLAR: GrantingBody.PEOPLES_COMMITTEE}


def create_registrations(units, users):
    """{year: registrations}"""
    fields = {field.code: field for field in FieldOfWork.objects.all()}
    found = {}
    for year, days in CAMPAIGNS.items():
        opens_on, closes_on, late_until = (datetime.date(year, *day) for day in days)
        campaign = Campaign(
            unit=units[ROOT], year=year, name=f"Đăng ký “Dân vận khéo” năm {year}", guidance=GUIDANCE, opens_on=opens_on,
            closes_on=closes_on, late_until=late_until, published_on=opens_on,
        )  # fmt: skip
        enter(campaign, by=users["chuyen-vien"], day=opens_on, hour=8)
        found[year] = [enter_registration(campaign, *line, units, users, fields) for line in registered_in(year)]
    move(found, users["chuyen-vien"])
    return found


def registered_in(year):
    """(number, unit, topic, corner): one or two of each ward in the first half year, two or three in the whole one."""
    number = 0
    for place, code in enumerate(PLACES):
        for turn in range(1 + place % 2 if year == 2025 else 2 + place % 2):
            yield number, code, TOPICS[(place * 2 + turn + year % 2) % len(TOPICS)], CORNERS[code][(turn + year) % 3]
            number += 1


def enter_registration(campaign, number, code, topic, corner, units, users, fields):
    field, kind, subject, title, boxes = topic
    first = workday(campaign.year, 8, 5) if campaign.year == 2025 else workday(2026, 2, 24)
    day = clock.add_working_days(first, number * 3 % 37, holidays())
    households = 22 + (number * 19 + campaign.year) % 74
    slots = {"p": corner, "u": body(code), "lead": f"Đảng ủy {body(code)}", "h": households, "y": campaign.year}
    told = {name: local(text.format(**slots), code) for name, text in {"name": title, **boxes}.items()}
    row = Registration(
        campaign=campaign, unit=units[code], field=fields[field], kind=kind, subject_type=subject, registered_on=day,
        households=households, name=told["name"], **{box: told[box][:1].upper() + told[box][1:] for box in BOXES},
    )  # fmt: skip
    return enter(row, by=officer_of(users, code), day=day)


def local(text, code):
    """The texts speak of a ward; a commune is called by its own words."""
    return text.replace("phường", "xã").replace("tổ dân phố", "thôn") if PLACES[code][0] == COMMUNE else text


def move(found, user):
    """2025 came to its end in December; of 2026 the first third was surveyed by the summer."""
    first = found[2025]
    models, exemplars = ([row for row in first if row.kind == kind] for kind in (ModelKind.MODEL, ModelKind.EXEMPLAR))
    for row in first:
        step(row, Stage.RUNNING, workday(2025, 10, 15), user)
        step(row, Stage.SURVEYED, workday(2025, 11, 10), user)
    for row in [*models[:4], *exemplars[:2]]:
        step(row, Stage.APPRAISED, workday(2025, 11, 24), user)
        marks = {"level": Level.DISTRICT, "occasion": OCCASION}
        step(row, Stage.RECOGNISED, RECOGNISED_ON, user, decision_number=RECOGNITION[row.kind], **marks)
        step(row, Stage.REWARDED, RECOGNISED_ON, user, decision_number=REWARD[row.kind], **marks)
    for number, row in enumerate(found[2026]):
        step(row, Stage.RUNNING, workday(2026, 5, 12), user)
        if number % 3 == 0:
            step(row, Stage.SURVEYED, workday(2026, 7, 6 + number), user)


def step(row, stage, day, user, **marks):
    with on(day, 15):
        record_stage(row, stage, by=user, held_on=day, **marks)


def create_awards(registrations, users):
    rows = [row for row in registrations[2025] if row.recognised_on]
    return [
        enter(
            Award(
                unit=row.unit, registration=row, name=f"Thực hiện “{row.name}”", occasion=Occasion.SKILFUL, award_year=2025,
                granting_body=GRANTED_BY[row.kind], form=AwardForm.CERTIFICATE, subject_type=row.subject_type,
                decision_number=REWARD[row.kind], decided_on=RECOGNISED_ON, awarded_on=datetime.date(2025, 12, 31),
            ),
            by=users["chuyen-vien"], day=RECOGNISED_ON, hour=16,
        )
        for row in rows
    ]  # fmt: skip


# --- regulations and disclosures -----------------------------------------------------------------------


def create_subjects():
    """The city edits its catalogue: what the former level issued has ended, and the names fit wards and communes."""
    old = RegulationSubject.objects.filter(scope=Scope.DISTRICT)
    old.update(valid_to=FOUNDED_ON - DAY)
    for subject in RegulationSubject.objects.filter(scope=Scope.WARD):
        subject.name = subject.name.replace(" phường", "").strip()
        subject.save(update_fields=["name"])
    for position, (code, name, short) in enumerate(words.SUBJECTS, start=1):
        RegulationSubject.objects.create(
            code=code, scope=Scope.DISTRICT, name=name, short_name=short, position=position, valid_from=FOUNDED_ON, needs_check=True
        )


AGENCIES = [BOARD, "UBND", "S-NV", "S-XD", "S-NNMT", "S-GDDT", "MTTQ"]  # the rest has still to issue its own


def create_regulations(units, users):
    create_subjects()
    create_duties(units, users)
    law = LegalBasis.objects.get(number="10/2022/QH15")
    known = {subject.code: subject for subject in RegulationSubject.objects.all()}
    return [issue(*line, units, users, law) for line in regulation_lines(known)]


def regulation_lines(known):
    """(unit, subject, number, day, office in charge, signer, whom it concerns)"""
    for code, owner, number, day in words.CITY_REGULATIONS:
        yield ROOT, known[code], number, day, owner, words.CITY_SIGNER, words.CITY_REACH
    place = 0
    for ward in PLACES:
        for subject in sorted((s for s in known.values() if s.scope == Scope.WARD), key=lambda s: s.position):
            place += 1
            if place % 4 == 3:  # still to be issued
                continue
            day = workday(2025, 9, 4) + DAY * (place * 11 % 170)
            symbol, signer = SIGNERS[Scope.WARD]
            yield ward, subject, f"{30 + place * 7 % 210}/{symbol}", day, "", local(signer, ward), f"Cán bộ và Nhân dân {body(ward)}."
    yield from school_lines(known)
    yield from agency_lines(known["co_quan_hoat_dong"])


def school_lines(known):
    symbol, signer = SIGNERS[Scope.SCHOOL]
    schools = [f"{ward}-TH{number}" for ward, names in SCHOOLS.items() for number in range(1, len(names) + 1)]
    subjects = sorted((s for s in known.values() if s.scope == Scope.SCHOOL), key=lambda s: s.position)
    for place, (school, subject) in enumerate((school, subject) for school in schools for subject in subjects):
        if place % 5 != 3:
            day = workday(2025, 9, 22) + DAY * (place * 7 % 60)
            yield school, subject, f"{12 + place * 3 % 90}/{symbol}", day, "", signer, "Nhà giáo, người lao động, học sinh."


def agency_lines(subject):
    symbol, signer = SIGNERS[Scope.AGENCY]
    for place, code in enumerate(AGENCIES):
        yield (
            code,
            subject,
            f"{41 + place * 9}/{symbol}",
            workday(2025, 8, 11) + DAY * (place * 9),
            "",
            signer,
            "Cán bộ, công chức của cơ quan.",
        )


def create_duties(units, users):
    """Boards and Fronts of wards have the regulation of the ward's own offices; for the organisations it depends."""
    subject = RegulationSubject.objects.get(code="co_quan_hoat_dong")
    told = {f"{ward}-{part}": Applies.NOT for ward in PLACES for part in ("XDD", "MT")} | {"CA": Applies.NOT}
    told |= dict.fromkeys(["PN", "ND", "CCB", "LDLD", "TN"], Applies.BY_FEATURES)
    for code, applies in told.items():
        duty = RegulationDuty(unit=units[code], subject=subject, applies=applies)
        enter(duty, by=users["chuyen-vien"], day=workday(2025, 8, 4), hour=9)


def issue(code, subject, number, day, owner, signer, reach, units, users, law):
    published = {"published_on": day} if code == ROOT else {}
    row = Regulation(
        unit=units[code], subject=subject, name=subject.name, number=number, issued_on=day, in_force_from=day, signer_title=signer,
        owner_office=units.get(owner), scope_words=reach, **published,
    )  # fmt: skip
    return enter(row, by=officer_of(users, code), day=day, legal_bases=[law])


QUARTERS = ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"]
NIL = ("TL", "2025-Q4", datetime.date(2025, 12, 29))


def create_disclosures(units, users):
    rows = []
    for place, code in enumerate(PLACES):
        for at, quarter in enumerate(QUARTERS):
            if (code, quarter) != NIL[:2]:
                rows += [disclose(code, place, at, quarter, number, units, users) for number in range(1 + (place + at) % 3)]
    ward, quarter, day = NIL
    with on(day, 15):
        declare_nil(units[ward], quarter, by=officer_of(users, ward))
    return rows


def disclose(code, place, at, quarter, number, units, users):
    starts_on = span_of(quarter)[0]
    day = workday(starts_on.year, starts_on.month + number, 5 + (place * 5 + at * 3) % 20)
    text, channel = words.DISCLOSED[(place + at * 2 + number) % len(words.DISCLOSED)]
    last = day + DAY * {"niem_yet": 30, "loa_truyen_thanh": 3}.get(channel, 0)
    content = text.format(u=body(code), p=CORNERS[code][number], y=day.year, q=f"{at % 2 + 1}/{day.year}")
    row = Disclosure(unit=units[code], content=content, body=f"UBND {body(code)}", channel=channel, disclosed_on=day)
    stored = enter(row, by=officer_of(users, code), day=day, hour=14)
    if last > day:
        stored.posted_until = last
        with on(last, 16):
            signed(stored, officer_of(users, code), "Hết thời gian công khai").save()
    return stored


# --- dialogues ------------------------------------------------------------------------------------------


def create_dialogues(units, users):
    """(dialogues, questions, commitments)"""
    fields = {field.code: field.pk for field in FieldOfWork.objects.all()}
    for year, day in ((2025, FOUNDED_ON + DAY * 30), (2026, datetime.date(2026, 1, 26))):
        for code in PLACES:
            title = f"Bí thư Đảng ủy {body(code)}"
            enter(DialogueObligation(unit=units[code], year=year, head_title=title), by=officer_of(users, code), day=day, hour=9)
    rows = [hold(code, year, place, units, users) for year in (2025, 2026) for place, code in enumerate(PLACES) if is_held(code, year)]
    rows.append(hold_city(units, users))
    promised = [promise for place, row in enumerate(rows) for promise in ask(row, place, fields, units, users)]
    return rows, sum(row.questions.count() for row in rows), promised


def is_held(code, year):
    """In 2026 two have not held theirs by September."""
    return year == 2025 or code not in ("NP", "TL")


def hold(code, year, place, units, users):
    day = workday(2025, 10 + place % 2, 6 + place * 2) if year == 2025 else workday(2026, 3 + place % 4, 9 + place)
    row = Dialogue(
        unit=units[code], kind=DialogueKind.PERIODIC, topic=f"{words.TOPICS[(place + year) % 4]} ({day.year})",
        chair_title=f"Bí thư Đảng ủy {body(code)}", place=f"Hội trường UBND {body(code)}", noticed_on=day - DAY * (9 + place % 4),
        held_on=day, **crowd(70 + place * 9 + year % 7), minutes=words.MINUTES, conclusion_on=day + DAY * (6 + place % 4),
        conclusion_number=f"{14 + place}-TB/ĐU",
    )  # fmt: skip
    return enter(row, by=officer_of(users, code), day=row.conclusion_on, hour=16)


def hold_city(units, users):
    day = workday(2026, 5, 20)
    row = Dialogue(
        unit=units[ROOT], kind=DialogueKind.PERIODIC, topic="Bí thư Thành ủy đối thoại với Nhân dân về chính quyền địa phương hai cấp",
        chair_title="Bí thư Thành ủy", place="Hội trường Thành ủy", noticed_on=day - DAY * 14, held_on=day, **crowd(240),
        minutes=words.MINUTES, conclusion_on=day + DAY * 8, conclusion_number="96-TB/TU",
    )  # fmt: skip
    return enter(row, by=users["chuyen-vien"], day=row.conclusion_on, hour=16)


def crowd(people):
    return {"attendance": people, "women": people * 46 // 100, "party_members": people * 35 // 100}


def ask(dialogue, place, fields, units, users):
    """Three or four questions of one dialogue; what is not answered on the spot is promised."""
    code, user = dialogue.unit.code, officer_of(users, dialogue.unit.code)
    corner = CORNERS.get(code, ("các phường ven sông",))[place % 3 if code in CORNERS else 0]
    asked = [words.QUESTIONS[(place + turn * 2) % len(words.QUESTIONS)] for turn in range(3 + place % 2)]
    with on(dialogue.conclusion_on, 16, 30):
        dialogues.save_lines(dialogue, [line_of(entry, corner, fields, units) for entry in asked], by=user)
    for question, (_, _, _, promise, office) in zip(dialogue.questions.order_by("position"), asked, strict=True):
        if promise:
            owner = units[office or (code if code in PLACES else "S-NNMT")]
            yield promise_and_do(dialogue, question, promise.format(p=corner), owner, place, users)


def line_of(entry, corner, fields, units):
    asked, field, answer, _, office = entry
    return {
        "pk": None, "version": None, "content": asked.format(p=corner), "field_id": fields[field], "channel": Channel.SPOKEN,
        "answered": Answered.ON_THE_SPOT if answer else Answered.NOT_YET, "answer": answer, "answered_on": None,
        "forwarded_to_id": units[office].pk if office else None,
    }  # fmt: skip


def promise_and_do(dialogue, question, content, owner, place, users):
    """Most of 2025 is done and confirmed, of 2026 some is under way and some late."""
    holder, keeper = officer_of(users, dialogue.unit.code), officer_of(users, owner.code)
    due_on = dialogue.held_on + DAY * (60 + 15 * (place % 3))
    row = Commitment(unit=dialogue.unit, owner=owner, dialogue=dialogue, question=question, content=content, due_on=due_on)
    enter(row, by=holder, day=dialogue.conclusion_on, hour=17)
    noted_on, done_on = dialogue.held_on + DAY * 25, due_on - DAY * (3 + place % 5)
    with on(noted_on, 9):
        promises.report_progress(row, by=keeper, noted_on=noted_on, text=words.PROGRESS)
    if dialogue.held_on.year == 2025 or place % 3 == 0:
        with on(done_on, 15):
            promises.report_progress(row, by=keeper, noted_on=done_on, text=words.FINISHED, status=CommitmentStatus.DONE)
        with on(done_on + DAY * 6, 9):
            promises.confirm(row, by=holder if owner.pk != dialogue.unit_id else users["chuyen-vien"])
    return row


# --- supervision -----------------------------------------------------------------------------------------


def create_supervision(units, users):
    """(rounds, recommendations)"""
    plans = {year: create_plan(year, *told, units, users) for year, told in words.PLANS.items()}
    rounds, sent = [], []
    for year, *told in words.ROUNDS:
        row, recommendations = create_round(plans[year], *told, units, users)
        rounds.append(row)
        sent += recommendations
    row, recommendation = create_ward_round(units, users)
    return [*rounds, row], [*sent, recommendation]


def create_plan(year, title, number, issued_on, units, users):
    user = users["mat-tran"]
    plan = JointPlan(unit=units["MTTQ"], year=year, title=title, number=number, issued_on=issued_on, purpose=words.PURPOSE)
    signers, bases = [units[code] for code in words.CO_SIGNERS], LegalBasis.objects.filter(number__in=words.BASES)
    enter(plan, by=user, day=issued_on, co_signers=signers, legal_bases=bases)
    for planned, subject, rhythm, first, last, targets, *_ in words.ROUNDS:
        if planned == year:
            item = PlanItem(
                plan=plan, subject=subject, form="doan_giam_sat", rhythm=rhythm, month_from=first, month_to=last, team=words.TEAM
            )
            with on(issued_on, 11):
                signed(item, user).save()
                item.target_units.set([units[code] for code in targets])
    return plan


def create_round(plan, subject, rhythm, first, last, targets, held_from, held_on, findings, recommendations, units, users):
    user, names = users["mat-tran"], ", ".join(units[code].name for code in targets)
    row = SupervisionRound(
        unit=units["MTTQ"], item=plan.items.get(subject=subject), title=f"Giám sát tại {names}: {subject[:1].lower()}{subject[1:]}",
        form="doan_giam_sat", rhythm=rhythm, held_from=held_from, held_on=held_on, team=words.TEAM,
        summary=" ".join(text for _, _, text in findings),
    )  # fmt: skip
    enter(row, by=user, day=held_on, hour=16, target_units=[units[code] for code in targets])
    about = Regulation.objects.filter(unit=units[ROOT], subject__code=words.ABOUT.get(subject, "")).first()
    with on(held_on, 17):
        for kind, code, text in findings:
            signed(Finding(round=row, kind=kind, unit=units[code], regulation=about, text=text), user).save()
    return row, [recommend(row, *told, units, users) for told in recommendations]


def recommend(row, code, sent_on, title, content, answer, verified_on, units, users):
    user = users["mat-tran"]
    record = Recommendation(unit=row.unit, addressed_to=units[code], round=row, title=title, content=content, sent_on=sent_on)
    enter(record, by=user, day=sent_on)
    if answer:
        replied_on, kind, text = answer
        with on(replied_on, 14):
            supervision.reply(record, by=officer_of(users, code), kind=kind, text=text)
    if verified_on:
        with on(verified_on, 15):
            supervision.verify(record, by=user, note=words.VERIFIED)
    return record


def create_ward_round(units, users):
    """In a two-level city the Front of a ward supervises what stands in the ward."""
    subject, held_from, held_on, finding, sent_on, title, content = words.WARD_ROUND
    user, school = users["mat-tran-1"], units["AH-TH1"]
    row = SupervisionRound(
        unit=units["AH-MT"], title=f"Giám sát tại {school}: {subject[:1].lower()}{subject[1:]}", form="doan_giam_sat",
        rhythm="chuyen_de", held_from=held_from, held_on=held_on, team=words.WARD_TEAM, summary=finding,
    )  # fmt: skip
    enter(row, by=user, day=held_on, hour=16, target_units=[school])
    with on(held_on, 17):
        signed(Finding(round=row, kind="han_che", unit=school, text=finding), user).save()
    record = Recommendation(unit=row.unit, addressed_to=school, round=row, title=title, content=content, sent_on=sent_on)
    return row, enter(record, by=user, day=sent_on)
