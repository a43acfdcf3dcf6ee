"""A community in earnest. Refuses to start when a secret or a place is missing."""

import os
import re

from django.core.exceptions import ImproperlyConfigured

REQUIRED = {
    "SECRET_KEY": "a long random text; sessions and one-time links are signed with it",
    "ALLOWED_HOSTS": "the host names, comma-separated",
    "DATABASE_URL": "sqlite:////absolute/path.sqlite3 or postgresql://user:password@host/name",
    "LINLI_MASTER_KEY": "64 hexadecimal digits; wraps the keys of sealed texts, keep a copy apart from the backups",
}
missing = [f"{name} ({meaning})" for name, meaning in REQUIRED.items() if not os.environ.get(name)]
if missing:
    raise ImproperlyConfigured("Linli does not start without: " + "; ".join(missing))
if not re.fullmatch(r"[0-9a-fA-F]{64}", os.environ["LINLI_MASTER_KEY"]):
    raise ImproperlyConfigured("LINLI_MASTER_KEY must be 64 hexadecimal digits.")

from .base import *  # noqa: E402, F403

SECRET_KEY = os.environ["SECRET_KEY"]
SECRET_KEY_FALLBACKS = os.environ.get("SECRET_KEY_FALLBACKS", "").split()
LINLI_MASTER_KEY = os.environ["LINLI_MASTER_KEY"]
ALLOWED_HOSTS = [host.strip() for host in os.environ["ALLOWED_HOSTS"].split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not host.startswith((".", "*"))]
LINLI_DEMO_ALLOWED = False

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
