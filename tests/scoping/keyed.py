"""Addresses with a key: own objects open; foreign ones, and ones that nobody has, do not exist, whatever the method."""

from django.urls import reverse

from danvan.registers.registry import all_registers
from tests.scoping.classified import FROM_A_RECORD, PARTS, argument_sets, model_of
from tests.scoping.walking import payload

NOBODY = 987_654_321  # a key that no row has
OTHER_METHODS = ("head", "put", "patch", "delete", "options")


def walk_keyed(walk):
    for _, name, pattern in walk.entries():
        model = model_of(name, pattern)
        if model is None:
            continue
        walk.addresses.add(name)
        for key, row in chosen_rows(walk, model):
            for arguments in argument_sets(pattern, row.pk, name):
                ask_one(walk, name, pattern, arguments, key, row)
            if name in PARTS and key in walk.own:
                ask_foreign_parts(walk, name, row)
        if walk.full:
            for arguments in argument_sets(pattern, NOBODY, name):
                ask_one(walk, name, pattern, arguments, None)


def chosen_rows(walk, model):
    """(party, row): every party's, or one own, one published and those of the parties that tell most."""
    parties = [(key, party.rows[model]) for key, party in walk.cast.parties.items() if party.rows.get(model)]
    if walk.full:
        return [(key, row) for key, rows in parties for row in (ends(rows) if key in walk.own else rows[-1:])]
    own = [key for key, _ in parties if key in walk.own][:1]
    shared = [key for key in ("front_and_a",) if key in walk.own and key not in own]
    readable = [key for key, _ in parties if key in walk.readable][:1]
    foreign = [key for key in walk.sharpest if key in dict(parties)] or [key for key, _ in parties if key in walk.foreign][:1]
    return [(key, rows[-1]) for key, rows in parties if key in {*own, *shared, *readable, *foreign}]


def ends(rows):
    """The first and the last row: two of a kind tell as much as thirty."""
    return [rows[0], rows[-1]] if len(rows) > 1 else rows


def ask_one(walk, name, pattern, arguments, key, row=None):
    url = reverse(name, kwargs=arguments)
    if name in FROM_A_RECORD:
        ask_from_records(walk, name, pattern, url, row, key)
    elif key in walk.own:
        ask_own(walk, name, pattern, url)
    elif key in walk.readable:
        ask_readable(walk, name, pattern, url)
    else:
        ask_foreign(walk, name, pattern, url)


def ask_own(walk, name, pattern, url):
    answer = walk.ask("get", url).status_code
    allowed = {403} if not walk.may_enter(pattern) else {200, 302, 403, 405}
    if answer not in allowed:
        walk.wrong("get", url, f"answers {answer} for an own object")
    acts = ("duyet", "lap_lai", "huy", "gui", "lạ") if name in ("submissions:check", "reporting:act") else ()
    for data in ({}, *({"viec": act} for act in acts)):
        # a period is begun by the units that owe it, here those below: for others there is nothing to begin
        if (answer := walk.ask("post", url, data, writes=True).status_code) == 404 and name != "submissions:start":
            walk.wrong("post", url, f"answers {answer} for an own object")
    for method in OTHER_METHODS if walk.full else ():
        walk.ask(method, url)


def ask_readable(walk, name, pattern, url):
    walk.ask("get", url)
    if name.endswith(("_edit", "_edit_draft", "_attach")):
        # without the filter what was published opens, and the draft that is kept of it is the reader's own
        answer = walk.ask("post", url, payload(name), writes=walk.alone).status_code
        allowed = {200, 403, 404} if walk.alone else {404} if walk.may_enter(pattern) else {403}
        if answer not in allowed:
            walk.wrong("post", url, f"answers {answer}: what stands above is read, never written")


def ask_foreign(walk, name, pattern, url):
    answers = [walk.ask("get", url).status_code, walk.ask("post", url, payload(name)).status_code]
    answers += [walk.ask("post", url).status_code] if walk.full else []
    if not walk.may_enter(pattern):
        if set(answers) != {403}:
            walk.wrong("get/post", url, f"answers {answers} to a role without the right")
    elif not set(answers) <= unseen(walk, name) or set(answers) == {405}:
        walk.wrong("get/post", url, f"answers {answers} for what must not exist")
    for method in OTHER_METHODS if walk.full else ():
        ask_otherwise(walk, method, url, {403, *unseen(walk, name)})


def unseen(walk, name):
    """What a foreign row may answer. Where the database alone guards, the page of a unit opens: names of units are a directory."""
    return {404, 405, *([200] if walk.alone and name == "organization:unit" else [])}


def ask_otherwise(walk, method, url, allowed=frozenset({403, 404, 405})):
    answer = walk.ask(method, url).status_code
    if answer not in allowed:
        walk.wrong(method, url, f"answers {answer} for what must not exist")


def walk_other_methods(walk):
    """Once per address: what is neither read nor sent as a form does nothing either."""
    for _, name, pattern in walk.entries():
        model = model_of(name, pattern)
        rows = [row for (kind, _), key in walk.foreign_rows.items() if kind is model for row in walk.cast.parties[key].rows[model][-1:]]
        if model is not None and not rows:
            continue
        walk.addresses.add(name)
        for arguments in argument_sets(pattern, rows[0].pk, name)[:1] if model else [{}]:
            for method in OTHER_METHODS:
                if model:
                    ask_otherwise(walk, method, reverse(name, kwargs=arguments))
                else:
                    walk.ask(method, reverse(name))


def ask_foreign_parts(walk, name, row):
    """A part of another unit does not exist below an own row; who may only read the row is told that, whatever the part."""
    for part in [pk for model, pk in walk.foreign_rows if model is PARTS[name][0]][-2:]:
        url, nowhere = (reverse(name, kwargs={"pk": row.pk, "part": found}) for found in (part, NOBODY))
        answers, closed = ([walk.ask("get", to).status_code, walk.ask("post", to, payload(name)).status_code] for to in (url, nowhere))
        if answers[1] not in (404, 403) or answers[0] not in (answers[1], 405) or answers != closed:
            walk.wrong("get/post", url, f"answers {answers} for a part of another unit, {closed} for one that nobody has")


def ask_from_records(walk, name, pattern, url, row, key):
    """A link is no unit's: it exists on the page of a record at one of its ends, for whoever may open that record."""
    for record in [row.from_record, row.to_record] if row else []:
        register = next(register for register in all_registers() if register.model is type(record))
        question = f"?tu={register.code}:{record.pk}"
        if (type(record), record.pk) in walk.foreign_rows:
            ask_foreign(walk, name, pattern, url + question)
            continue
        answer = walk.ask("post", url + question, writes=True).status_code
        if key in walk.own and walk.may_enter(pattern) and answer not in (302, 403):
            walk.wrong("post", url + question, f"answers {answer} for an own link")
    ask_foreign(walk, name, pattern, url)
