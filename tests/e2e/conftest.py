"""A real demo portal (web, worker, sweeper on the embedded default) and Debian's Chromium, for the stories."""

import base64
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django_otp.oath import totp

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "var" / "e2e"
PASSWORD = "Kiem-thu-2019"
WIDTHS = {"1440": {"width": 1440, "height": 1000}, "390": {"width": 390, "height": 844}}
AXE = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


class Portal:
    """The running demo: where it answers, where its data is, which processes it has."""

    quick = False  # a quick story takes no pictures and follows only the numbers that moved

    def __init__(self, folder, **chosen):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder, self.url = folder, f"http://127.0.0.1:{self.port}"
        unset = {name: "" for name in ("DATABASE_URL", "CELERY_BROKER_URL", "TODAY", "DEMO_UNTIL", "DEMO_PROFILE", "DANVAN_PRODUCTION")}
        own = {"DANVAN_DEMO": "1", "DANVAN_VAR": str(folder), "PORT": str(self.port), "DEMO_PASSWORD": PASSWORD}
        self.env = {**os.environ, **unset, **own, **chosen}

    def start(self):
        self.log = (self.folder / "demo.log").open("a")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "demo_serve"], cwd=ROOT, env=self.env, stdout=self.log, stderr=self.log, start_new_session=True
        )
        self.wait_ready()

    def wait_ready(self, seconds=300):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=3) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.3)
        raise AssertionError(f"The demo did not answer:\n{(self.folder / 'demo.log').read_text()[-3000:]}")

    def stop(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(30)
        self.log.close()

    def manage(self, *args):
        answer = subprocess.run([sys.executable, "manage.py", *args], cwd=ROOT, env=self.env, capture_output=True, text=True, check=True)
        return answer.stdout.strip()


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """Each story has the untouched demo for itself."""
    running = Portal(tmp_path_factory.mktemp("portal"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    flags = [
        "no-sandbox",
        "disable-gpu",
        "disable-quic",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
    ]
    found = shutil.which("chromium")
    if found is None:
        pytest.fail("chromium is missing: `make e2e` installs it")
    return {**browser_type_launch_args, "executable_path": found, "args": [f"--{flag}" for flag in flags]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    # the production shape brings a certificate of its own making
    return {
        **browser_context_args,
        "ignore_https_errors": True,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": WIDTHS["1440"],
    }


def code_of(key, step=0):
    return f"{totp(key, drift=step):06d}"


class Officer:
    """One person at the browser. Every step leaves two pictures and is checked for accessibility at both widths."""

    def __init__(self, browser, portal, username, context_args):
        self.context = browser.new_context(**context_args)
        self.context.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname))
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        self.hosts, self.complaints, self.portal = set(), [], portal
        self.open("/dang-nhap/")
        self.log_in(username)
        self.page.wait_for_url(lambda url: "dang-nhap" not in url or "ma-xac-thuc" in url)
        if "/tai-khoan/xac-thuc/" in self.page.url:  # production lets these roles no further without an app for codes
            self.turn_on_codes()

    def log_in(self, username, password=PASSWORD):
        """On the login page, wherever it was met."""
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.page.get_by_role("button", name="Đăng nhập", exact=True).click()

    def turn_on_codes(self):
        """By the key that the page shows instead of a picture."""
        key = base64.b32decode(self.page.locator("#khoa").inner_text().replace(" ", ""))
        self.page.get_by_label("Mã 6 số trên điện thoại").fill(code_of(key))
        self.page.get_by_role("button", name="Xác nhận").click()
        self.page.get_by_role("link", name="Tôi đã cất mã, tiếp tục").click()
        self.page.wait_for_url(lambda url: "xac-thuc" not in url)

    def open(self, path):
        self.page.goto(path if path.startswith("http") else f"{self.portal.url}{path}")
        return self.page

    def shot(self, name, axe=True):
        """Pictures at both widths; no sideways scrolling, no accessibility violation."""
        if self.portal.quick:
            return
        SHOTS.mkdir(parents=True, exist_ok=True)
        for label, size in WIDTHS.items():
            self.page.set_viewport_size(size)
            self.page.wait_for_timeout(150)
            self.page.evaluate("scrollTo(0, 0)")
            wide, high = self.page.evaluate("(e => [e.scrollWidth - e.clientWidth, e.scrollHeight])(document.documentElement)")
            assert wide <= 0, f"{name} at {label}: {wide} px wider than the screen"
            # on a screen as high as the page no bar lies over what happens to be below it
            self.page.set_viewport_size({**size, "height": max(high, size["height"])})
            self.page.screenshot(path=SHOTS / f"{name}-{label}.png", full_page=True)
            if axe:
                found = Axe().run(self.page, options=AXE).response["violations"]
                told = [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found]
                assert told == [], f"{name} at {label}: {told}"
        self.page.set_viewport_size(WIDTHS["1440"])

    def leave(self):
        assert self.hosts <= {"127.0.0.1"}, self.hosts
        refused = [text for text in self.complaints if "Content Security Policy" in text]
        assert refused == [], refused
        self.context.close()


@pytest.fixture
def officer(browser, portal, browser_context_args):
    """officer("phuong-a") logs in; at the end nobody may have asked another machine for anything."""
    present = []

    def enter(username):
        present.append(Officer(browser, portal, username, browser_context_args))
        return present[-1]

    yield enter
    for person in present:
        person.leave()
