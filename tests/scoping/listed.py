"""Addresses without a key: lists, exports, search, dashboards, to-do, forms to add. They hold own rows only, whatever is asked."""

from django.urls import reverse

from danvan.access.permissions import has_right
from danvan.figures import registry
from danvan.figures.declare import Figure
from danvan.registers.registry import all_registers
from tests.scoping.classified import ANSWERS, FROM_A_RECORD, ONE_UNIT, POST_ONLY, PUBLIC
from tests.scoping.keyed import ask_foreign

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
ROWS = ("_list", "_xlsx", "_csv")


def walk_lists(walk):
    for _, name, pattern in walk.entries():
        if pattern.pattern.converters:
            continue
        walk.addresses.add(name)
        url = reverse(name)
        if name in POST_ONLY:
            walk.expect(url, walk.ask("get", url), 405 if walk.may_enter(pattern) else 403)
            walk.ask("post", url, writes=True)
        elif name in FROM_A_RECORD:
            ask_from_records(walk, name, pattern, url)
        else:
            for question, said in dict(questions(walk, name, pattern)).items():
                response = walk.ask("get", url + question, said=said)
                missing = name in ONE_UNIT and "don_vi=" in question and walk.may_enter(pattern) and not walk.alone
                walk.expect(url + question, response, *({404} if missing else entrance(walk, name, pattern)))
                shows_own(walk, name, pattern, url + question, response)
            walk.ask("post", url, writes=True)


def ask_from_records(walk, name, pattern, url):
    """Opened from an own record of each register, it finds own rows in the others; from a foreign one it does not exist, nor from
    one of a register that the role does not read."""
    registers = all_registers()
    for number, register in enumerate(registers):
        foreign = [pk for model, pk in walk.foreign_rows if model is register.model]
        own = [row.pk for key in walk.own for row in walk.cast.parties[key].rows.get(register.model, [])]
        for pk in foreign[-1:]:
            ask_foreign(walk, name, pattern, f"{url}?tu={register.code}:{pk}")
        others = registers if walk.full else [registers[number - 1]]
        for other in others if own and walk.may_enter(pattern) else []:
            question = f"{url}?tu={register.code}:{own[0]}&so={other.code}&q="
            walk.expect(question, walk.ask("get", question), 200 if has_right(walk.user, register.rights.view) else 404)
            for row in [row for model, row in walk.foreign_rows if model is other.model][-1:]:
                answer = walk.ask("post", f"{url}?tu={register.code}:{own[0]}", {"den": f"{other.code}:{row}"}).status_code
                if answer not in (403, 404):
                    walk.wrong("post", question, f"answers {answer} to a link with {other.code} {row} of others")
    ask_foreign(walk, name, pattern, url)


def entrance(walk, name, pattern):
    if name in PUBLIC:
        return PUBLIC[name] | {302}
    if name in ANSWERS:
        return ANSWERS[name]
    if not walk.may_enter(pattern):
        return {403}
    return {200, 403} if name.endswith("_add") else {200, 302} if name in ("submissions:index", "home:home") else {200}


def questions(walk, name, pattern):
    """(query, canaries named in it): plain, foreign units and rows as filters, foreign words, drafts, tabs, orders, figures."""
    yield "", ()
    if not walk.may_enter(pattern) and not walk.full:
        return
    register = getattr(pattern.callback, "register", None)
    listed = register is not None and name.endswith(ROWS)
    twins = [key for key in ("b", "other_ward") if key in walk.foreign]
    for key in twins if walk.full else twins[:1]:
        party, draft = walk.cast.parties[key], walk.cast.parties[f"draft_{key}"]
        if walk.full or not listed:
            yield f"?don_vi={party.unit.pk}", ()
        if listed or name == "search:search":
            labels = ("registration", "award", "unit") if walk.full else ("registration",)
            yield from ((f"?q={party.words[label]}", (party.words[label],)) for label in labels)
        if not listed:
            yield from ((f"?ban-nhap={row.key}", ()) for rows in draft.rows.values() for row in rows)
        if listed:
            yield from ((f"?chi-tieu={code}&ky=2019&don_vi={party.unit.pk}", ()) for code in figures_of(walk, name, register))
    if name.endswith("_list"):
        yield from (("?" + "&".join(found), ()) for found in list_questions(walk, register))
    elif listed and not walk.full:
        yield "?don_vi={}".format(walk.cast.parties[(twins or ["a"])[0]].unit.pk), ()


def list_questions(walk, register):
    """Filters with a foreign row as their value, tabs, orders: each alone in a full walk, else all filters and an order at once."""
    campaigns = sorted(pk for model, pk in walk.foreign_rows if model.__name__ == "Campaign")
    filters = [f"{param}={campaigns[-1]}" for param, path in register.filters.items() if not of_catalogue(register, path)]
    orders = [f"sap-xep={sign}{column.name}" for column in register.columns for sign in ("", "-")]
    tabs = [f"muc={slug}" for slug in [*(tab.slug for tab in register.tabs), "cap-tren"]]
    if not walk.full:
        yield [*filters, orders[0]]
        yield from ([tab] for tab in (tabs if hasattr(register.model, "published_on") else tabs[:-1]))
        return
    yield from ([found] for found in [*filters, *orders, *tabs, "tong=1"])
    yield ["trang=2", "so_dong=100"]


def figures_of(walk, name, register):
    """Figures whose rows this address is asked for: every one on its list, one on the exports; in a short walk one on the list."""
    own = [
        code
        for code, item in registry.all_figures().items()
        if (item.of is register if isinstance(item, Figure) else register.code == "typed_value")
    ]
    if not walk.full:
        return own[:1] if name.endswith("_list") else []
    return own if name.endswith("_list") else [code for code in own if code in ("dvk_households", "kt_dvk", "hg_total")]


def shows_own(walk, name, pattern, url, response):
    """A bad filter is passed over, so the own rows stay: a page that shows nothing at all would prove nothing."""
    register = getattr(pattern.callback, "register", None)
    if register is None or not name.endswith(ROWS) or not walk.may_enter(pattern):
        return
    if any(word in url for word in ("q=", "chi-tieu=", "muc=", "trang=", "nam=", *["don_vi="] * walk.alone)):
        return
    paged = name.endswith("_list") and sum(len(walk.cast.parties[own].rows.get(register.model, [])) for own in walk.own) > 25
    for key in walk.own:
        party = walk.cast.parties[key]
        canary = {**party.known, **party.texts}.get(LISTED[register.code])
        if register.model in party.rows and canary and canary not in response.whole and not paged:
            walk.wrong("get", url, f"does not show the own {register.code} of {key}")


def of_catalogue(register, path):
    """A filter by a row of a catalogue, which is nobody's: there any key may be a good choice."""
    field = None
    for part in path.split("__"):
        field = (field.related_model if field else register.model)._meta.get_field(part)
    return field.related_model is not None and not hasattr(field.related_model, "SCOPE")
