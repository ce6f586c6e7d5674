"""What the headers of an answer must say."""

NOTHING = ["'none'"]
CLOSED = {"default-src": NOTHING, "object-src": NOTHING, "base-uri": NOTHING, "frame-ancestors": NOTHING}
FILE = {"sandbox": [], **{name: values for name, values in CLOSED.items() if name != "object-src"}}
# Everything that a private answer may say of its keeping.
KEPT_BY_NOBODY = {"private", "no-store"}


def wrong_with(response):
    """The headers of one answer that do not hold, by name."""
    headers, found = response.headers, []
    policy = {part.split()[0]: part.split()[1:] for part in headers.get("Content-Security-Policy", "").split(";") if part.strip()}
    sources = {source for values in policy.values() for source in values}
    closed = policy == FILE or (CLOSED.items() <= policy.items() and policy.get("script-src") == ["'self'"])
    if not closed or sources - {"'self'", "'none'"}:
        found.append("Content-Security-Policy")
    for name, value in {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY"}.items():
        if headers.get(name) != value:
            found.append(name)
    if headers.get("Cross-Origin-Opener-Policy") != "same-origin":
        found.append("Cross-Origin-Opener-Policy")
    if not set(headers.get("Cache-Control", "").replace(" ", "").split(",")) >= KEPT_BY_NOBODY:
        found.append("Cache-Control")
    kind = headers.get("Content-Type", "").replace('"', "")
    if kind.startswith("text/") and "charset=utf-8" not in kind:
        found.append("Content-Type")
    return found + [name for name in headers if name.startswith("Access-Control-") or name == "Server"]
