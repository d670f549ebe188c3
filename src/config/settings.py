"""All settings, read once from the environment. A wrong value stops here and says how to mend it."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

from config.kept_key import KeptKey
from madobe.channels.rules.inbox import HERE, NotAnInbox, read_inbox

env = Env()

ROOT = Path(__file__).resolve().parent.parent.parent

try:
    DATA_DIR = Path(env.str("MADOBE_DATA", str(ROOT / "var"))).resolve()
    OPEN_DATA_DIR = Path(env.str("MADOBE_OPEN_DATA", str(ROOT.parent / "shared" / "data")))
    DEBUG = env.bool("MADOBE_DEBUG", False)
    ALLOWED_HOSTS = env.list("MADOBE_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
    # Shred keys and pepper lie apart from what they protect: another folder (best another disk), another backup.
    KEYS_DIR = Path(env.str("MADOBE_KEYS", str(DATA_DIR / "keys"))).resolve()
    DATABASES = {
        "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'madobe.sqlite3'}"),
        "keys": env.dj_db_url("KEYS_DATABASE_URL", f"sqlite:///{KEYS_DIR / 'keys.sqlite3'}"),
    }
    # Whether something between us and PostgreSQL hands one connection to many, and keeps no prepared statements.
    POOLER = env.bool("MADOBE_POOLER", False)
    # Public keys of age (age1…) that open backups beside the recovery sheets; their other halves are not here.
    BACKUP_KEYS: list[str] = env.list("MADOBE_BACKUP_KEYS", [])
    # True when a proxy in front ends TLS and sets X-Forwarded-Proto: plain HTTP is then refused.
    HTTPS = env.bool("MADOBE_HTTPS", False)
    EXIT_URL = env.str("MADOBE_EXIT_URL", "")  # where すぐ隠す lands; empty: our own calendar page
    # Where people reach this installation; links made on the command line begin with it.
    ADDRESS = env.str("MADOBE_ADDRESS", "http://localhost:8000").rstrip("/")
    # submission://user:password@host; without it no mail is sent and links are shown, to hand over
    _mail = env.dj_email_url("MADOBE_MAIL_URL", "dummy:")
    if "EMAIL_BACKEND" not in _mail:
        raise EnvError(
            'Environment variable "MADOBE_MAIL_URL" invalid: it begins with submission:// or smtp://.'
        )
    MAIL_FROM = env.str("MADOBE_MAIL_FROM", "")
    # Letters that come in: imaps://user:password@host/INBOX; each is deleted there once it is kept here.
    _inbox = env.str("MADOBE_INBOX_URL", "")
    LINE_SECRET = env.str("MADOBE_LINE_SECRET", "")
    LINE_TOKEN = env.str("MADOBE_LINE_TOKEN", "")
    LINE_API = env.str("MADOBE_LINE_API", "").rstrip("/")  # empty: LINE's own addresses
    LINE_DESK = env.str("MADOBE_LINE_DESK", "")
    OIDC_ISSUER = env.str("MADOBE_OIDC_ISSUER", "").rstrip("/")
    OIDC_CLIENT = env.str("MADOBE_OIDC_CLIENT", "")
    OIDC_SECRET = env.str("MADOBE_OIDC_SECRET", "")
    OIDC_NAME = env.str("MADOBE_OIDC_NAME", "") or OIDC_ISSUER
    # False: a sign-in there counts as both steps. True: our second step still follows.
    OIDC_SECOND_STEP = env.bool("MADOBE_OIDC_SECOND_STEP", True)
    # Pictures of a map, shown only to a visitor who asks: "https://tiles.example.jp/{z}/{x}/{y}.png"; empty: none.
    TILES = env.str("MADOBE_TILES", "")
    TILES_CREDIT = env.str("MADOBE_TILES_CREDIT", "")  # whose map it is, shown on it
except EnvError as error:
    raise ImproperlyConfigured(
        f"{str(error).rstrip(chr(46))}. Set this variable in the environment (see docs/operate.md) and start again."
    ) from error

_tiles = urlsplit(TILES)
if TILES and (
    _tiles.scheme != "https" or not _tiles.netloc or not all(f"{{{c}}}" in TILES for c in "zxy")
):
    raise ImproperlyConfigured(
        "MADOBE_TILES is an https address with {z}, {x} and {y} in it, such as "
        "https://tiles.example.jp/{z}/{x}/{y}.png. Set it so in the environment, or leave it empty for no map."
    )
TILES_HOST = f"https://{_tiles.netloc.replace('{s}', '*')}" if TILES else ""

try:
    INBOX = read_inbox(_inbox) if _inbox else None
except NotAnInbox as error:
    raise ImproperlyConfigured(
        f"MADOBE_INBOX_URL cannot be read: {error}. Set it so in the environment (see docs/operate.md), or leave it "
        "empty to fetch no mail."
    ) from error
if bool(LINE_SECRET) != bool(LINE_TOKEN):
    raise ImproperlyConfigured(
        "MADOBE_LINE_SECRET and MADOBE_LINE_TOKEN belong together: LINE's console shows both for one channel. Set both "
        "in the environment (see docs/operate.md), or neither for no LINE."
    )
_line = urlsplit(LINE_API)
if LINE_API and _line.scheme != "https" and _line.hostname not in HERE:
    raise ImproperlyConfigured(
        "MADOBE_LINE_API is an https address, such as https://api.line.me. Set it so in the environment, or leave it "
        "empty for LINE's own."
    )

_PRAGMAS = {
    "default": "PRAGMA cache_size=-2000;PRAGMA mmap_size=268435456;",
    # What is deleted here is overwritten, and does not wait in the journal beside it (vault.actions.cases).
    "keys": "PRAGMA secure_delete=ON;",
}
for _alias, _database in DATABASES.items():
    if _database["ENGINE"].endswith("sqlite3"):
        _database["OPTIONS"] = {
            # IMMEDIATE: readers that later write do not meet "database is locked".
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            + _PRAGMAS[_alias],
        }
    elif _database["ENGINE"].endswith("postgresql"):
        _database["ENGINE"] = "config.postgres"
        _prepares = None if POOLER else 5  # psycopg's own number
        _database["OPTIONS"] = _database.get("OPTIONS", {}) | {"prepare_threshold": _prepares}
    _database["CONN_MAX_AGE"] = 600
    _database["CONN_HEALTH_CHECKS"] = True
DATABASE_ROUTERS = ["madobe.vault.router.KeyStoreRouter"]

# Signs links and cookies of staff and seals the seeds of their codes. Kept beside the data unless given here.
SECRET_KEY = env.str("MADOBE_SECRET_KEY", "") or KeptKey(DATA_DIR / "secret.key")

INSTALLED_APPS = [
    "madobe.web",
    "madobe.consult",
    "madobe.guide",
    "madobe.accounts",
    "madobe.desks",
    "madobe.directory",
    "madobe.audit",
    "madobe.channels",
    "madobe.vault",
    "madobe.vault.keystore",
    "madobe.ui",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "madobe.accounts.apps.SignInLibrary",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
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
    # Everything that knows a person runs inside this door, and the door is under /staff and /accounts only.
    "madobe.accounts.middleware.StaffDoor",
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
# Beyond it Django answers 400 and the words of the form are lost; which files are kept is said by the form.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
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
PERMISSIONS_POLICY: dict[str, str | list[str] | tuple[str]] = {
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
    # CsrfViewMiddleware runs inside the StaffDoor. The public pages know no session and no cookie, so there is
    # no standing that a foreign page could borrow.
    "security.W003",
]

# --- people who work here (docs/map.md: accounts) ----------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["madobe.accounts.hashers.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "madobe.accounts.passwords.LongEnough"},
    {"NAME": "madobe.accounts.passwords.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:dashboard"
CSRF_FAILURE_VIEW = "madobe.accounts.views.held.not_from_here"

# A browser takes a __Host- name only over HTTPS, for the whole site and from this host alone.
SESSION_ENGINE = "madobe.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-madobe" if HTTPS else "madobe"
SESSION_COOKIE_AGE = 14 * 3600  # the row; how long it opens a door: accounts/rules/door.py
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = (
    "Lax"  # "Strict" would ask everybody who follows a link in a mail to sign in again
)
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-madobe-form" if HTTPS else "madobe-form"
CSRF_COOKIE_AGE = None  # gone with the browser
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = HTTPS
# One half of what opens somebody's key; the other lies in their session (accounts/keys.py).
KEYS_COOKIE_NAME = "__Host-madobe-keys" if HTTPS else "madobe-keys"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Counts of attempts are shared by all workers and nodes; no address of a computer is in their keys (adapters.py).
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_passing",
    }
}

ACCOUNT_ADAPTER = "madobe.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is known from the invitation
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Guesses are counted by account. A whole office may come through one address at nine o'clock.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,5/300s/key"}
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
MFA_ADAPTER = "madobe.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODE_COUNT = 20
MFA_RECOVERY_CODE_DIGITS = 10
MFA_TOTP_ISSUER = "窓辺"
MFA_TOTP_TOLERANCE = 1  # half a minute of a slow clock
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = (
    not HTTPS
)  # a browser offers passkeys without TLS on localhost only
SOCIALACCOUNT_ADAPTER = "madobe.accounts.adapters.OidcAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True  # joins by the address the provider has verified
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = "oidc"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "office",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT,
                "secret": OIDC_SECRET,
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else []
    }
}

EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
DEFAULT_FROM_EMAIL = MAIL_FROM or EMAIL_HOST_USER or "madobe@localhost"
MAIL = "dummy" not in EMAIL_BACKEND
EMAIL_TIMEOUT = 20

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
