"""Reading and comparing rows in which somebody may have written anything."""

import json

from django.core.exceptions import ValidationError
from django.db import models

from ..canonical import canonical_value, link_hash
from ..models import Event
from ..records import HASHED_COLUMNS, event_columns

UNREADABLE = (ValueError, TypeError, ArithmeticError, ValidationError)


def altered_columns(event: Event) -> set[str]:
    """The columns of an event that do not agree with its canonical text, or its text with its hash."""
    if isinstance(event, Unreadable):
        return {"?"}
    if link_hash(event.previous_hash, event.body) != event.hash:
        return {"body", "hash"}
    try:
        event.told, columns = json.loads(event.body), event_columns(event)
        return {name for name in HASHED_COLUMNS if event.told[name] != columns[name]}
    except (*UNREADABLE, KeyError):
        return {"?"}


def altered_fields(row, told: list[list]) -> tuple[str, ...]:
    """Names of the fields whose value is not the one told. Columns that came or went since then are left aside."""
    if isinstance(row, Unreadable):
        return ("?",)
    fields = {field.attname: field for field in row._meta.local_concrete_fields}
    return tuple(
        name
        for name, value in told
        if name in fields and canonical_or_strange(fields[name], getattr(row, name)) != value
    )


def canonical_or_strange(field: models.Field, value):
    """The canonical value; something equal to nothing when the field could not hold this one."""
    try:
        return canonical_value(field, value)
    except UNREADABLE:
        return object()  # no value of this field at all, so equal to none


class Unreadable:
    """In the place of a row whose values cannot even be read: somebody wrote what the field cannot hold."""

    def __init__(self, **known):
        self.__dict__.update(known)


def readable(events: models.QuerySet, limit: int) -> list:
    """The first events; an `Unreadable` in the place of each that cannot be read."""
    try:
        return list(events[:limit])
    except UNREADABLE:
        return [readable_one(events, sequence) for sequence in events.values_list("sequence", flat=True)[:limit]]


def readable_one(events: models.QuerySet, sequence: int):
    try:
        return events.get(sequence=sequence)
    except UNREADABLE:
        return Unreadable(sequence=sequence)


def rows_by_key(model: type[models.Model], keys: set) -> dict:
    """{canonical key: row} of those that exist."""
    try:
        rows = model._base_manager.in_bulk(list(keys))
    except UNREADABLE:
        rows = {key: row_by_key(model, key) for key in keys}
    return {canonical_value(model._meta.pk, pk): row for pk, row in rows.items() if row is not None}


def row_by_key(model, key):
    try:
        return model._base_manager.filter(pk=key).first()
    except UNREADABLE:
        return Unreadable(pk=key)
