"""The code of an authenticator app after the password: who owes one, enrolling, checking, recovery codes.

A session knows that its code was right; django-otp's rows know which code was used last, so that none counts twice, in whatever process.
"""

import ipaddress
import os
import secrets
from base64 import b32encode

import django_otp
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken

from danvan.access.permissions import roles_of
from danvan.access.roles import ADMINISTRATOR
from danvan.accounts import sealing, sessions
from danvan.accounts.events import record
from danvan.accounts.models import Authenticator, RecoveryCodes
from danvan.common.exceptions import Refused
from danvan.common.http import client_address

VERIFIED, NEW_KEY = "code_verified", "new_key"
RECOVERY_COUNT, RECOVERY_LENGTH = 10, 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that another looks like
UNREADABLE = "Khóa xác thực của tài khoản này không còn đọc được trên máy chủ. Anh/chị dùng mã dự phòng hoặc đề nghị quản trị đặt lại."
WRONG_CODE = "Mã không đúng hoặc đã dùng. Anh/chị đợi mã tiếp theo hiện trên điện thoại rồi nhập lại."


# --- who owes a code -----------------------------------------------------------------------


def is_required(user, address):
    roles = roles_of(user) | ({ADMINISTRATOR} if sessions.is_administrator(user) else set())
    return bool(roles & settings.MFA_ROLES) or is_outside(address)


def is_outside(address):
    """From no network of the office. An address that nobody knows is outside; without networks there is no outside."""
    networks = settings.MFA_OFFICE_NETWORKS
    return bool(networks) and not (address and any(ipaddress.ip_address(address) in network for network in networks))


def code_is_due(request):
    """Whoever has an app is asked for its code, required or not."""
    return request.user.second_factor_at is not None and VERIFIED not in request.session


def enrolment_is_due(request):
    return request.user.second_factor_at is None and is_required(request.user, client_address(request))


# --- enrolling -------------------------------------------------------------------------------


def new_device(request):
    """The app to be: its key waits sealed in the session until a first code proves that the app has it."""
    sealed = request.session.get(NEW_KEY)
    if sealed is None:
        sealed = request.session[NEW_KEY] = sealing.seal(os.urandom(20), request.user.pk)
    return Authenticator(user=request.user, name="Ứng dụng xác thực", key=sealed)


def key_words(device):
    """The key as a person types it: groups of four letters."""
    text = b32encode(device.bin_key).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@transaction.atomic
def enrol(request, code):
    """Replaces whatever app was there. Returns fresh recovery codes, to be shown once; raises Refused when the code is wrong."""
    device, user = new_device(request), request.user
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    if not (code.isascii() and code.isdigit() and totp.verify(int(code), device.tolerance)):
        raise Refused(WRONG_CODE, field="code")
    Authenticator.objects.filter(user=user).delete()
    device.last_t, device.drift = totp.t(), totp.drift
    device.save()
    user.second_factor_at = timezone.now()
    user.save(update_fields=["second_factor_at"])
    del request.session[NEW_KEY]
    request.session[VERIFIED] = True
    record("factor.enrolled", user=user, request=request)
    return renew_recovery_codes(user)


@transaction.atomic
def renew_recovery_codes(user):
    """The only moment at which the codes exist in clear."""
    RecoveryCodes.objects.filter(user=user).delete()
    device = RecoveryCodes.objects.create(user=user, name="Mã dự phòng")
    codes = ["".join(secrets.choice(LETTERS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_COUNT)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=sealing.recovery_hash(code, user.pk)) for code in codes)
    record("factor.recovery_codes_renewed", user=user)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def recovery_codes_left(user):
    return StaticToken.objects.filter(device__user=user).count()


# --- checking --------------------------------------------------------------------------------


def is_of_app(typed):
    """Six digits, as no recovery code is."""
    code = sealing.normal(typed)
    return code.isascii() and code.isdigit() and len(code) == 6


def check_code(user, typed, request):
    """Raises Refused with the sentence for the screen. A right code is used up by this."""
    code = sealing.normal(typed)
    model = Authenticator if is_of_app(code) else RecoveryCodes
    device = model.objects.filter(user=user).first()
    try:
        accepted = device and django_otp.verify_token(user, device.persistent_id, code)
    except InvalidTag:
        record("code.unreadable_key", user=user, request=request)
        raise Refused(UNREADABLE, field="code") from None
    record("code.accepted" if accepted else "code.refused", user=user, request=request, device=model.__name__)
    if not accepted:
        raise Refused(_why_not(device), field="code")


def _why_not(device):
    """After wrong codes django-otp makes the next try wait, twice as long each time."""
    if device is None:
        return WRONG_CODE
    device.refresh_from_db()
    allowed, facts = device.verify_is_allowed()
    until = None if allowed else facts.get("locked_until")
    wait = (until - timezone.now()).total_seconds() if until else 0
    return WRONG_CODE if wait <= 5 else f"Nhập sai nhiều lần. Anh/chị đợi {_words(wait)} rồi nhập mã mới."


def _words(seconds):
    return f"{int(seconds) + 1} giây" if seconds < 60 else f"{int(seconds // 60) + 1} phút"
