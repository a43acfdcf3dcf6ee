"""Tampering by plain SQL, as the owner of a database could do it once the triggers are gone."""

import json
import random
import uuid
from contextlib import contextmanager

from django.db import connection, transaction

from community.canonical import canonical_text, link_hash
from community.models import Event, HistoryRow
from community.triggers import remove_triggers
from community.verification import recorded_models

EVENTS = Event._meta.db_table
FAR = 1_000_000


def sql(statement: str, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def unprotect() -> None:
    """Drop the triggers, for the rest of the transaction."""
    if connection.vendor == "postgresql":
        sql("SET CONSTRAINTS ALL IMMEDIATE")
        sql("SET CONSTRAINTS ALL DEFERRED")
    remove_triggers()


@contextmanager
def undone():
    """What happens inside is rolled back, whatever it was."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def changed(value, random: random.Random):
    """Another value that the same column takes."""
    if value is None:
        return None
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + random.randint(1, 9)
    if isinstance(value, str) and len(value) == 32 and connection.vendor == "sqlite":
        return uuid.UUID(int=random.getrandbits(128)).hex
    if isinstance(value, str):
        place = random.randrange(len(value)) if value else 0
        if value[:4].isdigit():
            return "1999" + value[4:]
        return value[:place] + ("x" if value[place : place + 1] != "x" else "y") + value[place + 1 :]
    if isinstance(value, uuid.UUID):
        return uuid.UUID(int=random.getrandbits(128))
    return value.replace(year=1999)


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def row_of(table: str, key_column: str, key) -> dict:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" WHERE "{key_column}" = %s', [key])
        return dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))


def write(table: str, key_column: str, key, **values) -> None:
    assignments = ", ".join(f'"{name}" = %s' for name in values)
    sql(f'UPDATE "{table}" SET {assignments} WHERE "{key_column}" = %s', *values.values(), key)


def insert(table: str, values: dict) -> None:
    names, places = ", ".join(f'"{name}"' for name in values), ", ".join(["%s"] * len(values))
    sql(f'INSERT INTO "{table}" ({names}) VALUES ({places})', *values.values())


class Chain:
    """The events of one unit as the database has them, for picking."""

    def __init__(self, unit):
        self.unit = unit
        self.keys = [key for (key,) in sql(f"SELECT id FROM {EVENTS} WHERE unit_id = %s ORDER BY sequence", unit.pk)]
        self.rows = recorded_rows(unit)
        self.versions = [found for found in self.rows if issubclass(found[0], HistoryRow)]

    def event(self, sequence: int) -> dict:
        return row_of(EVENTS, "id", self.keys[sequence - 1])

    def __len__(self):
        return len(self.keys)


def recorded_rows(unit) -> list[tuple]:
    """(model, key, sequence) of every history and append-only row that the unit's events wrote."""
    found = []
    for model in recorded_models():
        key = model._meta.pk.column
        found += [
            (model, pk, sequence)
            for pk, sequence in sql(
                f'SELECT t."{key}", e.sequence FROM "{model._meta.db_table}" t JOIN {EVENTS} e ON e.id = t.event_id'
                " WHERE e.unit_id = %s ORDER BY 1",
                unit.pk,
            )
        ]
    return found


def shift(chain: Chain, sequence: int, by: int) -> None:
    """Renumber the events from `sequence` on, by way of numbers far away (they are unique)."""
    sql(
        f"UPDATE {EVENTS} SET sequence = sequence + %s WHERE unit_id = %s AND sequence >= %s",
        FAR,
        chain.unit.pk,
        sequence,
    )
    sql(
        f"UPDATE {EVENTS} SET sequence = sequence + %s WHERE unit_id = %s AND sequence >= %s",
        by - FAR,
        chain.unit.pk,
        FAR,
    )


# Each returns where the first row that does not fit is: (sequence, table, key); table and key empty for events.


def alter_event(chain: Chain, random):
    sequence = random.randint(1, len(chain))
    event = chain.event(sequence)
    names = ["verb", "channel", "reason", "subject_type", "subject_key", "occurred_at", "recorded_at", "body"]
    name = random.choice([*names, "hash", "previous_hash", "hashed anew"])
    if name != "hashed anew":
        write(EVENTS, "id", event["id"], **{name: changed(event[name], random)})
        return sequence, "", ""
    body = json.loads(event["body"]) | {"reason": "another reason"}
    text = canonical_text(body)
    digest = link_hash(event["previous_hash"], text)
    write(EVENTS, "id", event["id"], body=text, hash=digest, reason="another reason")
    return sequence, "", ""


def alter_row(chain: Chain, random):
    while True:
        model, key, sequence = random.choice(chain.rows)
        table, key_column = model._meta.db_table, model._meta.pk.column
        row = row_of(table, key_column, key)
        name = random.choice([name for name in row if name != key_column])
        other = changed(row[name], random)
        if other != row[name]:
            write(table, key_column, key, **{name: other})
            return sequence, model._meta.label_lower, str(key)


def delete_in_the_middle(chain: Chain, random):
    way = random.choice(["event", "event, renumbered", "event with its rows", "row"])
    if way == "row":
        model, key, sequence = random.choice(chain.rows)
        sql(f'DELETE FROM "{model._meta.db_table}" WHERE "{model._meta.pk.column}" = %s', key)
        return sequence, model._meta.label_lower, str(key)
    sequence = random.randint(1, len(chain) - 1)
    key = chain.keys[sequence - 1]
    if way == "event with its rows":
        for model in recorded_models():
            sql(f'DELETE FROM "{model._meta.db_table}" WHERE event_id = %s', key)
    sql(f"DELETE FROM {EVENTS} WHERE id = %s", key)
    if way == "event, renumbered":
        shift(chain, sequence, -1)
    return sequence, "", ""


def insert_one(chain: Chain, random):
    way = random.choice(["row", "event in the middle", "event at the end", "event at the end, badly linked"])
    if way == "row":
        model, key, sequence = random.choice(chain.versions)
        table, key_column = model._meta.db_table, model._meta.pk.column
        insert(table, row_of(table, key_column, key) | {key_column: FAR})
        return sequence, model._meta.label_lower, str(FAR)
    sequence = random.randint(1, len(chain)) if way == "event in the middle" else len(chain) + 1
    before = chain.event(sequence - 1) if sequence > 1 else None
    like = chain.event(min(sequence, len(chain)))
    key = uuid.UUID(int=random.getrandbits(128))
    body = json.loads(like["body"]) | {"id": str(key), "act": str(key), "sequence": sequence, "rows": []}
    text = canonical_text(body)
    link = before["hash"] if before and not way.endswith("badly linked") else like["previous_hash"]
    if way == "event in the middle":
        shift(chain, sequence, 1)
    key = key.hex if connection.vendor == "sqlite" else key
    digest = link_hash(link, text)
    insert(EVENTS, like | {"id": key, "sequence": sequence, "body": text, "previous_hash": link, "hash": digest})
    return sequence, "", ""


def swap(chain: Chain, random):
    way = random.choice(["numbers", "contents", "rows", "events of rows"])
    if way in {"numbers", "contents"}:
        low, high = sorted(random.sample(range(1, len(chain) + 1), 2))
        one, two = chain.event(low), chain.event(high)
        write(EVENTS, "id", one["id"], sequence=FAR)
        write(EVENTS, "id", two["id"], sequence=low)
        write(EVENTS, "id", one["id"], sequence=high)
        if way == "contents":
            for key, other in ((one["id"], two), (two["id"], one)):
                kept = ("id", "unit_id", "sequence")
                write(EVENTS, "id", key, **{name: value for name, value in other.items() if name not in kept})
        return low, "", ""
    while True:
        (model, key, sequence), (other_model, other_key, other_sequence) = random.sample(chain.versions, 2)
        if model is other_model and sequence != other_sequence:
            break
    table, key_column = model._meta.db_table, model._meta.pk.column
    one, two = row_of(table, key_column, key), row_of(table, key_column, other_key)
    names = ["event_id"] if way == "events of rows" else [name for name in one if name != key_column]
    write(table, key_column, key, **{name: two[name] for name in names})
    write(table, key_column, other_key, **{name: one[name] for name in names})
    first_sequence, first_key = min((sequence, key), (other_sequence, other_key))
    return first_sequence, model._meta.label_lower, str(first_key)


KINDS = {
    "altered event": alter_event,
    "altered row": alter_row,
    "deletion in the middle": delete_in_the_middle,
    "insertion": insert_one,
    "swap": swap,
}
