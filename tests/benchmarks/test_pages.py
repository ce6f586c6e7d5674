"""P1, P2, P4: pages over a real server. P6: their queries, in process."""

import html
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from danvan.accounts.models import User
from danvan.figures.links import url_of as figure_url
from models_awards.models import Registration
from tests.benchmarks.measure import interleaved
from tests.danvan.dashboard.reading import counts_of, marked_links, paragraph_of
from tests.roles import asked

pytestmark = pytest.mark.django_db
ROUNDS = 25
LIST = "/dan-van-kheo/dang-ky/?q=t%E1%BB%B1+qu%E1%BA%A3n&loai=mo_hinh"
PEER = "/ngang-hang/models_awards/registration/?q=tu+quan&kind__exact=mo_hinh"
NOOP, DASHBOARD = "/khong-lam-gi/", "/bang-dieu-hanh/"
MEASURED = re.compile(r"P\d-\S+  [1-9]\d*\.\d  (ms|truy-van)  \S+  \d+\.\d\d")  # a line of the table, with a time that took place


def found_by_us(page):
    return len(re.findall(r'<a[^>]+href="/dan-van-kheo/dang-ky/\d+/', page))


def matching():
    """Rows that LIST asks for."""
    return Registration.objects.filter(kind="mo_hinh", search_text__contains="tu").filter(search_text__contains="quan").count()


def test_register_list(server, table):
    """P1 and P2: 25 of 50,000 rows, one filter, two words without accents."""
    expected = matching()
    peer, ours = server.get("tl-quan-tri", PEER), server.get("tl-chuyen-vien", LIST)
    assert expected > 25 and re.search(rf"\b{expected}\b", peer), expected
    assert found_by_us(ours) >= 25
    took = interleaved(
        {
            "list": lambda: server.get("tl-chuyen-vien", LIST),
            "peer": lambda: server.get("tl-quan-tri", PEER),
            "noop": lambda: server.get("tl-chuyen-vien", NOOP),
            "plain": lambda: server.get("tl-chuyen-vien", "/dan-van-kheo/dang-ky/"),
            "ward": lambda: server.get("tl-can-bo", LIST),
        },
        ROUNDS,
    )
    table("P1-danh-sach-tim-loc", took["list"], "ms", "trang-admin-cung-bang(<=0.2)", took["list"] / took["peer"])
    table("P2-danh-sach-tim-loc", took["list"], "ms", "trang-khong-lam-gi(<=3.5)", took["list"] / took["noop"])
    table("P2-danh-sach-khong-loc", took["plain"], "ms", "trang-khong-lam-gi(<=3.5)", took["plain"] / took["noop"])
    table("P2-danh-sach-cua-phuong", took["ward"], "ms", "trang-khong-lam-gi(<=3.5)", took["ward"] / took["noop"])
    table("trang-khong-lam-gi", took["noop"], "ms", "chinh-no", 1)


def test_list_with_many_more_rows(server, small_server, table):
    """P3: the same page at 500,000 rows (DANVAN_BENCH_REGISTRATIONS) and at 5,000."""
    many, few = f"{Registration.objects.count() // 1000}k", "5k"
    pages = {"tim-loc": LIST, "khong-loc": LIST.partition("?")[0]}
    expected = {"tim-loc": matching(), "khong-loc": Registration.objects.count()}
    for name, page in pages.items():
        large, small = server.get("tl-chuyen-vien", page), small_server.get("tl-chuyen-vien", page)
        assert counts_of(large)[0] == expected[name] and found_by_us(large) >= 25, name
        assert (counts_of(small)[0] == 5000 or name == "tim-loc") and found_by_us(small) >= 25, name
    took = interleaved(
        {f"{name} {size}": lambda web=web, page=page: web.get("tl-chuyen-vien", page)
         for name, page in pages.items() for size, web in ((many, server), (few, small_server))},
        ROUNDS,
    )  # fmt: skip
    for name in pages:
        line = table(
            f"P3-danh-sach-{name}-{many}",
            took[f"{name} {many}"],
            "ms",
            f"{few}-dong(<=1.5)",
            took[f"{name} {many}"] / took[f"{name} {few}"],
        )
        assert MEASURED.fullmatch(line), line


def test_dashboard(server, table):
    """P4: the dashboard of a city. A number of it opens as many rows."""
    page = server.get("tl-lanh-dao", DASHBOARD)
    numbers = [(address, number) for address, number, _, _ in marked_links(page) if number and "chi-tieu=dvk_model&" in address]
    assert paragraph_of(page) and numbers
    for address, number in numbers[:2]:
        assert counts_of(server.get("tl-lanh-dao", address))[0] == number, address
    took = interleaved({"dashboard": lambda: server.get("tl-lanh-dao", DASHBOARD), "noop": lambda: server.get("tl-lanh-dao", NOOP)}, ROUNDS)
    line = table("P4-bang-dieu-hanh", took["dashboard"], "ms", "trang-khong-lam-gi(<=6)", took["dashboard"] / took["noop"])
    assert MEASURED.fullmatch(line), line


def test_queries(scale, table):
    """P6: SQL queries of a page, constant in rows."""
    record = Registration.objects.order_by("pk").first()
    listed = '<span class="count" role="status">'
    pages = {
        "danh-sach": ("tl-chuyen-vien", LIST, 8, listed),
        "chi-tiet": ("tl-chuyen-vien", f"/dan-van-kheo/dang-ky/{record.pk}/", 12, record.name),
        "bang-dieu-hanh": ("tl-lanh-dao", DASHBOARD, 15, '<p id="tom-tat">'),
        "trang-chu-phuong": ("tl-can-bo", "/", 12, "Chào "),
        "trang-chu-chuyen-vien": ("tl-chuyen-vien", "/", 12, "Chào "),
        "danh-sach-cua-chi-tieu": ("tl-chuyen-vien", figure_url("dvk_model", "2026"), 8, listed),
    }
    for name, (username, address, limit, words) in pages.items():
        client = Client()
        client.force_login(User.objects.get(username=username))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(address, follow=False)
        assert answer.status_code == 200 and words in html.unescape(answer.content.decode()), (name, answer.status_code)
        line = table(f"P6-{name}", len(asked(queries)), "truy-van", f"nguong-{limit}", len(asked(queries)) / limit)
        assert MEASURED.fullmatch(line), line
