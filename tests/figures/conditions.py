"""Reads a condition (a Q) over a row in plain Python: the second opinion beside the database's."""

import operator

from django.db.models import F, Q

TESTS = {
    "exact": lambda value, wanted: value == wanted,
    "gte": lambda value, wanted: None not in (value, wanted) and value >= wanted,
    "lte": lambda value, wanted: None not in (value, wanted) and value <= wanted,
    "isnull": lambda value, wanted: (value is None) is wanted,
    "in": lambda value, wanted: value in wanted,
}


def holds(row, condition):
    """Whether a row meets a Q. An unknown lookup is an error: nothing is passed over."""
    if isinstance(condition, Q):
        answers = [holds(row, child) for child in condition.children]
        found = {Q.AND: all, Q.OR: any, Q.XOR: lambda found: sum(found) % 2 == 1}[condition.connector](answers)
        return found is not condition.negated
    path, wanted = condition
    *names, last = path.split("__")
    test = TESTS[last] if last in TESTS else TESTS["exact"]
    names = names if last in TESTS else [*names, last]
    value = operator.attrgetter(".".join(names))(row)
    if isinstance(wanted, F):  # another column of the same row; like NULL, an empty one equals nothing
        wanted = operator.attrgetter(wanted.name.replace("__", "."))(row)
        if wanted is None:
            return False
    return test(getattr(value, "pk", value), getattr(wanted, "pk", wanted))
