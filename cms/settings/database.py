"""Which database, from one variable: SQLite by default, PostgreSQL by DATABASE_URL."""

import sqlite3
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

# The WAL-reset fault of SQLite (two connections that write and checkpoint at once) was mended in 3.51.3.
WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)
JOURNAL_MODE = "wal" if WAL_IS_SAFE else "delete"  # set at each migrate, see cms/journal.py: the file keeps it


def sqlite_config(path: Path) -> dict:
    """Writers queue instead of failing (IMMEDIATE), every commit reaches the disk (FULL)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
        },
    }


def postgresql_config(url: str) -> dict:
    """postgresql://user:password@host:port/name?option=value as Django wants it."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 600,
        "OPTIONS": {"options": "-c lock_timeout=10s -c statement_timeout=60s", **dict(parse_qsl(parts.query))},
    }


def database_config(url: str | None, *, default: Path) -> dict:
    """The DATABASES["default"] of a URL, or SQLite at `default`.

    Raises ValueError for a scheme other than sqlite and postgres(ql), and for a relative path.
    """
    if not url:
        return sqlite_config(default)
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        path = Path(unquote(urlsplit(url).path)[1:])
        if not path.is_absolute():
            raise ValueError("DATABASE_URL must name SQLite's file from the root: sqlite:////absolute/path.sqlite3")
        return sqlite_config(path)
    if scheme in {"postgres", "postgresql"}:
        return postgresql_config(url)
    raise ValueError(f"DATABASE_URL must begin with sqlite:// or postgresql://, not {scheme}://")
