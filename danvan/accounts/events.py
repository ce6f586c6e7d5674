"""The one place that tells what happened to an account: who signed in, who was refused, whose password or factor changed."""

import logging

from danvan.common.http import client_address

log = logging.getLogger("danvan.security")


def record(kind, *, user=None, request=None, **facts):
    """`user` is whom it happened to; further facts are plain values. Passwords, codes and typed account names are never among them."""
    told = {"user": user.pk if user else None, "from": client_address(request) if request else None, **facts}
    log.info("%s %s", kind, " ".join(f"{name}={value}" for name, value in told.items() if value is not None))
