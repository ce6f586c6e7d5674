"""Checks a password, for the login and for confirming it again. Every try is slowed, counted and told."""

from django.conf import settings
from django.contrib import auth
from django.contrib.auth import login
from django.utils import timezone

from danvan.accounts import resuming, sessions, throttling
from danvan.accounts.events import record
from danvan.accounts.models import User
from danvan.common.exceptions import Refused


def locked_words():
    return (
        f"Đã nhập sai {settings.LOGIN_TRIES} lần từ máy hoặc mạng này nên tại đây tên đăng nhập tạm bị khóa "
        f"{settings.LOGIN_LOCK_MINUTES} phút. Hết thời gian đó anh/chị thử lại, hoặc nhờ quản trị hệ thống mở khóa."
    )


def slow_words(seconds):
    return (
        "Có quá nhiều lần thử đăng nhập với tên này. "
        f"Anh/chị thử lại sau {int(seconds // 60) + 1} phút, hoặc dùng máy vẫn thường đăng nhập."
    )


MANY = "Có quá nhiều lần đăng nhập sai từ máy hoặc mạng này. Anh/chị thử lại sau ít phút, hoặc dùng máy vẫn thường đăng nhập."
LONGEST = User._meta.get_field("username").max_length


def expired_words():
    return f"Mật khẩu được cấp đã quá hạn {settings.FIRST_PASSWORD_HOURS} giờ. Anh/chị đề nghị quản trị hệ thống cấp lại."


WRONG = "Sai tên đăng nhập hoặc mật khẩu. Vui lòng kiểm tra lại, chú ý phân biệt chữ hoa và chữ thường."


def check_password(request, username, password):
    """The user, or Refused with a sentence that is the same whether or not the account exists."""
    if throttling.seconds_to_wait_here(request, username):
        record("login.address_slowed", request=request)  # told in the operator's log only, which rotates
        raise Refused(MANY)
    if len(username) > LONGEST:  # nobody's, and no column takes it
        record("login.failed", request=request)
        raise Refused(WRONG)
    wait = throttling.seconds_to_wait(request, username)
    if wait:
        record("login.slowed", user=account_named(username), request=request)
        raise Refused(slow_words(wait))
    user = auth.authenticate(request, username=username, password=password)
    if user is None:
        locked = getattr(request, "axes_locked_out", False)
        record("login.locked" if locked else "login.failed", user=account_named(username), request=request)
        raise Refused(locked_words() if locked else WRONG)
    if user.secret_expires_at and user.secret_expires_at < timezone.now():
        record("login.secret_expired", user=user, request=request)
        raise Refused(expired_words())
    throttling.forget(request, username)
    throttling.give_back(request, username)
    return user


def account_named(username):
    """Whose door was tried: the administrator of its unit reads it in the log. A name that nobody has is told nowhere."""
    return auth.get_user_model().objects.filter(username=username).first()


def sign_in(request, user):
    """Opens the session. Whether it opens more than the page for the code is for the gates to say."""
    login(request, user)
    sessions.begin(request)
    resuming.keep_over_login(request)
    record("login.password_accepted", user=user, request=request)


def locked_page(request, response, credentials):
    """django-axes asks for the answer to a locked account: our own page, which already says so, marked as "too many requests"."""
    response.status_code = 429
    return response
