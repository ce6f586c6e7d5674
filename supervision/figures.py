"""The numbers of joint supervision; they belong to the unit that leads.

What was answered, in time, verified is said of the recommendations *sent* in the period and may still grow after it:
replies come when they come. Those figures are read from the records at any time and are never frozen, so that a closed period
never stands in the way of a reply.
"""

from django.db.models import F, Q

from danvan.figures.declare import RUNNING, Balance, Figure, Rate
from supervision.choices import Rhythm
from supervision.registers import recommendations, rounds

GROUP = "Giám sát"
STANDING = Q(withdrawn_on=None)
ANSWERED = STANDING & Q(replied_on__isnull=False)


def _rounds(code, label, where, words):
    return Figure(code, label, "cuộc", rounds, "held_on", where, group=GROUP, words=words)


def _sent(code, label, where, words):
    return Figure(code, label, "kiến nghị", recommendations, "sent_on", where, owner=RUNNING, group=GROUP, words=words)


FIGURES = [
    _rounds("gs_rounds", "Cuộc giám sát", Q(), "kết thúc trong kỳ"),
    _rounds("gs_topic", "Cuộc giám sát chuyên đề", Q(rhythm=Rhythm.THEMATIC), "loại chuyên đề"),
    _rounds("gs_regular", "Cuộc giám sát thường xuyên", Q(rhythm=Rhythm.REGULAR), "loại thường xuyên"),
    Figure("gs_rec_sent", "Kiến nghị đã gửi", "kiến nghị", recommendations, "sent_on", STANDING, group=GROUP, words="không tính đã rút"),
    _sent("gs_rec_answered", "Kiến nghị đã trả lời trong số đã gửi", ANSWERED, "đã có trả lời đến nay, không tính đã rút"),
    _sent(
        "gs_rec_ontime",
        "Kiến nghị trả lời đúng hạn trong số đã gửi",
        ANSWERED & Q(replied_on__lte=F("due_on")),
        "ngày trả lời đầu tiên không sau hạn, không tính đã rút",
    ),
    _sent(
        "gs_rec_verified",
        "Kiến nghị đã giải quyết trong số đã gửi",
        STANDING & Q(verified_on__isnull=False),
        "đã xác minh đến nay, không tính đã rút",
    ),
    Balance("gs_rec_left", "Kiến nghị đang giải quyết", "kiến nghị", ("gs_rec_sent",), ("gs_rec_verified",), GROUP, RUNNING),
    Rate("gs_rec_rate", "Tỷ lệ kiến nghị được trả lời", "gs_rec_answered", "gs_rec_sent", GROUP, RUNNING),
]
