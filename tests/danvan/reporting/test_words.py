"""What a report calls its levels, from the versions of its units."""

from types import SimpleNamespace

import pytest

from danvan.reporting.words import words_of_levels
from danvan.units.models import Kind
from danvan.units.words import called, level_noun, short_name


def version(name, kind, level="", place="", issuer="", unit_id=0, closed=False):
    return SimpleNamespace(
        name=name, kind=kind, level_name=level, place=place, issuer_name=issuer, unit_id=unit_id or hash(name), closed=closed
    )


DISTRICT = version("Quận ủy Thanh Bình", Kind.PARTY_COMMITTEE, "Cấp quận", "Thanh Bình")
CITY = version("Thành ủy Thanh Bình", Kind.PARTY_COMMITTEE, "Cấp thành phố", "Thanh Bình")
BOARD = version("Ban Dân vận Quận ủy", Kind.MOBILIZATION_BOARD, "Cấp quận", issuer="BAN DÂN VẬN")
WARDS = [version(f"Phường {name}", Kind.WARD, "Cấp phường") for name in ("An", "Bình")]
COMMUNE, SCHOOL = version("Xã Sơn", Kind.WARD, "Cấp xã"), version("Trường Tiểu học An", Kind.SCHOOL, "Đơn vị trực thuộc")


def test_a_report_of_2019_says_what_was_said_in_2019():
    words = words_of_levels(BOARD, [DISTRICT], [DISTRICT, BOARD, *WARDS, SCHOOL])
    assert (words.whole, words.upper, words.below) == ("Toàn quận", "cấp quận", "phường")
    assert words.told("Ban Thường vụ cấp ủy khen") == "Ban Thường vụ Quận ủy khen"
    assert words.told("UBND cùng cấp; Ủy ban nhân dân cùng cấp") == "UBND quận; Ủy ban nhân dân quận"
    assert words.told("HOẠT ĐỘNG CỦA CƠ QUAN DÂN VẬN") == "HOẠT ĐỘNG CỦA BAN DÂN VẬN"
    assert [words.told(f"Công nhận {level}") for level in ("cấp cơ sở", "cấp trên cơ sở", "cấp tỉnh, thành phố")] == [
        "Công nhận cấp phường", "Công nhận cấp quận", "Công nhận cấp thành phố",
    ]  # fmt: skip
    assert words.told("Cấp trên cơ sở") == "Cấp quận" and words.told("dân chủ ở cơ sở") == "dân chủ ở cơ sở"


def test_a_word_that_repeats_the_label_is_put_in_once():
    board = version("Ban Dân vận", Kind.MOBILIZATION_BOARD, "Cấp quận", issuer="CƠ QUAN DÂN VẬN QUẬN X")
    words = words_of_levels(board, [DISTRICT], [DISTRICT, board, *WARDS])
    assert words.told("HOẠT ĐỘNG CỦA CƠ QUAN DÂN VẬN") == "HOẠT ĐỘNG CỦA CƠ QUAN DÂN VẬN QUẬN X"
    assert words.told("Cấp cơ sở, cấp cơ sở") == "Cấp phường, cấp phường"


def test_a_city_of_two_levels_has_its_own_words():
    words = words_of_levels(version("Ban", Kind.MOBILIZATION_BOARD, issuer="BAN TUYÊN GIÁO VÀ DÂN VẬN"), [CITY], [CITY, *WARDS, COMMUNE])
    assert (words.whole, words.upper, words.lower, words.below) == ("Toàn thành phố", "cấp thành phố", "cấp cơ sở", "phường, xã")
    assert words.told("Ban Thường vụ cấp ủy") == "Ban Thường vụ Thành ủy" and words.told("Cấp tỉnh, thành phố") == "Cấp trên"


def test_the_board_of_a_ward_reports_about_its_ward():
    ward = WARDS[0]
    words = words_of_levels(version("Ban Xây dựng Đảng", Kind.MOBILIZATION_BOARD), [ward, CITY], [ward, SCHOOL])
    assert (words.whole, words.upper, words.below) == ("Toàn phường", "cấp thành phố", "đơn vị")


def test_an_office_that_tells_no_level_stays_neutral():
    words = words_of_levels(version("Ban", Kind.MOBILIZATION_BOARD), [version("Cấp ủy", Kind.PARTY_COMMITTEE)], [])
    assert (words.whole, words.upper, words.below) == ("Toàn địa bàn", "cấp trên cơ sở", "đơn vị")
    assert words.told("Công nhận cấp trên cơ sở, UBND cùng cấp") == "Công nhận cấp trên cơ sở, UBND cùng cấp"


@pytest.mark.parametrize(
    ("versions", "words"),
    [(WARDS, "phường"), ([*WARDS, COMMUNE], "phường, xã"), ([SCHOOL], "trường học"), ([*WARDS, SCHOOL], "đơn vị"), ([], "đơn vị")],
)
def test_several_units_are_called_by_what_they_are(versions, words):
    assert called(versions) == words


def test_levels_and_short_names():
    assert (level_noun(COMMUNE), level_noun(SCHOOL)) == ("xã", "")
    group = version("Tổ dân phố 1, phường An", Kind.RESIDENTIAL_GROUP)
    assert [short_name(v) for v in (WARDS[0], COMMUNE, SCHOOL, group)] == ["An", "Sơn", SCHOOL.name, group.name]
