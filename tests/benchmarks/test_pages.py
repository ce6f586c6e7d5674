"""P1, P2, P4: pages over a real server. P6: their queries, in process."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from danvan.accounts.models import User
from danvan.figures.links import url_of as figure_url
from models_awards.models import Registration
from tests.benchmarks.measure import interleaved
from tests.roles import asked

pytestmark = pytest.mark.django_db
ROUNDS = 25
LIST = "/dan-van-kheo/dang-ky/?q=t%E1%BB%B1+qu%E1%BA%A3n&loai=mo_hinh"
PEER = "/ngang-hang/models_awards/registration/?q=tu+quan&kind__exact=mo_hinh"
NOOP, DASHBOARD = "/khong-lam-gi/", "/bang-dieu-hanh/"


def found_by_us(page):
    return len(re.findall(r'<a[^>]+href="/dan-van-kheo/dang-ky/\d+/', page))


def test_register_list(server, table):
    """P1 and P2: 25 of 50,000 rows, one filter, two words without accents."""
    expected = Registration.objects.filter(kind="mo_hinh", search_text__contains="tu").filter(search_text__contains="quan").count()
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
    took = interleaved(
        {f"{name} {size}": lambda web=web, page=page: web.get("tl-chuyen-vien", page)
         for name, page in pages.items() for size, web in ((many, server), (few, small_server))},
        ROUNDS,
    )  # fmt: skip
    for name in pages:
        table(
            f"P3-danh-sach-{name}-{many}",
            took[f"{name} {many}"],
            "ms",
            f"{few}-dong(<=1.5)",
            took[f"{name} {many}"] / took[f"{name} {few}"],
        )


def test_dashboard(server, table):
    """P4: the dashboard of a city."""
    try:
        server.get("tl-lanh-dao", DASHBOARD)
    except AssertionError as error:
        pytest.skip(f"no dashboard yet: {str(error)[:80]}")
    took = interleaved({"dashboard": lambda: server.get("tl-lanh-dao", DASHBOARD), "noop": lambda: server.get("tl-lanh-dao", NOOP)}, ROUNDS)
    table("P4-bang-dieu-hanh", took["dashboard"], "ms", "trang-khong-lam-gi(<=6)", took["dashboard"] / took["noop"])


def test_queries(scale, table):
    """P6: SQL queries of a page, constant in rows."""
    record = Registration.objects.order_by("pk").first()
    pages = {
        "danh-sach": ("tl-chuyen-vien", LIST, 8),
        "chi-tiet": ("tl-chuyen-vien", f"/dan-van-kheo/dang-ky/{record.pk}/", 12),
        "bang-dieu-hanh": ("tl-lanh-dao", DASHBOARD, 15),
        "trang-chu-phuong": ("tl-can-bo", "/", 12),
        "trang-chu-chuyen-vien": ("tl-chuyen-vien", "/", 12),
        "danh-sach-cua-chi-tieu": ("tl-chuyen-vien", figure_url("dvk_model", "2026"), 8),
    }
    for name, (username, address, limit) in pages.items():
        client = Client()
        client.force_login(User.objects.get(username=username))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(address, follow=False)
        if answer.status_code != 200:
            continue
        table(f"P6-{name}", len(asked(queries)), "truy-van", f"nguong-{limit}", len(asked(queries)) / limit)
