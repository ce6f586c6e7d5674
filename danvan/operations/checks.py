"""What Django's own deploy checks do not look at. Run by `manage.py check --deploy` (docs/operations.md)."""

from pathlib import Path

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register


@register(Tags.security, deploy=True)
def check_hasher(app_configs, **kwargs):
    if "Argon2" in settings.PASSWORD_HASHERS[0]:
        return []
    return [
        Error("Passwords are not hashed with Argon2.", hint="Put the office's Argon2 hasher first in PASSWORD_HASHERS.", id="danvan.E001")
    ]


@register(Tags.security, deploy=True)
def check_cookies(app_configs, **kwargs):
    """A __Host- cookie is taken from this host over HTTPS only, so that no neighbour host can plant one."""
    names = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME]
    if all(name.startswith("__Host-") for name in names) and settings.SESSION_COOKIE_HTTPONLY and settings.CSRF_COOKIE_HTTPONLY:
        return []
    return [Error(f"The cookies {names} are not bound to this host.", hint="Run with DANVAN_PRODUCTION=1.", id="danvan.E002")]


@register(Tags.security, deploy=True)
def check_storage(app_configs, **kwargs):
    """Private files lie where no server hands them out by name."""
    private = Path(settings.PRIVATE_ROOT).resolve()
    public = [Path(folder).resolve() for folder in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS)]
    if not any(private.is_relative_to(folder) or folder.is_relative_to(private) for folder in public):
        return []
    return [Error("Private files and static files share a folder.", hint="Give DANVAN_VAR a folder of its own.", id="danvan.E003")]


@register(Tags.security, deploy=True)
def check_broker(app_configs, **kwargs):
    if settings.CELERY_BROKER_URL.startswith(("redis://", "rediss://", "redis+socket://")):
        return []
    return [Error("The broker is no Redis.", hint="Set CELERY_BROKER_URL=redis://host:6379/0.", id="danvan.E004")]


@register(Tags.security, deploy=True)
def check_content_policy(app_configs, **kwargs):
    """Everything comes from this host, nothing is inline, nothing is framed."""
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    closed = {"default-src": "'none'", "object-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'"}
    wrong = [name for name, value in closed.items() if policy.get(name) != [value]]
    wrong += [name for name, values in policy.items() for value in values if value not in ("'none'", "'self'")]
    if not wrong:
        return []
    return [Error(f"The content policy is open at {', '.join(wrong)}.", hint="Serve it from here instead.", id="danvan.E005")]


@register(Tags.security, deploy=True)
def check_networks(app_configs, **kwargs):
    """Without the office's networks nobody is outside: wards and schools then log in from anywhere by a password alone."""
    if settings.MFA_OFFICE_NETWORKS or settings.MFA_NETWORKS_SAID:
        return []
    return [
        Warning(
            "Nothing says which networks are the office's, so accounts outside MFA_ROLES need no code from anywhere.",
            hint="Set MFA_OFFICE_NETWORKS=10.20.0.0/16,..., or MFA_OFFICE_NETWORKS=none if that is wanted.",
            id="danvan.W001",
        )
    ]
