"""Vietnamese text, numbers and dates: in from people, out to people."""

import datetime
import decimal
import re
import unicodedata

_SPACES = re.compile(r"\s+")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: str(40 + index) for index, letter in enumerate(_ALPHABET)}
# ngang, huyền, hỏi, ngã, sắc, nặng: the order of dictionaries
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}


def nfc(text):
    """Unicode form NFC, and one kind of line end: a browser sends \\r\\n for what was stored with \\n."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n") if isinstance(text, str) else text


def plain(text, limit):
    """Text of a field that no form checks: without the NUL character, which PostgreSQL refuses, and cut at `limit`."""
    return nfc(text).replace("\0", "").strip()[:limit]


def fold(text):
    """Lower case without marks, đ as d: what the search column stores and what a query is turned into."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text or "") if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare.replace("đ", "d").replace("Đ", "D").lower()).strip()


def vi_key(text):
    """A key that sorts as a Vietnamese dictionary does: letters first, tones as tie-break.

    It holds digits only, two for each letter, so that every collation of every database sorts it alike.
    """
    letters, tones = [], []
    for char in unicodedata.normalize("NFD", _SPACES.sub(" ", (text or "").lower()).strip()):
        if char in _TONES:
            tones.append(_TONES[char])
        elif unicodedata.combining(char):
            letters[-1:] = [nfc(letter + char) for letter in letters[-1:]]
        else:
            letters.append(char)
            tones.append("0") if char.isalpha() else None
    return "".join(_code(letter) for letter in letters) + "00" + "".join(tones)


def _code(letter):
    """Space, signs, digits, the Vietnamese alphabet, letters of other alphabets: in this order."""
    if letter == " ":
        return "10"
    if letter.isdecimal():
        return f"3{int(letter)}"
    base = unicodedata.normalize("NFD", letter)[0]
    return _RANK.get(letter) or _RANK.get(base) or ("90" if letter.isalpha() else "20")


# --- numbers ------------------------------------------------------------------------------
_GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?")
_PLAIN = re.compile(r"[+-]?[0-9]+(,[0-9]+)?")


def parse_number(text):
    """Decimal of "1250", "1.250", "1 250 000", "12,5". A point is only a thousands mark: "1.5" is refused, not guessed."""
    squeezed = re.sub(r"[\s\u00a0]", "", nfc(str(text))).replace("−", "-")
    if not (_GROUPED.fullmatch(squeezed) or _PLAIN.fullmatch(squeezed)):
        raise ValueError("Hãy nhập số, ví dụ 1.250 hoặc 12,5.")
    return decimal.Decimal(squeezed.replace(".", "").replace(",", "."))


def format_number(value, places=None):
    """1234.5 as "1.234,5"; None as "—"."""
    if value is None or value == "":
        return "—"
    number = decimal.Decimal(str(value))
    if places is not None:
        number = number.quantize(decimal.Decimal(1).scaleb(-places), rounding=decimal.ROUND_HALF_UP)
    text = f"{number:,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def format_rate(numerator, denominator, places=1):
    """A rate printed from its counts: "25,8%", or "—" when nothing was due."""
    if not denominator:
        return "—"
    share = decimal.Decimal(numerator or 0) * 100 / decimal.Decimal(denominator)
    return format_number(share, places) + "%"


# --- dates --------------------------------------------------------------------------------
_SEPARATED = re.compile(r"([0-9]{1,2})[/.\-\s]([0-9]{1,2})[/.\-\s]([0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


def parse_date(text):
    """A date typed as 5/3/2026, 5-3-26, 5.3.2026, 05032026, 050326 or 29926; ValueError carries the sentence for the screen."""
    squeezed = nfc(str(text)).strip()
    if match := _ISO.fullmatch(squeezed):
        year, month, day = (int(part) for part in match.groups())
    elif match := _SEPARATED.fullmatch(squeezed):
        day, month, year = (int(part) for part in match.groups())
    elif squeezed.isascii() and squeezed.isdigit() and len(squeezed) in (5, 6, 8):
        tail = 4 if len(squeezed) == 8 else 2
        head = squeezed[:-tail]
        day, month, year = int(head[:2]), int(head[2:]), int(squeezed[-tail:])
    else:
        raise ValueError("Ngày không đúng dạng. Hãy gõ ngày/tháng/năm, ví dụ 05/12/2019.")
    return _real_date(day, month, year if year > 99 else 2000 + year)


def _real_date(day, month, year):
    if not 1900 <= year <= 2100:
        raise ValueError(f"Năm {year} nằm ngoài khoảng 1900–2100.")
    if not 1 <= month <= 12:
        raise ValueError(f"Không có tháng {month}. Một năm có 12 tháng.")
    last = (datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).day
    if not 1 <= day <= last:
        raise ValueError(f"Tháng {month} năm {year} chỉ có {last} ngày.")
    return datetime.date(year, month, day)


def format_date(value):
    return value.strftime("%d/%m/%Y") if value else "—"


def spoken_due(due_on, today):
    """ "hôm nay", "còn 5 ngày", "quá 3 ngày"."""
    left = (due_on - today).days
    if left == 0:
        return "hôm nay"
    return f"còn {left} ngày" if left > 0 else f"quá {-left} ngày"
