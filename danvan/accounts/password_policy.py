"""What a password must be, and when it must be changed. Which of these rules apply is said in settings.py, PASSWORD_POLICY."""

import datetime
import re

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from danvan.accounts import sessions
from danvan.common import text
from danvan.units.models import Unit

COMMON_WORDS = {"ubnd", "mttq", "phuong", "quan", "huyen", "thanhpho", "danvan", "bandanvan", "canbo", "matkhau", "vietnam"}
YEAR = re.compile(r"(19|20)\d\d")
OWN_LETTERS = 8


def change_is_due(request):
    """A first password that somebody else knows, or an administrator's that is too old for the policy."""
    user = request.user
    return (settings.FORCE_PASSWORD_CHANGE and user.must_change_password) or is_too_old(user)


def is_too_old(user):
    if not settings.PASSWORD_ADMIN_DAYS or not sessions.is_administrator(user):
        return False
    since = user.password_changed_at or user.date_joined
    return timezone.now() - since > datetime.timedelta(days=settings.PASSWORD_ADMIN_DAYS)


class ContextWords:
    """Names of units, words of the office and years do not count: enough of the password must be something else."""

    def validate(self, password, user=None):
        left = _bare(password)
        for word in sorted(context_words(), key=len, reverse=True):
            left = left.replace(word, "")
        if len(YEAR.sub("", left)) < OWN_LETTERS:
            raise ValidationError(
                "Mật khẩu chủ yếu gồm tên đơn vị, từ quen thuộc của cơ quan hoặc năm, dễ đoán. Hãy thêm những từ khác, ví dụ một câu ngắn.",
                code="password_context",
            )

    def get_help_text(self):
        return "Mật khẩu không nên dựa vào tên đơn vị, từ quen thuộc của cơ quan hoặc năm."


def context_words():
    """ "Phường An Phú" gives "phuonganphu" and "anphu": whole names and their ends, as people shorten them."""
    words = set(COMMON_WORDS)
    for name in Unit.objects.values_list("name", flat=True):
        parts = text.fold(name).split()
        words.update("".join(parts[start:]) for start in range(len(parts)))
    return {word for word in words if len(word) >= 4}


def _bare(password):
    return "".join(letter for letter in text.fold(password) if letter.isalnum())


class FourClasses:
    CLASSES = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())

    def validate(self, password, user=None):
        if not all(any(belongs(letter) for letter in password) for belongs in self.CLASSES):
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self):
        return "Mật khẩu phải có chữ thường, chữ hoa, chữ số và ký tự khác (ví dụ dấu cách, dấu chấm, @)."


class NotUsedBefore:
    def validate(self, password, user=None):
        if user is None or user.pk is None:
            return
        former = user.former_passwords.values_list("password", flat=True)[: settings.PASSWORD_HISTORY]
        if any(check_password(password, used) for used in [user.password, *former]):
            raise ValidationError(self.get_help_text(), code="password_used")

    def get_help_text(self):
        return f"Mật khẩu không được trùng {settings.PASSWORD_HISTORY} mật khẩu đã dùng gần nhất."
