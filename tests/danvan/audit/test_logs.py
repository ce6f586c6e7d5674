"""What the program's log and its error reports say: where it broke, never about whom."""

import datetime
import json
import logging
import sys

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.utils.log import AdminEmailHandler
from django.utils.module_loading import import_string

from danvan.audit.logs import JsonFormatter, LineFormatter, masked
from dialogues.models import QuestionAsker

SECRETS = ["Nguyễn Văn An", "0912 345 678", "an.nguyen@example.vn", "001099012345"]


def record(message, *args, error=None):
    return logging.LogRecord("danvan.x", logging.ERROR, __file__, 1, message, args, error)


@pytest.mark.parametrize("formatter", [LineFormatter("%(levelname)s %(message)s"), JsonFormatter()], ids=["line", "json"])
def test_a_persons_record_is_written_as_table_and_number(formatter):
    asker = QuestionAsker(pk=7, name=SECRETS[0], contact=SECRETS[1])
    line = formatter.format(record("không gửi được cho %s, việc %s", asker, 12))
    assert "dialogues.QuestionAsker 7" in line and "việc 12" in line
    assert formatter.format(record("%(contact)s, %(rows)s dòng", {"contact": "Lê Thị Bình", "rows": 3})).count("***") == 1


@pytest.mark.parametrize("formatter", [LineFormatter("%(message)s"), JsonFormatter()], ids=["line", "json"])
def test_numbers_and_mail_are_masked_in_messages_and_errors(formatter):
    try:
        raise ValueError(f"Gọi {SECRETS[1]} hoặc {SECRETS[2]}, số {SECRETS[3]}\nDETAIL:  Key (name)=({SECRETS[0]}) already exists.")
    except ValueError:
        line = formatter.format(record(f"lỗi với {SECRETS[1]}", error=sys.exc_info()))
    assert not [secret for secret in SECRETS if secret in line]
    assert "ValueError" in line and "test_logs.py" in line


@pytest.mark.parametrize("kept", ["2026-11-22 18:00:01,123", "job 123456789", "xuất 20000 dòng", "mắt xích 1234567:00ab12cd", "10.1.2.30"])
def test_other_numbers_stay(kept):
    assert masked(kept) == kept


@pytest.mark.parametrize(
    "phone", ["0912345678", "0912 345 678", "0912.345.678", "+84912345678", "+84 912 345 678", "024 3825 1234", "0912-345-678"]
)
def test_telephones_in_any_writing_are_masked(phone):
    assert masked(f"gọi {phone} ngay") == "gọi *** ngay"


def test_a_line_tells_its_moment_with_the_distance_from_utc():
    told = record("xong")
    line = json.loads(JsonFormatter().format(told))
    moment = datetime.datetime.fromisoformat(line["time"])
    assert moment.utcoffset() is not None and abs(moment.timestamp() - told.created) < 0.001
    assert set(line) == {"time", "level", "logger", "message"}


def test_a_line_cannot_be_forged():
    line = JsonFormatter().format(record('xong\n{"level": "INFO"} "giả"'))
    assert line.count("\n") == 0 and json.loads(line)["message"].endswith('"giả"')


def test_the_settings_use_both():
    assert settings.LOGGING["formatters"]["json"]["()"] == "danvan.audit.logs.JsonFormatter"
    assert settings.LOGGING["loggers"]["danvan.audit.chain"]["level"] == "INFO", "the anchor leaves the database whatever LOG_LEVEL says"


def test_an_error_report_carries_no_value(monkeypatch, settings):
    """As it would be mailed to the operator: address without its query, form, cookies and variables without their contents."""
    request = RequestFactory().post(
        f"/doi-thoai/cau-hoi/7/nguoi-hoi/?q={SECRETS[1]}", {"name": SECRETS[0], "contact": SECRETS[1]}, HTTP_REFERER=f"/?q={SECRETS[2]}"
    )
    request.COOKIES["sessionid"] = "phien-bi-mat"
    typed = SECRETS[0]
    try:
        raise RuntimeError(f"không lưu được {SECRETS[1]}")
    except RuntimeError:
        told = record("hỏng", error=sys.exc_info())
    told.request = request
    sent, settings.ADMINS = [], [("Vận hành", "van-hanh@example.vn")]
    monkeypatch.setattr(AdminEmailHandler, "send_mail", lambda self, *args, **kwargs: sent.append(f"{args} {kwargs}"))
    AdminEmailHandler(include_html=True).emit(told)
    [report] = sent
    assert not [secret for secret in [*SECRETS, "phien-bi-mat", typed] if secret in report]
    assert "RuntimeError" in report and "/doi-thoai/cau-hoi/7/nguoi-hoi/" in report and "test_logs.py" in report
    assert import_string(settings.DEFAULT_EXCEPTION_REPORTER).__name__ == "Reporter"
