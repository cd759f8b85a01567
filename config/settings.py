"""Duxun's settings, all that differ between machines read from the environment.

| variable | meaning | default |
|---|---|---|
| `SECRET_KEY` | signs sessions; 32 characters or more | required; kept in `var/` (1) |
| `ALLOWED_HOSTS` | host names, separated by commas | required; this machine (1) |
| `DATABASE_URL` | `sqlite:///file` or `postgresql://...` | `db.sqlite3` beside manage.py |
| `MEDIA_ROOT` | photographs and published PDFs | `var/media` |
| `DEBUG` | for developing | 0 |
| `DEMO` | made-up data and its accounts | 0 |
| `HTTPS` | secure cookies, HSTS, redirect; trusts X-Forwarded-Proto | 1; 0 (1) |
| `CSRF_TRUSTED_ORIGINS` | origins of forms, when a proxy changes the host | none |
| `COLLECTED_STATIC` | serve what `collectstatic` left in `staticfiles/` | 1; 0 (1) |
| `EMAIL_URL` | `submission://user:password@host:587` | mail is printed, not sent |
| `SESSION_SECONDS` | how long a sign-in lasts | 28800 (8 hours) |
| `TIME_ZONE` | name in the time zone database | Asia/Shanghai |

(1) under DEBUG or DEMO.
An empty variable counts as unset.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from config import environment

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = environment.read_flag("DEBUG", default=False)
# Demonstration accounts exist and can sign in only while this is on.
DEMO = environment.read_flag("DEMO", default=False)
_is_production = not (DEBUG or DEMO)

SECRET_KEY = environment.read_secret_key(
    generated=None if _is_production else BASE_DIR / "var" / "secret-key"
)
ALLOWED_HOSTS = environment.read_allowed_hosts(
    default=[] if _is_production else ["127.0.0.1", "localhost", "[::1]"]
)

# Applications

INSTALLED_APPS = [
    "accounts",
    "projects",
    "inspections",
    "reports",
    "accounts.apps.ReferenceDataConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "auditlog",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_tables2",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Before WhiteNoise, so that static files carry the policy too.
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    # Last, so that it sees a sign-in's outcome before anything else answers.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context_processors.demonstration",
                "reports.navigation.navigation",
            ],
        },
    },
]
# So that templates/ can override a widget of Django's.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "components/table.html"

# Database and background work

DATABASES = {"default": environment.read_database(BASE_DIR)}
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}

# Files

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
_serves_collected = environment.read_flag("COLLECTED_STATIC", default=_is_production)
STATIC_ROOT = BASE_DIR / "staticfiles" if _serves_collected else None
WHITENOISE_USE_FINDERS = not _serves_collected
WHITENOISE_AUTOREFRESH = not _serves_collected

# Media has no address of its own: photographs and PDFs go out through views that check access.
MEDIA_ROOT = environment.read_folder("MEDIA_ROOT", Path("var/media"), base_dir=BASE_DIR)

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if _serves_collected
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}

# A scoring sheet of 60 indicators posts several fields each; photographs come with it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 200
# Bytes of a form without its files: 60 long reasons in Chinese fit many times over.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# Accounts and sessions

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "accounts.backends.RoleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.validators.CharacterClassesValidator", "OPTIONS": {"minimum": 3}},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL

# A working day, counted from the sign-in. Ending it after minutes of idleness would need a write
# for every request, and would lose what an inspector typed since the last saved draft.
SESSION_COOKIE_AGE = environment.read_seconds("SESSION_SECONDS", 8 * 60 * 60)

# Five wrong passwords lock this name for this address for five minutes; trying again meanwhile
# does not make it longer.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(seconds=300)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# Its pages exist in English only; ending a lock is an action on the list of accounts.
AXES_ENABLE_ADMIN = False

# Transport and browser

_https = environment.read_flag("HTTPS", default=_is_production)
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
LANGUAGE_COOKIE_SECURE = _https
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
CSRF_TRUSTED_ORIGINS = environment.read_trusted_origins()

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

# Language and time

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = environment.read_time_zone("Asia/Shanghai")

# Mail and log

MAILERS = {
    "default": environment.read_mailer(
        default={"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    )
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own handlers would print every line twice under DEBUG.
    "loggers": {"django": {"handlers": [], "level": "INFO"}},
}
