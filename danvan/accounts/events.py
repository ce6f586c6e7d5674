"""The one place that tells what happened to an account: a line for the operator's log, an event for the office's."""

import logging

from danvan.audit.choices import Kind
from danvan.audit.services import record_event
from danvan.common.http import client_address

log = logging.getLogger("danvan.security")

# What goes into the office's log, in its words. Coming, failing and going are told by Django's own signals (danvan.audit.logins).
EVENTS = {
    "login.locked": (Kind.LOCKOUT, "khóa vì nhập sai nhiều lần"),
    "login.slowed": (Kind.LOCKOUT, "làm chậm vì nhập sai nhiều lần"),
    "login.unlocked": (Kind.LOCKOUT, "mở khóa"),
    "login.secret_expired": (Kind.LOGIN_FAILED, "mật khẩu dùng một lần đã hết hạn"),
    "code.accepted": (Kind.STEP_UP, "nhập mã xác thực khi đăng nhập"),
    "code.refused": (Kind.LOGIN_FAILED, "nhập sai mã xác thực"),
    "step_up.accepted": (Kind.STEP_UP, "xác nhận lại trước việc quan trọng"),
    "session.expired": (Kind.LOGOUT, "hết phiên"),
    "session.ended": (Kind.LOGOUT, "kết thúc các phiên khác"),
    "password.issued": (Kind.CREDENTIAL, "cấp mật khẩu dùng một lần"),
    "password.changed": (Kind.CREDENTIAL, "đổi mật khẩu"),
    "factor.enrolled": (Kind.CREDENTIAL, "bật mã xác thực"),
    "factor.recovery_codes_renewed": (Kind.CREDENTIAL, "lập lại mã dự phòng"),
    "factor.turned_off": (Kind.CREDENTIAL, "tắt mã xác thực"),
    "factor.reset": (Kind.CREDENTIAL, "bỏ mã xác thực để thiết lập lại"),
}


def record(event, *, user=None, request=None, by=None, **facts):
    """Told is neither password nor code nor typed account name. `user` is whom it happened to, `by` who did it if somebody else."""
    told = {"user": user and user.pk, "by": by and by.pk, "from": client_address(request) if request else None, **facts}
    log.info("%s %s", event, " ".join(f"{name}={value}" for name, value in told.items() if value is not None))
    if event in EVENTS:
        kind, step = EVENTS[event]
        record_event(kind, request=request, user=by or user, obj=user, detail={"step": step})
