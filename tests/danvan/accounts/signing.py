"""Signing in as a person does, and the list of every address there is."""

import html
import re

from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from django_otp.oath import totp

from danvan.access.walk import patterns
from danvan.accounts.models import Authenticator
from danvan.accounts.sealing import seal

PASSWORD = "hoa-gạo-tháng-ba-1"
KEY = bytes(range(20))
SAMPLE = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000001"}


def page_of(response):
    return html.unescape(response.content.decode())


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


def enrolled(user):
    """An account with an app whose key the test knows."""
    device = Authenticator.objects.create(user=user, name="Ứng dụng xác thực", key=seal(KEY, user.pk))
    user.second_factor_at = timezone.now()
    user.save()
    return device


def code(step=0, key=KEY):
    """The code of now, or of so many half minutes later."""
    return f"{totp(key, drift=step):06d}"


def sign_in(username, password=PASSWORD, client=None, **headers):
    client = client or Client()
    client.answer = client.post("/dang-nhap/", {"username": username, "password": password}, **headers)
    return client


def every_address():
    """One address of every pattern, the admin site included."""
    admin = next(entry for entry in get_resolver().url_patterns if getattr(entry, "app_name", "") == "admin")
    found = [route for route, _, _ in patterns()] + [route for route, _, _ in patterns(admin, "admin/")]
    plain = {re.sub(r"<(?:(\w+):)?\w+>", lambda m: SAMPLE.get(m[1], "x"), route) for route in found}
    return sorted("/" + route for route in plain if "(?P" not in route)
