"""Small pieces of the page, made in Python: a page holds hundreds of them, and an included template costs ten times as much."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()

TONE_ICONS = {"edit": "pencil", "wait": "hourglass", "back": "undo-2", "done": "circle-check", "late": "triangle-alert"}


@register.simple_tag
@cache
def icon(name):
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static("img/icons.svg"), name)


@register.simple_tag
def status(label, tone, picture=""):
    """A state in words with its colour and its picture."""
    return format_html('<span class="st {}">{}{}</span>', tone, icon(picture or TONE_ICONS.get(tone, "circle-dashed")), label)


@register.inclusion_tag("components/empty.html")
def empty_state(text, *, icon_name="inbox", title="", url="", action="", primary=False, small=False):
    """What belongs where nothing is yet, and the first thing to do."""
    return {"text": text, "icon_name": icon_name, "title": title, "url": url, "action": action, "primary": primary, "small": small}


@register.inclusion_tag("components/form_errors.html")
def form_errors(form, *, title="Còn chỗ cần sửa trước khi lưu"):
    return {"form": form, "title": title}


@register.inclusion_tag("components/files.html")
def files(files, *, text="Chưa có tài liệu kèm theo."):
    return {"files": files, "text": text}


@register.filter
def lookup(mapping, key):
    """`mapping[key]`, or None: for tables whose columns are data."""
    return mapping.get(key) if mapping else None
