"""A person as the log knows him: digests of name and contact, never the words. With the words in hand, one finds them again.

The same digests find a person in running text (danvan.operations.erasure): a number, an address of mail, or words that follow
one another are read the same way wherever they stand.
"""

import re

from django.utils.crypto import salted_hmac

from danvan.common import text

NUMBER = re.compile(r"\+?\d[\d .()\-]{6,18}\d")
MAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
WORD = re.compile(r"\w+")
SHORTEST = 6  # letters of a name: "An" would be found in every second sentence


def number_of(found):
    """The digits alone, with the trunk prefix of Vietnam for its country code."""
    digits = re.sub(r"\D", "", found)
    return f"0{digits[2:]}" if digits.startswith("84") and len(digits) == 11 else digits


def normal(term):
    """(kind, how the term is compared, number of words)"""
    term = text.nfc(term).strip()
    if NUMBER.fullmatch(term):
        return "number", number_of(term), 1
    if MAIL.fullmatch(term):
        return "mail", text.fold(term), 1
    words = [text.fold(word) for word in WORD.findall(term)]
    return "words", " ".join(words), len(words)


def digest(kind, compared):
    """Keyed: without the site's secret nobody can try out names."""
    return salted_hmac("danvan.audit.subject", f"{kind}:{compared}", algorithm="sha256").hexdigest()[:32]


def digest_of(term):
    kind, compared, _ = normal(term)
    return digest(kind, compared)


def reference(row):
    """The row itself, for the time it exists."""
    return f"{row._meta.label_lower}:{row.pk}"


def subjects_of(row, *terms):
    """What an event about this person keeps: the row and the digests of what names him."""
    return [reference(row), *(digest_of(term) for term in terms if term)]
