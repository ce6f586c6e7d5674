"""Django tells by signals who came and went; nothing of ours is decided here."""

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from danvan.audit.choices import Kind
from danvan.audit.services import record_event


def connect():
    for signal, receiver in ((user_logged_in, came), (user_logged_out, went), (user_login_failed, failed)):
        signal.connect(receiver, dispatch_uid=f"audit_{receiver.__name__}")


def came(sender, request, user, **kwargs):
    record_event(Kind.LOGIN, request=request, user=user)


def went(sender, request, user, **kwargs):
    if user is not None:
        record_event(Kind.LOGOUT, request=request, user=user)


def failed(sender, credentials, request=None, **kwargs):
    """The name typed is kept where an account has it; any other may be a password in the wrong box."""
    model = get_user_model()
    typed = credentials.get(model.USERNAME_FIELD) or credentials.get("username") or ""
    account = model._default_manager.filter(**{model.USERNAME_FIELD: typed.replace("\0", "")}).first()
    record_event(Kind.LOGIN_FAILED, request=request, user=account, detail={} if account else {"account": "không có tài khoản này"})
