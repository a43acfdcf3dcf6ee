"""What somebody left behind in the database: a checksum of every table, and every statement that writes."""

import hashlib
import re
from collections import defaultdict
from contextlib import contextmanager

from django.db import connection

# What reading may write, and why. Everything else in the database is the same after a GET as before.
WRITTEN_BY_READING = {
    "django_session": "who is signed in, and the sentence shown on the next page",
    "wagtailusers_userprofile": "Wagtail keeps a person's preferences, made when they first enter the admin",
    "wagtailadmin_editingsession": "Wagtail tells editors who else has the page open",
    "wagtailcore_pagesubscription": "Wagtail notes whether somebody who opened the editor wants to hear of comments",
    "home_linlirendition": "a picture is drawn in a size when the size is first asked for",
}
WRITING = re.compile(r"\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+[\"`]?(\w+)", re.I)


def checksums() -> dict[str, str]:
    """Of each table of the database."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {table: _checksum(cursor, table) for table in tables}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """Tables that differ, but for those that reading may write."""
    return {table for table in before | after if before.get(table) != after.get(table)} - WRITTEN_BY_READING.keys()


@contextmanager
def writes():
    """Gathers the tables that are written to, those within `WRITTEN_BY_READING` left out."""
    found: set[str] = set()

    def watch(execute, sql, parameters, many, context):
        match = WRITING.match(sql)
        if match and match[1] not in WRITTEN_BY_READING:
            found.add(match[1])
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(watch):
        yield found


def rows() -> dict[str, list[tuple]]:
    """All that the database holds, by table."""
    held = defaultdict(list)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            held[table] = cursor.fetchall()
    return held


def _checksum(cursor, table: str) -> str:
    cursor.execute(f'SELECT * FROM "{table}"')
    return hashlib.sha256("\n".join(sorted(repr(row) for row in cursor.fetchall())).encode()).hexdigest()
