"""Dates, numbers and Vietnamese text, in and out (ux.md §8, rows 2–4)."""

import datetime
import decimal
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan.common import forms, text

D = datetime.date


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5/3/2026", D(2026, 3, 5)),
        ("05/03/2026", D(2026, 3, 5)),
        ("5-3-26", D(2026, 3, 5)),
        ("5.3.2026", D(2026, 3, 5)),
        ("5 3 2026", D(2026, 3, 5)),
        ("  5/3/2026 ", D(2026, 3, 5)),
        ("5/3-2026", D(2026, 3, 5)),
        ("05032026", D(2026, 3, 5)),
        ("050326", D(2026, 3, 5)),
        ("29926", D(2026, 9, 29)),
        ("15319", D(2019, 3, 15)),
        ("2026-03-05", D(2026, 3, 5)),
        ("29/2/2020", D(2020, 2, 29)),
        ("31/12/2100", D(2100, 12, 31)),
    ],
)
def test_a_date_is_read_as_officers_type_it(typed, day):
    assert text.parse_date(typed) == day
    assert forms.DateField().clean(typed) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("31/9/2019", "Tháng 9 năm 2019 chỉ có 30 ngày."),
        ("29/2/2019", "Tháng 2 năm 2019 chỉ có 28 ngày."),
        ("31/4/26", "Tháng 4 năm 2026 chỉ có 30 ngày."),
        ("0/9/2019", "Tháng 9 năm 2019 chỉ có 30 ngày."),
        ("1/13/2019", "Không có tháng 13. Một năm có 12 tháng."),
        ("1/0/2019", "Không có tháng 0. Một năm có 12 tháng."),
        ("1/1/1899", "Năm 1899 nằm ngoài khoảng 1900–2100."),
        ("1/1/2101", "Năm 2101 nằm ngoài khoảng 1900–2100."),
        ("٥/٣/٢٠٢٦", "Ngày không đúng dạng. Hãy gõ ngày/tháng/năm, ví dụ 05/12/2019."),
        ("５/３/２０２６", "Ngày không đúng dạng. Hãy gõ ngày/tháng/năm, ví dụ 05/12/2019."),
        ("5/3/026", "Ngày không đúng dạng. Hãy gõ ngày/tháng/năm, ví dụ 05/12/2019."),
        ("5 tháng 3", "Ngày không đúng dạng. Hãy gõ ngày/tháng/năm, ví dụ 05/12/2019."),
        ("5326", "Ngày không đúng dạng. Hãy gõ ngày/tháng/năm, ví dụ 05/12/2019."),
        ("²⁹/9/2026", "Ngày không đúng dạng. Hãy gõ ngày/tháng/năm, ví dụ 05/12/2019."),
        ("5/3/2026\0", "Ngày không đúng dạng. Hãy gõ ngày/tháng/năm, ví dụ 05/12/2019."),
    ],
)
def test_a_date_that_is_none_gets_its_sentence(typed, sentence):
    with pytest.raises(ValueError) as refusal:
        text.parse_date(typed)
    assert str(refusal.value) == sentence
    with pytest.raises(forms.forms.ValidationError) as refusal:
        forms.DateField().clean(typed)
    assert refusal.value.messages == [sentence]


@given(st.dates(D(1900, 1, 1), D(2100, 12, 31)))
def test_every_day_survives_the_screen(day):
    shown = text.format_date(day)
    assert text.parse_date(shown) == day
    assert text.parse_date(f"{day.day}.{day.month}.{day.year}") == day
    assert text.parse_date(shown.replace("/", "")) == day
    assert text.parse_date(day.isoformat()) == day
    assert forms.DateField().widget.format_value(day) == shown


@given(st.text(max_size=20))
def test_no_typed_text_breaks_the_parsers(typed):
    for parse in (text.parse_date, text.parse_number):
        try:
            parse(typed)
        except ValueError as refusal:
            assert str(refusal).endswith(".")
    assert text.vi_key(typed).isdecimal()
    assert text.fold(text.fold(typed)) == text.fold(typed)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1250", "1250"),
        ("1.250", "1250"),
        ("1 250 000", "1250000"),
        ("1\u00a0250\u202f000", "1250000"),
        ("1.250.000", "1250000"),
        ("12,5", "12.5"),
        ("1.234,5", "1234.5"),
        ("0", "0"),
        ("007", "7"),
        ("0,125", "0.125"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("+3", "3"),
    ],
)
def test_a_number_is_read_as_officers_type_it(typed, number):
    assert text.parse_number(typed) == decimal.Decimal(number)
    assert forms.DecimalField().clean(typed) == decimal.Decimal(number)


@pytest.mark.parametrize(
    "typed",
    [
        "1.5",
        "1.25.0",
        "1.2500",
        "1250.000",
        "0.125",
        "000.125",
        "1,2,3",
        "1,",
        ",5",
        "abc",
        "1e3",
        "٣",
        "５",
        "²",
        "-",
        "--3",
        "1.250,",
        "NaN",
        "Infinity",
        "1_000",
        "0x10",
    ],
)
def test_a_number_is_refused_rather_than_guessed(typed):
    for field in (forms.DecimalField(), forms.IntegerField()):
        with pytest.raises(forms.forms.ValidationError) as refusal:
            field.clean(typed)
        assert refusal.value.messages[0] in ("Hãy nhập số, ví dụ 1.250 hoặc 12,5.", "Hãy nhập số nguyên, không có phần thập phân.")


def test_a_whole_number_has_no_decimals_and_no_end():
    assert forms.IntegerField().clean("1.250") == 1250
    with pytest.raises(forms.forms.ValidationError, match="số nguyên"):
        forms.IntegerField().clean("12,5")
    with pytest.raises(forms.forms.ValidationError):
        forms.IntegerField(max_value=10).clean("9" * 6000)


@given(st.integers(-(10**15), 10**15))
def test_every_whole_number_survives_the_screen(number):
    shown = text.format_number(number)
    assert text.parse_number(shown) == number
    assert forms.IntegerField().clean(forms.IntegerField().widget.format_value(number)) == number


@given(st.decimals(-(10**9), 10**9, places=2))
def test_every_decimal_survives_the_screen(number):
    assert text.parse_number(text.format_number(number, places=2)) == number


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [(None, None, "—"), ("", None, "—"), (0, None, "0"), (1250, None, "1.250"), (decimal.Decimal("12.50"), None, "12,5"),
     (decimal.Decimal("1234.565"), 2, "1.234,57"), (decimal.Decimal("2.5"), 0, "3"), (-1250, None, "-1.250")],
)  # fmt: skip
def test_a_number_is_shown(value, places, shown):
    assert text.format_number(value, places) == shown


def test_a_rate_of_nothing_due_is_a_dash():
    assert text.format_rate(8, 31) == "25,8%"
    assert text.format_rate(None, 4) == "0,0%"
    assert text.format_rate(3, 0) == text.format_rate(None, None) == "—"


@pytest.mark.parametrize(("days", "words"), [(0, "hôm nay"), (5, "còn 5 ngày"), (-3, "quá 3 ngày")])
def test_a_due_date_is_spoken(days, words):
    assert text.spoken_due(D(2020, 1, 8) + datetime.timedelta(days=days), D(2020, 1, 8)) == words


HARD = [
    ("Dân vận khéo", "dan van kheo"),
    ("ĐÔNG SƠN", "dong son"),
    ("Đường Đá", "duong da"),
    ("Ưu tiên Ơn nghĩa", "uu tien on nghia"),
    ("Hoà giải ở Tổ 5", "hoa giai o to 5"),
    ("thuở, nghiêng, khuyển, ngoằn ngoèo", "thuo, nghieng, khuyen, ngoan ngoeo"),
    ("  nhiều   khoảng\ttrắng\n", "nhieu khoang trang"),
    ("", ""),
]


@pytest.mark.parametrize(("given_text", "folded"), HARD)
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_text_is_folded_whatever_keyboard_it_came_from(given_text, folded, form):
    assert text.fold(unicodedata.normalize(form, given_text)) == folded


DICTIONARY = [
    "5 gương", "10 gương", "an", "ang", "ánh", "ăn", "ân", "ba", "bà", "bả", "bã", "bá", "bạ", "ba na", "bàn", "da", "đa", "đá", "Đông Sơn",
    "e", "ê", "lơ", "lờ", "lu", "lư", "lừ", "o", "ô", "ơ", "ợ", "u", "ư", "ự", "y",
]  # fmt: skip


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_sort_key_is_the_order_of_a_dictionary(form):
    words = [unicodedata.normalize(form, word) for word in DICTIONARY]
    numbers, letters = words[:2], words[2:]
    # letters decide before tones: "ba na" stands after every "ba", "ăn" after "ánh"
    assert sorted(reversed(letters), key=text.vi_key) == letters
    assert all(text.vi_key(number) < text.vi_key(letters[0]) for number in numbers)


def test_the_sort_key_knows_no_case_no_width_of_space_and_no_foreign_letter():
    assert text.vi_key("ĐÔNG  Sơn") == text.vi_key("đông sơn")
    assert text.vi_key("Müller") == text.vi_key("Muller")
    assert text.vi_key("Ω") > text.vi_key("z")
    assert text.vi_key("̀") == "001"


def test_plain_text_of_an_unchecked_field():
    assert text.plain("  a\0b\r\nc  ", 10) == "ab\nc"
    assert text.plain("x" * 20, 10) == "x" * 10
