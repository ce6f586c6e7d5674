"""What the program's own log and error reports may say: where and what went wrong, never about whom.

A record of a person is written as its table and number, a column that danvan.access.privacy marks personal as stars, and
telephone numbers, identity numbers and mail addresses are masked wherever they turn up, an error's own words included.
"""

import copy
import datetime
import json
import logging
import re
from types import SimpleNamespace

from django.db import models
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from danvan.access.privacy import GUARDED, MARKS, guarded_columns

STARS = "***"
GUARDED_NAMES = {name for marks in MARKS.values() for name, mark in marks.items() if mark in GUARDED}
PATTERNS = [
    re.compile(r"(?<![\w.\-])(?:\+84|0)(?:[ .\-]?\d){8,10}(?!\w)"),  # telephone
    re.compile(r"(?<!\d)\d{12}(?!\d)"),  # identity card
    re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"),  # mail
    re.compile(r"(?<=DETAIL:).*"),  # PostgreSQL repeats the values of the row it refused
]


def masked(text):
    for pattern in PATTERNS:
        text = pattern.sub(STARS, text)
    return text


def _said(value):
    """An argument of a log call, without what a person's record says of itself."""
    if isinstance(value, models.Model) and guarded_columns(type(value)):
        return f"{value._meta.label} {value.pk}"
    if isinstance(value, dict):
        return {name: STARS if name in GUARDED_NAMES else _said(told) for name, told in value.items()}
    return value


class LineFormatter(logging.Formatter):
    def format(self, record):
        told = copy.copy(record)
        told.args = _said(record.args) if isinstance(record.args, dict) else tuple(_said(value) for value in record.args or ())
        return self.written(told)

    def written(self, record):
        return masked(super().format(record))


class JsonFormatter(LineFormatter):
    """One object a line: nothing that somebody typed can look like a line of its own."""

    def written(self, record):
        at = datetime.datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")
        line = {"time": at, "level": record.levelname, "logger": record.name, "message": masked(record.getMessage())}
        if record.exc_info:
            line["error"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class ReporterFilter(SafeExceptionReporterFilter):
    """An error report names what was sent and which variables there were, without their values."""

    def get_post_parameters(self, request):
        return {name: self.cleansed_substitute for name in getattr(request, "POST", ())}

    def get_safe_cookies(self, request):
        return {name: self.cleansed_substitute for name in getattr(request, "COOKIES", ())}

    def get_safe_request_meta(self, request):
        left_out = {"QUERY_STRING", "HTTP_REFERER", "HTTP_COOKIE", "REQUEST_URI", "RAW_URI"}
        return {name: value for name, value in super().get_safe_request_meta(request).items() if name not in left_out}

    def get_traceback_frame_variables(self, request, tb_frame):
        return [(name, SimpleNamespace(kind=type(value).__name__)) for name, value in tb_frame.f_locals.items()]


class Reporter(ExceptionReporter):
    def get_traceback_data(self):
        found = super().get_traceback_data()
        if self.request is not None:
            found |= {"request_GET_items": [(name, STARS) for name in self.request.GET], "request_insecure_uri": self.request.path}
        return found | {"exception_value": masked(str(self.exc_value or "")), "user_str": STARS}
