"""One machine, one person trying it: generated secrets under var/, the demo allowed, DEBUG off."""

import os
import secrets

from .base import *  # noqa: F403
from .base import VAR_DIR


def kept_secret(name: str, size: int = 32) -> str:
    """A secret made once and kept in a file that only its owner can read."""
    path = VAR_DIR / name
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(size))
    return path.read_text().strip()


SECRET_KEY = kept_secret("secret-key")
LINLI_MASTER_KEY = kept_secret("master-key")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
LINLI_DEMO_ALLOWED = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
LINLI_EMAIL = True
