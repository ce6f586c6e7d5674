"""The hook for the operator's antivirus: clamd's INSTREAM over a socket, unix or network (ANTIVIRUS=…)."""

import re
import socket
import struct
from contextlib import contextmanager

from django.conf import settings

CHUNK = 64 * 1024
SECONDS = 10
FOUND = re.compile(r"stream: (?P<what>.+) FOUND")


class NoAnswer(Exception):
    """The antivirus is down, slow or says something that is no verdict."""


def found_in(data):
    """The name of what the antivirus found in the bytes, "" for nothing."""
    try:
        with connected(settings.ANTIVIRUS) as wire:
            wire.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), CHUNK):
                piece = data[start : start + CHUNK]
                wire.sendall(struct.pack("!L", len(piece)) + piece)
            wire.sendall(struct.pack("!L", 0))
            answer = b"".join(iter(lambda: wire.recv(1024), b"")).decode(errors="replace").strip("\0\n ")
    except OSError as error:
        raise NoAnswer(str(error)) from error
    if answer == "stream: OK":
        return ""
    if match := FOUND.fullmatch(answer):
        return match["what"]
    raise NoAnswer(answer)


@contextmanager
def connected(place):
    """`place` is /path/to/socket or host:port."""
    if place.startswith("/"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as wire:
            wire.settimeout(SECONDS)
            wire.connect(place)
            yield wire
    else:
        host, _, port = place.rpartition(":")
        with socket.create_connection((host, int(port)), timeout=SECONDS) as wire:
            yield wire
