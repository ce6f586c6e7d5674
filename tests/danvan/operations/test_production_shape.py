"""The production shape without Docker: the compose file's own commands, on this session's PostgreSQL and Redis."""

import base64
import datetime
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django_otp.oath import totp

from danvan.accounts.models import User
from danvan.attachments.services import attach
from danvan.jobs.models import Job, State
from danvan.reporting.models import Report, ReportVersion
from models_awards.models import Registration
from tests.danvan.attachments.good import pdf
from tests.danvan.operations import compose
from tests.danvan.operations.databases import url_of
from tests.roles import ROLE
from tests.site.headers import wrong_with

PASSWORD = "DanVan@2019"
# Started by root, nginx would serve as nobody, who may not look into the folders of a test.
AS_ROOT = " user root;" if os.geteuid() == 0 else ""


@pytest.fixture
def production(tmp_path):
    """What replaces the variables of the compose file: addresses of the test's servers, secrets of its own."""
    if settings.EMBEDDED:
        pytest.skip("production runs on PostgreSQL and Redis")
    return compose.stand_ins(tmp_path, url_of(user=ROLE))


class Visitor:
    """A browser behind the proxy: it sends what nginx would send, and keeps its cookies."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def ask(self, method, path, data=None, **headers):
        sent = {"Host": "localhost", "X-Forwarded-Proto": "https", "X-Real-IP": "198.51.100.7", "Referer": "https://localhost/", **headers}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if data is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, body=urlencode(data) if data is not None else None, headers=sent)
            answer = connection.getresponse()
            content = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self.cookies[name] = value
        return answer, content

    def submit(self, page, path, **data):
        token = Token(self.ask("GET", page)[1].decode()).value
        return self.ask("POST", path, {"csrfmiddlewaretoken": token, **data})

    def log_in(self, username):
        answer, _ = self.submit("/dang-nhap/", "/dang-nhap/", username=username, password=PASSWORD)
        assert answer.status == 302, answer.status
        return self

    def enrol(self):
        """In production a reviewer gets no further without an app for codes."""
        page = "/tai-khoan/xac-thuc/"
        assert self.ask("GET", "/")[0].getheader("Location").startswith(page)
        key = re.search(r'id="khoa">([A-Z2-7 ]+)<', self.ask("GET", page)[1].decode())[1].replace(" ", "")
        answer, _ = self.submit(page, page, code=f"{totp(base64.b32decode(key)):06d}")
        assert answer.status == 200, answer.status
        return self


class Token(HTMLParser):
    value = ""

    def __init__(self, page):
        super().__init__()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if found.get("name") == "csrfmiddlewaretoken":
            self.value = found["value"]


@pytest.fixture
def office(settings, monkeypatch, production):
    """The demo's data without its modes: production serves it by the real clock, private files stand where it looks."""
    settings.DEMO, settings.TODAY = True, datetime.date(2020, 1, 8)
    monkeypatch.setenv("TODAY", "2020-01-08")
    monkeypatch.setattr("danvan.jobs.services.ring", lambda job_id: True)
    call_command("demo_data", verbosity=0)
    User.objects.update(must_change_password=False)
    settings.PRIVATE_ROOT = Path(production["DANVAN_VAR"]) / "private"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_web_worker_and_beat_start_from_the_compose_file_and_make_a_report(office, production, tmp_path):
    port = int(production["PORT"])
    compose.collect(production)
    with ExitStack() as stack:
        services = {name: stack.enter_context(compose.running(name, tmp_path, production)) for name in ("web", "worker", "beat")}

        def ready():
            assert all(process.poll() is None for process in services.values())
            try:
                return Visitor(port).ask("GET", "/readyz")[0].status == 200
            except OSError:
                return False

        compose.wait_until(ready, tmp_path)
        # nobody rang for the demo's own job: only beat's sweep, heard by the worker, can have it done
        compose.wait_until(lambda: Job.objects.get().state == State.DONE, tmp_path)

        reviewer = Visitor(port).log_in("chuyen-vien").enrol()
        assert {"__Host-sessionid", "__Host-csrftoken"} <= set(reviewer.cookies)
        report = Report.objects.get()
        answer, _ = reviewer.submit(f"/bao-cao/{report.pk}/lap/", f"/bao-cao/{report.pk}/lap/", override_reason="Lập bản trình hội nghị")
        assert answer.status == 302
        compose.wait_until(lambda: ReportVersion.objects.count() == 2, tmp_path)
        answer, content = reviewer.ask("GET", f"/bao-cao/{report.pk}/tai/pdf")
        assert (answer.status, content[:5]) == (200, b"%PDF-")

        assert "X-Accel-Redirect" not in dict(answer.headers)
        headers_hold(port, reviewer)
        assert all(process.poll() is None for process in services.values())
    assert [process.returncode for process in services.values()] == [0, 0, 0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_no_service_starts_with_the_owners_account(production, tmp_path, service):
    (tmp_path / "database_url").write_text(url_of())
    with compose.running(service, tmp_path, production) as process:
        assert process.wait(60) != 0
    assert "superuser, vượt qua bảo vệ theo dòng" in (tmp_path / f"{service}.log").read_text()


def headers_hold(port, reviewer):
    """Private files go through the proxy, plain HTTP is sent to HTTPS, unknown hosts are refused, static names live long."""
    registration = Registration.objects.order_by("pk").first()
    file = attach(
        registration, SimpleUploadedFile("biên bản.pdf", pdf()), unit_id=registration.unit_id, by=User.objects.get(username="phuong-a")
    )
    answer, content = reviewer.ask("GET", file.url)
    assert (answer.status, content) == (200, b"")
    assert answer.headers["X-Accel-Redirect"] == f"/_private/{file.file.name}"

    answer, _ = Visitor(port).ask("GET", "/dang-nhap/", **{"X-Forwarded-Proto": "http"})
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/dang-nhap/")
    assert Visitor(port).ask("GET", "/dang-nhap/", Host="evil.example")[0].status == 400

    answer, page = Visitor(port).ask("GET", "/dang-nhap/")
    assert wrong_with(answer) == ["Server"], "gunicorn's own name, which nginx replaces by its own without a version"
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    cookies_hold(port)
    style = next(part for part in page.decode().split('"') if part.startswith("/static/css/"))
    answer, _ = Visitor(port).ask("GET", style)
    assert answer.status == 200 and "immutable" in answer.headers["Cache-Control"]


def cookies_hold(port):
    """As they are sent: of this host alone, over HTTPS alone, out of reach for scripts, and for no other site's form."""
    visitor = Visitor(port)
    sent = visitor.submit("/dang-nhap/", "/dang-nhap/", username="phuong-a", password=PASSWORD)[0].headers.get_all("Set-Cookie")
    sent += Visitor(port).ask("GET", "/dang-nhap/")[0].headers.get_all("Set-Cookie")
    names = {line.partition("=")[0] for line in sent}
    assert {"__Host-sessionid", "__Host-csrftoken"} < names and any(name.startswith("__Host-may-quen-") for name in names)
    for line in sent:
        attributes = {part.strip().lower() for part in line.split(";")[1:]}
        assert line.startswith("__Host-") and {"secure", "httponly", "path=/", "samesite=lax"} <= attributes, line
        assert not any(part.startswith("domain") for part in attributes)
    answer, _ = visitor.submit("/tai-khoan/", "/dang-xuat/")
    assert answer.status == 302 and answer.headers["Clear-Site-Data"] == '"storage"'


def checked_for_deployment(production):
    return subprocess.run(
        ["python", "manage.py", "check", "--deploy", "--database", "default", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR, env=compose.environment("web", **production), capture_output=True, text=True,
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_deploy_checks_are_clean_under_the_compose_variables(production):
    checked = checked_for_deployment(production)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "no issues" in checked.stdout


@pytest.mark.django_db(transaction=True)
def test_deploy_checks_ask_which_role_connects(production, tmp_path):
    (tmp_path / "database_url").write_text(url_of())
    checked = checked_for_deployment(production)
    assert checked.returncode != 0 and "mục Hai tài khoản cơ sở dữ liệu" in checked.stderr


@pytest.mark.parametrize(("networks", "warned"), [("", True), ("10.20.0.0/16", False)])
def test_the_deploy_check_warns_until_somebody_says_which_networks_are_the_offices(production, networks, warned):
    environment = compose.environment("web", **{**production, "MFA_OFFICE_NETWORKS": networks})
    checked = subprocess.run(
        ["python", "manage.py", "check", "--deploy"], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert checked.returncode == 0 and ("danvan.W001" in checked.stderr) is warned


@pytest.mark.parametrize("content", [None, ""])
def test_a_secret_file_that_says_nothing_stops_the_start_with_advice(production, tmp_path, content):
    if content is None:
        (tmp_path / "secret_key").unlink()
    else:
        (tmp_path / "secret_key").write_text(content)
    environment = compose.environment("web", **production)
    checked = subprocess.run(["python", "manage.py", "check"], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert checked.returncode != 0
    assert f"SECRET_KEY_FILE='{tmp_path / 'secret_key'}'" in checked.stderr


def test_the_compose_file_says_what_production_needs():
    services = compose.services()
    assert set(services) == {"proxy", "migrate", "web", "worker", "beat", "postgres", "redis"}
    for name in ("web", "worker", "beat", "migrate"):
        owners = ["owner_database_url"] * (name == "migrate")  # whom no policy binds: for what builds tables, backs up and restores
        assert services[name]["secrets"] == ["secret_key", "database_url", *owners]
        assert ("APP_DATABASE_URL_FILE" in compose.variables(name)) == (name == "migrate")
        assert compose.variables(name)["DANVAN_PRODUCTION"] == "1"
        assert not {"SECRET_KEY", "DATABASE_URL"} & set(compose.variables(name))
    for name in set(services) - {"migrate"}:
        assert services[name]["restart"] == "unless-stopped"
        assert services[name]["healthcheck"]["test"]
    assert services["postgres"]["image"].startswith("postgres:16")
    assert "--appendonly" in services["redis"]["command"]
    assert [name for name in services if services[name].get("ports")] == ["proxy"]


def test_services_inside_have_no_way_out():
    networks = {name: service.get("networks") for name, service in compose.services().items()}
    assert compose.document()["networks"]["inside"] == {"internal": True}
    assert networks.pop("proxy") == ["outside", "inside"] and set(map(tuple, networks.values())) == {("inside",)}


def test_the_proxy_is_told_which_tls_it_speaks_and_shows_no_folder():
    text = compose.filled_in(compose.document()["configs"]["nginx"]["content"])
    assert re.findall(r"ssl_protocols (.*);", text) == ["TLSv1.2 TLSv1.3"]
    assert re.findall(r"ssl_ciphers (.*);", text) == ["ECDHE+AESGCM:ECDHE+CHACHA20"] and "ssl_prefer_server_ciphers on;" in text
    assert "server_tokens off;" in text and "autoindex" not in text
    assert re.findall(r"proxy_cache (\w+);", text) == ["static"], "pages of people are kept by no proxy"


def test_the_image_holds_only_what_runs():
    """No tests, no documents, no history of the source: what is not named stays outside."""
    first, *rest = [line for line in (settings.BASE_DIR / ".dockerignore").read_text().splitlines() if line and not line.startswith("#")]
    taken = {line[1:].rstrip("/") for line in rest if line.startswith("!")}
    assert first == "*" and taken == {
        "danvan", "dialogues", "models_awards", "regulations", "supervision", "requirements/runtime.lock", "static", "templates",
        "LICENSE", "manage.py", "pyproject.toml",
    }  # fmt: skip


def test_docker_accepts_the_compose_file(tmp_path):
    docker = shutil.which("docker")
    if not docker or subprocess.run([docker, "compose", "version"], capture_output=True).returncode:
        pytest.skip("this machine has no `docker compose`")
    environment = {**os.environ, "PORTAL_HOST": "localhost"}
    told = subprocess.run([docker, "compose", "config", "--quiet"], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr


# --- the proxy --------------------------------------------------------------------------


@pytest.fixture
def proxy(tmp_path):
    """nginx on the compose file's own configuration, with ports, folders and certificate of the test."""
    nginx, openssl = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin"), shutil.which("openssl")
    if not (nginx and openssl):
        pytest.skip("this machine has no nginx or no openssl")
    plain, secure, web = compose.free_port(), compose.free_port(), compose.free_port()
    certificate = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    files = ["-keyout", tmp_path / "tls_key", "-out", tmp_path / "tls_certificate"]
    subprocess.run([openssl, "req", *certificate, *files], check=True, capture_output=True)
    private = tmp_path / "srv"
    (private / "attachments").mkdir(parents=True)
    tmp_path.chmod(0o755)
    (private / "attachments" / "a.pdf").write_bytes(b"%PDF-private")
    text = compose.filled_in(compose.document()["configs"]["nginx"]["content"])
    places = {" /tmp/": f" {tmp_path}/", "/srv/private/": f"{private}/", "/run/secrets": str(tmp_path), "web:8000": f"127.0.0.1:{web}"}
    for old, new in {**places, "8080": str(plain), "8443": str(secure), "include /etc/nginx/mime.types;": ""}.items():
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "nginx.conf").write_text(text)
    process = subprocess.Popen([nginx, "-e", "stderr", "-c", tmp_path / "nginx.conf", "-g", f"daemon off;{AS_ROOT}"])
    with upstream(web):
        try:
            wait_for(secure)
            yield plain, secure
        finally:
            process.terminate()
            process.wait()


@contextmanager
def upstream(port):
    """Stands for web: tells which headers arrived, or sends the proxy to a private file."""
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from threading import Thread

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            if self.path == "/tep/1/":
                self.send_header("X-Accel-Redirect", "/_private/attachments/a.pdf")
                self.send_header("Content-Type", "application/pdf")
                self.send_header("Content-Disposition", 'attachment; filename="a.pdf"')
                self.send_header("Cache-Control", "private, no-store")
            self.end_headers()
            self.wfile.write(str(self.headers).encode() if self.path != "/tep/1/" else b"")

        do_POST = do_GET

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", port), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


def through(port, path, tls=True, method="GET", body=None, **headers):
    import ssl

    options = {"context": ssl._create_unverified_context()} if tls else {}
    with closing(
        (http.client.HTTPSConnection if tls else http.client.HTTPConnection)("127.0.0.1", port, timeout=30, **options)
    ) as connection:
        connection.request(method, path, body=body, headers={"Host": "localhost", **headers})
        answer = connection.getresponse()
        return answer, answer.read()


def wait_for(port):
    end = time.monotonic() + 10
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            assert time.monotonic() < end
            time.sleep(0.05)


def test_the_proxy_overwrites_headers_hides_private_files_and_sends_them_when_told(proxy):
    plain, secure = proxy
    forged = {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example", "Forwarded": "for=6.6.6.6"}
    _, told = through(secure, "/", **forged)
    assert "6.6.6.6" not in told.decode() and "evil" not in told.decode()
    assert "X-Forwarded-Proto: https" in told.decode() and "X-Forwarded-For: 127.0.0.1" in told.decode()

    answer, content = through(secure, "/tep/1/")
    assert (answer.status, content) == (200, b"%PDF-private")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert through(secure, "/_private/attachments/a.pdf")[0].status == 404

    answer, _ = through(plain, "/dang-nhap/?x=1", tls=False)
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/dang-nhap/?x=1")
    assert through(plain, "/healthz", tls=False)[0].status == 200
    with pytest.raises(http.client.RemoteDisconnected):
        through(secure, "/", Host="evil.example")
    assert through(secure, "/", method="POST", body=b"", **{"Content-Length": str(22 * 1024**2)})[0].status == 413


def test_the_proxy_slows_who_sends_logins_without_end(proxy):
    """Sixty wait for their turn, the rest is told to come later; looking at pages is not counted."""
    _, secure = proxy
    with ThreadPoolExecutor(90) as pool:
        sent = [pool.submit(through, secure, "/dang-nhap/", method="POST", body=b"username=x") for _ in range(90)]
        told = [future.result()[0].status for future in sent]
    assert 5 <= told.count(429) <= 29 and told.count(200) + told.count(429) == 90
    assert all(through(secure, "/dang-nhap/")[0].status == 200 for _ in range(10))
