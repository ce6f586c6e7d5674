"""One settings file, driven by the environment. An empty variable counts as unset; a bad one stops the start with advice."""

import datetime
import ipaddress
import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from danvan.access.roles import ADMINISTRATOR, LEADER, REVIEWER, ROLES

BASE_DIR = Path(__file__).resolve().parent.parent
for _name in [name for name, value in os.environ.items() if value == "" and name.isupper()]:
    del os.environ[_name]
env = environ.Env()


def _read_secrets(*names):
    """A secret may stand in a file that NAME_FILE names, as container secrets do: it then shows in no list of processes."""
    for name in names:
        path = env.str(f"{name}_FILE", default=None)
        if path is None:
            continue
        if name in os.environ:
            raise ImproperlyConfigured(f"{name} and {name}_FILE are both set. Unset one of them.")
        try:
            secret = Path(path).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE={path!r} cannot be read: {error.strerror}. Check the path and its owner.") from None
        if not secret:
            raise ImproperlyConfigured(f"{name}_FILE={path!r} is empty. Write the secret into it.")
        env.ENVIRON = {**env.ENVIRON, name: secret}


_read_secrets("SECRET_KEY", "SECRET_KEY_FALLBACKS", "DATABASE_URL", "APP_DATABASE_URL", "CELERY_BROKER_URL")


def _date(name):
    text = env.str(name, default=None)
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={text!r}: write a date as YYYY-MM-DD, for example {name}=2020-01-08.") from None


def _int(name, default, low, high):
    try:
        value = env.int(name, default=default)
    except ValueError:
        value = None
    if value is None or not low <= value <= high:
        raise ImproperlyConfigured(f"{name}: write a whole number from {low} to {high}.")
    return value


def _roles(name, default):
    """Codes of roles, separated by commas; "none" is the empty list, since an empty variable counts as unset."""
    codes = env.list(name, default=default)
    if codes == ["none"]:
        return frozenset()
    if unknown := set(codes) - set(ROLES):
        raise ImproperlyConfigured(f"{name}: {', '.join(sorted(unknown))} is no role. Choose from {', '.join(ROLES)}, or none.")
    return frozenset(codes)


def _networks(name):
    """Networks, separated by commas; "none" says that there is none on purpose."""
    texts = env.list(name, default=[])
    try:
        return [] if texts == ["none"] else [ipaddress.ip_network(text.strip()) for text in texts]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}. Write networks as 10.20.0.0/16,192.168.5.0/24.") from None


def _choice(name, default, choices):
    value = env.str(name, default=default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r}: choose from {', '.join(choices)}.")
    return value


# --- mode -------------------------------------------------------------------
DEMO = env.bool("DANVAN_DEMO", default=False)
PRODUCTION = env.bool("DANVAN_PRODUCTION", default=False)
if DEMO and PRODUCTION:
    raise ImproperlyConfigured(
        "DANVAN_DEMO=1 opens accounts with a printed password and must not run together with DANVAN_PRODUCTION=1. Unset one of them."
    )
DEMO_MFA = DEMO and env.bool("DEMO_MFA", default=False)  # the demo with codes and forced change, as production has them
DEMO_DAYS = {"district-2019": datetime.date(2020, 1, 8), "city-2026": datetime.date(2026, 9, 1)}  # where the clock of each profile stands
DEMO_PROFILE = _choice("DEMO_PROFILE", "district-2019", list(DEMO_DAYS))
DEBUG = False
VAR_DIR = Path(env.str("DANVAN_VAR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _secret_key():
    """A key of the environment, or one made once and kept in var/ outside production."""
    key = env.str("SECRET_KEY", default=None)
    if key:
        return key
    if PRODUCTION:
        raise ImproperlyConfigured("SECRET_KEY is not set. Make one: python -c 'import secrets; print(secrets.token_urlsafe(50))'.")
    path = VAR_DIR / "secret_key"
    if not path.exists():
        import secrets

        path.write_text(secrets.token_urlsafe(50))
        path.chmod(0o600)
    return path.read_text().strip()


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # former keys: they still open sealed keys and cookies
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
ADMIN_HOST = env.str("ADMIN_HOST", default=None)
PUBLIC_HOST = env.str("PUBLIC_HOST", default=None)
ALLOWED_HOSTS += [name for name in (ADMIN_HOST, PUBLIC_HOST) if name]
# The business date of the demo and of tests; sessions, codes, leases and audit use the real clock.
TODAY = _date("TODAY") or (DEMO_DAYS[DEMO_PROFILE] if DEMO else None)

# --- applications -------------------------------------------------------------
ROOMS = [
    "danvan.common",
    "danvan.access",
    "danvan.audit",
    "danvan.units",
    "danvan.catalogues",
    "danvan.accounts",
    "danvan.workflow",
    "danvan.links",
    "danvan.attachments",
    "danvan.jobs",
    "danvan.registers",
    "danvan.figures",
    "danvan.submissions",
    "danvan.reporting",
    "regulations",
    "supervision",
    "dialogues",
    "models_awards",
    "danvan.organization",
    "danvan.home",
    "danvan.dashboard",
    "danvan.search",
    "danvan.operations",
    "danvan.demo",
]
INSTALLED_APPS = [
    "danvan.accounts.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # FORM_RENDERER looks for its templates here
    "django_filters",
    "import_export",
    "simple_history",
    "django_htmx",
    "csp",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    *ROOMS,
]
MIDDLEWARE = [
    # outermost: whatever answers, also a redirect to HTTPS or a file of static/, carries these headers
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "danvan.operations.hosts.separate",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "danvan.common.http.not_kept",
    "danvan.audit.middleware.audited",  # outside whatever opens a transaction
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "danvan.accounts.middleware.session_limits",
    "danvan.accounts.middleware.LoginRequired",
    "danvan.access.middleware.row_scope",  # inside what an ended session and the log must keep
    "danvan.accounts.middleware.gates",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "danvan.common.http.RefusalMiddleware",
    "danvan.accounts.step_up.StepUp",
]
ROOT_URLCONF = "danvan.urls"
WSGI_APPLICATION = "danvan.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "danvan.home.navigation.page_frame",
                "danvan.demo.banner.banner",
            ],
            "builtins": ["danvan.common.templatetags.vn", "danvan.common.templatetags.ui"],
        },
    }
]

# --- database -------------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", default=None)
if PRODUCTION and not DATABASE_URL:
    raise ImproperlyConfigured("DATABASE_URL is not set. Production runs on PostgreSQL: postgres://user:password@host/name.")
if DATABASE_URL:
    DATABASES = {"default": {**env.db("DATABASE_URL"), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "danvan.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;PRAGMA foreign_keys=ON",
            },
        }
    }
# Given only to what migrates, backs up and restores: it connects as the owner, and makes the role that this address names.
APP_DATABASE_URL = env.str("APP_DATABASE_URL", default=None)
EMBEDDED = DATABASES["default"]["ENGINE"].endswith("sqlite3")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Celery: the broker is a doorbell, danvan.jobs.Job is the record ---------------
BROKER_URL = env.str("CELERY_BROKER_URL", default=None)
if PRODUCTION and not BROKER_URL:
    raise ImproperlyConfigured("CELERY_BROKER_URL is not set. Production rings the workers through Redis: redis://host:6379/0.")
CELERY_BROKER_URL = BROKER_URL or "folder://localhost/"
if BROKER_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS: dict = {"socket_timeout": 3, "socket_connect_timeout": 3, "visibility_timeout": 1800}
else:
    _queue = VAR_DIR / "queue"
    for _part in ("messages", "control"):
        (_queue / _part).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_queue / "messages"),
        "data_folder_out": str(_queue / "messages"),
        "control_folder": str(_queue / "control"),
        "store_processed": False,
        "polling_interval": 0.2,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 600_000  # kB
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
JOB_LEASE_SECONDS = _int("JOB_LEASE_SECONDS", 20, 2, 600)
JOB_SWEEP_SECONDS = _int("JOB_SWEEP_SECONDS", 5, 1, 600)
JOB_MAX_ATTEMPTS = 5
# What is done again and again: by Celery beat, in the embedded default by `manage.py sweep_jobs --loop`.
PERIODIC = {"danvan.jobs.tasks.sweep": JOB_SWEEP_SECONDS, "danvan.audit.tasks.seal": 60}
NIGHTLY = ["danvan.operations.tasks.retention", "danvan.accounts.tasks.disable_idle_accounts"]
NIGHTLY_AT = (1, 40)  # hour, minute

# --- accounts -------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "home:home"
PASSWORD_HASHERS = ["danvan.accounts.hashers.OfficeArgon2Hasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# "tcvn" is what TCVN 14423 suggests; the default follows ASVS: length and lists, no classes, no rotation.
TCVN = _choice("PASSWORD_POLICY", "default", ["default", "tcvn"]) == "tcvn"
PASSWORD_ADMIN_DAYS = 60 if TCVN else 0  # an administrator's password lives this long; 0: as long as its owner likes
PASSWORD_HISTORY = 10 if TCVN else 0  # so many former passwords are not used again
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "display_name", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14 if TCVN else 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "danvan.accounts.password_policy.ContextWords"},
    *([{"NAME": "danvan.accounts.password_policy.FourClasses"}, {"NAME": "danvan.accounts.password_policy.NotUsedBefore"}] if TCVN else []),
]
FORCE_PASSWORD_CHANGE = env.bool("FORCE_PASSWORD_CHANGE", default=not DEMO or DEMO_MFA)
FIRST_PASSWORD_HOURS = _int("FIRST_PASSWORD_HOURS", 72, 1, 720)
# Codes of an authenticator app: for these roles always, and from outside these networks for everybody.
MFA_ROLES = _roles("MFA_ROLES", [REVIEWER, LEADER, ADMINISTRATOR] if PRODUCTION or DEMO_MFA else [])
MFA_OFFICE_NETWORKS = _networks("MFA_OFFICE_NETWORKS")
MFA_NETWORKS_SAID = "MFA_OFFICE_NETWORKS" in os.environ  # networks, or none on purpose: else `check --deploy` warns
OTP_TOTP_ISSUER = "Cổng Dân vận"
# The proxy overwrites this header (X-Real-IP in our docker-compose.yml); unset, the address of the connection counts.
CLIENT_ADDRESS_HEADER = env.str("CLIENT_ADDRESS_HEADER", default="")
LOGIN_TRIES = _int("LOGIN_TRIES", 5, 3, 20)
LOGIN_LOCK_MINUTES = _int("LOGIN_LOCK_MINUTES", 15, 1, 43_200)
LOGIN_TRIES_PER_HOUR = _int("LOGIN_TRIES_PER_HOUR", 20, 5, 1000)  # per account, from all unknown devices together
# Wrong passwords per hour from one address, whatever the names: a whole office stands behind one, so that it is generous.
LOGIN_FAILURES_PER_ADDRESS = _int("LOGIN_FAILURES_PER_ADDRESS", 300, 20, 100_000)
AXES_FAILURE_LIMIT = LOGIN_TRIES
AXES_COOLOFF_TIME = datetime.timedelta(minutes=LOGIN_LOCK_MINUTES)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # not the address alone: a whole office stands behind one
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "danvan.common.http.client_address"
AXES_LOCKOUT_CALLABLE = "danvan.accounts.signing_in.locked_page"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "_typed"]
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
# Sessions stand in the database, so that they can be listed and ended.
SESSION_ENGINE = "danvan.accounts.sessions"
SESSION_IDLE_MINUTES = _int("SESSION_IDLE_MINUTES", 15, 1, 600)
SESSION_IDLE_MINUTES_ADMIN = _int("SESSION_IDLE_MINUTES_ADMIN", 5, 1, 600)
SESSION_HOURS = _int("SESSION_HOURS", 10, 1, 24)
STEP_UP_MINUTES = _int("STEP_UP_MINUTES", 10, 1, 60)
ACCOUNT_IDLE_DAYS = _int("ACCOUNT_IDLE_DAYS", 45, 1, 3650)  # an account that nobody used for so long is locked at night

# --- how long things are kept ----------------------------------------------------------
AUDIT_KEEP_MONTHS = _int("AUDIT_KEEP_MONTHS", 12, 1, 120)
DRAFT_KEEP_DAYS = _int("DRAFT_KEEP_DAYS", 30, 1, 365)
EXPORT_KEEP_DAYS = _int("EXPORT_KEEP_DAYS", 7, 1, 90)

# --- words, numbers, dates ---------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "danvan" / "locale"]
FORMAT_MODULE_PATH = ["danvan.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- files ----------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
PRIVATE_ROOT = VAR_DIR / "private"
MEDIA_ROOT = PRIVATE_ROOT
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": PRIVATE_ROOT}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# The proxy in front sends private files itself (X-Accel-Redirect to its internal location /_private/).
ACCEL_REDIRECT = env.bool("ACCEL_REDIRECT", default=False)
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
UPLOAD_MAX_PAGES = _int("UPLOAD_MAX_PAGES", 500, 1, 2000)  # of a PDF
UPLOAD_MAX_PER_RECORD = _int("UPLOAD_MAX_PER_RECORD", 30, 1, 1000)
UNIT_QUOTA_BYTES = _int("UNIT_QUOTA_MB", 5120, 20, 10_000_000) * 1024 * 1024
# clamd's socket (/run/clamav/clamd.ctl) or host:port; unset: files are not scanned.
ANTIVIRUS = env.str("ANTIVIRUS", default=None)
if ANTIVIRUS:
    PERIODIC["danvan.attachments.tasks.scan"] = 60
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_PERMISSIONS = 0o640

# --- headers -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        **{f"{kind}-src": ["'self'"] for kind in ("script", "style", "img", "font", "connect")},
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
WHITENOISE_ALLOW_ALL_ORIGINS = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # probes ask inside, without the proxy
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

# --- history, import and export, messages, log -----------------------------------------------------
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOG_FORMAT = env.str("LOG_FORMAT", default="json" if PRODUCTION else "line")
if LOG_FORMAT not in ("json", "line"):
    raise ImproperlyConfigured(f"LOG_FORMAT={LOG_FORMAT!r}: write json or line.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "danvan.audit.logs.LineFormatter", "format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "danvan.audit.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "danvan.audit.chain": {"level": "INFO"},  # the newest hash must leave the database whatever the level
        "danvan.security": {"level": "WARNING" if DEMO else "INFO"},
        "axes": {"level": "ERROR"},  # it tells the same without saying who
    },
}
DEFAULT_EXCEPTION_REPORTER = "danvan.audit.logs.Reporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "danvan.audit.logs.ReporterFilter"
