"""The joint supervision of two years, step by step on its own days: plans, rounds, findings, recommendations and their replies."""

from danvan.catalogues.models import LegalBasis
from danvan.common.models import signed
from danvan.demo.accounts import HEADS, officer_of
from danvan.demo.calendar import on
from danvan.demo.content import supervision as told
from regulations.choices import Scope
from regulations.selectors import in_force_on
from supervision import services
from supervision.models import Finding, JointPlan, PlanItem, Recommendation, SupervisionRound

LEAD = "MTTQ"


def create_supervision(units, users):
    """{year: recommendations}"""
    return {year: create_year(year, units, users) for year in told.PLANS}


def create_year(year, units, users):
    user = users["mat-tran"]
    items = create_plan(year, units, user)
    found = []
    for entry in told.ROUNDS[year]:
        rows = create_round(entry, items, units, user)
        found += [create_recommendation(words, *rows, units, users) for words in entry[5]]
    return found


def district_regulations(day):
    """{subject code: the regulation in force on the day}; findings cite them."""
    rows = in_force_on(day).filter(subject__scope=Scope.DISTRICT).select_related("subject")
    return {row.subject.code: row for row in rows}


def create_plan(year, units, user):
    """{key: item}"""
    title, number, issued_on = told.PLANS[year]
    plan = JointPlan(unit=units[LEAD], year=year, title=title, number=number, issued_on=issued_on, purpose=told.PURPOSE.format(year=year))
    with on(issued_on):
        signed(plan, user).save()
        plan.co_signers.set([units[code] for code in told.CO_SIGNERS])
        plan.legal_bases.set(LegalBasis.objects.filter(number__in=told.BASES))
        return {key: create_item(plan, units, user, *words) for key, words in told.ITEMS.items()}


def create_item(plan, units, user, subject, form, rhythm, month_from, month_to, targets, regulation):
    team = told.TEAM if form == told.TEAM_FORM else told.SMALL_TEAM
    item = PlanItem(plan=plan, subject=subject, form=form, rhythm=rhythm, month_from=month_from, month_to=month_to, team=team)
    signed(item, user).save()
    item.target_units.set([units[code] for code in targets])
    return item


def create_round(entry, items, units, user):
    """(the round, its findings)"""
    key, held_from, held_on, targets, findings, _ = entry
    item = items.get(key)
    subject, form, rhythm, regulation = told.UNPLANNED, told.TEAM_FORM, told.REGULAR, told.UNPLANNED_REGULATION
    if item is not None:
        subject, form, rhythm, regulation = item.subject, item.form, item.rhythm, told.ITEMS[key][6]
    names = ", ".join(units[code].name for code in targets)
    row = SupervisionRound(
        unit=units[LEAD], item=item, title=f"Giám sát tại {names}: {subject[:1].lower()}{subject[1:]}", form=form, rhythm=rhythm,
        held_from=held_from, held_on=held_on, team=told.TEAM if form == told.TEAM_FORM else told.SMALL_TEAM, summary=summary_of(findings),
    )  # fmt: skip
    cited = district_regulations(held_on).get(regulation)
    with on(held_on, 16):
        signed(row, user).save()
        row.target_units.set([units[code] for code in targets])
        return row, [create_finding(row, units, cited, user, *words) for words in findings]


def summary_of(findings):
    good = [words for kind, _, words in findings if kind == told.GOOD]
    weak = [words for kind, _, words in findings if kind != told.GOOD]
    return " ".join(["Ưu điểm: " + " ".join(good)] * bool(good) + ["Cần khắc phục: " + " ".join(weak)] * bool(weak))


def create_finding(row, units, regulation, user, kind, code, words):
    finding = Finding(round=row, kind=kind, unit=units[code], regulation=regulation, text=words)
    signed(finding, user).save()
    return finding


def create_recommendation(words, row, findings, units, users):
    code, number, sent_on, title, content, answer, verified_on = words
    record = Recommendation(
        unit=units[LEAD], addressed_to=units[code], round=row, finding=None if number is None else findings[number], title=title,
        content=content, sent_on=sent_on,
    )  # fmt: skip
    services.set_deadline(record)
    with on(sent_on, 10):
        signed(record, users["mat-tran"]).save()
    extend(record, code, users)
    if answer:
        reply(record, code, answer, users)
    if verified_on:
        with on(verified_on, 15):
            services.verify(record, by=users["mat-tran"], note=told.DONE)
    reopen(record, code, users)
    return record


def extend(record, code, users):
    unit, title, day, days, reason = told.EXTENDED
    if (code, record.title) == (unit, title):
        with on(day):
            services.extend(record, by=users["mat-tran"], days=days, reason=reason)


def reply(record, code, answer, users):
    """By the unit's own account; for offices without one the board enters the letter."""
    replied_on, kind, words = answer
    with on(replied_on, 14):
        services.reply(record, by=officer_of(users, code), kind=kind, text=words)
    confirmed_on = told.CONFIRMED.get((code, record.title))
    if confirmed_on:
        with on(confirmed_on, 9):
            services.confirm_reply(record, by=users[HEADS[code]])


def reopen(record, code, users):
    unit, title, day, words = told.REOPENED
    if (code, record.title) == (unit, title):
        with on(day, 10):
            services.reopen(record, by=users["mat-tran"], note=words)
