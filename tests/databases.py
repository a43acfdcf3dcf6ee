"""The test databases: migrated once, copied for every worker, put back by copying after a test that commits.

Migrating takes some twenty seconds, so the result is kept under var/tests/ (SQLite) or as a template database
(PostgreSQL), named by a fingerprint of what it depends on:

* `migrated-…`: all migrations applied; made again when a migration or a pinned package changes;
* `ready-…`: the former after `post_migrate`, so with the triggers of today's code; made again when any code changes.

A test that commits cannot be cleaned up by emptying tables, since append-only tables refuse that: its database is
thrown away and copied again, triggers, pages and all.
"""

import fcntl
import hashlib
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, connections

CACHE = settings.BASE_DIR / "var" / "tests"
PACKAGES = ("cms", "community", "home", "workflows", "services")


def database_of_this_worker():
    """The databases of the engine that the settings name."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return (SqliteDatabase if connection.vendor == "sqlite" else PostgresqlDatabase)(worker)


class TestDatabase:
    """What both engines share: when to build which stage. Subclasses copy, look up and remove by name."""

    __test__ = False

    def __init__(self, worker: str):
        migrations = [path for package in PACKAGES for path in settings.BASE_DIR.glob(f"{package}/migrations/*.py")]
        code = [path for package in PACKAGES for path in settings.BASE_DIR.glob(f"{package}/**/*.py")]
        pinned = settings.BASE_DIR / "requirements.txt"
        self.migrated = f"migrated-{_fingerprint([*migrations, pinned])}"
        self.ready = f"ready-{_fingerprint([*code, pinned])}"
        self.worker = f"worker-{worker}"

    def set_up(self, *, rebuild: bool) -> None:
        """Have this worker's own copy and point Django at it."""
        with _one_process_at_a_time():
            if rebuild:
                self.remove_all("")
            if not self.exists(self.ready):
                self._build()
        self.restore()

    def restore(self) -> None:
        """Make this worker's database what it was before the first test."""
        connections.close_all()
        self.copy(self.ready, self.worker)
        self.use(self.worker)

    def tear_down(self) -> None:
        connections.close_all()
        self.remove(self.worker)

    def _build(self) -> None:
        self.remove_all("ready-")
        if not self.exists(self.migrated):
            self.remove_all("migrated-")
            self.create("building")
            self.use("building")
            call_command("migrate", verbosity=0, interactive=False)
            connections.close_all()
            self.rename("building", self.migrated)
        self.copy(self.migrated, "building")
        self.use("building")
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
        connections.close_all()
        self.rename("building", self.ready)

    def use(self, name: str) -> None:
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = self.place(name)


class SqliteDatabase(TestDatabase):
    """One file per stage and worker."""

    def place(self, name: str) -> str:
        folder = settings.VAR_DIR if name == self.worker else CACHE
        return str(folder / f"{name}.sqlite3")

    def exists(self, name: str) -> bool:
        return Path(self.place(name)).exists()

    def create(self, name: str) -> None:
        self.remove(name)

    def copy(self, source: str, target: str) -> None:
        self.remove(target)
        shutil.copyfile(self.place(source), self.place(target))

    def rename(self, source: str, target: str) -> None:
        os.replace(self.place(source), self.place(target))

    def remove(self, name: str) -> None:
        for suffix in ("", "-journal", "-wal", "-shm"):
            Path(self.place(name) + suffix).unlink(missing_ok=True)

    def remove_all(self, prefix: str) -> None:
        for path in CACHE.glob(f"{prefix}*.sqlite3*"):
            path.unlink(missing_ok=True)


class PostgresqlDatabase(TestDatabase):
    """One database per stage and worker, named after this checkout so that two checkouts do not meet."""

    def __init__(self, worker: str):
        super().__init__(worker)
        self.prefix = f"linli_test_{hashlib.sha256(str(settings.BASE_DIR).encode()).hexdigest()[:8]}_"
        self.server = dict(connection.settings_dict)

    def place(self, name: str) -> str:
        return self.prefix + name.replace("-", "_")

    def exists(self, name: str) -> bool:
        return bool(self._run("SELECT 1 FROM pg_database WHERE datname = %s", [self.place(name)]))

    def create(self, name: str) -> None:
        self.remove(name)
        self._run(f"CREATE DATABASE \"{self.place(name)}\" TEMPLATE template0 ENCODING 'UTF8'")

    def copy(self, source: str, target: str) -> None:
        self.remove(target)
        self._run(f'CREATE DATABASE "{self.place(target)}" TEMPLATE "{self.place(source)}"')

    def rename(self, source: str, target: str) -> None:
        self._run(f'ALTER DATABASE "{self.place(source)}" RENAME TO "{self.place(target)}"')

    def remove(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self.place(name)}" WITH (FORCE)')

    def remove_all(self, prefix: str) -> None:
        pattern = (self.prefix + prefix.replace("-", "_")).replace("_", r"\_") + "%"
        for (name,) in self._run("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern]):
            self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str, parameters: list | None = None) -> list[tuple]:
        """Outside any transaction, on the server's own database."""
        outer = connection.copy(alias="server")
        outer.settings_dict.update(self.server)
        try:
            with outer.cursor() as cursor:
                cursor.execute(statement, parameters)
                return cursor.fetchall() if cursor.description else []
        finally:
            outer.close()


def _fingerprint(paths: list[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(settings.BASE_DIR)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:12]


@contextmanager
def _one_process_at_a_time():
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
