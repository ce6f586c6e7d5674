"""The paragraph that can be read aloud, and the four headline figures. Every number opens its rows."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from danvan.common import clock
from danvan.common.text import format_date
from danvan.dashboard import chosen
from danvan.dashboard.links import duties_url, number
from danvan.dashboard.selectors import owed_url, sent_url, statuses
from danvan.figures.links import url_of
from danvan.figures.periods import words_of, year_before
from danvan.units.words import called


def paragraph(board):
    """One paragraph of whole sentences."""
    made = [reports_sentence(board), overdue_sentence(board), answers_sentence(board), models_sentence(board), duties_sentence(board)]
    said = [sentence for sentence in made if sentence]
    if not said:
        return SafeString(f"Chưa có kỳ báo cáo và hồ sơ nào của {words_of(board.key)}.")
    return format_html_join(" ", "{}", ((sentence,) for sentence in said))


def counted(board, code, words="", key=None):
    return number(board.value(code, key), url_of(code, key or board.key), words)


def kind_words(board):
    """What the units that report are called together."""
    return called([line["place"] for line in board.reports])


def reports_sentence(board):
    if not board.reports:
        return ""
    sent, owed = number(len(board.sent), sent_url(board)), number(len(board.reports), owed_url(board), kind_words(board))
    due_on = max(period.due_on for period in board.periods)
    left = (due_on - board.today).days
    named = f"báo cáo {words_of(board.key)}"
    if left > 0:
        return format_html("Còn {} đến hạn nộp {}: {} trong {} đã gửi.", number(left, owed_url(board), "ngày", mark=""), named, sent, owed)
    when = "hôm nay là hạn nộp" if left == 0 else f"hạn {format_date(due_on)}"
    return format_html("{} trong {} đã gửi {} ({}).", sent, owed, named, when)


def overdue_sentence(board):
    found = board.overdue
    if found is None:
        return ""
    if not found["count"]:
        return "Không có cam kết sau đối thoại nào quá hạn."
    first = found["rows"][0]
    days = number(clock.days_late(first["due_on"]), first["url"], "ngày", mark="")
    late = number(found["count"], found["url"], "cam kết sau đối thoại đã quá hạn", tone="bad")
    return format_html("{}, lâu nhất {} tại {}.", late, days, first["obj"].unit)


def answers_sentence(board):
    if not chosen.complete(chosen.RECOMMENDATIONS):
        return ""
    answered, sent = chosen.RECOMMENDATIONS
    last = year_before(board.key)
    if not board.value(sent):
        return "Chưa gửi kiến nghị nào sau giám sát."
    before = ""
    if board.value(sent, last):
        before = format_html("; {} là {} trong {}", words_of(last), counted(board, answered, key=last), counted(board, sent, key=last))
    return format_html("Đã trả lời {} trong {} sau giám sát{}.", counted(board, answered), counted(board, sent, "kiến nghị"), before)


def models_sentence(board):
    if not chosen.complete([*chosen.MODELS, *chosen.RECOGNISED]):
        return ""
    models, exemplars = chosen.MODELS
    if not board.value(models) and not board.value(exemplars):
        return ""
    first, second = chosen.RECOGNISED
    return format_html(
        "Có {} và {} “Dân vận khéo” đăng ký; {} và {} được công nhận.",
        counted(board, models, "mô hình"),
        counted(board, exemplars, "điển hình"),
        counted(board, first, "mô hình"),
        counted(board, second, "điển hình"),
    )


def duties_sentence(board):
    due = [duty for duty in board.duties if duty.due_on <= board.today]
    if not due:
        return ""
    done = sum(duty.done for duty in due)
    url = duties_url(board.key)
    return format_html("Các đơn vị đã làm {} trong {} đến hạn.", number(done, url, mark="done"), number(len(due), url, "nhiệm vụ"))


# --- headlines -----------------------------------------------------------------------------


def headlines(board):
    """Up to four tiles: {"label", "big", "rest": [pieces], "notes": [pieces], "tone"}."""
    made = [reports_tile(board), commitments_tile(board), recommendations_tile(board), models_tile(board)]
    return [tile for tile in made if tile]


def reports_tile(board):
    if not board.reports:
        return None
    return {
        "label": "Báo cáo năm đã gửi",
        "big": number(len(board.sent), sent_url(board)),
        "rest": number(len(board.reports), owed_url(board), kind_words(board)),
        "joint": "/",
        "notes": [number(count, url, words) for words, count, url in statuses(board)],
        "tone": "",
    }


def commitments_tile(board):
    if not chosen.complete(chosen.COMMITMENTS):
        return None
    late = board.overdue["count"] if board.overdue else 0
    return {
        "label": "Cam kết hoàn thành / đến hạn",
        "big": counted(board, chosen.COMMITMENTS[0]),
        "rest": counted(board, chosen.COMMITMENTS[1], "đến hạn"),
        "joint": "/",
        "notes": [number(late, board.overdue["url"], "quá hạn")] if late else last_year(board, chosen.COMMITMENTS),
        "tone": "bad" if late else "",
    }


def recommendations_tile(board):
    if not chosen.complete(chosen.RECOMMENDATIONS):
        return None
    return {
        "label": "Kiến nghị đã trả lời / đã gửi",
        "big": counted(board, chosen.RECOMMENDATIONS[0]),
        "rest": counted(board, chosen.RECOMMENDATIONS[1], "đã gửi"),
        "joint": "/",
        "notes": last_year(board, chosen.RECOMMENDATIONS),
        "tone": "",
    }


def models_tile(board):
    if not chosen.complete(chosen.MODELS):
        return None
    return {
        "label": "Đăng ký “Dân vận khéo”",
        "big": counted(board, chosen.MODELS[0]),
        "rest": counted(board, chosen.MODELS[1], "điển hình"),
        "joint": "mô hình +",
        "notes": last_year(board, chosen.MODELS, " + "),
        "tone": "",
    }


def last_year(board, codes, joint=" / "):
    """The same two numbers a year before; nothing when both are nought."""
    last = year_before(board.key)
    if not any(board.value(code, last) for code in codes):
        return []
    pair = format_html_join(joint, "{}", ((counted(board, code, key=last),) for code in codes))
    return [format_html("{}: {}", words_of(last), pair)]
