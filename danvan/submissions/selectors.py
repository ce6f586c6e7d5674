"""Reads of the submissions room: one sheet feeds the ward's page, the check page and the review."""

from decimal import Decimal

from danvan.access.roles import OFFICE_ROLES
from danvan.access.scoping import ancestor_ids
from danvan.common import clock, text
from danvan.figures import registry
from danvan.figures.compute import Values, compute
from danvan.figures.declare import UNIT, Balance, Figure, Rate, Typed
from danvan.figures.links import url_of
from danvan.figures.periods import year_before
from danvan.submissions import choices
from danvan.submissions.models import Period, ReturnItem, Submission
from danvan.units.models import Unit, UnitVersion
from danvan.units.selectors import call_as_of

PARAGRAPH = "loi_van:"  # prefix of a paragraph's key where a figure code stands


def owing_places(period):
    """Versions of the units that owe the report: of the regime's kind, below the unit that opened the period, on its last day."""
    return UnitVersion.objects.valid_on(period.ends_on).below(period.unit).filter(kind=period.regime.unit_kind, closed=False)


def owes(place, period):
    """The same of one version, valid on the period's last day."""
    return place.kind == period.regime.unit_kind and not place.closed and period.unit_id in ancestor_ids(place.path)


def owing_units(period):
    return Unit.objects.filter(pk__in=owing_places(period).values("unit"))


def office_periods(user):
    """The periods that the user's office answers for, newest first: its own, and those of units that have ended since."""
    offices = [m.unit for m in user.active_memberships() if m.role in OFFICE_ROLES]
    above = {pk for office in offices for pk in ancestor_ids(office.scope_path)}
    elsewhere = Unit.objects.living(clock.today()).exclude(pk__in=above)
    found = Period.objects.visible_to(user).exclude(unit__in=elsewhere)
    return found.select_related("regime", "unit").order_by("-ends_on", "pk")


def current_period(user):
    """Of the periods of the user's office the newest that units fill by now; a year opened long before comes after it."""
    periods = office_periods(user)
    return periods.filter(opens_on__lte=clock.today()).first() or periods.first()


def reminder(user, period, units):
    """The sentence that asks for what was not sent, ready to copy, in the name of the user's office."""
    if not units:
        return ""
    office = next((m.unit.name for m in user.active_memberships() if m.role in OFFICE_ROLES), "Cơ quan dân vận")
    past, due_on = period.due_on < clock.today(), text.format_date(period.due_on)
    when = f"; hạn nộp là ngày {due_on}" if past else f" trước ngày {due_on}"
    return f"{office} đề nghị các đơn vị: {', '.join(str(unit) for unit in units)} gửi báo cáo {period}{when}."


def sheet_codes(regime):
    """Figures of the regime in the order of the sheet: typed ones with their rates, then those computed from records."""
    asked = set(regime.typed_codes)
    typed = [f for f in registry.all_figures().values() if isinstance(f, Typed) and f.code in asked]
    groups = dict.fromkeys(f.group for f in typed)
    derived = [f for f in registry.all_figures().values() if isinstance(f, Rate | Balance) and f.group in groups]
    computed = [f for f in registry.counted() if f.owner == UNIT]
    ordered = [f for group in groups for f in [*typed, *derived] if f.group == group]
    return [f.code for f in [*ordered, *computed]]


def current_values(submission) -> Values:
    return compute(submission.period.code, [submission.unit_id])


def last_year_values(submission) -> Values:
    return compute(year_before(submission.period.code), [submission.unit_id])


def sheet(submission, values=None):
    """Groups of lines: [{"title", "lines": [{code, label, typed, value, text, last, change, link, flags}]}]."""
    values = values or current_values(submission)
    last = last_year_values(submission)
    broken = broken_rules(values, submission.period.regime.typed_codes)
    groups = {}
    for code in sheet_codes(submission.period.regime):
        item = registry.figure(code)
        groups.setdefault(item.group, []).append(_line(submission, item, values, last, broken.get(code)))
    return [{"title": title, "lines": lines} for title, lines in groups.items()]


def _line(submission, item, values, last, broken):
    now, before = _number(item, values), _number(item, last)
    return {
        "code": item.code,
        "label": item.label,
        "measure": item.unit_of_measure,
        "typed": isinstance(item, Typed),
        "counted": isinstance(item, Figure),
        "value": now,
        "text": values.text(item.code),
        "last": last.text(item.code) if before is not None or isinstance(item, Rate) else "",
        "change": change_words(now, before),
        "link": url_of(item.code, submission.period.code, submission.unit_id),
        "parts": [{"label": registry.figure(c).label, "text": values.text(c)} for c in _parts(item)],
        "formula": item.formula,
        "hard": broken or "",
        "soft": odd_words(item, now, before),
        "explanation": submission.explanations.get(item.code, ""),
    }


def _parts(item):
    return (item.numerator, item.denominator) if isinstance(item, Rate) else ()


def _number(item, values):
    return None if isinstance(item, Rate) else values.value(item.code)


def change_words(now, before):
    """ "+9%", "0", "−3" when the former number is too small for a percentage; "" when there is none."""
    if now is None or before is None:
        return ""
    difference = now - before
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    if difference == 0 or before < choices.JUMP_LEAST:
        return f"{sign}{text.format_number(abs(difference))}"
    return f"{sign}{text.format_number(Decimal(abs(difference)) * 100 / Decimal(before), 0)}%"


def odd_words(item, now, before):
    """A question to the unit, in a colleague's voice; "" when nothing is odd."""
    if now is None or not before or not isinstance(item, Typed):
        return ""
    if max(now, before) < choices.JUMP_LEAST:  # small numbers repeat and jump by themselves
        return ""
    if now == before:
        return f"Giống hệt năm trước ({text.format_number(now)}). Có thể số liệu được chép lại, chưa cập nhật."
    if abs(now - before) * 100 >= choices.JUMP_PERCENT * before:
        word = "Tăng" if now > before else "Giảm"
        share = text.format_number(Decimal(abs(now - before)) * 100 / Decimal(before), 0)
        return f"{word} {share}% so với năm trước ({text.format_number(before)} → {text.format_number(now)})."
    return ""


def broken_rules(values, codes):
    """{figure code: sentence} of hard rules broken by the typed values."""
    known = {code: values.value(code) for code in codes}
    return {rule.field: told for rule in registry.rules() if (told := rule.broken(known))}


def missing_codes(submission, values):
    return [code for code in submission.period.regime.typed_codes if values.value(code) is None]


def paragraphs(submission):
    return [
        {"key": key, "name": f"{PARAGRAPH}{key}", "title": title, "text": submission.narrative.get(key, "")}
        for key, title in submission.period.regime.paragraphs
    ]


def open_items(submission):
    """What the slip on the last round asks for, until the report is sent again or accepted."""
    if submission.status in choices.SENT:
        return []
    last = submission.rounds.order_by("-number")[:1]
    return list(ReturnItem.objects.filter(slip__round__in=last).select_related("slip__returned_by"))


def open_remarks(submission):
    """{figure code or paragraph name: reason}"""
    return {item.figure: item.reason for item in open_items(submission)}


def asked_on(round_):
    """{figure code or paragraph name: reason} of the slip of one round; a round that was accepted has none."""
    return dict(ReturnItem.objects.filter(slip__round=round_).values_list("figure", "reason")) if round_ else {}


def values_as_text(submission, values):
    """{code: text} of every line: what a round keeps."""
    return {code: values.text(code) for code in sheet_codes(submission.period.regime)}


def differences(submission):
    """Codes and paragraph names that changed between the last two rounds; None before a second round."""
    rounds = list(submission.rounds.order_by("-number")[:2])
    if len(rounds) < 2:
        return None
    new, old = rounds
    changed = {c: (old.values.get(c, "—"), v) for c, v in new.values.items() if v != old.values.get(c)}
    told = {f"{PARAGRAPH}{k}": (old.narrative.get(k, ""), v) for k, v in new.narrative.items() if v != old.narrative.get(k, "")}
    return {**changed, **told}


def matrix(period, user):
    """One row per owing unit that the user sees: its submission or None. Units are called as on the period's last day."""
    found = {s.unit_id: s for s in Submission.objects.visible_to(user).filter(period=period).select_related("unit")}
    places = owing_places(period).filter(unit__in=Unit.objects.visible_to(user)).select_related("unit").order_by("sort_key", "unit_id")
    units = [place.unit for place in places]
    call_as_of([(unit, period.ends_on) for unit in units])
    return [{"unit": unit, "submission": found.get(unit.pk), **state_of(found.get(unit.pk))} for unit in units]


def add_missing(period, lines):
    """[(title, how many are not filled)] of the sheet's sections into each line of the matrix; gives the titles."""
    values = compute(period.code, Unit.objects.filter(pk__in=[line["unit"].pk for line in lines]), codes=())
    groups = {}
    for code in period.regime.typed_codes:
        groups.setdefault(registry.figure(code).group, []).append(code)
    titles = [*groups, "Lời văn"]
    for line in lines:
        counts = [sum(line["unit"].pk not in values.units(c) for c in codes) for codes in groups.values()]
        written = line["submission"].narrative if line["submission"] else {}
        counts.append(sum(not written.get(key, "").strip() for key, _ in period.regime.paragraphs[:1]))
        line["missing"] = list(zip(titles, counts, strict=True))
    return titles


def state_of(submission):
    code, label = (submission.status, submission.get_status_display()) if submission else choices.NOT_STARTED
    tone, icon = choices.TONES[code]
    return {"status": code, "status_label": label, "tone": tone, "icon": icon}


def label_of(code, submission):
    """The words for a figure code or a paragraph name."""
    if code.startswith(PARAGRAPH):
        return dict(submission.period.regime.paragraphs).get(code.removeprefix(PARAGRAPH), code)
    return registry.figure(code).label
