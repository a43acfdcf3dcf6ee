"""How SQLite keeps its journal: set once, when the database is migrated; the file remembers.

WAL is faster for readers, but before SQLite 3.51.3 two connections that write and checkpoint at the same moment could
damage the file, so older libraries get the rollback journal.
"""

from django.core import checks
from django.db import connections

from cms.settings.database import JOURNAL_MODE, WAL_IS_SAFE


def set_journal_mode(using: str = "default", **kwargs) -> None:
    """A receiver of post_migrate. Does nothing on other engines, or inside a transaction, where SQLite refuses."""
    connection = connections[using]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA journal_mode={JOURNAL_MODE}")


def journal_mode(using: str = "default") -> str:
    with connections[using].cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        return cursor.fetchone()[0]


@checks.register(checks.Tags.database)
def check_journal_mode(app_configs, databases, **kwargs):
    """`check --database default` says when a file made by a newer SQLite is opened by one that may damage it."""
    return [
        checks.Error(
            f"The database “{using}” is in WAL mode, which this SQLite may damage.",
            hint="Stop every process of Linli and run `python manage.py migrate`, or install SQLite 3.51.3 or newer.",
            id="cms.E001",
        )
        for using in databases or ()
        if connections[using].vendor == "sqlite" and not WAL_IS_SAFE and journal_mode(using) == "wal"
    ]
