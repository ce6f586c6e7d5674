"""The story of the three modules on the untouched demo: a regulation replaces another, a supervision leads to a recommendation,
a dialogue to a commitment. After every step the dashboard, the lists and the report say exactly what the step did."""

import os
import random
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.danvan.dashboard.reading import counts_of
from tests.e2e import acts
from tests.e2e.conftest import Officer
from tests.e2e.reading import board_of, cells_of, changed, choices_of, fetched, follow, rows_of
from tests.e2e.studio import open_annual, pdf_words, produce
from tests.e2e.witnesses import Neighbour, Watcher

pytestmark = pytest.mark.e2e

SEED = int(os.environ["TEST_SEED"])
MATRIX, DISTRICT = "/quy-che/do-phu/", "Triển khai quy chế của cấp trên tại các phường"
BUILDING, FINANCE = "Quy chế dân chủ trong công tác quản lý trật tự xây dựng", "Công khai tài chính trên địa bàn phường"
# the last line of a table of the report, in the first file and in the second
APPENDICES = {
    "Cộng 10 cuộc 24 20 16 17 7": "Cộng 11 cuộc 25 21 17 18 7",
    "Cộng 1.327 123 75 48 108": "Cộng 1.412 125 76 49 109",
}
NEW_ROWS = [
    f"{acts.ROUND} Phường An Phú Tổ chức đoàn giám sát Chuyên đề 27/12/2019 1 1 1 1 0",
    "Phường An Phú Đột xuất Bí thư Đảng ủy phường 18/12/2019 85 2 1 1 1 50,0%",
]


@dataclass
class Cast:
    office: Officer  # chuyen-vien
    front: Officer  # mat-tran
    ward: Officer  # phuong-a
    bureau: Officer  # phong-tnmt
    leader: Watcher  # lanh-dao
    neighbour: Neighbour  # phuong-b

    def lists(self):
        return {name: rows_of(self.leader.person, address) for name, address in acts.LISTS.items()}


def check(moved, board, figures, *told):
    """Exactly this moved. `told` are words of the report that became other words; the rest of it stands as before."""
    assert (moved.board, moved.figures) == (board, figures)
    rewritten = moved.went
    for old, new in told:
        assert sum(old in line for line in rewritten) == 1, (old, rewritten)
        rewritten = [line.replace(old, new) for line in rewritten]
    assert rewritten == moved.came


def matrix(cast, table, shot):
    page = cast.office.open(MATRIX)
    cast.office.shot(shot)
    return cells_of(page, table)


def regulations(cast):
    lists, district, ward = cast.lists(), matrix(cast, DISTRICT, "30-do-phu-truoc"), cells_of(cast.office.page, "Phường")
    acts.register_regulation(
        cast, "31-quy-che-quan", unit="Quận ủy Thanh Bình", subject=BUILDING, replaces="1145-QĐ/QU", owner_office="Phòng Quản lý đô thị",
        number="1822-QĐ/QU", issued_on="2/12/2019", in_force_from="10/12/2019", published_on="3/12/2019",
        signer_title="Phó Bí thư Thường trực Quận ủy",
    )  # fmt: skip
    check(
        cast.leader.after(), {"qc_district_issued": (1, 2)},
        {"Quy chế dân chủ cấp trên cơ sở ban hành": ("1", "2"), "Quy chế dân chủ cấp trên cơ sở được thay thế": ("1", "2")},
        ("ban hành 01 quy chế dân chủ, thay thế 01 quy chế cũ", "ban hành 02 quy chế dân chủ, thay thế 02 quy chế cũ"),
        ("1145-QĐ/QU, 20/09/2016", "1822-QĐ/QU, 02/12/2019"),
    )  # fmt: skip
    after = changed(district, matrix(cast, DISTRICT, "32-do-phu-sau"))
    head, none = after.pop("Phường | Trật tự xây dựng"), "· chưa có"
    assert "1145-QĐ/QU" in head[0] and "1822-QĐ/QU" in head[1] and "02/12/2019" in head[1]
    assert after == {
        "Phường An Phú | Trật tự xây dựng": ("1 cuộc giám sát 1 kiến nghị", none),
        "Phường Bình Minh | Trật tự xây dựng": ("1 cuộc giám sát 1 vi phạm 1 kiến nghị", none),
        "Phường Cẩm Đông | Trật tự xây dựng": ("1 cuộc giám sát 1 vi phạm 1 kiến nghị", none),
        "Phường Lộc Hạ | Trật tự xây dựng": ("1 cuộc giám sát 1 kiến nghị", none),
    }
    address = acts.register_regulation(
        cast, "33-quy-che-phuong", unit="Phường An Phú", subject=FINANCE, replaces="68/QĐ-UBND, Phường An Phú", number="212/QĐ-UBND",
        issued_on="16/12/2019", in_force_from="20/12/2019", signer_title="Chủ tịch UBND phường",
    )  # fmt: skip
    cast.neighbour.shut_out(cast.ward, *acts.pages_of(address, "bai-bo"))
    check(
        cast.leader.after(), {"qc_issued": (13, 14)},
        {"Quy chế dân chủ cấp cơ sở, đơn vị ban hành": ("13", "14"), "Quy chế dân chủ cấp cơ sở, đơn vị được thay thế": ("3", "4")},
        ("ban hành 13 quy chế, thay thế 03 quy chế cũ", "ban hành 14 quy chế, thay thế 04 quy chế cũ"),
    )  # fmt: skip
    told = ", Công khai tài chính, Phường An Phú"
    assert changed(ward, matrix(cast, "Phường", "34-do-phu-phuong")) == {
        "Phường An Phú | Công khai tài chính": (f"68/QĐ-UBND {told} 10/06/2016", f"212/QĐ-UBND {told} 16/12/2019")
    }
    assert changed(lists, cast.lists()) == {"quy chế": (90, 92)}
    cast.leader.follow_all("35-bang-dieu-hanh")


# --- from a joint plan to a verified reply ---------------------------------------------------------------


def supervision(cast):
    lists, district = cast.lists(), matrix(cast, DISTRICT, "39-do-phu")
    acts.plan(cast)
    check(cast.leader.after(), {}, {})
    round_address = acts.supervise(cast)
    check(
        cast.leader.after(), {"gs_rounds": (10, 11)}, {"Cuộc giám sát": ("10", "11"), "Cuộc giám sát chuyên đề": ("3", "4")},
        ("đã tổ chức 10 cuộc giám sát", "đã tổ chức 11 cuộc giám sát"), ("03 cuộc giám sát chuyên đề", "04 cuộc giám sát chuyên đề"),
    )  # fmt: skip
    address = acts.recommend(cast, round_address)
    check(
        cast.leader.after(), {"gs_rec_sent": (24, 25), "gs_rec_sent trang_thai=da_gui": (4, 5)},
        {"Kiến nghị đã gửi": ("24", "25"), "Kiến nghị đang giải quyết": ("7", "8"), "Tỷ lệ kiến nghị được trả lời": ("83,3%", "80,0%")},
        ("đã gửi 24 kiến nghị", "đã gửi 25 kiến nghị"), ("(đạt 83,3%)", "(đạt 80,0%)"),
        ("07 kiến nghị đang giải quyết", "08 kiến nghị đang giải quyết"),
    )  # fmt: skip
    acts.reply(cast, address)
    check(
        cast.leader.after(), {"gs_rec_answered": (20, 21), "gs_rec_sent trang_thai=da_gui": (5, 4)},
        {
            "Kiến nghị đã trả lời trong số đã gửi": ("20", "21"), "Kiến nghị trả lời đúng hạn trong số đã gửi": ("16", "17"),
            "Tỷ lệ kiến nghị được trả lời": ("80,0%", "84,0%"),
        },
        ("20 kiến nghị đã được trả lời (đạt 80,0%)", "21 kiến nghị đã được trả lời (đạt 84,0%)"),
        ("16 kiến nghị được trả lời đúng hạn", "17 kiến nghị được trả lời đúng hạn"),
    )  # fmt: skip
    acts.verify(cast, address)
    check(
        cast.leader.after(), {"gs_rec_verified": (17, 18)},
        {"Kiến nghị đã giải quyết trong số đã gửi": ("17", "18"), "Kiến nghị đang giải quyết": ("8", "7")},
        ("17 kiến nghị đã giải quyết, 08 kiến nghị đang giải quyết", "18 kiến nghị đã giải quyết, 07 kiến nghị đang giải quyết"),
    )  # fmt: skip
    assert changed(lists, cast.lists()) == {"kế hoạch": (2, 3), "cuộc giám sát": (16, 17), "kiến nghị": (39, 40)}
    found = changed(district, matrix(cast, DISTRICT, "58-do-phu-sau-giam-sat"))
    assert found == {"Phường An Phú | Trật tự xây dựng": ("· chưa có", "1 cuộc giám sát 1 kiến nghị")}
    cast.leader.follow_all("59-bang-dieu-hanh")


# --- from a dialogue to a kept promise --------------------------------------------------------------------


def dialogues(cast):
    lists = cast.lists()
    address = acts.dialogue(cast)
    check(
        cast.leader.after(),
        {
            "dth_held": (12, 13), "nhiem-vu": ("117/131", "119/133"), "nhiem-vu thang=2019-12": ("20/23", "22/25"),
            "nhiem-vu Phường An Phú thang=2019-12": ("0/1", "2/3"),
        },
        {
            "Cuộc đối thoại đã tổ chức": ("12", "13"), "Lượt người dự đối thoại": ("1.327", "1.412"),
            "Cuộc đối thoại thông báo đủ số ngày": ("11", "12"), "Tỷ lệ cuộc đối thoại thông báo đủ số ngày": ("91,7%", "92,3%"),
            "Cuộc đối thoại đến hạn công bố kết quả": ("11", "12"), "Cuộc đối thoại công bố kết quả đúng hạn": ("10", "11"),
            "Tỷ lệ công bố kết quả đối thoại đúng hạn": ("90,9%", "91,7%"),
        },
        ("đã tổ chức 12 cuộc đối thoại", "đã tổ chức 13 cuộc đối thoại"), ("1.327 lượt người dự", "1.412 lượt người dự"),
        ("11 cuộc được thông báo đủ số ngày quy định (đạt 91,7%)", "12 cuộc được thông báo đủ số ngày quy định (đạt 92,3%)"),
        ("trong 11 cuộc đến hạn công bố kết quả có 10 cuộc", "trong 12 cuộc đến hạn công bố kết quả có 11 cuộc"),
        ("công bố đúng hạn (đạt 90,9%)", "công bố đúng hạn (đạt 91,7%)"),
    )  # fmt: skip
    question = acts.paste_questions(cast, address)
    check(
        cast.leader.after(), {"dth_questions": (123, 125)},
        {
            "Câu hỏi, kiến nghị tại đối thoại": ("123", "125"), "Câu hỏi, kiến nghị trả lời tại chỗ": ("75", "76"),
            "Câu hỏi, kiến nghị chuyển xử lý": ("48", "49"), "Tỷ lệ trả lời tại chỗ": ("61,0%", "60,8%"),
        },
        ("Có 123 câu hỏi, kiến nghị, trả lời tại chỗ 75 (đạt 61,0%), chuyển xử lý 48",
         "Có 125 câu hỏi, kiến nghị, trả lời tại chỗ 76 (đạt 60,8%), chuyển xử lý 49"),
    )  # fmt: skip
    address = acts.promise(cast, question)
    check(
        cast.leader.after(),
        {
            "ck_due": (38, 39), "cam-ket muc=qua-han": (9, 10), "nhiem-vu": ("119/133", "119/134"),
            "nhiem-vu thang=2019-12": ("22/25", "22/26"), "nhiem-vu Phòng Tài nguyên và Môi trường thang=2019-12": ("1/1", "1/2"),
        },
        {"Cam kết đến hạn": ("38", "39"), "Tỷ lệ cam kết hoàn thành đúng hạn": ("65,8%", "64,1%")},
        ("có 38 cam kết đến hạn", "có 39 cam kết đến hạn"), ("(đạt 65,8%)", "(đạt 64,1%)"),
    )  # fmt: skip
    acts.progress(cast, "Hoàn thành một phần", "27/12/2019", "Đã lấy mẫu, chờ kết quả phân tích.", "67-tien-do")
    check(cast.leader.after(), {}, {})
    acts.progress(cast, "Hoàn thành", "30/12/2019", "Có kết quả, đã thông báo cho tổ dân phố số 4.", "68-hoan-thanh")
    check(
        cast.leader.after(),
        {
            "ck_done": (29, 30), "cam-ket muc=qua-han": (10, 9), "nhiem-vu": ("119/134", "120/134"),
            "nhiem-vu thang=2019-12": ("22/26", "23/26"), "nhiem-vu Phòng Tài nguyên và Môi trường thang=2019-12": ("1/2", "2/2"),
        },
        {
            "Cam kết hoàn thành đúng hạn": ("25", "26"), "Cam kết hoàn thành": ("29", "30"),
            "Tỷ lệ cam kết hoàn thành đúng hạn": ("64,1%", "66,7%"),
        },
        ("25 cam kết hoàn thành đúng hạn (đạt 64,1%)", "26 cam kết hoàn thành đúng hạn (đạt 66,7%)"),
        ("trong kỳ đã hoàn thành 29 cam kết", "trong kỳ đã hoàn thành 30 cam kết"),
    )  # fmt: skip
    assert changed(lists, cast.lists()) == {"đối thoại": (35, 36), "câu hỏi": (237, 239), "cam kết": (65, 66)}
    cast.leader.follow_all("69-bang-dieu-hanh")


# --- the dashboard under filters, the report -----------------------------------------------------------------


def random_filters(cast):
    """Years and modes at random; and a list behind a number, filtered by each unit in turn, adds up to the number."""
    dice, person = random.Random(SEED), cast.leader.person
    for _ in range(5):
        board = board_of(person, f"/bang-dieu-hanh/?ky={dice.choice(['2018', '2019'])}{dice.choice(['', '&trinh-chieu=1'])}")
        follow(person, board)
        address = dice.choice([link for link, told in board.items() if "chi-tieu=" in link and told[0]])
        parts = [f"{address}&don_vi={unit}" for unit in choices_of(person, address, "don_vi")]
        assert sum(counts_of(page)[0] for page in fetched(person, parts)) == board[address][0], address


def behind_the_numbers(cast):
    """The pages that the leader opened by their addresses only."""
    report = cast.leader.report
    pages = {
        "73-nhiem-vu": "/bang-dieu-hanh/nhiem-vu/?ky=2019&thang=2019-12",
        "74-ho-so-cua-so": "/giam-sat/kien-nghi/?chi-tieu=gs_rec_sent&ky=2019",
        "75-studio-so-lieu": f"/bao-cao/{report}/so-lieu/",
        "76-studio-loi-van": f"/bao-cao/{report}/loi-van/",
    }
    for name, address in pages.items():
        cast.leader.person.open(address)
        cast.leader.person.shot(name)


def the_report(cast, first_lines):
    """Produced once more by a worker: the file says what the preview said, in the place of what the first file said."""
    report = cast.leader.report
    before = pdf_words(cast.office, f"/bao-cao/{report}/ban/1/pdf")
    produce(cast.office, report, "Lập lại sau khi bổ sung hồ sơ cuối năm.", 2, "70-lap-bao-cao", "71-tien-do")
    cast.office.shot("72-da-lap")
    after = pdf_words(cast.office, f"/bao-cao/{report}/tai/pdf")
    went = [line for line in first_lines if line not in cast.leader.lines]
    came = [line for line in cast.leader.lines if line not in first_lines]
    assert len(went) == len(came) == 6
    for line in went:
        assert line in before and line not in after, line
    for line in came:
        assert line in after and line not in before, line
    for old, new in APPENDICES.items():
        assert old in before and old not in after, old
        assert new in after and new not in before, new
    for row in NEW_ROWS:
        assert row in after and row not in before, row
    assert not re.findall(r"\b\d\d/\d\d/\d{1,3} \d", after), "a date is broken over two lines"


def story(officer):
    office = officer("chuyen-vien")
    office.open("/bao-cao/")
    report = open_annual(office)
    office.open(f"/bao-cao/{report}/tai-ve/")
    expect(office.page.get_by_text("Bản 1", exact=True)).to_be_visible(timeout=120_000)
    cast = Cast(
        office, officer("mat-tran"), officer("phuong-a"), officer("phong-tnmt"), Watcher(officer("lanh-dao"), report),
        Neighbour(officer("phuong-b")),
    )  # fmt: skip
    first_lines = cast.leader.lines
    regulations(cast)
    supervision(cast)
    dialogues(cast)
    the_report(cast, first_lines)
    return cast


def test_regulations_supervision_and_dialogues(officer):
    cast = story(officer)
    behind_the_numbers(cast)
    random_filters(cast)
