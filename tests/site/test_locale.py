"""Nothing of Django and of the libraries reaches a user in English, and dates and numbers are Vietnamese.

The English is read from what is installed: the gettext calls in the Python code, the translate and
blocktranslate tags in the templates, and the English .po files that Django ships. So a new version
of a library with a new sentence fails here until danvan/locale/vi says it in Vietnamese.
"""

import ast
import gettext
import re
import unicodedata
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest
from django import forms
from django.apps import apps
from django.conf import global_settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.core.exceptions import ValidationError
from django.core.paginator import InvalidPage, Paginator
from django.utils import formats, timesince, timezone, translation
from django.utils.translation.template import templatize
from django.utils.translation.trans_real import DjangoTranslation

from danvan.locale.compile import catalogues, compiled, read_po

# --- what there is to translate --------------------------------------------------------------------


class Message(NamedTuple):
    context: str | None
    singular: str
    plural: str | None


# Usable without being installed as an app: their texts may come up too.
LIBRARIES = {"django", "django.contrib.humanize", "django.contrib.postgres"}

# Which arguments of a call are the context, the singular and the plural.
CALLS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
CALLS |= {name + "_lazy": places for name, places in CALLS.items()} | {"gettext_noop": CALLS["gettext"]}

# Folders of a package whose texts the running site never shows.
SKIPPED = {"tests", "locale", "bin", "project_template", "app_template"}

# Texts that a library puts together while it runs, so that its source does not name them.
PUT_TOGETHER = {
    "import_export": {f"{kind} through import_export" for kind in ("new", "update", "delete")},
}

# What may stay as it is in English, and why. An entry that is not needed any more fails.
SAME_IN_VIETNAMESE = {
    "django": {
        # units and names of standards are written the same
        *("%(size)d byte", "%s KB", "%s MB", "%s GB", "%s TB", "%s PB", "IPv4", "IPv6"),
        # Django's list of languages: the site has one language and never shows a choice
        *(name for _, name in global_settings.LANGUAGES),
    },
}


def places_of(package):
    """The folder of a package, and the folders in it that count as packages of their own."""
    root = Path(find_spec(package).submodule_search_locations[0])
    return root, ({root / "contrib"} if package == "django" else set())


def files(package, ending):
    root, apart = places_of(package)
    for path in sorted(root.rglob("*" + ending)):
        if SKIPPED.isdisjoint(path.relative_to(root).parts[:-1]) and apart.isdisjoint(path.parents):
            yield path


def literal(node):
    """The text of a literal, also of "a" + "b"; None where it is only known at run time."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = literal(node.left), literal(node.right)
        return None if left is None or right is None else left + right
    return None


def in_python(source):
    """The messages of Python code, under whatever name it imports gettext."""
    nodes = list(ast.walk(ast.parse(source)))
    names = {name: name for name in CALLS} | {"_": "gettext"}
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: alias.name for alias in node.names if alias.name in CALLS}
    for node in nodes:
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            if called in names:
                places = CALLS[names[called]]
                parts = [None if n is None or n >= len(node.args) else literal(node.args[n]) for n in places]
                if parts[1]:
                    yield Message(*parts)


def in_template(source):
    """The messages of a template: Django turns each tag into a gettext call inside other text."""
    text = templatize(source)
    for found in re.finditer(r"(?<!\w)(?:_|n?p?gettext)\(", text):
        end = found.end()
        while end := text.find(")", end) + 1:  # the shortest piece that is a call
            try:
                ast.parse(text[found.start() : end])
            except SyntaxError:
                continue
            yield from in_python(text[found.start() : end])
            break


def english(package, domain="django"):
    """The messages of an English .po file, which only Django's own packages ship."""
    root, _ = places_of(package)
    po = (root / "conf" if package == "django" else root) / f"locale/en/LC_MESSAGES/{domain}.po"
    return {Message(*entry[:3]) for entry in read_po(po) if entry.singular} if po.exists() else set()


@cache
def messages(package):
    found = english(package) | {Message(None, text, None) for text in PUT_TOGETHER.get(package, ())}
    for path in files(package, ".py"):
        found |= set(in_python(path.read_text("utf-8")))
    for ending in (".html", ".txt"):
        for path in files(package, ending):
            found |= set(in_template(path.read_text("utf-8")))
    return found


def packages():
    """Django, and every installed app that is not ours."""
    installed = {config.name for config in apps.get_app_configs() if "site-packages" in Path(config.path).parts}
    return sorted(LIBRARIES | installed)


# --- what the site says ----------------------------------------------------------------------------


def vietnamese(message, number=5):
    """What the site shows for a message."""
    with translation.override("vi"):
        if message.plural is None:
            if message.context is None:
                return translation.gettext(message.singular)
            return translation.pgettext(message.context, message.singular)
        if message.context is None:
            return translation.ngettext(message.singular, message.plural, number)
        return translation.npgettext(message.context, message.singular, message.plural, number)


PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")


def placeholders(text):
    """Named ones may change places, the others may not."""
    found = PLACEHOLDER.findall(text)
    return Counter(found), [one for one in found if "(" not in one and len(one) == 2]


def has_words(text):
    """Signs such as ", " or "%(from)s - %(to)s" say nothing in any language."""
    return any(sign.isalpha() for sign in PLACEHOLDER.sub("", text))


def faults(message, text, allowed):
    """What is wrong with a text shown for a message."""
    source = message.singular if message.plural is None else message.plural
    if text in (message.singular, message.plural) and has_words(source) and message.singular not in allowed:
        yield "English"
    if placeholders(text) != placeholders(source):
        yield f"other placeholders: {text!r}"
    if text != unicodedata.normalize("NFC", text):
        yield f"not composed (NFC): {text!r}"


def test_the_scanner_finds_every_form_of_message():
    code = """
from django.utils.translation import gettext_lazy as say, npgettext
say("one" " two" + " three"); npgettext("where", "an apple", "%(n)d apples", n); say(name); other("no")
"""
    assert set(in_python(code)) == {
        Message(None, "one two three", None),
        Message("where", "an apple", "%(n)d apples"),
    }
    template = """{% load i18n %}{% trans 'It"s (here)' %} {% translate "May" context "month" as m %} 100%
{% blocktranslate count n=rows|length trimmed %}
  one row of {{ name }} {% plural %} {{ n }} rows of {{ name }}
{% endblocktranslate %}"""
    assert set(in_template(template)) == {
        Message(None, 'It"s (here)', None),
        Message("month", "May", None),
        Message(None, "one row of %(name)s", "%(n)s rows of %(name)s"),
    }


@pytest.mark.parametrize("package", packages())
def test_every_text_is_vietnamese(package):
    allowed = SAME_IN_VIETNAMESE.get(package, set())
    found = messages(package)
    wrong = [
        f"{message}: {fault}"
        for message in sorted(found, key=str)
        for number in ((1, 5) if message.plural else (5,))
        for fault in faults(message, vietnamese(message, number), allowed)
    ]
    kept = [m for m in found if m.singular in allowed and vietnamese(m) in (m.singular, m.plural)]
    signs = [m for m in found if not has_words(m.singular)]
    print(f"{package}: {len(found)} texts, {len(kept)} kept in English, {len(signs)} only signs, {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong)


def test_every_text_of_the_admin_scripts_is_vietnamese():
    if not apps.is_installed("django.contrib.admin"):
        pytest.skip("the admin is not installed")
    catalogue = DjangoTranslation("vi", domain="djangojs")
    wrong = []
    for message in english("django.contrib.admin", "djangojs"):
        if message.plural is not None:
            text = catalogue.ngettext(message.singular, message.plural, 5)
        elif message.context is not None:
            text = catalogue.pgettext(message.context, message.singular)
        else:
            text = catalogue.gettext(message.singular)
        wrong += [f"{message}: {fault}" for fault in faults(message, text, set())]
    assert not wrong, "\n".join(wrong)


def test_nothing_is_allowed_to_stay_english_without_need():
    unneeded = [
        f"{package}: {text}"
        for package, texts in SAME_IN_VIETNAMESE.items()
        for text in texts - {name for _, name in global_settings.LANGUAGES}
        if not any(m.singular == text and vietnamese(m) in (text, m.plural) for m in messages(package))
    ]
    assert not unneeded


# --- the project's own catalogue -------------------------------------------------------------------


def entries_of(name):
    (po,) = (path for path in catalogues() if path.name == name)
    return [entry for entry in read_po(po) if entry.singular]


@pytest.mark.parametrize("po", catalogues(), ids=lambda path: path.name)
def test_the_compiled_catalogue_is_up_to_date(po):
    mo = po.with_suffix(".mo")
    advice = "run: python danvan/locale/compile.py"
    assert mo.exists() and mo.read_bytes() == compiled(read_po(po)), advice


@pytest.mark.parametrize("po", catalogues(), ids=lambda path: path.name)
def test_python_reads_the_same_texts_from_the_compiled_catalogue(po):
    with po.with_suffix(".mo").open("rb") as file:
        read = dict(gettext.GNUTranslations(file)._catalog)
    assert read.pop("").startswith("Project-Id-Version: Cổng Dân vận")
    expected = {}
    for entry in (entry for entry in read_po(po) if entry.singular):
        key = entry.singular if entry.context is None else f"{entry.context}\4{entry.singular}"
        expected[key if entry.plural is None else (key, 0)] = entry.texts[0]
    assert read == expected


@pytest.mark.parametrize("po", catalogues(), ids=lambda path: path.name)
def test_the_texts_are_well_written(po):
    """No shouting, no stray spaces, no text twice, nothing left empty."""
    entries = [entry for entry in read_po(po) if entry.singular]
    twice = [key for key, times in Counter(entry[:2] for entry in entries).items() if times > 1]
    assert not twice
    for entry in entries:
        (text,) = entry.texts
        assert text, entry
        assert "!" not in text and "  " not in text, entry
        assert re.match(r"\s*", text)[0] == re.match(r"\s*", entry.singular)[0], entry
        assert re.search(r"\s*$", text)[0] == re.search(r"\s*$", entry.singular)[0], entry
        assert not list(faults(Message(*entry[:3]), text, SAME_IN_VIETNAMESE["django"])), entry


def test_the_catalogue_holds_no_text_that_nobody_shows():
    shown = {message[:2] for package in packages() for message in messages(package)}
    assert not [entry.singular for entry in entries_of("django.po") if entry[:2] not in shown]


# --- a few texts as a user meets them --------------------------------------------------------------


def error(field, value):
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (forms.CharField(), "", "Vui lòng nhập mục này."),
        (forms.CharField(), "a\0b", "Nội dung có ký tự không hợp lệ (ký tự rỗng)."),
        (forms.CharField(max_length=3), "abcde", "Chỉ được nhập tối đa 3 ký tự (hiện có 5)."),
        (forms.IntegerField(), "ba", "Hãy nhập một số nguyên."),
        (forms.DateField(), "32/13/2019", "Ngày không hợp lệ. Hãy gõ dạng ngày/tháng/năm, ví dụ 05/12/2019."),
        (forms.ChoiceField(choices=[("a", "A")]), "b", "Lựa chọn không hợp lệ. b không có trong danh sách để chọn."),
    ],
)
def test_the_errors_of_a_form_are_vietnamese(field, value, text):
    assert error(field, value) == text


def test_a_refused_login_is_told_in_vietnamese():
    text = str(AuthenticationForm.error_messages["invalid_login"]) % {"username": "tên đăng nhập"}
    assert text == "Sai tên đăng nhập hoặc mật khẩu. Vui lòng kiểm tra lại, chú ý phân biệt chữ hoa và chữ thường."


def test_spans_of_time_are_vietnamese():
    then, now = datetime(2026, 10, 1, 8), datetime(2026, 10, 3, 11)
    assert timesince.timesince(then, now) == "2\xa0ngày, 3\xa0giờ"
    assert naturaltime(timezone.now() - timedelta(hours=5, minutes=1)).replace("\xa0", " ") == "5 giờ trước"


def test_a_wrong_page_number_is_told_in_vietnamese():
    with pytest.raises(InvalidPage, match="Số trang không phải là số nguyên"):
        Paginator([1], 1).page("x")


# --- dates and numbers -----------------------------------------------------------------------------


def test_dates_and_times_are_shown_the_vietnamese_way():
    day, moment = date(2019, 12, 5), datetime(2019, 12, 5, 14, 30)
    with translation.override("vi"):
        assert formats.date_format(day) == "05/12/2019"
        assert formats.date_format(day, "SHORT_DATE_FORMAT") == "05/12/2019"
        assert formats.date_format(day, "YEAR_MONTH_FORMAT") == "tháng 12 năm 2019"
        assert formats.date_format(day, "MONTH_DAY_FORMAT") == "ngày 5 tháng 12"
        assert formats.date_format(moment, "DATETIME_FORMAT") == "05/12/2019 14:30"
        assert formats.date_format(moment, "SHORT_DATETIME_FORMAT") == "05/12/2019 14:30"
        assert formats.time_format(moment) == "14:30"
        assert formats.date_format(day, "l, d/m/Y") == "Thứ Năm, 05/12/2019"
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize("text", ["05/11/2026", "5/11/2026", "5-11-2026", "5.11.2026", "5/11/26", "2026-11-05"])
def test_a_form_reads_the_day_before_the_month(text):
    with translation.override("vi"):
        assert forms.DateField().clean(text) == date(2026, 11, 5)


def test_a_form_reads_and_shows_a_moment_the_same_way():
    with translation.override("vi"):
        read = forms.DateTimeField().clean("05/11/2026 14:30")
        assert timezone.make_naive(read) == datetime(2026, 11, 5, 14, 30)
        shown = forms.DateTimeInput().format_value(datetime(2026, 11, 5, 14, 30))
        assert shown == "05/11/2026 14:30"
        assert forms.DateInput().format_value(date(2026, 11, 5)) == "05/11/2026"
        assert str(forms.TimeField().clean("7h05")) == "07:05:00"


def test_numbers_have_dots_for_thousands_and_a_decimal_comma():
    with translation.override("vi"):
        assert formats.get_format("DECIMAL_SEPARATOR") == ","
        assert formats.get_format("THOUSAND_SEPARATOR") == "."
        assert formats.get_format("NUMBER_GROUPING") == 3
        assert formats.number_format(Decimal("1234567.50"), 2, force_grouping=True) == "1.234.567,50"
        assert forms.DecimalField(localize=True).clean("1234,5") == Decimal("1234.5")
