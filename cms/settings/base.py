"""What every environment shares. Secrets and places come from dev, test or production."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from cms.logs import LOGGING  # noqa: F401

from .database import database_config
from .mail import mail_config, webhook_hosts

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("LINLI_VAR", BASE_DIR / "var"))

DEBUG = False
ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "cms",
    "services",
    "workflows",
    "home",
    "community",
    "simple_history",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.typed_table_block",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "cms.quiet_admin.QuietAdminConfig",
    "wagtail",
    "modelsearch",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.middleware.BrowserPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.middleware.LanguageMiddleware",
    "cms.middleware.MaintenanceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database_config(os.environ.get("DATABASE_URL"), default=VAR_DIR / "linli.sqlite3")}

AUTH_USER_MODEL = "community.User"
AUTHENTICATION_BACKENDS = ["community.backends.AppointmentBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
] + [{"NAME": "community.passwords.NeighbourhoodPasswordValidator"}]

# Language: Chinese without a prefix, English under /en/.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
# The second catalogue holds what Wagtail and its like leave in English; `make messages` does not touch it.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_wagtail"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Shared by the processes of one machine; several machines name a Redis here.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
# How many proxies of ours stand before the server: whose X-Forwarded-For is believed.
LINLI_PROXIES = int(os.environ.get("LINLI_PROXIES", "0"))

# Mail leaves by the server that EMAIL_URL names; without one nobody is offered e-mail.
globals().update(mail_config(os.environ.get("EMAIL_URL")))
LINLI_EMAIL = bool(os.environ.get("EMAIL_URL"))
DEFAULT_FROM_EMAIL = os.environ.get("LINLI_MAIL_FROM", "linli@localhost")
# The hosts of chat bots to which the server may send, and how each wants to be written to.
LINLI_WEBHOOK_HOSTS = webhook_hosts(
    os.environ.get(
        "LINLI_WEBHOOK_HOSTS",
        "qyapi.weixin.qq.com=wecom, oapi.dingtalk.com=dingtalk, open.feishu.cn=feishu",
    )
)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# History: the reason is a text; the actor and the event come from the act, never from the request.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# Set to anything while the server is being mended: every page answers 503. So does a file `maintenance` in VAR_DIR.
LINLI_MAINTENANCE = os.environ.get("LINLI_MAINTENANCE", "")

# Shown wherever a page knows no nearer number: the public service line of every Chinese city.
LINLI_PHONE = os.environ.get("LINLI_PHONE", "12345")

WAGTAIL_SITE_NAME = "邻里 Linli"
WAGTAILADMIN_BASE_URL = os.environ.get("LINLI_BASE_URL", "http://127.0.0.1:8000")
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Nobody publishes their own text: an approved review is the only way to the public.
WAGTAIL_FINISH_WORKFLOW_ACTION = "home.publishing.finish.publish_reviewed"
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILIMAGES_IMAGE_MODEL = "home.LinliImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.admin.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_MODEL = "home.LinliDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.admin.forms.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
# Accounts are kept in the register of members: no mail, no reset by mail, nothing to delete.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "txt", "csv"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Nothing is asked of other hosts: no pictures of people, no news of releases.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "sign-in"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
