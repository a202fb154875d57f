"""
Every setting, read from the environment through `env`. README.md holds the table.

What differs by place is a variable; nonsense stops the start with one sentence. `LEXWARE_ENVIRONMENT=demo` is the
only mode with ready-made secrets: it talks to the sandbox on this machine and lets the demo staff sign in.
"""

from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from lexweb import env
from lexweb.ui import logs

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = env.folder("VAR_DIR", str(BASE_DIR / "var"))

# --- where we are ----------------------------------------------------------------------------------------------

LEXWARE_ENVIRONMENT = env.choice("LEXWARE_ENVIRONMENT", ("production", "sandbox", "demo"), "production")
DEMO = LEXWARE_ENVIRONMENT == "demo"
DEMO_PASSWORD = "sommer-demo-2026"  # noqa: S105 — public: opens the demo people, who cannot sign in elsewhere
DEBUG = env.flag("DEBUG")
PORT = env.number("PORT", 8000, least=1)
SANDBOX_PORT = env.number("SANDBOX_PORT", 8001, least=1)
READY_MADE = DEBUG or DEMO  # may secrets have a default?

PUBLIC_URL = env.url("PUBLIC_URL", f"http://localhost:{PORT}" if READY_MADE else None)
HTTPS = PUBLIC_URL.startswith("https://")
ALLOWED_HOSTS = [PUBLIC_URL.split("://")[1].split("/")[0].split(":")[0]]
if READY_MADE:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# --- secrets ---------------------------------------------------------------------------------------------------

SECRET_KEY = env.secret("SECRET_KEY", "insecure-demo-key-on-this-machine-only-0123456789" if READY_MADE else None)
SECRET_KEY_FALLBACKS = env.secrets("SECRET_KEY_FALLBACKS", "", least=0)  # still valid while a new one comes into use
TOKEN_KEYS = env.secrets("TOKEN_KEYS", "bGV4d2ViLWRlbW8ta2V5LW9uLXRoaXMtbWFjaGluZSE=" if READY_MADE else None)
for _key in TOKEN_KEYS:
    try:
        Fernet(_key)
    except ValueError:
        raise ImproperlyConfigured(
            "TOKEN_KEYS has to hold Fernet keys: 32 bytes in URL-safe base64 each, the newest first."
        ) from None

# --- Lexware Office --------------------------------------------------------------------------------------------

_SANDBOX = f"http://127.0.0.1:{SANDBOX_PORT}"
_HOSTS = {  # oauth-and-partner.md, chapter 1
    "production": ("https://api.lexware.io", "https://app.lexware.de"),
    "sandbox": ("https://api.lexware-sandbox.io", "https://app.lexware-sandbox.de"),
    "demo": (_SANDBOX, _SANDBOX),
}
LEXWARE_API_URL = env.url("LEXWARE_API_URL", _HOSTS[LEXWARE_ENVIRONMENT][0])
LEXWARE_APP_URL = env.url("LEXWARE_APP_URL", _HOSTS[LEXWARE_ENVIRONMENT][1])
LEXWARE_SPACING = 0.505  # seconds between two requests of an account; at exactly 0.5 network jitter still causes 429
AUTHORIZATION_SPACING = 0.5  # seconds between two requests to the authorization server, by all of us together
LEXWARE_CLIENT_ID = env.text("LEXWARE_CLIENT_ID", "5a6e3f0c-7d0f-4c1e-9c35-2f1f5f0d7a11" if READY_MADE else None)
LEXWARE_CLIENT_SECRET = env.secret("LEXWARE_CLIENT_SECRET", "sandbox-secret" if READY_MADE else None)
# With what Lexware signs its webhooks; "" is the sandbox's key, at the address it has then.
LEXWARE_WEBHOOK_KEY = env.public_key(
    "LEXWARE_WEBHOOK_KEY",
    "" if DEMO else "https://developers.lexware.io/webhookSignature/public/public_key.pub",
)

# --- Django ----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "heroicons",
    "huey.contrib.djhuey",
    "template_partials.apps.SimpleAppConfig",
    "lexweb.ui",
    "lexweb.activity",
    "lexweb.firm",
    "lexweb.clients",
    "lexweb.outbox",
    "lexweb.contacts",
    "lexweb.articles",
    "lexweb.masterdata",
    "lexweb.files",
    "lexweb.vouchers",
    "lexweb.sales",
    "lexweb.review",
    "lexweb.uploads",
    "lexweb.console",
    "lexweb.sync",
    "lexweb.ops",
    "lexweb.home",
]
MIDDLEWARE = [
    "lexweb.ops.probes.Probes",  # before anything that looks at host and scheme
    "lexweb.ui.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "lexweb.firm.middleware.PrivatePages",
    "lexweb.firm.middleware.Preferences",
    "lexweb.ui.middleware.Toasts",
    "lexweb.clients.middleware.LexwareTroubles",
]
ROOT_URLCONF = "lexweb.urls"
WSGI_APPLICATION = "lexweb.wsgi.application"
AUTH_USER_MODEL = "firm.Staff"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_LOADERS: list[Any] = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lexweb.clients.context.frame",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "heroicons.templatetags.heroicons",
                "lexweb.ui.templatetags.words",
                "lexweb.ui.templatetags.states",
                "lexweb.ui.templatetags.code",
                "lexweb.ui.templatetags.places",
                "lexweb.ui.templatetags.forms",
            ],
        },
    }
]

# --- data ------------------------------------------------------------------------------------------------------

_database = env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'lexweb.sqlite3'}")
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # Deferred transactions answer "database is locked" under several writers; IMMEDIATE + WAL do not. On pages of
    # 4 kB a fifth of the mirror would be gaps between documents; an existing file keeps the size it was made with.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; "
            "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    # Pages read little, and from memory: a narrow index beats scanning a table full of JSON, and compiling a query
    # takes longer than running it (measured with `make bench`).
    _database.setdefault("OPTIONS", {}).setdefault("options", "-c random_page_cost=1.1 -c jit=off")
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": _database}

# Shared by all processes: the limits on signing in, and what may happen once only.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "firm_cache"}}

WORKER_THREADS = env.number("WORKER_THREADS", 16, least=1)  # requests to Lexware Office at once in one worker
WORKER_SEATS = env.number("WORKER_SEATS", 300, least=1)  # connections that one worker works on at once
HUEY = env.queue("QUEUE_URL", f"sqlite:///{VAR_DIR / 'queue.sqlite3'}") | {
    "name": "lexweb",
    "immediate": False,
    "results": False,
    "consumer": {
        "workers": 2,  # they only hand over nudges: the hands are in sync/crew.py
        "worker_type": "thread",
        # Within 0.25 s: SQLite is asked that often, PostgreSQL and Redis wake the worker by themselves.
        "initial_delay": 0.1,
        "max_delay": 0.25,
    },
}
SYNC_LEASE = env.number("SYNC_LEASE", 120, least=1)  # seconds; longer than a page: 20 s of repeats, 60 s for the last

# --- people ----------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["lexweb.firm.backends.StaffBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"
ACCOUNT_ADAPTER = "lexweb.firm.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # staff are made by the firm, nobody signs up
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,30/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "lexweb"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # localhost

EMAIL_BACKEND = env.importable(
    "EMAIL_BACKEND",
    "django.core.mail.backends.console.EmailBackend" if READY_MADE else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25, least=1)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "lexweb@localhost")

METRICS_TOKEN = env.secret("METRICS_TOKEN", "")  # without it there is no /metrics, except in the demo

# --- languages, formats ------------------------------------------------------------------------------------------

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["lexweb.ui.formats"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# --- files, security -------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns otherwise
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    # Receipts, encrypted (files/store.py): a folder, or any storage of Django's kind, for example an object storage.
    "receipts": {
        "BACKEND": env.importable("RECEIPTS_STORAGE", "django.core.files.storage.FileSystemStorage"),
        "OPTIONS": env.options(
            "RECEIPTS_OPTIONS",
            {
                "location": str(VAR_DIR / "receipts"),
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        ),
    },
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    if not READY_MADE
    else {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# No page takes files unless it says so (ui/bodies.py, uploads/receiving.py): whatever else is sent is read past, so
# that no body fills memory or disk. Receipts without JavaScript come several in one form.
FILE_UPLOAD_HANDLERS = ["lexweb.ui.bodies.NoFiles"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FILES = 200
WHITENOISE_USE_FINDERS = READY_MADE  # no collectstatic in the demo
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if READY_MADE else 60

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would lose the session on the way back from Lexware Office
SESSION_COOKIE_AGE = 60 * 60 * 12
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "lexweb.ui.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'", LEXWARE_APP_URL],  # the button "connect" redirects there
    }
}

LOGGING = logs.config(level=env.choice("LOG_LEVEL", logs.LEVELS, "INFO"), as_json=not READY_MADE)
