"""Dates and numbers on screen."""

import datetime

from django import template
from django.utils import timezone

from danvan.common import clock, text

register = template.Library()


@register.filter
def vn_date(value):
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date()
    return text.format_date(value)


@register.filter
def vn_datetime(value):
    return timezone.localtime(value).strftime("%H:%M, %d/%m/%Y") if value else "—"


@register.filter
def vn_number(value):
    return text.format_number(value)


@register.filter
def kept(value):
    """A stored or typed value as text, for the table that compares two versions."""
    if value in (None, ""):
        return "(để trống)"
    return value if isinstance(value, str) else text.format_number(value)


@register.filter
def vn_due(value):
    return text.spoken_due(value, clock.today())


@register.filter
def filesize_vn(value):
    if value < 1024 * 1024:
        return f"{text.format_number(max(value / 1024, 1), 0)} kB"
    return f"{text.format_number(value / 1024 / 1024, 1)} MB"
