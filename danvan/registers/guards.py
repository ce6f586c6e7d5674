"""Rules of floors above that a write has to pass. They enter themselves at start; this room does not know them."""

from contextlib import contextmanager

from django.db import transaction

_guards = []


def guard(rule):
    """`rule(register)` returns a function obj -> comparable state; a write that changes the state of a record is refused.

    The function raises Refused itself from `check(before, after)`; see danvan.submissions.freezing.
    """
    _guards.append(rule)
    return rule


@contextmanager
def guarded(register, obj):
    """Wraps a write of `obj` (saved or not yet): reads each guard's state before and after, in one transaction."""
    with transaction.atomic():
        watches = [rule(register) for rule in _guards]
        before = [watch.state(obj) if obj.pk else watch.nothing for watch in watches]
        yield
        for watch, earlier in zip(watches, before, strict=True):
            watch.compare(obj, earlier)
