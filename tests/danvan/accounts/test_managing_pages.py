"""The administrator's pages: who enters, what a list shows, what a form keeps, what a slip shows once."""

import datetime
import html
import io
import re
import uuid
from types import SimpleNamespace

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from danvan.access.roles import ADMINISTRATOR, FRONT, HEAD, LEADER, OFFICER, REVIEWER
from danvan.access.walk import patterns
from danvan.accounts import managing
from danvan.accounts.handover import hand_over
from danvan.accounts.models import AccountReview, User
from tests.danvan.common.cast import START, TODAY, browser, join, new_user
from tests.roles import asked

LIST, CONFIRM = "/quan-tri/tai-khoan/", "/tai-khoan/xac-nhan/"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def admins(cast):
    return SimpleNamespace(district=new_user("quan-tri", cast.district, ADMINISTRATOR), ward=new_user("quan-tri-a", cast.a, ADMINISTRATOR))


def page_of(response):
    return html.unescape(response.content.decode())


def names_on(response):
    return [account.username for account in response.context["page"]["rows"]]


def new_account(unit, **changes):
    values = {
        "_key": "x", "username": "can-bo-moi", "display_name": "Cán bộ mới", "courtesy": "", "email": "", "role": OFFICER, "unit": unit.pk,
        "sees": "", "starts_on": "8/1/2020", "ends_on": "", "reason": "",
    }  # fmt: skip
    return {**values, **changes}


# --- who enters ----------------------------------------------------------------------------------


def addresses():
    return [found for found in patterns() if found[0].startswith("quan-tri/tai-khoan/")]


def account_pages():
    return [route for route, _, _ in addresses()]


def test_every_page_is_closed_to_every_other_role(cast, admins):
    assert len(account_pages()) == 13
    for user in (cast.officer, cast.head, cast.front, cast.reviewer, cast.leader, cast.appraiser):
        client = browser(user)
        for route in account_pages():
            filled = re.sub("<int:[a-z]+>", str(cast.officer_b.pk), route).replace("<slug:act>", "khoa")
            for answer in (client.get(f"/{filled}"), client.post(f"/{filled}", {"reason": "Thử"})):
                assert answer.status_code == 403, (user, filled)
    assert User.objects.filter(is_active=False).count() == 0


def test_accounts_of_another_branch_do_not_exist(cast, admins):
    client, pk = browser(admins.ward), cast.officer_b.pk
    membership, other = cast.officer_b.memberships.get().pk, cast.officer.memberships.get().pk
    for tail in ("", "sua/", "phan-cong/", f"phan-cong/{membership}/", "ban-giao/", "khoa/", "cap-mat-khau/"):
        sent = client.post(f"{LIST}{pk}/{tail}", {"reason": "Thử", "ends_on": "8/1/2020"})
        assert client.get(f"{LIST}{pk}/{tail}").status_code == 404, tail
        assert sent.status_code == (404 if tail else 405), tail
    assert client.get(f"{LIST}{cast.officer.pk}/phan-cong/{other}/").status_code == 200
    assert client.get(f"{LIST}{cast.officer.pk}/phan-cong/{membership}/").status_code == 404
    assert client.get(f"{LIST}{cast.officer.pk}/viec-la/").status_code == 404
    assert User.objects.get(pk=pk).is_active and not cast.officer_b.acts.exists()


def test_a_mere_administrator_begins_at_the_accounts_and_sees_no_content(cast, admins):
    client = browser(admins.district)
    assert client.get("/")["Location"] == LIST
    page = page_of(client.get(LIST))
    assert "/tim-kiem/" not in page and "/dan-van-kheo/" not in page and "/quan-tri/tai-khoan/ra-soat/" in page
    assert client.get("/dan-van-kheo/dang-ky/").status_code == client.get("/tim-kiem/?q=a").status_code == 403
    join(admins.district, cast.office, REVIEWER, cast.district)
    assert browser(User.objects.get(pk=admins.district.pk)).get("/").status_code == 200, "who also reviews begins at the to-do list"
    assert browser(cast.leader).get("/")["Location"] == "/bang-dieu-hanh/"


def test_writing_asks_for_the_password_again_when_it_was_long_ago(cast, admins, settings):
    """Every address of the administration, from the resolver: what is sent is answered by the question, or is not taken at all."""
    done = hand_over_of(cast, admins)
    client, reading = browser(admins.district), set()
    settings.STEP_UP_MINUTES = -1
    for route, name, _ in addresses():
        keys = {"<int:part>": cast.officer.memberships.get().pk, "<slug:act>": "khoa"}
        keys["<int:pk>"] = done.pk if name == "accounts:manage_minutes" else cast.officer.pk
        url = "/" + re.sub("<[^>]+>", lambda found, keys=keys: str(keys[found[0]]), route)
        seen, sent = client.get(url), client.post(url, {"_key": "x", "reason": "Nghỉ việc", "conclusion": "Đã xem."})
        if seen.status_code == 200:
            reading.add(name)
        else:
            assert seen["Location"].startswith(CONFIRM), name
        assert sent.status_code == 405 or sent["Location"].startswith(CONFIRM), name
        assert sent.status_code == 302 or name in reading, name
    assert reading == {
        "accounts:manage_index", "accounts:manage_detail", "accounts:manage_minutes", "accounts:manage_review",
        "operations:accounts_template",
    }, "reading does not ask"  # fmt: skip
    assert User.objects.get(pk=cast.officer.pk).is_active and not AccountReview.objects.exists()


def hand_over_of(cast, admins):
    given = {"key": uuid.uuid4(), "taken": [], "ends_on": TODAY, "reason": "Nghỉ", "by": admins.district}
    return hand_over(cast.colleague, cast.head, **given)


# --- the list ------------------------------------------------------------------------------------


def test_the_list_filters_searches_and_sorts(cast, admins):
    now = timezone.now()
    User.objects.filter(pk=cast.officer.pk).update(last_login=now)
    User.objects.filter(pk=cast.head.pk).update(last_login=now - DAY, is_active=False)
    User.objects.filter(pk=cast.officer_b.pk).update(must_change_password=True, secret_expires_at=now - DAY)
    cast.head_b.memberships.update(ends_on=TODAY - DAY)
    client = browser(admins.district)
    every = names_on(client.get(LIST))
    assert set(every) == set(User.objects.values_list("username", flat=True)) and every == sorted(every)
    expected = {
        f"?don_vi={cast.a.pk}": {"phuong-a", "phuong-a-2", "truong-a", "mat-tran", "quan-tri-a"},
        f"?don_vi={cast.a.pk}&vai_tro={HEAD}": {"truong-a"},
        f"?vai_tro={LEADER}": {"lanh-dao"},
        f"?vai_tro={FRONT}&don_vi={cast.b.pk}": set(),
        "?trang_thai=da_khoa": {"truong-a"},
        "?trang_thai=het_phan_cong": {"truong-b"},
        "?trang_thai=qua_han_cap": {"phuong-b"},
        "?trang_thai=dang_dung": {"phuong-a", "quan-tri"},  # signing in is a login too
        "?q=NGUOI+phuong": {"phuong-a", "phuong-a-2", "phuong-b"},
        "?q=Người+phuong-a-2": {"phuong-a-2"},
        "?q=khong-co-ai": set(),
    }
    for query, names in expected.items():
        assert set(names_on(client.get(LIST + query))) == names, query
    assert names_on(client.get(f"{LIST}?sap-xep=-ten")) == every[::-1]
    assert names_on(client.get(f"{LIST}?sap-xep=-dang-nhap"))[:3] == ["quan-tri", "phuong-a", "truong-a"]
    assert names_on(client.get(f"{LIST}?sap-xep=mat-khau")) == every, "an order that does not exist is passed over"
    assert set(names_on(client.get(f"{LIST}?don_vi=99999&trang_thai=x"))) == set(every)
    assert "Không tìm thấy tài khoản nào khớp" in page_of(client.get(f"{LIST}?q=khong-co-ai"))


def test_the_list_names_units_of_the_own_branch_only(cast, admins):
    join(cast.officer, cast.b, HEAD)
    page = browser(admins.ward).get(LIST)
    assert set(names_on(page)) == {"phuong-a", "phuong-a-2", "truong-a", "mat-tran", "quan-tri-a"}
    assert "Phường An Phú" in page_of(page) and "Phường Bình Minh" not in page_of(page)
    assert "Phường Bình Minh" not in page_of(browser(admins.ward).get(f"{LIST}{cast.officer.pk}/"))
    choices = set(page.context["form"].fields["don_vi"].queryset)
    assert choices == {cast.a}
    found = browser(admins.ward).get(f"{LIST}?don_vi={cast.b.pk}")
    assert "phuong-b" not in names_on(found) and found.context["form"].errors["don_vi"]


def test_the_list_costs_the_same_with_few_and_with_many_and_turns_pages(cast, admins):
    client, costs = browser(admins.district), []
    for count in (0, 30):
        for number in range(count):
            user = new_user(f"them-{number:02}", cast.b, OFFICER)
            join(user, cast.a, HEAD)
        with CaptureQueriesContext(connection) as log:
            first = client.get(LIST)
        costs.append(len(asked(log)))
    assert costs[0] == costs[1] <= 10, costs
    second = client.get(f"{LIST}?trang=2")
    assert len(names_on(first)) == 25 and not set(names_on(first)) & set(names_on(second))
    assert len(names_on(first)) + len(names_on(second)) == User.objects.count() == second.context["page"]["count"]
    assert second.context["page"]["last_row"] == User.objects.count()
    assert names_on(client.get(f"{LIST}?trang=99")) == names_on(second)


# --- one account ------------------------------------------------------------------------------------


@pytest.mark.embedded
def test_a_new_account_shows_its_secret_in_one_answer_and_never_again(cast, admins):
    client = browser(admins.district)
    answer = client.post(f"{LIST}them/", new_account(cast.b, reason="Người mới"))
    account = User.objects.get(username="can-bo-moi")
    secret = re.search(r"(?:[a-z0-9]{4}-){3}[a-z0-9]{4}", page_of(answer))[0]
    assert account.check_password(secret) and answer["Cache-Control"] == "private, no-store"
    for address in (f"{LIST}{account.pk}/", LIST, f"{LIST}them/"):
        assert secret not in page_of(client.get(address))
    assert secret not in str(client.session.items())
    again = client.post(f"{LIST}them/", new_account(cast.b))
    assert again.status_code == 422 and "đã có người dùng" in page_of(again)
    assert User.objects.filter(username="can-bo-moi").count() == 1


def test_a_wrong_form_keeps_what_was_typed_and_says_where(cast, admins):
    data = new_account(cast.b, username="Có dấu cách", email="không phải thư", ends_on="1/1/2020", acting="on")
    answer = browser(admins.district).post(f"{LIST}them/", data)
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"username", "email"}
    assert 'value="Có dấu cách"' in page_of(answer) and not User.objects.filter(display_name="Cán bộ mới").exists()
    late = browser(admins.district).post(f"{LIST}them/", new_account(cast.b, ends_on="1/1/2020"))
    assert late.context["form"].errors == {"ends_on": ["Ngày kết thúc phải từ ngày bắt đầu trở đi."]}


def test_the_detail_tells_memberships_over_time_sessions_and_history(cast, admins):
    join(cast.officer, cast.a, HEAD, starts_on=START, ends_on=TODAY - DAY)
    client = browser(cast.officer)
    client.get("/viec-can-lam/")
    managing.edit_account(
        cast.officer, {"display_name": "Cán bộ dân vận", "courtesy": "", "email": ""}, by=admins.ward, base=0, reason="Đổi chức danh"
    )
    answer = browser(admins.district).get(f"{LIST}{cast.officer.pk}/")
    page = page_of(answer)
    assert [(m.role, m.force) for m in answer.context["memberships"]] == [(HEAD, "Đã hết"), (OFFICER, "Đang hiệu lực")]
    assert len(answer.context["sessions"]) == 1 and client.session.session_key not in page
    for words in ("01/01/2015 – 07/01/2020", "01/01/2015 – nay", "Người quan-tri-a", "Lý do: Đổi chức danh", "<del>Người phuong-a</del>"):
        assert words in page, words
    assert [deed["slug"] for deed in answer.context["deeds"]] == ["cap-mat-khau", "mo-dang-nhap", "khoa"]


def test_a_long_history_turns_pages(cast, admins):
    for number in range(47):
        managing.unlock(cast.officer, by=admins.district, reason=f"Lần thứ {number}")
    client, address = browser(admins.district), f"{LIST}{cast.officer.pk}/"
    pages = [client.get(f"{address}?trang={number}") for number in (1, 2, 3)]
    told = [[entry["reason"] for entry in page.context["entries"]] for page in pages]
    assert [len(page) for page in told] == [20, 20, 7]
    assert [*told[0], *told[1], *told[2]] == [f"Lần thứ {number}" for number in reversed(range(47))]
    assert "21–40 trong 47 việc" in page_of(pages[1]) and 'trang=3"' in page_of(pages[1])
    short = client.get(f"{LIST}{cast.head.pk}/")
    assert short.status_code == 200 and "Các trang" not in page_of(short)


def test_what_may_not_be_done_is_said_instead_of_a_button(cast, admins):
    join(cast.officer, cast.office, REVIEWER, cast.district)
    page = page_of(browser(admins.ward).get(f"{LIST}{cast.officer.pk}/"))
    assert managing.BEYOND in page and "/khoa/" not in page and "Thêm phân công" not in page
    own = page_of(browser(admins.district).get(f"{LIST}{admins.district.pk}/"))
    assert managing.OWN in own and "/khoa/" not in own and "/sua/" in own
    refused = browser(admins.district).post(f"{LIST}{admins.district.pk}/khoa/", {"reason": "Thử"})
    assert refused.status_code == 403 and managing.OWN in page_of(refused)


@pytest.mark.parametrize(
    ("act", "kind", "words"),
    [("khoa", "khoa", "Đã khóa tài khoản."), ("mo-dang-nhap", "mo_dang_nhap", "Đã mở khóa đăng nhập.")],
)
def test_an_act_takes_a_reason_and_leaves_it(cast, admins, act, kind, words):
    client, address = browser(admins.district), f"{LIST}{cast.officer.pk}/{act}/"
    without = client.post(address, {"_key": "x", "reason": " "})
    assert without.status_code == 422 and not cast.officer.acts.exists()
    done = client.post(address, {"_key": "x", "reason": "Theo thông báo số 5"}, follow=True)
    assert words in page_of(done)
    assert [(a.kind, a.by, a.reason) for a in cast.officer.acts.all()] == [(kind, admins.district, "Theo thông báo số 5")]


def test_reopening_and_a_new_secret_on_the_screen(cast, admins):
    managing.deactivate(cast.officer, by=admins.district, reason="Nghỉ phép dài")
    client = browser(admins.district)
    page = client.get(f"{LIST}{cast.officer.pk}/")
    assert [deed["slug"] for deed in page.context["deeds"]] == ["mo-lai"]
    client.post(f"{LIST}{cast.officer.pk}/mo-lai/", {"reason": "Đi làm lại"})
    slip = page_of(client.post(f"{LIST}{cast.officer.pk}/cap-mat-khau/", {"reason": "Quên"}))
    secret = re.search(r"(?:[a-z0-9]{4}-){3}[a-z0-9]{4}", slip)[0]
    account = User.objects.get(pk=cast.officer.pk)
    assert account.is_active and account.check_password(secret)
    assert "Cán bộ đơn vị, Phường An Phú" in slip and "http://testserver/" in slip


def test_the_second_editor_sees_what_the_first_one_saved(cast, admins):
    first, second, address = browser(admins.district), browser(admins.ward), f"{LIST}{cast.officer.pk}/sua/"
    base = second.get(address).context["version"]
    mine = {"_key": "x", "_version": base, "courtesy": "", "email": "", "reason": ""}
    first.post(address, {**mine, "display_name": "Tên của người thứ nhất"})
    conflict = second.post(address, {**mine, "display_name": "Tên của người thứ hai"})
    assert conflict.status_code == 409 and User.objects.get(pk=cast.officer.pk).display_name == "Tên của người thứ nhất"
    page = page_of(conflict)
    assert "Người quan-tri lưu lúc" in page and "<b>Tên của người thứ nhất</b>" in page and 'value="Tên của người thứ hai"' in page
    by_field = {line["label"]: line["act"] and (line["act"].by, line["act"].changes[0]["new"]) for line in conflict.context["theirs"]}
    assert by_field["Tên hiển thị"] == (admins.district, "Tên của người thứ nhất") and list(by_field.values()).count(None) == 2
    assert "<b>Tên của người thứ nhất</b> (Người quan-tri sửa lúc " in page
    again = {**mine, "_version": conflict.context["version"], "display_name": "Tên của người thứ hai"}
    assert second.post(address, again).status_code == 302
    assert User.objects.get(pk=cast.officer.pk).display_name == "Tên của người thứ hai"


def test_memberships_on_the_screen(cast, admins):
    client, base = browser(admins.district), f"{LIST}{cast.officer.pk}/phan-cong/"
    data = {"role": HEAD, "unit": cast.a.pk, "sees": "", "starts_on": "8/1/2020", "ends_on": "8/2/2020", "acting": "on", "reason": "Đi học"}
    assert client.post(base, data)["Location"] == f"{LIST}{cast.officer.pk}/"
    row = cast.officer.memberships.get(role=HEAD)
    assert (row.sees, row.acting, row.ends_on) == (cast.a, True, datetime.date(2020, 2, 8))
    twice = client.post(base, data)
    assert twice.status_code == 422 and "đã có phân công" in page_of(twice)
    end = {"ends_on": "7/1/2020", "reason": "Nhập nhầm"}
    stale = client.post(f"{base}{row.pk}/", {**end, "_version": managing.version_of(cast.officer) - 1})
    assert stale.status_code == 409 and "Nhập nhầm" in page_of(stale) and "Phân công: <b>Người đứng đầu" in page_of(stale)
    ended = client.post(f"{base}{row.pk}/", {**end, "_version": managing.version_of(cast.officer)}, follow=True)
    assert "Đã hủy phân công chưa dùng đến." in page_of(ended) and not cast.officer.memberships.filter(role=HEAD).exists()


@pytest.mark.embedded
def test_an_account_whose_only_membership_is_cancelled_stays_with_who_gave_it(cast, admins):
    account, _ = managing.create_account(
        username="can-bo-moi", display_name="Cán bộ mới", unit=cast.a, role=OFFICER, starts_on=TODAY + 5 * DAY, by=admins.district
    )
    row, client = account.memberships.get(), browser(admins.ward)
    sent = {"ends_on": "8/1/2020", "reason": "Không nhận việc nữa", "_version": managing.version_of(account)}
    done = client.post(f"{LIST}{account.pk}/phan-cong/{row.pk}/", sent, follow=True)
    assert done.status_code == 200 and "Đã hủy phân công chưa dùng đến." in page_of(done) and "Không có phân công" in page_of(done)
    assert names_on(client.get(f"{LIST}?trang_thai=het_phan_cong")) == ["can-bo-moi"]
    other = new_user("quan-tri-b", cast.b, ADMINISTRATOR)
    assert "can-bo-moi" not in names_on(browser(other).get(LIST)) and browser(other).get(f"{LIST}{account.pk}/").status_code == 404
    client.post(f"{LIST}{account.pk}/khoa/", {"reason": "Không nhận việc"})
    assert not User.objects.get(pk=account.pk).is_active
    join(account, cast.b, OFFICER)
    assert client.get(f"{LIST}{account.pk}/").status_code == 404, "who works elsewhere by now is no longer here"


# --- the review ------------------------------------------------------------------------------------


def test_the_review_shows_what_to_decide_and_keeps_its_date(cast, admins, settings):
    settings.MFA_ROLES = frozenset({REVIEWER})
    long_ago = timezone.now() - 40 * DAY
    User.objects.filter(pk=cast.officer.pk).update(last_login=long_ago)
    cast.head_b.memberships.update(ends_on=TODAY - DAY)
    cast.officer_b.memberships.update(ends_on=TODAY + 10 * DAY)
    join(cast.colleague, cast.a, HEAD)
    client = browser(admins.district)
    answer = client.get(f"{LIST}ra-soat/")
    found = {f["title"]: [account.username for account in f["accounts"]] for f in answer.context["findings"]}
    assert found == {
        "Lâu không đăng nhập": ["phuong-a"],
        "Không có phân công còn hiệu lực": ["truong-b"],
        "Giữ nhiều vai trò": ["phuong-a-2"],
        "Phân công sắp hết hạn": ["phuong-b"],
        "Chưa bật xác thực hai bước": ["chuyen-vien"],
    }
    assert {role["code"]: role["people"] for role in answer.context["roles"]}[HEAD] == 2
    assert "chưa được rà soát lần nào" in page_of(client.get(LIST))
    assert client.post(f"{LIST}ra-soat/", {"conclusion": " "}).status_code == 422
    client.post(f"{LIST}ra-soat/", {"conclusion": "Đã khóa hai tài khoản thừa."})
    review = AccountReview.objects.get()
    assert (review.branch, review.reviewed_on, review.reviewed_by) == (cast.district, TODAY, admins.district)
    assert (review.accounts, review.memberships) == (10, 11)
    assert "rà soát lần nào" not in page_of(client.get(LIST))
    page = page_of(client.get(f"{LIST}ra-soat/"))
    assert "Đã khóa hai tài khoản thừa." in page and "Lần tới trước ngày 09/07/2020" in page
    settings.TODAY = TODAY + 184 * DAY
    assert "Lần rà soát gần nhất là ngày 08/01/2020, đã quá sáu tháng" in page_of(client.get(LIST))
    assert "Đã khóa hai" not in page_of(browser(admins.ward).get(f"{LIST}ra-soat/")), "a ward reads the reviews of the ward"


def test_the_number_of_a_role_is_the_number_of_rows_behind_it(cast, admins):
    new_user("truong-sau-nay", cast.b, HEAD, starts_on=TODAY + DAY)
    User.objects.filter(pk=cast.head.pk).update(is_active=False)
    join(cast.officer_b, cast.a, OFFICER)
    client = browser(admins.district)
    page = client.get(f"{LIST}ra-soat/")
    numbers = {role["code"]: role["people"] for role in page.context["roles"]}
    assert (numbers[HEAD], numbers[OFFICER]) == (1, 3)
    links = re.findall(r'href="([^"]*vai_tro=(\w+)[^"]*)"', page_of(page))
    assert {role for _, role in links} == {role for role, people in numbers.items() if people}
    for address, role in links:
        answer = client.get(address)
        assert len(names_on(answer)) == answer.context["page"]["count"] == numbers[role], role
        assert "Đang mở, còn phân công" in page_of(answer)


def test_a_branch_that_was_never_reviewed_is_told_beside_one_that_was(cast, admins, settings):
    client, address = browser(admins.ward), f"{LIST}ra-soat/"
    client.post(address, {"conclusion": "Đúng người, đúng việc."})
    join(admins.ward, cast.b, ADMINISTRATOR)
    client = browser(User.objects.get(pk=admins.ward.pk))
    assert "Tài khoản và quyền của Phường Bình Minh chưa được rà soát lần nào" in page_of(client.get(LIST))
    client.get(address)
    settings.TODAY = TODAY + 100 * DAY
    client.post(address, {"conclusion": "Đã rà soát cả hai."})
    assert "rà soát lần nào" not in page_of(client.get(LIST))
    settings.TODAY = TODAY
    AccountReview.objects.filter(branch=cast.b).update(reviewed_on=TODAY - 200 * DAY)
    assert "Lần rà soát gần nhất của Phường Bình Minh là ngày 22/06/2019, đã quá sáu tháng" in page_of(client.get(LIST))
    assert "gần nhất ngày 22/06/2019" in page_of(client.get(address))


def test_a_branch_within_an_own_branch_was_reviewed_with_it(cast, admins):
    browser(admins.district).post(f"{LIST}ra-soat/", {"conclusion": "Đúng."})
    join(admins.district, cast.a, ADMINISTRATOR)
    assert "rà soát lần nào" not in page_of(browser(User.objects.get(pk=admins.district.pk)).get(LIST))


def test_every_right_of_the_branch_is_one_row_of_the_workbook(cast, admins):
    join(cast.officer, cast.a, HEAD, starts_on=START, ends_on=TODAY - DAY)
    User.objects.filter(pk=cast.officer.pk).update(last_login=datetime.datetime(2020, 1, 7, 20, 30, tzinfo=datetime.UTC))
    sheet = openpyxl.load_workbook(io.BytesIO(browser(admins.ward).get(f"{LIST}bang-quyen.xlsx").content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert rows[0] == [
        "Loại tài khoản", "Tên đăng nhập", "Tên hiển thị", "Trạng thái", "Đơn vị", "Vai trò", "Xem được hồ sơ của", "Từ ngày", "Đến ngày",
        "Hiệu lực", "Đăng nhập gần nhất", "Xác thực hai bước",
    ]  # fmt: skip
    assert {row[1] for row in rows[1:]} == {"phuong-a", "phuong-a-2", "truong-a", "mat-tran", "quan-tri-a"}
    start, ended, login = datetime.datetime(2015, 1, 1), datetime.datetime(2020, 1, 7), datetime.datetime(2020, 1, 8, 3, 30)
    assert [row for row in rows if row[1] == "phuong-a"] == [
        [
            "Nghiệp vụ",
            "phuong-a",
            "Người phuong-a",
            "Đang dùng",
            "Phường An Phú",
            role,
            "Phường An Phú",
            start,
            until,
            force,
            login,
            "Chưa bật",
        ]
        for role, until, force in [("Cán bộ đơn vị", None, "Đang hiệu lực"), ("Người đứng đầu đơn vị", ended, "Đã hết")]
    ]
    assert [row[0] for row in rows if row[1] == "quan-tri-a"] == ["Quản trị"]


@pytest.mark.parametrize("version", ["²", "9" * 5000])
def test_an_odd_version_is_a_stale_one(admins, cast, version):
    client, address = browser(admins.district), f"{LIST}{cast.officer.pk}/sua/"
    data = {"display_name": "Tên khác", "courtesy": "", "email": "", "reason": "Nhầm"}
    assert client.post(address, {**data, "_version": "0"}).status_code == 302
    assert client.post(address, {**data, "display_name": "Tên nữa", "_version": version}).status_code == 409
