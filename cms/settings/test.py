"""For the tests: fast hashing, files in a temporary place, tasks run at once."""

import atexit
import os
import shutil
import tempfile

if "LINLI_VAR" not in os.environ:
    os.environ["LINLI_VAR"] = tempfile.mkdtemp(prefix="linli-test-")
    atexit.register(shutil.rmtree, os.environ["LINLI_VAR"], ignore_errors=True)

from .base import *  # noqa: E402, F403
from .base import CACHES, DATABASES, STATIC_ROOT, STORAGES, VAR_DIR  # noqa: E402

STATIC_ROOT.mkdir(parents=True, exist_ok=True)

SECRET_KEY = "for tests only"
LINLI_MASTER_KEY = "00" * 32
LINLI_DEMO_ALLOWED = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LINLI_EMAIL = True

# Tests empty the cache before they begin: each worker has one of its own.
CACHES["default"]["LOCATION"] = VAR_DIR / "cache" / os.environ.get("PYTEST_XDIST_WORKER", "main")

# Connections end with the request, so that a database can be put back between tests (see tests/databases.py).
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Nothing of a test has to survive a power cut.
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
