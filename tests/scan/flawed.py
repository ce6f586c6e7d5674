"""A page with two seeded flaws, for scanners to prove themselves on: SQL made of text and text that is not escaped.

python flawed.py PORT
"""

import sqlite3
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

FORM = '<form action="/tim-kiem/"><input name="q" value="a"><button>Tìm</button></form><a href="/tim-kiem/?q=a">Tìm a</a>'


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        asked = parse_qs(urlsplit(self.path).query).get("q", [""])[0]
        database = sqlite3.connect(":memory:")
        database.execute("CREATE TABLE record (name TEXT)")
        database.executemany("INSERT INTO record VALUES (?)", [("a",), ("b",)])
        try:
            rows = database.execute(f"SELECT name FROM record WHERE name = '{asked}'").fetchall()
        except sqlite3.Error as error:
            rows = [f"SQLite error: {error}"]
        body = f"<!doctype html><html><body>{FORM}<p>{asked}</p><p>{rows}</p></body></html>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Page).serve_forever()
