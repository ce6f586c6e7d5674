"""Small pieces of the page."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def icon(name):
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static("img/icons.svg"), name)


@register.filter
def lookup(mapping, key):
    """`mapping[key]`, or None: for tables whose columns are data."""
    return mapping.get(key) if mapping else None
