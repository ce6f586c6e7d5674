"""The numbers of dialogues. Each counts a dated event or a fixed day, so that nothing done later changes a closed period.

A commitment done late does not alter the year of its day: done ones are counted by the day they were done, and the rate
compares those due with those done by that day.
"""

from django.db.models import F, Q

from danvan.figures.declare import Balance, Figure, Rate
from dialogues.choices import Answered, DialogueKind
from dialogues.registers import commitments, dialogues, obligations, questions

GROUP = "Đối thoại"


def _dialogue(code, label, where=None, words="", on="held_on", measure="cuộc", sum_of=""):
    return Figure(code, label, measure, dialogues, on, where or Q(), sum_of, group=GROUP, words=words)


def _question(code, label, where=None, words=""):
    return Figure(code, label, "ý kiến", questions, "asked_on", where or Q(), group=GROUP, words=words)


def _commitment(code, label, on, where=None, words=""):
    return Figure(code, label, "cam kết", commitments, on, where or Q(), group=GROUP, words=words)


FIGURES = [
    Figure("dth_owed", "Đơn vị phải đối thoại định kỳ", "đơn vị", obligations, "due_on", group=GROUP),
    Figure(
        "dth_owed_held", "Đơn vị đã đối thoại định kỳ", "đơn vị", obligations, "due_on", Q(held_on__isnull=False), group=GROUP,
        words="đã đối thoại định kỳ trong năm",
    ),
    Rate("dth_owed_rate", "Tỷ lệ đơn vị đã đối thoại định kỳ", "dth_owed_held", "dth_owed", GROUP),
    _dialogue("dth_held", "Cuộc đối thoại đã tổ chức"),
    _dialogue("dth_periodic", "Đối thoại định kỳ", Q(kind=DialogueKind.PERIODIC), "loại định kỳ"),
    _dialogue("dth_people", "Lượt người dự đối thoại", measure="lượt người", sum_of="attendance"),
    _dialogue(
        "dth_notice_ontime", "Cuộc đối thoại thông báo đủ số ngày", Q(noticed_on__lte=F("notice_due_on")), "thông báo không sau hạn"
    ),
    Rate("dth_notice_rate", "Tỷ lệ cuộc đối thoại thông báo đủ số ngày", "dth_notice_ontime", "dth_held", GROUP),
    _dialogue("dth_result_due", "Cuộc đối thoại đến hạn công bố kết quả", on="result_due_on"),
    _dialogue(
        "dth_result_ontime", "Cuộc đối thoại công bố kết quả đúng hạn", Q(conclusion_on__lte=F("result_due_on")),
        "thông báo kết luận không sau hạn công bố", on="result_due_on",
    ),
    Rate("dth_result_rate", "Tỷ lệ công bố kết quả đối thoại đúng hạn", "dth_result_ontime", "dth_result_due", GROUP),
    _question("dth_questions", "Câu hỏi, kiến nghị tại đối thoại"),
    _question("dth_onspot", "Câu hỏi, kiến nghị trả lời tại chỗ", Q(answered=Answered.ON_THE_SPOT), "trả lời tại chỗ"),
    Balance("dth_forwarded", "Câu hỏi, kiến nghị chuyển xử lý", "ý kiến", ("dth_questions",), ("dth_onspot",), GROUP),
    Rate("dth_onspot_rate", "Tỷ lệ trả lời tại chỗ", "dth_onspot", "dth_questions", GROUP),
    _commitment("ck_due", "Cam kết đến hạn", "due_on"),
    _commitment("ck_ontime", "Cam kết hoàn thành đúng hạn", "due_on", Q(done_on__lte=F("due_on")), "hoàn thành không sau hạn cam kết"),
    _commitment("ck_done", "Cam kết hoàn thành", "done_on"),
    Rate("ck_rate", "Tỷ lệ cam kết hoàn thành đúng hạn", "ck_ontime", "ck_due", GROUP),
]  # fmt: skip
