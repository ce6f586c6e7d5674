"""wapiti and sqlmap against the running demo, after both have found the flaws of flawed.py. Exit status 0: nothing above low.

.venv/bin/python -m tests.scan.portal  (`make scan`; .venv/crawl and Debian's sqlmap; this machine only, on data of its own)
"""

import http.cookiejar
import json
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.conftest import PASSWORD, Portal

HERE = Path(__file__).parent
WAPITI = Path(sys.prefix) / "crawl" / "bin" / "wapiti"
MODULES = "sql,xss,csrf,file,redirect,http_headers,cookieflags"
# One page and its own forms at a time: on a whole site the tool would press "Đăng xuất" first and then see nothing.
PAGES = {
    "chuyen-vien": [
        "/",
        "/bang-dieu-hanh/",
        "/dan-van-kheo/dang-ky/",
        "/quy-che/danh-sach/",
        "/quy-che/danh-sach/them/",
        "/giam-sat/kien-nghi/",
        "/ky-bao-cao/",
        "/bao-cao/",
    ],
    "phuong-a": ["/", "/dan-van-kheo/dang-ky/them/", "/doi-thoai/cuoc/", "/doi-thoai/cuoc/them/", "/tim-kiem/?q=a", "/tai-khoan/"],
    # who administers: the accounts, what is asked before an account is changed, a decision, the log, the review
    "quan-tri": [
        "/",
        "/tai-khoan/",
        "/quan-tri/tai-khoan/",
        "/quan-tri/tai-khoan/them/",
        "/quan-tri/tai-khoan/ra-soat/",
        "/quan-tri/nhat-ky/",
        "/don-vi/quyet-dinh/",
        "/don-vi/quyet-dinh/them/",
    ],
}
QUESTIONS = {
    "chuyen-vien": [
        "/tim-kiem/?q=a",
        "/dan-van-kheo/dang-ky/?q=a&don_vi=1&trang=1&sap-xep=name",
        "/doi-thoai/cuoc/?q=a&don_vi=1",
        "/bang-dieu-hanh/?nam=2019",
        "/bang-dieu-hanh/chuoi-so-lieu/?chi_tieu=dvk_model&tu_nam=2018&den_nam=2019&cach_xem=don-vi-hom-nay",
    ],
    "quan-tri": [
        "/quan-tri/nhat-ky/?loai=dang_nhap&nguoi=a&don_vi=a&tu_ngay=1/1/2020&page=1",
        "/quan-tri/tai-khoan/?q=a&don_vi=1&vai_tro=a&trang_thai=dang_dung&sap-xep=ten&trang=1",
        "/don-vi/quyet-dinh/?q=a&sap-xep=number&trang=1",
    ],
}
# The tools guess passwords on the page that confirms one, and take minutes for a page: neither may end the scan.
PATIENT = {"LOGIN_TRIES": "20", "LOGIN_TRIES_PER_HOUR": "1000", "SESSION_IDLE_MINUTES_ADMIN": "60", "STEP_UP_MINUTES": "60"}
LOW = 1


@contextmanager
def flawed():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen([sys.executable, HERE / "flawed.py", str(port)])
    try:
        answers(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def answers(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the seeded page does not answer")


def cookies_of(portal, name):
    """The cookies of somebody who has logged in, as one header."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(f"{portal.url}/dang-nhap/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    form = urllib.parse.urlencode({"username": name, "password": PASSWORD, "csrfmiddlewaretoken": token}).encode()
    opener.open(urllib.request.Request(f"{portal.url}/dang-nhap/", form, {"Referer": portal.url}))
    names = {cookie.name: cookie.value for cookie in jar}
    if "sessionid" not in names:
        raise SystemExit(f"{name} could not log in")
    return "; ".join(f"{key}={value}" for key, value in names.items())


def wapiti(url, folder, cookie=None):
    """[(level, kind, what)] of everything that wapiti reports on one page."""
    report = folder / "wapiti.json"
    command = [
        WAPITI,
        "-u",
        url,
        "-m",
        MODULES,
        "-d",
        "2",
        "--max-links-per-page",
        "8",
        "--max-scan-time",
        "300",
        "-x",
        f"{url}/dang-xuat/",
    ]
    command += ["-f", "json", "-o", report, "--no-bugreport", "--flush-session", "-v", "0", "--store-session", folder / "session"]
    command += ["-H", f"Cookie: {cookie}"] if cookie else []
    report.unlink(missing_ok=True)
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=900)
    if not report.exists():
        raise SystemExit(f"wapiti gave no report on {url}:\n{ran.stdout[-500:]}{ran.stderr[-1500:]}")
    told = json.loads(report.read_text())
    found = [
        (row["level"], kind, f"{row['method']} {row['path']} {row['info']}")
        for kind, rows in told["vulnerabilities"].items()
        for row in rows
    ]
    return found + [(LOW + 1, kind, f"{row['method']} {row['path']}") for kind, rows in told["anomalies"].items() for row in rows]


def sqlmap(url, folder, cookie=None):
    command = ["sqlmap", "-u", url, "--batch", "--technique=BEU", "--dbms=SQLite", "--disable-coloring", "--flush-session"]
    command += ["--output-dir", folder / "sqlmap"] + (["--cookie", cookie] if cookie else [])
    told = subprocess.run(command, capture_output=True, text=True, timeout=900).stdout
    if "all tested parameters do not appear to be injectable" in told:
        return []
    return [(LOW + 2, "SQL Injection", line.strip()) for line in told.splitlines() if "Payload:" in line] or [
        (LOW + 2, "no result", told[-300:])
    ]


def blind(folder):
    """The tools that do not find their seeded flaw."""
    with flawed() as url:
        if not any("Cross Site Scripting" in kind for _, kind, _ in wapiti(f"{url}/tim-kiem/?q=a", folder)):
            yield "wapiti"
        if not any(kind == "SQL Injection" for _, kind, _ in sqlmap(f"{url}/tim-kiem/?q=a", folder)):
            yield "sqlmap"


def told_of(person, tool, page, told):
    """Said at once, so that a scan that is broken off has told what it saw."""
    print(f"{tool} {person} {page}: {len(told)} findings, {sum(row[0] > LOW for row in told)} above low", flush=True)
    return {(level, person, *rest) for level, *rest in told}


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if tools := list(blind(folder)):
            raise SystemExit(f"blind: {', '.join(tools)}")
        print("wapiti and sqlmap found the seeded flaws.")
        (folder / "var").mkdir()
        portal = Portal(folder / "var", **PATIENT)
        portal.start()
        try:
            found = set()
            for person, questions in QUESTIONS.items():
                for question in questions:
                    told = sqlmap(portal.url + question, folder, cookies_of(portal, person))
                    found |= told_of(person, "sqlmap", question, told)
            for person, pages in PAGES.items():
                for page in pages:
                    # a fresh login for each page: pages that ask for the password again stay open
                    told = wapiti(portal.url + page, folder, cookies_of(portal, person))
                    found |= told_of(person, "wapiti", page, told)
        finally:
            portal.stop()
    for row in sorted(found, reverse=True):
        print("{} {}: {}: {}".format(*row))
    print(f"{len(found)} findings, {sum(row[0] > LOW for row in found)} above low.")
    return int(any(row[0] > LOW for row in found))


if __name__ == "__main__":
    sys.exit(main())
