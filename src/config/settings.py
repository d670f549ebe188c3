"""All settings, read once from the environment. A wrong value stops here and says how to mend it."""

from pathlib import Path
from secrets import token_urlsafe

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

env = Env()

ROOT = Path(__file__).resolve().parent.parent.parent

try:
    DATA_DIR = Path(env.str("MADOBE_DATA", str(ROOT / "var"))).resolve()
    OPEN_DATA_DIR = Path(env.str("MADOBE_OPEN_DATA", str(ROOT.parent / "shared" / "data")))
    DEBUG = env.bool("MADOBE_DEBUG", False)
    ALLOWED_HOSTS = env.list("MADOBE_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
    DATABASES = {
        "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'madobe.sqlite3'}")
    }
    # True when a proxy in front ends TLS and sets X-Forwarded-Proto: plain HTTP is then refused.
    HTTPS = env.bool("MADOBE_HTTPS", False)
    EXIT_URL = env.str("MADOBE_EXIT_URL", "")  # where すぐ隠す lands; empty: our own calendar page
except EnvError as error:
    raise ImproperlyConfigured(
        f"{str(error).rstrip(chr(46))}. Set this variable in the environment (see docs/operate.md) and start again."
    ) from error

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: readers that later write do not meet "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA cache_size=-16000;",
    }
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Nothing is signed for the public; Django only insists that a key exists. Staff sign-in will bring a kept one.
SECRET_KEY = env.str("MADOBE_SECRET_KEY", "") or token_urlsafe(50)

INSTALLED_APPS = [
    "madobe.web",
    "madobe.guide",
    "madobe.accounts",
    "madobe.directory",
    "madobe.audit",
    "madobe.ui",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "madobe.ui.middleware.DisplayMiddleware",
    "django.middleware.common.CommonMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["madobe.ui.context.display"],
            "builtins": [
                "madobe.ui.templatetags.ui",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("ja-easy", "やさしい日本語"), ("en", "English")]
LANG_INFO["ja-easy"] = {
    "bidi": False,
    "code": "ja-easy",
    "name": "Plain Japanese",
    "name_local": "やさしい日本語",
}
FORMAT_MODULE_PATH = ["madobe.ui.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Hashed names: a browser may keep a file for ever, and a new release never meets an old style sheet.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

APPEND_SLASH = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Everything comes from here, nothing runs or is styled inside a page, and nobody may put a page of ours in a frame.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# What a browser could lend a page: nothing, but for the memo's copy button.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "accelerometer": [],
    "autoplay": [],
    "browsing-topics": [],
    "camera": [],
    "clipboard-read": [],
    "clipboard-write": ["self"],
    "display-capture": [],
    "encrypted-media": [],
    "fullscreen": [],
    "gamepad": [],
    "geolocation": [],
    "gyroscope": [],
    "hid": [],
    "idle-detection": [],
    "local-fonts": [],
    "magnetometer": [],
    "microphone": [],
    "midi": [],
    "otp-credentials": [],
    "payment": [],
    "picture-in-picture": [],
    "publickey-credentials-create": [],
    "publickey-credentials-get": [],
    "screen-wake-lock": [],
    "serial": [],
    "storage-access": [],
    "usb": [],
    "window-management": [],
    "xr-spatial-tracking": [],
}
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0  # two years
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SILENCED_SYSTEM_CHECKS = [
    # No CsrfViewMiddleware: the public pages know no session and no cookie, so there is no standing that a
    # foreign page could borrow. Sign-in will bring its own, under /staff and /accounts only.
    "security.W003",
]

# Unexpected faults only, on stderr, without address or browser of the person who met them.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
