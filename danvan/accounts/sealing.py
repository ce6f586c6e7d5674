"""Secrets of the second factor at rest. The key comes from SECRET_KEY: a backup restored under another key needs new enrolments."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac

NONCE = 12


def seal(secret, user_id):
    """64 characters for a key of 20 bytes. It opens for this user only: the row cannot be moved to another account."""
    nonce = os.urandom(NONCE)
    sealed = AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, secret, _owner(user_id))
    return base64.b64encode(nonce + sealed).decode()


def unseal(text, user_id):
    """Raises InvalidTag when neither SECRET_KEY nor a fallback made it."""
    packed = base64.b64decode(text)
    for secret_key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        try:
            return AESGCM(_key(secret_key)).decrypt(packed[:NONCE], packed[NONCE:], _owner(user_id))
        except InvalidTag:
            continue
    raise InvalidTag


def recovery_hash(code, user_id):
    """80 bits of a keyed hash, as django-otp's column of 16 characters holds them; the code itself has 50 random bits."""
    digest = salted_hmac("accounts.recovery", f"{user_id}:{normal(code)}", algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode()


def normal(code):
    """As typed from paper: capitals, spaces and dashes do not count."""
    return "".join(letter for letter in str(code).lower() if letter.isalnum())


def _key(secret_key):
    return salted_hmac("accounts.sealing", "key", secret=secret_key, algorithm="sha256").digest()


def _owner(user_id):
    return f"user:{user_id}".encode()
