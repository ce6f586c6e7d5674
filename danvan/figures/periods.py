"""Period keys and the days they cover: 2019, 2019-Q3, 2019-6M, 2019-9M, 2016..2020."""

import datetime
import re

_KEY = re.compile(r"(\d{4})(?:-(Q[1-4]|6M|9M)|\.\.(\d{4}))?")
_MONTHS = {"Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12), "6M": (1, 6), "9M": (1, 9), None: (1, 12)}
_WORDS = {"Q1": "quý I/", "Q2": "quý II/", "Q3": "quý III/", "Q4": "quý IV/", "6M": "6 tháng đầu năm ", "9M": "9 tháng năm ", None: "năm "}

# the end of a key and its words, as a form offers them
PARTS_OF_YEAR = [
    ("", "Cả năm"), ("-6M", "6 tháng đầu năm"), ("-9M", "9 tháng"),
    ("-Q1", "Quý I"), ("-Q2", "Quý II"), ("-Q3", "Quý III"), ("-Q4", "Quý IV"),
]  # fmt: skip


def span_of(key):
    """(first day, last day) of a period key; ValueError when it is none."""
    match = _KEY.fullmatch(key or "")
    if not match or not 1900 <= int(match[1]) <= 2100:
        raise ValueError(f"“{key}” không phải là kỳ báo cáo.")
    year, part, until = int(match[1]), match[2], int(match[3] or match[1])
    first, last = _MONTHS[part]
    end = datetime.date(until + last // 12, last % 12 + 1, 1) - datetime.timedelta(days=1)
    return datetime.date(year, first, 1), end


def words_of(key):
    """ "năm 2019", "quý III/2019", "giai đoạn 2016–2020"."""
    match = _KEY.fullmatch(key)
    if match[3]:
        return f"giai đoạn {match[1]}–{match[3]}"
    return f"{_WORDS[match[2]]}{match[1]}"


def is_year(key):
    """A whole year, or several."""
    return _KEY.fullmatch(key)[2] is None


def words_after(key):
    """What comes next: "năm 2020" after 2019, "thời gian tới" after a part of a year."""
    return f"năm {span_of(key)[1].year + 1}" if is_year(key) else "thời gian tới"


def year_before(key):
    """The same period one year earlier."""
    return re.sub(r"\d{4}", lambda year: str(int(year[0]) - 1), key)
