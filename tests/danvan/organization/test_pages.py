"""The screens of a decision, as the administrator meets them."""

import datetime
import html
import io
import re
import uuid

import pytest
from openpyxl import load_workbook

from danvan.access.roles import ADMINISTRATOR, LEADER
from danvan.accounts import sessions
from danvan.common.exceptions import Refused
from danvan.organization import views
from danvan.registers.list import Listing
from danvan.units.choices import Change, Status
from danvan.units.models import DecisionLine, Kind, Unit, UnitDecision
from models_awards.models import Registration
from models_awards.registers import registrations
from tests.danvan.common.cast import TODAY, browser, join, new_unit, new_user, registered, registration_data
from tests.danvan.organization.test_services import JANUARY, apply, decided, undo, unit
from tests.factories import awards
from tests.factories.decisions import merge, move, rename, split

pytestmark = pytest.mark.embedded


@pytest.fixture
def page(admin):
    return browser(admin)


@pytest.fixture
def draft(cast):
    return decided(cast)


def send(page, decision, change, follow=True, **data):
    decision.refresh_from_db()
    first = {"_key": str(uuid.uuid4()), "_version": decision.version, "loai": change}
    header = {"moi0-profile": "hd36", "moi1-profile": "hd36", "moi2-profile": "hd36", "moi3-profile": "hd36"}
    return page.post(f"/don-vi/quyet-dinh/{decision.pk}/thay-doi/them/", {**first, **header, **data}, follow=follow)


def new(number, code, name, kind="phuong"):
    return {f"moi{number}-code": code, f"moi{number}-name": name, f"moi{number}-kind": kind, f"moi{number}-level_name": "Cấp phường"}


def told(decision):
    return list(decision.lines.values_list("told", flat=True))


# --- writing a decision -----------------------------------------------------------------------


def test_a_decision_is_entered_with_its_dates(page, cast):
    data = {
        "_key": str(uuid.uuid4()), "unit": cast.district.pk, "number": "12-NQ/TU", "decided_on": "2/1/2020", "effective_on": "1/1/2020",
        "summary": "Sắp xếp phường",
    }  # fmt: skip
    answer = page.post("/don-vi/quyet-dinh/them/", data)
    assert answer.status_code == 422 and "Ngày có hiệu lực không được trước ngày ban hành." in answer.content.decode()
    for _ in range(2):
        assert page.post("/don-vi/quyet-dinh/them/", {**data, "effective_on": "3/1/2020"}).status_code == 302
    row = UnitDecision.objects.get()
    assert (row.number, row.effective_on, row.status, row.history.get().history_user) == (
        "12-NQ/TU", datetime.date(2020, 1, 3), Status.DRAFT, page_user(page),
    )  # fmt: skip


def page_user(page):
    from danvan.accounts.models import User

    return User.objects.get(pk=page.session["_auth_user_id"])


def test_each_kind_of_change_is_told_in_a_sentence(page, cast, school, draft):
    other = new_unit("PC", "Phường Cẩm Đông", parent=cast.district)
    third = new_unit("PD", "Phường Đông Sơn", parent=cast.district)
    send(page, draft, Change.CREATE, parent=cast.district.pk, **new(0, "PM", "Phường Mới"))
    send(page, draft, Change.MERGE, units=[cast.a.pk, cast.b.pk], **new(0, "AB", "Phường An Bình"))
    send(page, draft, Change.SPLIT, unit=other.pk, **new(0, "C1", "Phường Cẩm Đông Một"), **new(1, "C2", "Phường Cẩm Đông Hai"))
    send(page, draft, Change.MOVE, unit=school.pk, parent=third.pk)
    send(page, draft, Change.RENAME, unit=third.pk, **{"moi0-name": "Phường Đông Sơn Mới", "moi0-kind": "phuong"})
    send(page, draft, Change.CLOSE, unit=cast.office.pk)
    assert told(draft) == [
        "Lập Phường Mới, trực thuộc Quận Thanh Bình.",
        "Phường An Phú và Phường Bình Minh nhập thành Phường An Bình.",
        "Phường Cẩm Đông chia tách thành Phường Cẩm Đông Một và Phường Cẩm Đông Hai.",
        "Trường Tiểu học An Phú chuyển về trực thuộc Phường Đông Sơn.",
        "Phường Đông Sơn đổi tên thành Phường Đông Sơn Mới.",
        "Ban Dân vận kết thúc hoạt động.",
    ]
    listed = page.get(f"/don-vi/quyet-dinh/{draft.pk}/thay-doi/").content.decode()
    assert all(words in listed for words in told(draft))
    history = page.get(f"/don-vi/quyet-dinh/{draft.pk}/lich-su/").content.decode()
    assert "Nội dung thay đổi" in history and "Phường An Phú và Phường Bình Minh nhập thành Phường An Bình." in history
    assert f">{draft.number}<" in page.get("/don-vi/quyet-dinh/?q=an+binh").content.decode(), "found by what it changes"


def test_a_rename_begins_with_the_name_and_header_of_today(page, cast, draft):
    assert "Chọn trong danh sách" in page.get(f"/don-vi/quyet-dinh/{draft.pk}/thay-doi/them/?loai=doi_ten").content.decode()
    form = page.get(f"/don-vi/quyet-dinh/{draft.pk}/thay-doi/them/?loai=doi_ten&unit={cast.a.pk}").content.decode()
    assert 'value="Phường An Phú"' in form and "moi0-code" not in form


def test_what_cannot_be_is_said_at_the_form_and_nothing_is_kept(page, cast, school, draft):
    cases = [
        (Change.MERGE, {"units": [cast.a.pk], **new(0, "X", "Phường X")}, "units", "ít nhất hai đơn vị"),
        (Change.MERGE, {"units": [cast.a.pk, cast.b.pk]}, "moi0-name", "Vui lòng nhập mục này."),
        (Change.SPLIT, {"unit": cast.a.pk, **new(0, "X", "Phường X")}, "units", "ít nhất hai đơn vị kế tục"),
        (Change.SPLIT, {"unit": cast.a.pk, "units": [cast.b.pk, cast.office.pk], "parent": cast.a.pk}, "parent", "không nhận được đơn vị"),
        (Change.MOVE, {"unit": cast.a.pk, "parent": school.pk}, "__all__", "không thể trực thuộc Trường Tiểu học An Phú"),
        (Change.MOVE, {"unit": cast.a.pk}, "parent", "Vui lòng nhập mục này."),
        (Change.CLOSE, {"unit": cast.district.pk}, "__all__", "không có cấp trên"),
        (Change.CLOSE, {"unit": cast.a.pk, "parent": school.pk}, "parent", "không nhận được đơn vị"),
        (Change.LEVEL, {"level_name": "Cấp tỉnh"}, "level_name", "Cấp tỉnh"),
    ]
    for change, data, field, words in cases:
        answer = send(page, draft, change, follow=False, **data)
        writing = answer.context["writing"]
        errors = {form.add_prefix(name): told for form in [writing.form, *writing.decided] for name, told in form.errors.items()}
        assert answer.status_code == 422 and words in errors[field][0], (change, errors)
        assert errors[field][0] in html.unescape(answer.content.decode())
    assert DecisionLine.objects.count() == 0


def test_units_of_others_are_no_choice(page, cast, draft):
    stranger = new_unit("K", "Quận khác", Kind.PARTY_COMMITTEE)
    form = page.get(f"/don-vi/quyet-dinh/{draft.pk}/thay-doi/them/?loai=nhap").content.decode()
    assert "Phường An Phú" in form and "Quận khác" not in form
    answer = send(page, draft, Change.MOVE, follow=False, unit=cast.a.pk, parent=stranger.pk)
    assert answer.status_code == 422 and DecisionLine.objects.count() == 0


def test_a_double_click_adds_one_line_and_a_stale_page_none(page, cast, draft):
    key, version = str(uuid.uuid4()), draft.version
    for _ in range(2):
        send(page, draft, Change.CLOSE, unit=cast.a.pk, _key=key, _version=version)
    assert draft.lines.count() == 1
    answer = send(page, draft, Change.CLOSE, follow=False, unit=cast.b.pk, _version=version)
    assert answer.status_code == 409 and "vừa được người khác sửa" in answer.content.decode() and draft.lines.count() == 1


def test_a_stale_line_keeps_what_was_typed_and_shows_what_stands(page, cast, draft):
    """Also one that was dropped meanwhile; a refusal of the plan leaves the version that was seen."""
    send(page, draft, Change.RENAME, unit=cast.a.pk, **new(0, "", "Phường Của Người Trước"))
    draft.refresh_from_db()
    line, address, seen = draft.lines.get(), f"/don-vi/quyet-dinh/{draft.pk}/thay-doi", draft.version
    other = new_user("quan-tri-2", cast.district, ADMINISTRATOR)
    first = {"_version": seen, "_key": uuid.uuid4(), "loai": "doi_ten", "unit": cast.a.pk, "moi0-profile": "hd36"}
    data = {**first, **new(0, "", "Phường Của Người Khác")}
    assert browser(other).post(f"{address}/{line.pk}/", data).status_code == 302
    mine = {**data, "_key": uuid.uuid4(), **new(0, "", "Phường Của Tôi")}
    stale = page.post(f"{address}/{line.pk}/", mine)
    words = stale.content.decode()
    assert stale.status_code == 409 and 'value="Phường Của Tôi"' in words
    assert "đổi tên thành Phường Của Người Khác" in words and str(other) in words
    [line_told] = stale.context["stale"]["told"]
    assert (line_told["who"], bool(line_told["at"])) == (str(other), True)
    refused = page.post(f"{address}/{line.pk}/", {**mine, "_version": stale.context["version"], **new(0, "", "")})
    assert refused.status_code == 422 and refused.context["version"] == stale.context["version"]
    draft.refresh_from_db()
    browser(other).post(f"{address}/{line.pk}/xoa/", {"_version": draft.version})
    gone = page.post(f"{address}/{line.pk}/", {**mine, "_key": uuid.uuid4(), "_version": stale.context["version"]})
    assert gone.status_code == 409 and 'value="Phường Của Tôi"' in gone.content.decode()
    again = {**mine, "_key": uuid.uuid4(), "_version": gone.context["version"]}
    assert page.post(gone.context["action"], again).status_code == 302
    assert told(draft) == ["Phường An Phú đổi tên thành Phường Của Tôi."]


def test_a_line_is_corrected_and_dropped(page, cast, draft):
    send(page, draft, Change.CLOSE, unit=cast.a.pk)
    line, address = draft.lines.get(), f"/don-vi/quyet-dinh/{draft.pk}/thay-doi"
    draft.refresh_from_db()
    page.post(f"{address}/{line.pk}/", {"_version": draft.version, "_key": uuid.uuid4(), "unit": cast.b.pk, "loai": "ket_thuc"})
    assert told(draft) == ["Phường Bình Minh kết thúc hoạt động."]
    page.post(f"{address}/{line.pk}/xoa/", {"_version": draft.version})
    assert draft.lines.count() == 1, "a stale page drops nothing"
    draft.refresh_from_db()
    page.post(f"{address}/{line.pk}/xoa/", {"_version": draft.version})
    assert draft.lines.count() == 0


# --- preview, application, undoing ----------------------------------------------------------------


def test_the_preview_says_what_will_happen_to_whom(page, cast, admin, school, campaign, period):
    registered(cast.a, campaign, words="một"), registered(cast.b, campaign, words="hai")
    decision = decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")))
    body = page.get(f"/don-vi/quyet-dinh/{decision.pk}/xem-truoc/")
    shown, context = body.content.decode(), body.context
    assert "Phường An Phú và Phường Bình Minh nhập thành Phường An Bình." in shown
    assert "6 tài khoản làm việc cho Phường An Bình ngay khi áp dụng" in shown and "Người phuong-a (Cán bộ đơn vị)" in shown
    assert "2 hồ sơ, trong đó 2 hồ sơ chưa kết thúc, vẫn đứng tên đơn vị đã lập" in shown
    assert "Phường An Phú còn báo cáo kỳ chưa duyệt xong: năm 2019." in shown
    assert "số liệu các năm trước của Phường An Phú và Phường Bình Minh cộng vào Phường An Bình" in shown
    assert [(row.name, row.fate, row.accounts, row.records) for row in context["impacts"]] == [
        ("Trường Tiểu học An Phú", "Chuyển về trực thuộc Phường An Bình", 0, 0),
        ("Phường An Phú", "Nhập vào Phường An Bình", 4, 1),
        ("Phường Bình Minh", "Nhập vào Phường An Bình", 2, 1),
    ]
    assert [(line.name, line.mark) for line in context["before"] if line.mark] == [
        ("Phường An Phú", "kết thúc"), ("Trường Tiểu học An Phú", "chuyển đi"), ("Phường Bình Minh", "kết thúc"),
    ]  # fmt: skip
    assert [(line.name, line.mark) for line in context["after"] if line.mark] == [
        ("Phường An Bình", "mới"), ("Trường Tiểu học An Phú", "chuyển đến"),
    ]  # fmt: skip
    assert Unit.objects.filter(code="AB").count() == 0, "looking changes nothing"


def test_a_split_is_previewed_as_one(page, cast):
    decision = decided(cast, split(cast.a, ("A1", "Phường Đông"), ("A2", "Phường Tây")))
    shown = page.get(f"/don-vi/quyet-dinh/{decision.pk}/xem-truoc/").content.decode()
    assert "Phường An Phú đã chia tách: số liệu các năm trước đứng riêng, không cộng dồn cho đơn vị nào." in shown
    assert "4 tài khoản của Phường An Phú chưa có đơn vị mới" in shown


def test_applied_and_undone_from_the_screen(page, cast):
    decision = decided(cast, rename(cast.a, "Phường An Phú Mới"))
    address = f"/don-vi/quyet-dinh/{decision.pk}"
    seen = page.get(f"{address}/xem-truoc/").context["plan"].fingerprint
    assert "đã thay đổi sau khi anh/chị xem trước" in page.post(f"{address}/xem-truoc/", {"seen": "khác"}, follow=True).content.decode()
    for _ in range(2):
        assert page.post(f"{address}/xem-truoc/", {"seen": seen}).status_code == 302
    cast.a.refresh_from_db()
    assert cast.a.name == "Phường An Phú Mới" and decision.versions.count() == 1
    assert page.get(f"{address}/thay-doi/them/?loai=nhap").status_code == 403, "what was applied is not edited"
    assert page.post(f"{address}/hoan-tac/", {"reason": ""}).status_code == 422
    assert page.post(f"{address}/hoan-tac/", {"reason": "Nhầm tên"}).status_code == 302
    cast.a.refresh_from_db()
    assert cast.a.name == "Phường An Phú"
    assert "Nhầm tên" in page.get(f"{address}/lich-su/").content.decode()


def test_the_undo_page_names_what_stands_in_the_way(page, cast, admin, campaign):
    decision = decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")))
    apply(admin, decision)
    registered(unit("AB"), campaign, words="mới", registered_on=JANUARY)
    shown = page.get(f"/don-vi/quyet-dinh/{decision.pk}/hoan-tac/").content.decode()
    assert "Phường An Bình đã có 1 đăng ký" in shown and "<form" not in shown.split("noi-dung")[-1].split("</main>")[0]


def test_a_prepared_decision_stands_in_the_to_do_list(page, cast, admin):
    decision = decided(cast, rename(cast.a, "Phường An Phú Mới"))
    shown = page.get("/viec-can-lam/").content.decode()
    assert f"Áp dụng {decision}" in shown and "Sắp xếp đơn vị 01-NQ. Có hiệu lực từ 02/01/2020." in shown
    apply(admin, decision)
    assert str(decision) not in page.get("/viec-can-lam/").content.decode()
    undo(admin, decision)
    assert f"Sửa, áp dụng lại {decision}" in page.get("/viec-can-lam/").content.decode()


# --- the tree -----------------------------------------------------------------------------------


def test_the_tree_is_shown_as_on_the_day_asked_for(page, cast, admin):
    apply(admin, decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình"))))
    names = lambda **ask: [line.name for line in page.get("/don-vi/", ask).context["lines"]]  # noqa: E731
    assert names() == ["Quận Thanh Bình", "Ban Dân vận", "Phường An Bình"]
    assert names(ngay="1/1/2020") == ["Quận Thanh Bình", "Ban Dân vận", "Phường An Phú", "Phường Bình Minh"]
    assert names(**{"ket-thuc": "1"}) == ["Quận Thanh Bình", "Ban Dân vận", "Phường An Bình", "Phường An Phú", "Phường Bình Minh"]
    wrong = page.get("/don-vi/", {"ngay": "hôm qua"})
    assert wrong.context["form"].errors["ngay"] and wrong.context["day"] == TODAY and wrong.status_code == 200
    assert wrong.context["form"].errors["ngay"][0] in html.unescape(wrong.content.decode())


def test_the_tree_is_searched_by_name_or_code_and_shown_in_pages(page, cast, school, monkeypatch):
    names = lambda **ask: [line.name for line in page.get("/don-vi/", ask).context["lines"]]  # noqa: E731
    assert names(q="tiểu HỌC phu") == names(q="th") == ["Quận Thanh Bình", "Phường An Phú", "Trường Tiểu học An Phú"]
    assert names(q="khong co") == [] and "Không tìm thấy đơn vị nào" in page.get("/don-vi/", {"q": "khong co"}).content.decode()
    assert "5</b> đơn vị" in page.get("/don-vi/", {"q": "tieu hoc"}).content.decode(), "the count is of the whole tree"
    monkeypatch.setattr(views, "PER_PAGE", 2)
    assert names() == ["Quận Thanh Bình", "Ban Dân vận"] and names(page="3") == ["Phường Bình Minh"]
    assert "page=2" in page.get("/don-vi/", {"q": "phuong"}).content.decode()


def test_one_unit_tells_its_whole_life(page, cast, admin):
    apply(admin, decided(cast, rename(cast.a, "Phường An Phú Mới", symbol="BC/KDV"), words="01"))
    apply(admin, decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")), words="02", effective_on=datetime.date(2020, 1, 5)))
    shown = page.get(f"/don-vi/{cast.a.pk}/").content.decode()
    for words in ("từ 01/01/2015 đến 01/01/2020", "từ 02/01/2020 đến 04/01/2020", "Đã nhập vào", "Quyết định 02", "BC/KDV"):
        assert words in shown, words
    assert "Kế tục" in page.get(f"/don-vi/{unit('AB').pk}/").content.decode()


def test_a_unit_leads_only_to_what_the_administrator_sees(page, cast, admin):
    """The administrator of one ward reads what is above it and what came of it, and opens neither."""
    apply(admin, decided(cast, split(cast.a, ("A1", "Phường Đông"), ("A2", "Phường Tây"))))
    east = new_user("quan-tri-phuong", unit("A1"), ADMINISTRATOR)
    join(east, cast.a, ADMINISTRATOR)
    for subject, others in ((unit("A1"), [cast.district]), (cast.a, [cast.district, unit("A2")])):
        answer = browser(east).get(f"/don-vi/{subject.pk}/")
        shown = answer.content.decode()
        for other in others:
            assert other.name in shown and f'href="/don-vi/{other.pk}/"' not in shown
        assert "quyết định của cơ quan khác" in shown and re.search(r"/don-vi/quyet-dinh/\d", shown) is None
        for address in set(re.findall(r'href="(/don-vi/[^"]*\d/)"', shown)):
            assert browser(east).get(address).status_code == 200, address
    shown = page.get(f"/don-vi/{cast.a.pk}/").content.decode()
    assert (
        all(f'href="/don-vi/{other.pk}/"' in shown for other in (cast.district, unit("A1"), unit("A2"))) and "Quyết định 01-NQ</a>" in shown
    )


# --- what other pages say of the old days ---------------------------------------------------------------


def test_a_list_calls_a_unit_as_on_the_day_of_the_record(cast, admin, campaign):
    row = registered(cast.a, campaign, words="cũ")
    apply(admin, decided(cast, rename(cast.a, "Phường An Phú Mới")))
    registered(unit("PA"), campaign, words="mới", registered_on=JANUARY)
    reader = browser(cast.reviewer)
    address = registrations.url("list")
    shown = reader.get(address).content.decode()
    assert "Phường An Phú (nay là Phường An Phú Mới)" in shown
    assert "Phường An Phú (nay là Phường An Phú Mới)" in reader.get(registrations.url("detail", row.pk)).content.decode()
    book = load_workbook(io.BytesIO(reader.get(registrations.url("xlsx")).content))
    cells = {cell.value for line in book.active.iter_rows() for cell in line}
    assert {"Phường An Phú (nay là Phường An Phú Mới)", "Phường An Phú Mới"} <= cells


def test_pages_of_a_period_call_its_units_as_on_its_last_day(cast, admin, period):
    from tests.factories import reports

    sent = reports.sent(period, cast.a, officer=cast.officer, head=cast.head)
    apply(admin, decided(cast, rename(cast.a, "Phường An Phú Mới")))
    reader = browser(cast.reviewer)
    for address in (f"/ky-bao-cao/ky/{period.pk}/", f"/ky-bao-cao/phieu/{sent.pk}/duyet/", f"/ky-bao-cao/phieu/{sent.pk}/"):
        assert "Phường An Phú (nay là Phường An Phú Mới)" in reader.get(address).content.decode(), address


def test_a_ward_that_moved_keeps_the_periods_of_its_time(cast, admin, period, settings):
    """The officer of a merged ward still finds, reads and sends the report of the old district."""
    other = new_unit("Q2", "Quận hai", Kind.PARTY_COMMITTEE)
    new_user("quan-tri-2", other, LEADER)
    join(admin, other, ADMINISTRATOR)
    apply(admin, decided(cast, move(cast.a, other)))
    assert "Phường An Phú" in browser(cast.officer).get("/ky-bao-cao/").content.decode()
    assert browser(cast.officer).post(f"/ky-bao-cao/ky/{period.pk}/bat-dau/").status_code == 302
    assert str(period) in browser(cast.officer).get("/viec-can-lam/").content.decode()
    late = type(period)(**{**period_values(period), "code": "2020", "name": "Năm sau", "published_on": datetime.date(2020, 1, 5)})
    late.save()
    assert late not in type(period).objects.readable_by(browser_user(cast.officer))


def period_values(period):
    return {f.name: getattr(period, f.name) for f in period._meta.fields if f.name != "id"}


def browser_user(user):
    return type(user).objects.get(pk=user.pk)


def test_a_new_record_of_a_merged_ward_is_led_to_its_successor(cast, admin, campaign):
    apply(admin, decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình"))))
    this = awards.new_campaign(cast.district, 2020)
    officer = browser(cast.officer)
    for year, day, unit_, status in (
        (this, "3/1/2020", cast.a, 422), (this, "3/1/2020", unit("AB"), 302), (campaign, "15/3/2019", cast.a, 302),
    ):  # fmt: skip
        data = registration_data(year, unit_, registered_on=day, name=f"Mô hình {day} {unit_.pk}")
        answer = officer.post(registrations.url("add"), data)
        assert answer.status_code == status, (day, unit_, answer.context and answer.context["form"].errors)
        if status == 422:
            words = "không còn hoạt động từ ngày 02/01/2020. Hồ sơ từ ngày đó ghi cho Phường An Bình."
            assert words in str(answer.context["form"].non_field_errors())
    assert set(Registration.objects.values_list("unit__code", flat=True)) == {"AB", "PA"}


def test_gathered_rows_are_those_of_the_lineage_and_only_for_who_sees_the_unit(cast, admin, campaign, rf):
    registered(cast.a, campaign, words="một"), registered(cast.b, campaign, words="hai")
    decision = decided(cast, merge(cast.a, cast.b, new=("AB", "Phường An Bình")))
    apply(admin, decision)
    registered(unit("AB"), campaign, words="ba", registered_on=JANUARY)
    stranger = new_user("la", new_unit("K", "Quận khác", Kind.PARTY_COMMITTEE), LEADER)
    ask = rf.get("/", {"gom": unit("AB").pk}).GET
    assert Listing(registrations, browser_user(cast.reviewer), ask).count == 3
    assert Listing(registrations, browser_user(cast.reviewer), rf.get("/", {"gom": cast.a.pk}).GET).count == 1
    assert Listing(registrations, stranger, ask).narrowed == []
    undone = UnitDecision.objects.get(pk=decision.pk)
    with pytest.raises(Refused, match="đã có"):
        undo(admin, undone)


# --- confirming again -----------------------------------------------------------------------------


def test_applying_and_undoing_ask_for_the_password_again(page, cast):
    """They move people and branches; looking at the preview asks for nothing."""
    decision = decided(cast, rename(cast.a, "Phường An Phú Mới"))
    address = f"/don-vi/quyet-dinh/{decision.pk}"
    seen = page.get(f"{address}/xem-truoc/").context["plan"].fingerprint

    def is_asked(answer):
        return answer.status_code == 302 and answer.url.startswith("/tai-khoan/xac-nhan/")

    def stale():
        session = page.session
        session[sessions.CONFIRMED] -= 11 * 60
        session.save()

    stale()
    assert page.get(f"{address}/xem-truoc/").status_code == 200
    assert is_asked(page.post(f"{address}/xem-truoc/", {"seen": seen}))
    cast.a.refresh_from_db()
    assert cast.a.name == "Phường An Phú"
    session = page.session
    session[sessions.CONFIRMED] += 11 * 60
    session.save()
    page.post(f"{address}/xem-truoc/", {"seen": seen})
    stale()
    assert is_asked(page.get(f"{address}/hoan-tac/")) and is_asked(page.post(f"{address}/hoan-tac/", {"reason": "Nhầm tên"}))
    cast.a.refresh_from_db()
    assert cast.a.name == "Phường An Phú Mới"
