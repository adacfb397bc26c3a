"""One settings file, read from the environment. docs/operating.md lists every variable."""

import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from membersnet.storage import storage_from

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DATA_DIR = Path(env("MEMBERSNET_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
DEMO = env.bool("MEMBERSNET_DEMO", default=False)
DEBUG = env.bool("MEMBERSNET_DEBUG", default=False)
HTTPS = env.bool("MEMBERSNET_HTTPS", default=not (DEMO or DEBUG))
SECRET_KEY = env("MEMBERSNET_SECRET_KEY", default="")
# What serving the hub needs and commands on files do without: membersnet/checks.py asks for it.
UNSET: list[str] = []
if not SECRET_KEY:
    UNSET.append(
        "MEMBERSNET_SECRET_KEY is not set. Put a long random text in it, for example from: "
        "python -c 'import secrets; print(secrets.token_urlsafe(50))'. "
        "`make demo` and `make test` set one by themselves."
    )
ALLOWED_HOSTS = env.list("MEMBERSNET_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
BASE_URL = env("MEMBERSNET_BASE_URL", default="http://localhost:8000")
CSRF_TRUSTED_ORIGINS = env.list("MEMBERSNET_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "membersnet",
    "learning",
    "courses",
    "library.rules",
    "library.facts",
    "library.procedures",
    "media_pipeline",
    "search",
    "party",
    "ground.jobs",
    "allauth",
    "allauth.account",
    "wagtail.embeds",
    "wagtail.sites",
    "membersnet.apps.AccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "membersnet.compression.PageCompression",
    "membersnet.csp.PolicyMiddleware",
    "membersnet.privacy.private_pages",
    "membersnet.privacy.forgetting_browsers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "membersnet.bodies.bounded_bodies",
    "django.middleware.csrf.CsrfViewMiddleware",
    "membersnet.sign_in.SignInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "membersnet.urls"
WSGI_APPLICATION = "membersnet.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "membersnet.context.site",
            ],
        },
    },
]

# --- where things are kept -------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'hub.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "membersnet.sqlite"
    DATABASES["default"]["CONN_MAX_AGE"] = None  # an open one keeps the log readable: full-disk.md
    # Off: what a power cut may cost then is in docs/operating.md.
    EVERY_COMMIT = env.bool("MEMBERSNET_FLUSH_EVERY_COMMIT", default=False)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            f"PRAGMA synchronous={'FULL' if EVERY_COMMIT else 'NORMAL'}; PRAGMA cache_size=-20000;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Shared by the web processes (sign-in limits) and the workers (their sign of life).
CACHES = {
    "default": {
        "BACKEND": "membersnet.caching.MemoryAndDatabaseCache",
        "LOCATION": "membersnet_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # What was drawn or compared: large, many, and never to push anything else out.
    "drawn": {
        "BACKEND": "membersnet.caches.ForgivingDatabaseCache",
        "LOCATION": "membersnet_drawn",
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
}
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
MEDIA_STORAGE = storage_from(env("MEMBERSNET_STORAGE", default=""))  # docs/storage.md
STORAGES = {
    "default": MEDIA_STORAGE.setting,
    "staticfiles": {"BACKEND": "membersnet.static_files.StaticFiles"},
}
WHITENOISE_MAX_AGE = 600
MEDIA_UPLOAD_DIR = Path(env("MEMBERSNET_UPLOAD_DIR", default=str(DATA_DIR / "uploads")))
MEDIA_UPLOAD_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
FILE_UPLOAD_TEMP_DIR = str(MEDIA_UPLOAD_DIR)

# The site's typeface as TrueType, for what is drawn on paper and in pictures.
TYPEFACE_DIR = BASE_DIR / "media_pipeline" / "steps" / "typeface"
IMPRINT = env("MEMBERSNET_IMPRINT", default="")  # who promotes what is shared from the hub

# --- people ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "party.Member"
AUTHENTICATION_BACKENDS = ["membersnet.backends.MembersBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "membersnet.accounts.HubAccounts"
ACCOUNT_FORMS = {
    "reset_password": "membersnet.accounts.ForgottenPasswordForm",
    "user_token": "membersnet.accounts.PasswordLinkForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  no password
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_SESSION_REMEMBER = None  # the sign-in page asks
ACCOUNT_RATE_LIMITS = {  # docs/accounts.md
    "login": None,  # a network that many share is not shut out by one of them
    "login_failed": "20/m/ip,5/5m/key",
    "login_failed_for_person": "100/h/key",
    "login_failed_on_device": "5/5m/key",
    "reset_password": "20/m/ip",
}
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
if not (DEMO or DEBUG or env("EMAIL_URL", default="")):
    UNSET.append(
        "EMAIL_URL is not set, so nobody could reset a password. For example: "
        "smtp+tls://user:password@mail.example.org:587, or consolemail:// to print e-mails."
    )
EMAIL_TIMEOUT = 30  # seconds that a worker waits for each answer of the mail server
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
MAIL_SERVER_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]  # to which the workers hand what is due
EMAIL_BACKEND = "party.email_backend.JobEmailBackend"  # what anybody sends becomes a job
DEFAULT_FROM_EMAIL = env("MEMBERSNET_FROM_EMAIL", default="Membersnet <hub@membersnet.example>")

# --- work that takes time --------------------------------------------------------------------
QUEUES = ["default", "index", "media", "speech"]
REDIS_URL = env("MEMBERSNET_REDIS_URL", default="")  # empty: the database holds the queues
TASKS = {
    "default": {"BACKEND": "ground.jobs.backend.JobBackend", "QUEUES": QUEUES},
    "queue": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": QUEUES},
}
if REDIS_URL:
    INSTALLED_APPS.append("django_rq")
    TASKS["queue"]["BACKEND"] = "membersnet.redis_tasks.RedisBackend"
    # Without a time limit: a job that shows signs of life may take as long as the film needs.
    RQ_QUEUES = {queue: {"URL": REDIS_URL, "DEFAULT_TIMEOUT": -1} for queue in QUEUES}
# What the workers do again and again, every so many seconds, each duty by one of them at a time.
DUTIES = {
    "ground.jobs.queue.watch_for_lost_jobs": 5,
    "ground.scheduled_publishing.publish_scheduled": 60,
    "library.rules.actions.indexing.reindex_on_commencement": 60,
    "search.actions.changes.index_what_was_left": 60,
    "party.actions.notices.notifying.send_what_was_left": 60,
    "party.actions.accounts.requests.send_what_was_left": 30,
    "party.actions.outgoing.requests.send_what_was_left": 60,
    "library.facts.actions.reviews.remind_reviews_due": 600,
    "library.procedures.actions.reviews.remind_reviews_due": 600,
    "membersnet.tidying.remove_stray_files": 3600,
    "membersnet.tidying.tidy_questions": 3600,
    "membersnet.tidying.forget_notices": 3600,
    "membersnet.tidying.forget_finished_tasks": 24 * 3600,
    "membersnet.tidying.forget_sessions": 24 * 3600,
}

# --- films -----------------------------------------------------------------------------------
MEDIA_ENGINE = env("MEMBERSNET_SPEECH_ENGINE", default="auto")  # auto, whisper or pocketsphinx
MEDIA_WHISPER_MODEL = env("MEMBERSNET_WHISPER_MODEL", default="small.en")  # a name or a folder
MEDIA_MODEL_CACHE = Path(env("MEMBERSNET_MODEL_CACHE", default=str(DATA_DIR / "models")))
MEDIA_SPEECH_DEVICE = env("MEMBERSNET_SPEECH_DEVICE", default="auto")  # auto, cpu or cuda
_SPEECH_AT_ONCE = max(1, (os.cpu_count() or 1) // 4)  # each may keep four cores busy
MEDIA_SPEECH_AT_ONCE = env.int("MEMBERSNET_SPEECH_AT_ONCE", default=_SPEECH_AT_ONCE)
MEDIA_MAX_BYTES = env.int("MEMBERSNET_MAX_FILM_BYTES", default=8 * 1024**3)
MEDIA_MAX_OPEN_UPLOADS = env.int("MEMBERSNET_MAX_OPEN_UPLOADS", default=5)  # a person
MEDIA_UPLOAD_DAYS = env.int("MEMBERSNET_UPLOAD_DAYS", default=7)  # kept after its last byte
MEDIA_WORK_DIR = Path(env("MEMBERSNET_WORK_DIR", default=str(DATA_DIR / "work")))
MEDIA_ADDRESS_SECONDS = env.int("MEMBERSNET_FILM_ADDRESS_SECONDS", default=4 * 60 * 60)
MEDIA_MAX_SECONDS = env.int("MEMBERSNET_MAX_FILM_SECONDS", default=3 * 60 * 60)
MEDIA_MAX_SIDE = env.int("MEMBERSNET_MAX_FILM_SIDE", default=8192)  # pixels
MEDIA_MAX_FRAMES = env.int("MEMBERSNET_MAX_FILM_FRAMES", default=1_500_000)
MEDIA_MAX_FRAME_RATE = env.int("MEMBERSNET_MAX_FILM_FRAME_RATE", default=240)
MEDIA_MAX_STREAMS = env.int("MEMBERSNET_MAX_FILM_STREAMS", default=32)
MEDIA_MAX_ATTACHED = env.int("MEMBERSNET_MAX_FILM_ATTACHED_BYTES", default=64 * 1024**2)
MEDIA_IMPRINT = IMPRINT  # offered for clips
MEDIA_CLIP_SECONDS = env.int("MEMBERSNET_MAX_CLIP_SECONDS", default=140)
MEDIA_CLIP_SIDE = env.int("MEMBERSNET_CLIP_SIDE", default=1080)  # pixels of the shorter side
MEDIA_CLIP_DAYS = env.int("MEMBERSNET_CLIP_DAYS", default=30)

# --- what may be sent (docs/operating.md states the same for the proxy) -----------------------
SMALL_BODY = 1_000_000  # bytes that anybody may send to any address
# The first address that fits decides: (what it begins with, the right it takes, bytes).
LARGE_BODIES = (
    ("/uploads/", "media_pipeline.add_film", MEDIA_MAX_BYTES),
    ("/admin/films/new/", "media_pipeline.add_film", MEDIA_MAX_BYTES + SMALL_BODY),
    ("/admin/", "wagtailadmin.access_admin", 25_000_000),
)

# --- search ----------------------------------------------------------------------------------
SEARCH_ENGINE = env("MEMBERSNET_SEARCH_ENGINE", default="embedded")  # or cluster
SEARCH_INDEX_DIR = DATA_DIR / "index"
SEARCH_URL = env("MEMBERSNET_SEARCH_URL", default="http://127.0.0.1:9200/membersnet")  # cluster's
SEARCH_HELP = env("MEMBERSNET_SEARCH_HELP", default="")  # whom to ask where nothing is found

# --- Wagtail ---------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Membersnet"
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # our addresses match plain slugs
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # /account/ does
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False  # /accounts/ does
WAGTAILUSERS_PASSWORD_REQUIRED = False  # without one the member is sent an invitation
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 5
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "txt"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
TAGGIT_CASE_INSENSITIVE = True

# --- language and time -----------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
TIME_ZONE = "Europe/London"
USE_TZ = True
FORMAT_MODULE_PATH = ["membersnet.formats"]

OPERATORS_TOKEN = env("MEMBERSNET_OPERATORS_TOKEN", default="")  # for /healthz and /metrics

# --- safety ----------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "membersnet.views.csrf_failure"
SECURE_SSL_REDIRECT = env.bool("MEMBERSNET_SSL_REDIRECT", default=HTTPS)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("MEMBERSNET_BEHIND_PROXY", False) else None
)
FOUND_BY_SEARCH_ENGINES = {"account_login", "learning:check"}  # no other page
SECURE_REFERRER_POLICY = "same-origin"
# Behind a proxy the limits of sign-in count the visitor's address, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("MEMBERSNET_BEHIND_PROXY", False) else 0
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = env("MEMBERSNET_ORIGIN_HEADER", default="") or None
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview shows a page inside its own admin,
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # so the check that asks for DENY is answered
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *MEDIA_STORAGE.origins],
        "font-src": [SELF],
        "media-src": [SELF, *MEDIA_STORAGE.film_origins],
        "connect-src": [SELF, *MEDIA_STORAGE.film_origins],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("MEMBERSNET_LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
    },
}
