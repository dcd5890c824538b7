"""The one settings file. Everything that differs between machines comes from the environment; what is missing is said loudly."""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from oscar import INSTALLED_APPS as OSCAR_APPS
from oscar.defaults import *  # noqa: F403  Oscar reads its defaults from here

from marketplace.maps.tiles import tile_host

OSCAR_FORKS = {
    "oscar.config.Shop": "marketplace.core.quiet_oscar.QuietShop",
    "oscar.apps.analytics.apps.AnalyticsConfig": "marketplace.core.quiet_oscar.QuietAnalytics",
    "oscar.apps.dashboard.apps.DashboardConfig": "marketplace.core.quiet_oscar.QuietDashboard",
    "oscar.apps.checkout.apps.CheckoutConfig": "marketplace.checkout.apps.CheckoutConfig",
    "oscar.apps.address.apps.AddressConfig": "marketplace.address.apps.AddressConfig",
    "oscar.apps.catalogue.apps.CatalogueConfig": "catalogue.apps.CatalogueConfig",
    "oscar.apps.partner.apps.PartnerConfig": "marketplace.partner.apps.PartnerConfig",
    "oscar.apps.basket.apps.BasketConfig": "marketplace.basket.apps.BasketConfig",
    "oscar.apps.offer.apps.OfferConfig": "marketplace.offer.apps.OfferConfig",
    "oscar.apps.order.apps.OrderConfig": "marketplace.order.apps.OrderConfig",
    "oscar.apps.customer.apps.CustomerConfig": "marketplace.customer.apps.CustomerConfig",
    "oscar.apps.search.apps.SearchConfig": "marketplace.search.apps.SearchConfig",
    "oscar.apps.shipping.apps.ShippingConfig": "marketplace.shipping.apps.ShippingConfig",
    "oscar.apps.voucher.apps.VoucherConfig": "marketplace.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig": "marketplace.wishlists.apps.WishlistsConfig",
}

BASE_DIR = Path(__file__).resolve().parent.parent
RASTEH_ENV = os.environ.get("RASTEH_ENV", "demo")
if RASTEH_ENV not in {"demo", "production", "test"}:
    raise ImproperlyConfigured("RASTEH_ENV must be demo, production or test.")
PRODUCTION = RASTEH_ENV == "production"
DEMO = RASTEH_ENV == "demo"
DEMO_WORKS = int(os.environ.get("DEMO_WORKS", "600"))
VAR_DIR = Path(os.environ.get("RASTEH_VAR", BASE_DIR / "var")).resolve()
BUILT_DIR = VAR_DIR / "built"
for folder in (BUILT_DIR, VAR_DIR / "media" / "public", VAR_DIR / "media" / "private"):
    folder.mkdir(parents=True, exist_ok=True)


def _required(name: str, why: str) -> str:
    """The environment's value; in production its absence stops the start with one sentence."""
    value = os.environ.get(name, "")
    if not value and PRODUCTION:
        raise ImproperlyConfigured(f"{name} is not set: {why}")
    return value


def _local_secret() -> str:
    """A key for the demo and for tests, made once and kept beside the database, never in the repository."""
    path = VAR_DIR / "secret_key"
    if not path.exists():
        import secrets

        path.write_text(secrets.token_urlsafe(48))
        path.chmod(0o600)
    return path.read_text()


SECRET_KEY = _required("SECRET_KEY", "it signs sessions and private addresses; give 50 or more random characters.")
SECRET_KEY = SECRET_KEY or _local_secret()
CREDENTIAL_KEY_SECRET = _required(
    "CREDENTIAL_KEY_SECRET",
    "it locks the keys that sign credentials; give 50 or more random characters and keep them apart from the database.",
)
CREDENTIAL_KEY_SECRET = CREDENTIAL_KEY_SECRET or SECRET_KEY
DEBUG = False
ALLOWED_HOSTS = [h for h in _required("ALLOWED_HOSTS", "name the site's hosts, comma separated.").split(",") if h]
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]", "testserver"]
SITE_URL = _required("SITE_URL", "the public address, such as https://rasteh.example; gateways return buyers to it.")
SITE_URL = (SITE_URL or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")
SITE_ID = 1
#: Whether crawlers may keep our pages: the demo and a staging host (INDEXED=off) are not the real site.
INDEXED = os.environ.get("INDEXED", "off" if DEMO else "on") == "on"

INSTALLED_APPS = [
    # haystack is never needed; Oscar's dashboard joins when a room dresses it as ours
    *(
        OSCAR_FORKS.get(app, app)
        for app in OSCAR_APPS
        if app in OSCAR_FORKS or not app.startswith(("haystack", "oscar.apps.dashboard."))
    ),
    "marketplace.core",
    "marketplace.crafts",
    "marketplace.places",
    "marketplace.makers",
    "marketplace.matters",
    "marketplace.juries",
    "authenticity",
    "marketplace.bazaars",
    "marketplace.stalls",
    "marketplace.listing",
    "marketplace.drafts",
    "marketplace.joining",
    "marketplace.suspicion",
    "marketplace.customs",
    "marketplace.ledger",
    "marketplace.payments",
    "marketplace.bookings",
    "marketplace.rents",
    "marketplace.export",
    "marketplace.rounds",
    "marketplace.ui",
    "marketplace.talks",
    "marketplace.reviews",
    "marketplace.secretariats",
    "marketplace.seasons",
    "marketplace.found",
    "marketplace.maps",
    "marketplace.shop",
    "marketplace.desks",
    "marketplace.api",
    "marketplace.saved",
    "marketplace.demo",
    "marketplace.bench",
    "cms",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.sitemaps",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "two_factor",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "marketplace.found.middleware.NotIndexed",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "cms.middleware.RightsOfTheDay",
    "marketplace.core.middleware.StaffBehindSecondFactor",
    "marketplace.core.middleware.WhoActs",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "cms.middleware.EditorPolicy",
    "django_htmx.middleware.HtmxMiddleware",
    "marketplace.ui.preferences.ReaderPreferences",
    "marketplace.basket.middleware.BasketMiddleware",
    "cms.middleware.Redirects",
]

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "marketplace" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "marketplace.shop.context.frame",
                "marketplace.ui.preferences.context",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'rasteh.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
_required("DATABASE_URL", "production runs on PostgreSQL: postgres://user:password@host:5432/name.")
SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if SQLITE:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIGRATION_MODULES = {"customer": "oscar.apps.customer.migrations"}

CACHES = {
    "default": {
        "BACKEND": "marketplace.core.counting_cache.CountingDatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
if os.environ.get("REDIS_URL"):
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ["REDIS_URL"],
    }
elif RASTEH_ENV == "test":
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
#: Answers of the search engine, in each process's own memory: the index is some seconds behind the market anyway. Tests keep none.
CACHES["answers"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "answers",
    "TIMEOUT": 3,
    "OPTIONS": {"MAX_ENTRIES": 500},
}
if RASTEH_ENV == "test":
    CACHES["answers"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
#: Pages ready for readers who are nobody yet, where all processes find them: Redis, or files of this machine. Tests keep none.
CACHES["pages"] = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "LOCATION": str(VAR_DIR / "pages"),
    "OPTIONS": {"MAX_ENTRIES": 5_000},
}
if os.environ.get("REDIS_URL"):
    CACHES["pages"] = CACHES["default"] | {"KEY_PREFIX": "pages"}
elif RASTEH_ENV == "test":
    CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if RASTEH_ENV == "test"
        else "django_tasks_db.DatabaseBackend",
    }
}

# Files: public ones are re-encoded pictures; private ones (licences, evidence) are reached by signed addresses only.
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "media" / "public", "base_url": "/media/"},
    },
    "private": {
        "BACKEND": "marketplace.core.storage.PrivateFileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "media" / "private"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if RASTEH_ENV == "test"
        else "marketplace.core.storage.HashedStaticFiles"
    },
}
if os.environ.get("S3_BUCKET_PUBLIC"):
    _s3 = {"endpoint_url": os.environ.get("S3_ENDPOINT_URL"), "file_overwrite": False, "signature_version": "s3v4"}
    _s3 |= {"region_name": os.environ.get("S3_REGION", "us-east-1"), "addressing_style": "path"}
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": _s3 | {"bucket_name": os.environ["S3_BUCKET_PUBLIC"], "querystring_auth": False},
    }
    STORAGES["private"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": _s3 | {"bucket_name": os.environ["S3_BUCKET_PRIVATE"], "querystring_expire": 300},
    }
MEDIA_ROOT = VAR_DIR / "media" / "public"
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", BUILT_DIR]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "marketplace.maps.finders.LeafletFinder",
    "marketplace.ui.stylesheets.BundleFinder",
]
WHITENOISE_USE_FINDERS = RASTEH_ENV == "test"
WHITENOISE_AUTOREFRESH = False

LANGUAGE_CODE = "fa"
LANGUAGES = [("fa", "فارسی"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "marketplace" / "locale"]
TIME_ZONE = "Asia/Tehran"
USE_TZ = True
USE_I18N = True

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["marketplace.core.backends.MobileOrMailBackend"]
LOGIN_URL = "shop:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if RASTEH_ENV == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 9}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Staff doors ask for a second factor; the demo's staff accounts have none, so only the demo may say so.
SECOND_FACTOR_REQUIRED = RASTEH_ENV != "demo"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OSCAR_BASKET_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]

#: A tile server's address for the maps, such as https://tiles.example/{z}/{x}/{y}.png, and whom it wants named. None is needed.
MAP_TILES, MAP_TILES_CREDIT = os.environ.get("MAP_TILES", ""), os.environ.get("MAP_TILES_CREDIT", "")
try:
    _tile_hosts = [host for host in [tile_host(MAP_TILES)] if host]
except ValueError as error:
    raise ImproperlyConfigured(str(error)) from error

#: Hosts of pictures beside our own.
PICTURE_HOSTS = [os.environ["S3_PUBLIC_URL"]] if os.environ.get("S3_PUBLIC_URL") else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *PICTURE_HOSTS, *_tile_hosts],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *filter(None, os.environ.get("CSP_FORM_ACTION", "").split(","))],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
PICTURE_MAX_PIXELS = 60_000_000
PICTURE_MAX_BYTES = 20 * 1024 * 1024

# Oscar
OSCAR_SHOP_NAME = "راسته"
OSCAR_DEFAULT_CURRENCY = "IRR"
OSCAR_SLUG_ALLOW_UNICODE = True
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_EAGER_ALERTS = False
OSCAR_SEND_REGISTRATION_EMAIL = False
OSCAR_INITIAL_ORDER_STATUS = "placed"
OSCAR_INITIAL_LINE_STATUS = "placed"
OSCAR_ORDER_STATUS_PIPELINE = {"placed": ("cancelled",), "cancelled": ()}
OSCAR_MISSING_IMAGE_URL = "image_not_found.jpg"
OSCAR_DELETE_IMAGE_FILES = False
OSCAR_HOMEPAGE = "/"
OSCAR_FROM_EMAIL = os.environ.get("FROM_EMAIL", "noreply@localhost")
DEFAULT_FROM_EMAIL = OSCAR_FROM_EMAIL
OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 50
OSCAR_OFFER_ROUNDING_FUNCTION = "marketplace.offer.rounding.whole_rial"
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}

WAGTAIL_SITE_NAME = "راسته"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "cms.CmsImage"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_RESET_ENABLED = False  # the market's own way is the only one
#: Nothing that a browser would run: papers, tables, sound, moving pictures and their captions.
WAGTAILDOCS_EXTENSIONS = ["pdf", "csv", "xlsx", "docx", "zip", "mp3", "ogg", "mp4", "webm", "vtt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf", "audio/mpeg", "audio/ogg", "video/mp4", "video/webm", "text/vtt"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.forms.CmsImageForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = PICTURE_MAX_BYTES
WAGTAILIMAGES_MAX_IMAGE_PIXELS = PICTURE_MAX_PIXELS

# Search and payment doors
ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")
# Raised with the shape of documents: an index of another shape is left alone, and a new one is built beside it.
SEARCH_INDEX_SHAPE = 5
SEARCH_INDEX_NAME = f"{os.environ.get('SEARCH_INDEX_NAME', 'rasteh-works')}-{SEARCH_INDEX_SHAPE}"
SEARCH_INDEX_DIR = VAR_DIR / "index"
SANDBOX_GATEWAY_URL = os.environ.get("SANDBOX_GATEWAY_URL", "http://127.0.0.1:8001")
ZARINPAL_MERCHANT_ID = os.environ.get("ZARINPAL_MERCHANT_ID", "")
ZARINPAL_MOST_PARTS = int(os.environ.get("ZARINPAL_MOST_PARTS", "5"))
ZARINPAL_ACCESS_TOKEN = os.environ.get("ZARINPAL_ACCESS_TOKEN", "")
ZARINPAL_TERMINAL_ID = os.environ.get("ZARINPAL_TERMINAL_ID", "")
STRIPE_SECRET_KEY = os.environ.get("STRIPE_SECRET_KEY", "")
STRIPE_WEBHOOK_SECRET = os.environ.get("STRIPE_WEBHOOK_SECRET", "")
STRIPE_CURRENCIES = [one.strip().upper() for one in os.environ.get("STRIPE_CURRENCIES", "").split(",") if one.strip()]
PAYMENT_GATEWAY = os.environ.get("PAYMENT_GATEWAY", "" if PRODUCTION else "sandbox")
#: Whether a payment is sent straight to the makers' accounts where its gateway can; else all are paid by Sheba file.
PAYMENT_SPLIT = os.environ.get("PAYMENT_SPLIT", "on") == "on"
if PRODUCTION and not PAYMENT_GATEWAY:
    raise ImproperlyConfigured("PAYMENT_GATEWAY is not set: name the gateway buyers pay through, such as zarinpal.")
_gateways = [name.strip() for name in PAYMENT_GATEWAY.split(",")]
if "zarinpal" in _gateways:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append("https://payment.zarinpal.com")
if "stripe" in _gateways:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append("https://checkout.stripe.com")
if not PRODUCTION or "sandbox" in _gateways:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(SANDBOX_GATEWAY_URL)
RESERVATION_MINUTES = 15

#: Who sends short messages: "console" (demo), "kavenegar" (needs KAVENEGAR_KEY), or nobody.
SMS_SENDER = os.environ.get("SMS_SENDER", "console" if DEMO else "")
KAVENEGAR_KEY, KAVENEGAR_LINE = os.environ.get("KAVENEGAR_KEY", ""), os.environ.get("KAVENEGAR_LINE", "")
if SMS_SENDER not in {"", "console", "kavenegar"}:
    raise ImproperlyConfigured("SMS_SENDER must be console, kavenegar or empty.")
if SMS_SENDER == "kavenegar" and not KAVENEGAR_KEY:
    raise ImproperlyConfigured("KAVENEGAR_KEY is not set: short messages cannot be sent.")
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if os.environ.get("EMAIL_URL"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["EMAIL_URL"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
MESSAGE_TAGS = {40: "error"}
SILENCED_SYSTEM_CHECKS: list[str] = []
