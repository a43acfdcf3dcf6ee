"""One text for one row: the form in which values are hashed, the same from memory and from either database."""

import hashlib
import json
from datetime import UTC
from decimal import Decimal

from django.db import models
from django.utils import timezone

FORMAT = 1
GENESIS = "0" * 64


def canonical_value(field: models.Field, value):
    """The value of a model field as JSON can hold it.

    Decimals are written with the field's own number of places, moments in UTC with microseconds, files by their name,
    bytes in hexadecimal: a row in memory and the same row read back give the same text. Raises ValueError for a
    decimal with more places than its field has: the two databases would round it differently.
    """
    while field.remote_field:
        field = field.target_field
    if isinstance(field, models.FileField):
        return str(value or "")
    if isinstance(field, models.BinaryField):
        return None if value is None else bytes(value).hex()
    if isinstance(field, models.JSONField):
        return _canonical_json(json.loads(json.dumps(value, cls=field.encoder)))
    value = field.to_python(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(field, models.DecimalField):
        return _canonical_decimal(value, field.decimal_places)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return str(value + 0.0)  # zero has no sign in SQLite
    if isinstance(field, models.DateTimeField):
        moment = timezone.make_aware(value) if timezone.is_naive(value) else value
        return moment.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value)


def _canonical_decimal(value: Decimal, places: int) -> str:
    if value.as_tuple().exponent < -places and value != round(value, places):
        raise ValueError(f"{value} has more than {places} places.")
    # Zero has no sign in PostgreSQL.
    return f"{value if value else Decimal(0):.{places}f}"


def _canonical_json(value):
    """Whole numbers without a point: PostgreSQL and SQLite give 1e3 and -0.0 back in different ways."""
    if isinstance(value, dict):
        return {name: _canonical_json(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_canonical_json(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(Decimal(repr(value)))
    return value


def canonical_row(row: models.Model) -> dict:
    """{"table", "key", "fields": [[name, value], …]} of a history or append-only row, in the order of its columns."""
    fields = row._meta.local_concrete_fields
    return {
        "table": row._meta.label_lower,
        "key": canonical_value(row._meta.pk, row.pk),
        "fields": [[field.attname, canonical_value(field, getattr(row, field.attname))] for field in fields],
    }


def canonical_text(value) -> str:
    """JSON with sorted keys, no spare white space, no escapes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link_hash(previous_hash: str, body: str) -> str:
    """SHA-256, in hexadecimal, over the previous link and the canonical text."""
    return hashlib.sha256(f"{previous_hash}\n{body}".encode()).hexdigest()
