"""The district of 2019 becomes the two-level tree of 1/7/2025 by decisions entered in the browser; then 2019 and the series are proved."""

import io
import re
import sqlite3
import time
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.e2e.conftest import Portal

pytestmark = pytest.mark.e2e
TOP, BOARD, FRONT = "Thành ủy Lạc Giang", "Ban Tuyên giáo và Dân vận Thành ủy", "Ủy ban MTTQ thành phố Lạc Giang"
WARD = "Phường, xã, đặc khu"
GATHERED = {
    "Phường An Bình": {"Phường An Phú", "Phường Bình Minh"},
    "Phường Đông Lạc": {"Phường Cẩm Đông", "Phường Đông Sơn", "Phường Hòa Lạc"},
    "Phường Hưng Thịnh": {"Phường Kim Long"},
}
YEARS = [str(year) for year in range(2018, 2027)]
SQL = """
    SELECT substr(r.registered_on, 1, 4), u.name, count(*) FROM models_awards_registration r JOIN units_unit u ON u.id = r.unit_id
    WHERE r.kind = 'mo_hinh' AND r.withdrawn_on IS NULL GROUP BY 1, 2
"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """The demo with its years to 2026 and its clock in the spring of that year."""
    running = Portal(tmp_path_factory.mktemp("portal-2026"), TODAY="2026-03-02", DEMO_UNTIL="2026")
    running.start()
    yield running
    running.stop()


def report_of_2019(portal, seconds=240):
    """Where the stored PDF lies, as soon as the worker has made it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if path := portal.manage("demo_report_path"):
            return Path(path)
        time.sleep(2)
    raise AssertionError("no report of 2019 was made")


def decide(person, number, summary):
    """A new decision up to its list of changes."""
    page = person.page
    person.open("/don-vi/quyet-dinh/them/")
    if page.get_by_label("Đơn vị quản lý").locator("option").count() > 1:
        page.get_by_label("Đơn vị quản lý").select_option(label="Quận ủy Thanh Bình")
    page.get_by_label("Số, ký hiệu").fill(number)
    page.get_by_label("Ngày ban hành").fill("20/6/2025")
    page.get_by_label("Ngày có hiệu lực").fill("1/7/2025")
    page.get_by_label("Trích yếu").fill(summary)
    page.get_by_role("button", name="Lưu quyết định").click()
    page.wait_for_url(re.compile(r"/quyet-dinh/\d+/$"))
    page.get_by_role("link", name="Soạn các thay đổi").click()


def line(person, kind, *, tick=(), choose=None, new=(), shot=""):
    """One change: boxes to tick, fields to choose ({label: option}), new units as (code, name, kind, level)."""
    page = person.page
    page.get_by_role("link", name=kind).click()
    for name in tick:
        page.get_by_label(name, exact=True).check()
    for label, option in (choose or {}).items():
        page.get_by_label(label).select_option(label=option)
    for place, (code, name, its_kind, level) in enumerate(new):
        page.locator(f"#id_moi{place}-code").fill(code)
        page.locator(f"#id_moi{place}-name").fill(name)
        page.locator(f"#id_moi{place}-kind").select_option(label=its_kind)
        page.locator(f"#id_moi{place}-level_name").fill(level)
    if shot:
        person.shot(shot)
    page.get_by_role("button", name="Thêm vào quyết định").click()
    page.wait_for_url("**/thay-doi/")


def apply(person, shot=""):
    page = person.page
    page.get_by_role("link", name="Xem trước", exact=True).first.click()
    if shot:
        person.shot(shot)
    page.get_by_role("button", name="Áp dụng quyết định").click()
    expect(page.get_by_text("Đã áp dụng").first).to_be_visible()


def table(page):
    """{row name: [text of each cell]} of the series, its first words only."""
    rows = page.locator("table.tbl tr").all()[1:]
    found = {}
    for row in rows:
        name = row.locator("th").first.inner_text().split("\n")[0].strip()
        found[name] = [cell.inner_text().split("\n")[0].strip() for cell in row.locator("td").all()]
    return found


def numbers(texts):
    return [int(text.replace(".", "")) if text not in ("·", "—", "") else 0 for text in texts]


def counted(portal):
    """{year: {name of the unit today: models}}: counted by SQL alone."""
    found = defaultdict(Counter)
    with sqlite3.connect(portal.folder / "danvan.sqlite3") as database:
        for year, name, count in database.execute(SQL):
            found[year][name] = count
    return found


def test_from_district_to_two_levels(officer, portal):
    pdf = report_of_2019(portal)

    # --- before: the tree, then the decisions ----------------------------------------------------
    admin = officer("quan-tri")
    page = admin.page
    admin.open("/don-vi/")
    expect(page.get_by_text("29 đơn vị")).to_be_visible()
    admin.shot("31-co-cau-truoc")

    decide(admin, "01-QĐ/TW", "Thành lập Thành ủy Lạc Giang.")
    admin.shot("32-quyet-dinh-trong")
    line(admin, "Lập đơn vị mới", new=[("TU", TOP, "Cấp ủy", "Cấp thành phố")])
    apply(admin)

    decide(admin, "02-NQ/TU", "Sắp xếp các phường và lập các ban của Thành ủy.")
    line(admin, "Lập đơn vị mới", choose={"Trực thuộc": TOP}, new=[("BTG", BOARD, "Cơ quan dân vận", "Cấp thành phố")])
    line(admin, "Lập đơn vị mới", choose={"Trực thuộc": TOP}, new=[("MTTQ-TP", FRONT, "Mặt trận Tổ quốc", "Cấp thành phố")])
    wards = {"Phường An Bình": "AB", "Phường Đông Lạc": "DL"}
    for name, code in wards.items():
        line(
            admin, "Nhập các đơn vị", tick=sorted(GATHERED[name]), choose={"Đơn vị mới trực thuộc": TOP},
            new=[(code, name, WARD, "Cấp phường")], shot="33-nhap-cac-phuong" if code == "AB" else "",
        )  # fmt: skip
    line(admin, "Nhập các đơn vị", tick=["Phường Kim Long"], choose={"Nhập vào đơn vị đang có": "Phường Hưng Thịnh"})
    line(
        admin, "Chia tách một đơn vị", choose={"Đơn vị được chia": "Phường Lộc Hạ"}, tick=["Phường Hưng Thịnh"],
        new=[("LS", "Phường Lộc Sơn", WARD, "Cấp phường")],
    )  # fmt: skip
    expect(page.get_by_text("Phường An Phú và Phường Bình Minh nhập thành Phường An Bình, trực thuộc Thành ủy Lạc Giang.")).to_be_visible()
    admin.shot("34-cac-thay-doi")
    page.get_by_role("link", name="Xem trước", exact=True).first.click()
    expect(page.get_by_text(re.compile("4 tài khoản làm việc cho Phường An Bình ngay khi áp dụng"))).to_be_visible()
    expect(page.get_by_text(re.compile("Phường Lộc Hạ đã chia tách: số liệu các năm trước đứng riêng"))).to_be_visible()
    admin.shot("35-xem-truoc")
    page.get_by_role("button", name="Áp dụng quyết định").click()
    expect(page.get_by_text("Đã áp dụng").first).to_be_visible()
    admin.shot("36-da-ap-dung")

    decide(admin, "03-NQ/TU", "Kết thúc hoạt động cấp quận.")
    line(admin, "Nhập các đơn vị", tick=["Ban Dân vận Quận ủy"], choose={"Nhập vào đơn vị đang có": BOARD})
    fronts = ["Ủy ban MTTQ quận Thanh Bình", "Hội Liên hiệp Phụ nữ quận", "Quận đoàn", "Hội Cựu chiến binh quận", "Liên đoàn Lao động quận"]
    line(admin, "Nhập các đơn vị", tick=fronts, choose={"Nhập vào đơn vị đang có": FRONT})
    line(
        admin, "Chuyển đơn vị cấp trên",
        choose={"Đơn vị chuyển đi": "Ban Quản lý Chợ Thanh Bình", "Chuyển về trực thuộc": "Phường An Bình"},
    )  # fmt: skip
    line(admin, "Bỏ cả một cấp", choose={"Cấp được bỏ": "Cấp quận", "Đơn vị bên dưới chuyển về": TOP})
    apply(admin, shot="37-xem-truoc-bo-cap-quan")

    # --- after ------------------------------------------------------------------------------------
    admin.open("/don-vi/")
    expect(page.get_by_text("10 đơn vị")).to_be_visible()
    admin.shot("38-co-cau-sau")
    page.get_by_label("Xem cơ cấu tại ngày").fill("30/6/2025")
    page.get_by_role("button", name="Xem", exact=True).click()
    expect(page.get_by_text("29 đơn vị")).to_be_visible()
    page.get_by_role("link", name="Phường An Phú").click()
    expect(page.get_by_text("Đã nhập vào")).to_be_visible()
    admin.shot("39-mot-don-vi")

    # --- the new tree works: a campaign above, a registration below ---------------------------------
    reviewer = officer("chuyen-vien")
    reviewer.open("/dan-van-kheo/dot/them/")
    form = reviewer.page
    form.locator("#id_unit").select_option(label=TOP)
    for name, value in {
        "year": "2026", "name": "Đăng ký “Dân vận khéo” năm 2026", "opens_on": "15/1/2026", "closes_on": "26/4/2026",
        "late_until": "31/12/2026", "published_on": "15/1/2026",
    }.items():  # fmt: skip
        form.locator(f"#id_{name}").fill(value)
    form.locator("#id_guidance").fill("Mỗi mô hình, điển hình ghi đủ chín nội dung.")
    form.get_by_role("button", name="Lưu đợt đăng ký").click()
    form.wait_for_url(re.compile(r"/\d+/$"))

    ward = officer("phuong-a")
    register(ward, "Phường An Phú", "Đường hoa tự quản ngõ Cầu Gạch, phường An Bình")
    expect(ward.page.get_by_text("Hồ sơ từ ngày đó ghi cho Phường An Bình.").first).to_be_visible()
    ward.page.locator("#id_unit").select_option(label="Phường An Bình")
    ward.page.get_by_role("button", name="Lưu đăng ký").click()
    ward.page.wait_for_url(re.compile(r"/dang-ky/\d+/$"))

    # --- 2019 reads as it did ------------------------------------------------------------------------
    period = (
        sqlite3.connect(portal.folder / "danvan.sqlite3").execute("SELECT id FROM submissions_period WHERE code = '2019'").fetchone()[0]
    )
    reviewer.open(f"/ky-bao-cao/ky/{period}/")
    names = reviewer.page.locator("th[scope=row]").all_inner_texts()
    assert len(names) == 8 and "Phường An Phú" in names and "Phường An Bình" not in names
    reviewer.shot("40-ky-2019-sau-sap-xep")
    pdf.unlink()
    told = portal.manage("rebuild_report", "annual", "BDV", "2019")
    assert "đã dựng lại, mã băm trùng" in told and re.search(r"lập lại từ hồ sơ  [0-9a-f]{64}  trùng", told), told
    assert pdf.read_bytes().startswith(b"%PDF")
    assert re.search(r"Cả \d+ mục đều đạt", portal.manage("check_data"))

    # --- the series, both ways, against plain SQL --------------------------------------------------------
    leader = officer("lanh-dao")
    found, query = {}, "/bang-dieu-hanh/chuoi-so-lieu/?chi_tieu=dvk_model&tu_nam=2018&den_nam=2026&cach_xem="
    for view in ("nhu-luc-do", "don-vi-hom-nay"):
        leader.open(query + view)
        found[view] = table(leader.page)
        leader.shot(f"41-chuoi-so-lieu-{view}")
    sums = counted(portal)
    totals = [sum(sums[year].values()) for year in YEARS]
    assert totals[:2] == [44, 66] and totals[-1] == 1
    assert numbers(found["nhu-luc-do"]["Cộng"]) == numbers(found["don-vi-hom-nay"]["Cộng"]) == totals
    for name, texts in found["nhu-luc-do"].items():
        assert name == "Cộng" or numbers(texts) == [sums[year][name] for year in YEARS], name
    for name, parts in GATHERED.items():
        assert numbers(found["don-vi-hom-nay"][name]) == [sum(sums[year][part] for part in parts | {name}) for year in YEARS], name
        assert not parts & set(found["don-vi-hom-nay"])
    assert numbers(found["don-vi-hom-nay"]["Phường Lộc Hạ"]) == [sums[year]["Phường Lộc Hạ"] for year in YEARS]
    expect(leader.page.get_by_text(re.compile("Đã chia tách thành .* không cộng dồn")).first).to_be_visible()
    body = leader.context.request.get(f"{portal.url}{query.replace('/?', '/xuat.xlsx?')}don-vi-hom-nay").body()
    lines = {row[0]: list(row[1:10]) for row in load_workbook(io.BytesIO(body)).active.iter_rows(min_row=3, values_only=True)}
    assert lines["Cộng"] == totals
    cell = leader.page.locator("tr", has=leader.page.get_by_text("Phường An Bình", exact=False)).first.locator("td a").nth(1)
    expected = int(cell.inner_text())
    cell.click()
    expect(leader.page.locator(".count b")).to_have_text(str(expected))

    # --- no way back any more, and it says why --------------------------------------------------------------
    admin.open("/don-vi/quyet-dinh/")
    page.get_by_role("link", name="02-NQ/TU").click()
    page.get_by_role("link", name="Hoàn tác quyết định").click()
    expect(page.get_by_text(re.compile("Phường An Bình đã có .*1 đăng ký"))).to_be_visible()
    admin.shot("42-khong-hoan-tac-duoc")


def register(person, unit, name):
    """Fills a registration of a model for the unit and saves it."""
    page = person.page
    person.open("/dan-van-kheo/dang-ky/them/")
    page.locator("#id_campaign").select_option(label="Đăng ký “Dân vận khéo” năm 2026")
    page.locator("#id_unit").select_option(label=unit)
    page.get_by_label("Mô hình", exact=True).check()
    page.get_by_label("Tập thể").check()
    page.get_by_label("Lĩnh vực").select_option(label="Xây dựng đô thị văn minh")
    page.get_by_label("Ngày đăng ký").fill("27/2/2026")
    page.locator("#id_name").fill(name)
    for box in ("situation", "goals", "content", "area", "forces", "resources", "outputs", "sustainability"):
        page.locator(f"#id_{box}").fill("Các hộ trong ngõ cùng trồng, cùng giữ; mỗi tháng họp một lần để rút kinh nghiệm.")
    page.get_by_role("button", name="Lưu đăng ký").click()
