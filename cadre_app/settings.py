"""One settings module; what differs between installations comes from the environment (docs/operations.md)."""

import base64
import hashlib
from pathlib import Path
from urllib.parse import unquote

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from cadre_app.runtime.broker import celery_url
from cadre_app.runtime.logs import logging_config

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

SHORTEST_KEY = 50
LOCAL_KEY = "local-key-for-tools-only"
PRODUCTION = env.bool("QINGLAN_PRODUCTION", default=False)
DEBUG = env.bool("QINGLAN_DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default=LOCAL_KEY)
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

DATA_DIR = Path(env.str("QINGLAN_DATA_DIR", default=str(BASE_DIR / "var")))
PRIVATE_ROOT = DATA_DIR / "files"
MEDIA_ROOT = PRIVATE_ROOT

_tool_key = base64.b64encode(hashlib.sha256(LOCAL_KEY.encode()).digest()).decode()
FIELD_KEYS: dict[str, str] = env.dict("FIELD_KEYS", default={"k0": _tool_key})
FIELD_KEY_ID = env.str("FIELD_KEY_ID", default=next(iter(FIELD_KEYS)))
DIGEST_KEY = env.str("DIGEST_KEY", default=_tool_key)

if PRODUCTION and (
    DEBUG
    or len(SECRET_KEY) < SHORTEST_KEY
    or LOCAL_KEY in SECRET_KEY
    or _tool_key in (*FIELD_KEYS.values(), DIGEST_KEY)
):
    raise ImproperlyConfigured(
        "Production refuses to start: set SECRET_KEY (50 characters or more), FIELD_KEYS and DIGEST_KEY to values "
        "of your own, and leave QINGLAN_DEBUG unset. 生产环境须设置自己的密钥。"
    )

INSTALLED_APPS = [
    "cadre_app.core",
    "cadre_app.history",
    "cadre_app.policy",
    "cadre_app.jobs",
    "cadre_app.files",
    "cadre_app.documents",
    "cadre_app.org",
    "cadre_app.accounts",
    "cadre_app.stages",
    "cadre_app.people",
    "cadre_app.growth",
    "cadre_app.reminders",
    "cadre_app.care",
    "cadre_app.handover",
    "cadre_app.achievements",
    "cadre_app.evaluation",
    "cadre_app.probation",
    "cadre_app.appraisal",
    "cadre_app.conduct",
    "cadre_app.advancement",
    "cadre_app.imports",
    "cadre_app.search",
    "cadre_app.reports",
    "cadre_app.briefings",
    "cadre_app.appointment",
    "cadre_app.rosters",
    "cadre_app.mentorship",
    "cadre_app.training",
    "cadre_app.assignments",
    "cadre_app.api",
    "cadre_app.feedback",
    "cadre_app.lists",
    "cadre_app.runtime",
    "cadre_app.desk",
    "cadre_app.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
]

MIDDLEWARE = [
    "cadre_app.runtime.middleware.HealthMiddleware",
    "cadre_app.core.middleware.RequestContextMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cadre_app.accounts.middleware.SessionPolicyMiddleware",
    "cadre_app.accounts.middleware.PreferencesMiddleware",
    "cadre_app.core.middleware.RequestSizeMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cadre_app.core.middleware.ErrorPageMiddleware",
    "axes.middleware.AxesMiddleware",
    "cadre_app.core.backlinks.WayBackMiddleware",
]

ROOT_URLCONF = "cadre_app.urls"
WSGI_APPLICATION = "cadre_app.wsgi.application"

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
                "django.template.context_processors.i18n",
                "cadre_app.core.context_processors.frame",
            ],
            "builtins": ["cadre_app.core.templatetags.ql", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False
FILTERS_EMPTY_CHOICE_LABEL = _("All")

DATABASES = {"default": env.db_url("DATABASE_URL", default="postgres://app@127.0.0.1:5432/qinglan")}
DATABASES["default"]["HOST"] = unquote(
    DATABASES["default"]["HOST"]
)  # a socket folder stands percent-encoded in the URL
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", env.int("DB_CONNECT_TIMEOUT", default=3))
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = celery_url(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 25 * 60
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 60 * 60}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE = {"ring-the-sweep": {"task": "runtime.sweep", "schedule": 60.0, "options": {"expires": 55}}}
CELERY_BEAT_SCHEDULER = "cadre_app.runtime.beat:HeartbeatScheduler"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
    {"NAME": "cadre_app.accounts.validators.LengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "accounts:sign_in"

AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = "cadre_app.accounts.lockout.failure_limit"
AXES_COOLOFF_TIME = "cadre_app.accounts.lockout.lock_period"
AXES_LOCKOUT_CALLABLE = "cadre_app.accounts.lockout.locked_response"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "cadre_app.core.middleware.client_address"
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

SESSION_ENGINE = "cadre_app.core.sessions"
SESSION_COOKIE_NAME = "qinglan_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
CSRF_COOKIE_NAME = "qinglan_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cadre_app.core.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    if env.bool("BEHIND_TLS_PROXY", default=True):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": (),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "report-uri": ["/csp-report"],
    },
}

LARGEST_REQUEST = 64 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "qinglan_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["cadre_app.core.formats"]

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# Without a mail server nothing leaves: messages are files to look at, with QINGLAN_DEBUG lines on the screen.
_mail_url = env.str("EMAIL_URL", default="")
_mail = env.email_url_config(_mail_url or "consolemail://")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"] or "localhost", _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = f"/{path}" if (path := _mail["EMAIL_FILE_PATH"].lstrip("/")) else str(DATA_DIR / "mail")
if not _mail_url and not DEBUG:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
# Longer than sending 200 messages takes when every one of them waits as long as it may.
NOTICE_LEASE_SECONDS = env.int("NOTICE_LEASE_SECONDS", default=200 * (EMAIL_TIMEOUT + 1))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="qinglan@localhost")
PUBLIC_URL = env.str("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")

# What follows is a secret of its owner: logs leave it out.
SECRET_PATHS = ("/reminders/feed/", "/evaluate/")
LOGGING_CONFIG = None
logging_config(json=not DEBUG)

SILENCED_SYSTEM_CHECKS: list[str] = []
