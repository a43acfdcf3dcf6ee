"""What this machine offers beyond SQLite: a PostgreSQL server, and Chromium with a Chinese font.

LINLI_REQUIRE=postgresql,chromium makes their absence a failure instead of a remark. LINLI_THOROUGH=1 makes tests that
repeat a thing (races, tampering) repeat it as often as the figures say.
"""

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SOCKET_DIRECTORIES = ("/var/run/postgresql", "/tmp")  # noqa: S108


def required() -> set[str]:
    """The engines whose absence fails the suite."""
    return {name.strip() for name in os.environ.get("LINLI_REQUIRE", "").split(",") if name.strip()}


def tries(quick: int, *, thorough: int) -> int:
    """How often something is tried: few times while one works, the whole number where LINLI_THOROUGH is set (CI)."""
    return thorough if os.environ.get("LINLI_THOROUGH") else quick


def missing_chromium() -> str:
    """Why browser tests cannot run, or an empty text."""
    if not chromium():
        return "no Chromium found (on Debian: apt install chromium)"
    if not _has_chinese_font():
        return "no Chinese font found (on Debian: apt install fonts-noto-cjk)"
    return ""


@cache
def chromium() -> str | None:
    """The path of the browser."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@cache
def _has_chinese_font() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True).stdout.strip())


@cache
def postgresql() -> str | None:
    """A URL of a PostgreSQL database from which test databases may be made: DATABASE_URL_TEST, or one found here."""
    given = os.environ.get("DATABASE_URL_TEST")
    candidates = [given] if given else list(_usual_places())
    return next(filter(_may_create_databases, candidates), None)


def _usual_places():
    for directory in SOCKET_DIRECTORIES:
        if Path(directory, ".s.PGSQL.5432").exists():
            yield f"postgresql:///postgres?host={directory}"
    for user in ("", "postgres@"):
        yield f"postgresql://{user}127.0.0.1/postgres"


def _may_create_databases(url: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
            return bool(row.fetchone()[0])
    except psycopg.Error:
        return False
