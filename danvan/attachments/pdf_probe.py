"""A program, not a module of the portal: reads a PDF from standard input and prints one word about it (see pdf.py).

The argument is the number of pages that are taken.
"""

import io
import re
import resource
import signal
import sys

from pypdf import PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import IndirectObject

MEMORY_BYTES = 240 * 1024 * 1024  # with two copies of the largest upload in the web process below 300 MB
CPU_SECONDS = 0.7
MAX_NODES = 1000  # of the page tree, besides the pages themselves
ACTIVE = {b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"Rendition"}
NAMES = re.compile(rb"/(" + b"|".join(sorted(ACTIVE)) + rb")(?![^\x00\t\n\f\r /<>\[\](){}%])")
# PDF lets any letter of a name be written as #xx: /J#61vaScript is /JavaScript.
ESCAPED = re.compile(rb"/([A-Za-z0-9]{0,16}#[0-9A-Fa-f]{2}[A-Za-z0-9#]{0,48})")


def main():
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)  # its signal ends the process, whatever it is busy with
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    print(verdict(sys.stdin.buffer.read(), int(sys.argv[1])))


def verdict(data, most_pages):
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            return "encrypted"
        if fault := page_fault(reader, most_pages):
            return fault
        return "active" if is_active(data) or any(map(is_active, object_streams(reader))) else "ok"
    except (MemoryError, LimitReachedError):
        return "heavy"
    except Exception:  # whatever a parser raises over a file of strangers: it is no PDF that can be relied on
        return "broken"


def page_fault(reader, most):
    """Counts to the limit and no further, whatever the tree says of itself: those of strangers lie, repeat themselves or are circles."""
    nodes, pages, others = [reader.root_object["/Pages"]], 0, 0
    while nodes and pages <= most and others < MAX_NODES:
        node = nodes.pop().get_object()
        if node.get("/Type") == "/Page":
            pages += 1
        else:
            others += 1
            nodes += node.get("/Kids", ())
    if not pages:
        return "empty"
    if pages > most:
        return "pages"
    return "heavy" if nodes else ""


def object_streams(reader):
    """Objects may hide in compressed streams, where a search of the file's bytes does not see them."""
    for number in {stream for stream, _ in reader.xref_objStm.values()}:
        yield reader.get_object(IndirectObject(number, 0, reader)).get_data()


def is_active(data):
    return bool(NAMES.search(data)) or any(unescaped(match[1]) in ACTIVE for match in ESCAPED.finditer(data))


def unescaped(name):
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes.fromhex(code[1].decode()), name)


if __name__ == "__main__":
    main()
