"""A form as a browser would send it back: every control of the page's main form with the value it stands at."""

from html.parser import HTMLParser

SILENT = {"submit", "button", "reset", "file", "image"}


class FormReader(HTMLParser):
    """Keeps the controls of the POST form that has the most of them."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.open, self.select, self.area = [], None, None, None
        self.offered = set()  # names of all controls, also of those that send nothing as they stand
        self.feed(page)

    @property
    def values(self):
        """[(name, value)] in the order of the page."""
        return max(self.forms, key=len, default=[])

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form":
            self.open = [] if found.get("method", "get").lower() == "post" else None
            if self.open is not None:
                self.forms.append(self.open)
        if self.open is None or "disabled" in found:
            return
        if tag in ("input", "select", "textarea") and found.get("name"):
            self.offered.add(found["name"])
        if tag == "input" and found.get("name") and found.get("type") not in SILENT:
            if found.get("type") not in ("checkbox", "radio") or "checked" in found:
                self.open.append((found["name"], found.get("value", "on")))
        elif tag == "select":
            self.select = found.get("name")
        elif tag == "option" and self.select and "selected" in found:
            self.open.append((self.select, found.get("value", "")))
        elif tag == "textarea" and found.get("name"):
            self.area = (found["name"], [])

    def handle_data(self, data):
        if self.area:
            self.area[1].append(data)

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea" and self.area:
            if self.open is not None:
                self.open.append((self.area[0], "".join(self.area[1]).removeprefix("\n")))
            self.area = None
        elif tag == "form":
            self.open = None


def as_sent(page):
    """({name: [values]} of the page's form, names of all controls of its forms)"""
    found, reader = {}, FormReader(page)
    for name, value in reader.values:
        found.setdefault(name, []).append(value)
    return found, reader.offered
