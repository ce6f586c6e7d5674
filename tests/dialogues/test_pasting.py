"""What comes out of Excel: numbers, blank lines, accents of two kinds."""

import unicodedata

import pytest

from danvan.catalogues.models import FieldOfWork
from dialogues.pasting import NUMBERING, parse

PASTED = (
    "TT\tNội dung\tLĩnh vực\tTrả lời\r\n"
    "1\tĐường ngõ 5 ngập khi mưa\tKinh tế\tPhường sửa trong quý\r\n"
    "\r\n"
    "2. "
    + unicodedata.normalize("NFD", "Đề nghị thắp sáng hồ Bán Nguyệt")
    + "\t"
    + unicodedata.normalize("NFD", "văn hóa - xã hội")
    + "\r\n"
    "Câu 3: 2.500 hộ chưa có nước sạch\tNông nghiệp\r\n"
    "   \t\t\r\n"
    "4/ 1/5 là ngày nghỉ, chợ có họp không\r\n"
    "5)\tHỏi về học phí\r\n"
)


@pytest.mark.django_db
def test_five_lines_of_excel():
    found = parse(PASTED, FieldOfWork.objects.all())
    names = dict(FieldOfWork.objects.values_list("pk", "name"))
    assert [(line.content, names.get(line.field_id), line.field_words, line.answer) for line in found] == [
        ("Đường ngõ 5 ngập khi mưa", "Kinh tế", "", "Phường sửa trong quý"),
        ("Đề nghị thắp sáng hồ Bán Nguyệt", "Văn hóa - xã hội", "", ""),
        ("2.500 hộ chưa có nước sạch", None, "Nông nghiệp", ""),
        ("1/5 là ngày nghỉ, chợ có họp không", None, "", ""),
        ("Hỏi về học phí", None, "", ""),
    ]


@pytest.mark.parametrize("text", ["2.500 hộ", "10-15 ngày", "30 hộ dân", "1/5 là ngày nghỉ", "12,5 m đường"])
def test_a_number_that_belongs_to_the_question_stays(text):
    assert NUMBERING.sub("", text) == text


@pytest.mark.parametrize("text", ["1. hỏi", "2) hỏi", "3/ hỏi", "4: hỏi", "Câu 5: hỏi", "câu hỏi số 6 - hỏi", "7 - hỏi", "Câu 12. hỏi"])
def test_numbering_goes(text):
    assert NUMBERING.sub("", text) == "hỏi"


@pytest.mark.django_db
@pytest.mark.parametrize("pasted", ["", "\n\n", "\t\t\n", "\0", "1.\n2.\n"])
def test_nothing_said_gives_no_line(pasted):
    assert parse(pasted, FieldOfWork.objects.all()) == []
