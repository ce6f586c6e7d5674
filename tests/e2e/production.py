"""The demo office in the production shape: web, worker and beat by the compose file's own commands, behind a proxy with TLS."""

import http.client
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

from tests.danvan.operations import compose

# the proxy's own affair, as RFC 9110 has it, and what nginx overwrites
OWN_HEADERS = {"connection", "keep-alive", "transfer-encoding", "content-length", "x-accel-redirect"}
TODAY = "2020-01-08"  # the day of the demo's data


class ProductionPortal:
    """As Portal: where it answers, with the demo's data and day but none of its modes."""

    quick = True

    def __init__(self, folder, owner_url, app_url, password):
        self.folder, self.password = folder, password
        self.replaced = {**compose.stand_ins(folder, app_url), "TODAY": TODAY, "FORCE_PASSWORD_CHANGE": "0"}
        (folder / "owner_database_url").write_text(owner_url)
        files = {"DATABASE_URL_FILE": str(folder / "owner_database_url"), "APP_DATABASE_URL_FILE": self.replaced["DATABASE_URL_FILE"]}
        self.as_owner = {**self.replaced, **files}
        self.port = compose.free_port()
        self.url = f"https://127.0.0.1:{self.port}"

    @contextmanager
    def running(self):
        compose.once("migrate", compose.command("migrate"), self.as_owner)
        compose.collect(self.replaced)
        self.fill()
        with ExitStack() as stack:
            services = [stack.enter_context(compose.running(name, self.folder, self.replaced)) for name in ("web", "worker", "beat")]
            compose.wait_until(lambda: self.ready(services), self.folder)
            stack.enter_context(tls_proxy(self.port, int(self.replaced["PORT"]), self.folder))
            yield self
            assert all(process.poll() is None for process in services)

    def fill(self):
        """The demo's data come from a process that is not production: it refuses there."""
        changes = {"DANVAN_PRODUCTION": "", "DANVAN_DEMO": "1", "DEMO_PASSWORD": self.password}
        compose.once("web", [sys.executable, "manage.py", "demo_data", "-v0"], {**self.replaced, **changes})

    def ready(self, services):
        assert all(process.poll() is None for process in services)
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.replaced['PORT']}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


@contextmanager
def tls_proxy(port, web, folder):
    """What the compose file's nginx does for a browser: TLS, the headers, private files (its own rules have their own test)."""
    Relay = type("Relay", (Proxy,), {"web": web, "private": folder / "var" / "private"})
    with ThreadingHTTPServer(("127.0.0.1", port), Relay) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate(folder))
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


def certificate(folder):
    files = folder / "tls.crt", folder / "tls.key"
    asked = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run(["openssl", "req", *asked, "-out", files[0], "-keyout", files[1]], check=True, capture_output=True)
    return files


class Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    web: int
    private: Path

    def relay(self):
        length = int(self.headers.get("Content-Length") or 0)
        kept = {name: value for name, value in self.headers.items() if name.lower() not in OWN_HEADERS}
        told = {**kept, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1", "Content-Length": str(length)}
        connection = http.client.HTTPConnection("127.0.0.1", self.web, timeout=60)
        try:
            connection.request(self.command, self.path, body=self.rfile.read(length), headers=told)
            self.answer(connection.getresponse())
        finally:
            connection.close()

    do_GET = do_HEAD = do_POST = relay

    def answer(self, found):
        body, inside = found.read(), found.headers.get("X-Accel-Redirect")
        if inside:
            body = (self.private / unquote(inside).removeprefix("/_private/")).read_bytes()
        self.send_response_only(found.status)
        for name, value in found.headers.items():
            if name.lower() not in OWN_HEADERS:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass
