"""All settings, read once from the environment. A wrong value stops here and says how to mend it."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

env = Env()

ROOT = Path(__file__).resolve().parent.parent.parent

try:
    DATA_DIR = Path(env.str("MADOBE_DATA", str(ROOT / "var"))).resolve()
    OPEN_DATA_DIR = Path(env.str("MADOBE_OPEN_DATA", str(ROOT.parent / "shared" / "data")))
    DEBUG = env.bool("MADOBE_DEBUG", False)
    ALLOWED_HOSTS = env.list("MADOBE_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'madobe.sqlite3'}")}
    EXIT_URL = env.str("MADOBE_EXIT_URL", "")  # where すぐ隠す lands; empty: our own calendar page
except EnvError as error:
    raise ImproperlyConfigured(
        f"{error}. Set this variable in the environment (see docs/operate.md) and start again."
    ) from error

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: readers that later write do not meet "database is locked".
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA cache_size=-16000;",
    }
DATABASES["default"].setdefault("CONN_MAX_AGE", 600)

# Nothing is signed for the public; Django only insists that a key exists. Staff sign-in will bring a kept one.
SECRET_KEY = env.str("MADOBE_SECRET_KEY", "") or __import__("secrets").token_urlsafe(50)

INSTALLED_APPS = [
    "madobe.web",
    "madobe.guide",
    "madobe.directory",
    "madobe.ui",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
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
            "builtins": ["madobe.ui.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

LANGUAGE_CODE = "ja"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"

APPEND_SLASH = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
