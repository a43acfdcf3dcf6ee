"""The events of one chain with their links, and the rows that they tell of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connection, models
from django.db.models import Exists, OuterRef

from ..canonical import GENESIS, canonical_value
from ..models import ChainHead, Event, Unit
from ..triggers import append_only_models
from .misfits import Kind, Misfit
from .reading import altered_columns, altered_fields, readable, rows_by_key

if TYPE_CHECKING:
    from . import Verification

PAGE = 500


@dataclass
class Chain:
    """One chain, read from its beginning to its head. Stops at the first link that does not fit."""

    unit: Unit
    run: Verification
    last: Event | None = None

    def misfits(self) -> Iterator[Misfit]:
        while page := self._page():
            good = []
            for event in page:
                misfit = self._link_misfit(event)
                if misfit:
                    yield from self._row_misfits(good)
                    yield misfit
                    return
                good.append(event)
                self.last = event
            yield from self._row_misfits(good)
            self.run.report(events=len(good), rows=sum(len(event.told["rows"]) for event in good))
        yield from self._head_misfits()

    def _page(self) -> list[Event]:
        after = self.last.sequence if self.last else 0
        events = Event.objects.filter(unit=self.unit, sequence__gt=after).order_by("sequence")
        return readable(events, PAGE)

    def _misfit(self, kind: Kind, sequence: int, *fields: str) -> Misfit:
        return Misfit(kind, self.unit.code, sequence, fields=fields)

    def _link_misfit(self, event: Event) -> Misfit | None:
        place, link = (self.last.sequence + 1, self.last.hash) if self.last else (1, GENESIS)
        altered = altered_columns(event)
        if altered - {"sequence", "unit_id"}:
            return self._misfit(Kind.ALTERED_EVENT, event.sequence, *sorted(altered))
        if event.previous_hash == link and event.sequence == place and not altered:
            return None
        return self._broken_link(event, place, link)

    def _broken_link(self, event: Event, place: int, link: str) -> Misfit:
        """Sound in itself, yet not what comes after the event before it."""
        others = Event.objects.filter(unit=self.unit).exclude(pk=event.pk)
        if event.previous_hash == link:
            return self._misfit(Kind.MOVED_EVENT, event.sequence)
        if self.last and event.previous_hash == self.last.previous_hash:
            if event.told["sequence"] != event.sequence:
                return self._misfit(Kind.INSERTED_EVENT, self.last.sequence)
            return self._misfit(Kind.INSERTED_EVENT, event.sequence)
        if others.filter(previous_hash=link).exists():
            return self._misfit(Kind.MOVED_EVENT, event.sequence)
        if event.sequence > place or event.told["sequence"] > event.sequence:
            return self._misfit(Kind.MISSING_EVENT, place)
        # Either this one was put here, or the one before was changed and hashed anew: the later links tell.
        head = self._head()
        anchored = others.filter(previous_hash=event.hash).exists() or (head is not None and head.hash == event.hash)
        if anchored and self.last:
            return self._misfit(Kind.ALTERED_EVENT, self.last.sequence, "hash")
        return self._misfit(Kind.INSERTED_EVENT, event.sequence)

    def _head(self) -> ChainHead | None:
        return ChainHead.objects.filter(unit=self.unit).first()

    def _head_misfits(self) -> Iterator[Misfit]:
        """The head is read after the last page, so an act in the meantime only moves it on."""
        head = self._head()
        sequence, link = (self.last.sequence, self.last.hash) if self.last else (0, GENESIS)
        if head is None:
            if self.last:
                yield self._misfit(Kind.HEAD, sequence)
        elif head.sequence > sequence:
            if Event.objects.filter(unit=self.unit, sequence__gt=sequence).exists():
                yield from self.misfits()
            else:
                yield self._misfit(Kind.MISSING_EVENT, sequence + 1)
        elif head.sequence < sequence:
            yield self._misfit(Kind.INSERTED_EVENT, head.sequence + 1)
        elif head.hash != link:
            yield self._misfit(Kind.HEAD, sequence, "hash")

    def _row_misfits(self, events: list[Event]) -> Iterator[Misfit]:
        """What the bodies of these events say of their rows, beside the rows."""
        wanted, found = defaultdict(set), {}
        for event in events:
            for row in event.told["rows"]:
                wanted[row["table"]].add(row["key"])
        for table, keys in wanted.items():
            found |= {(table, key): row for key, row in rows_by_key(apps.get_model(table), keys).items()}
        written = rows_of_events(events) if events else {}
        for event in events:
            for row in event.told["rows"]:
                yield from self._row_misfit(event, row, found.get((row["table"], row["key"])))
            known = {(row["table"], row["key"]) for row in event.told["rows"]}
            for table, key in sorted(written[event.pk] - known, key=str):
                yield Misfit(Kind.INSERTED_ROW, self.unit.code, event.sequence, table, str(key))
        yield from self._acts_elsewhere(events)

    def _row_misfit(self, event: Event, row: dict, found) -> Iterator[Misfit]:
        place = (self.unit.code, event.sequence, row["table"], str(row["key"]))
        if found is None:
            yield Misfit(Kind.MISSING_ROW, *place)
        elif altered := altered_fields(found, row["fields"]):
            moved = "event_id" in altered
            yield Misfit(Kind.MOVED_ROW if moved else Kind.ALTERED_ROW, *place, altered)

    def _acts_elsewhere(self, events: list[Event]) -> Iterator[Misfit]:
        """An act that touched two chains has an event in each; the rows refer to the one in the unit's own chain."""
        copies = {event.told["act"]: event for event in events if event.told["act"] != str(event.pk)}
        present = {str(pk) for pk in Event.objects.filter(pk__in=copies).values_list("pk", flat=True)}
        for act, event in copies.items():
            if act not in present:
                yield Misfit(Kind.MISSING_EVENT, self.unit.code, event.sequence, Event._meta.label_lower, act)


def rows_of_events(events: list[Event]) -> dict:
    """{event id: {(table, canonical key)}} over all tables whose rows hang on these events, a stretch of one chain."""
    first, last = events[0], events[-1]
    keys = {model._meta.label_lower: model._meta.pk for model in recorded_models()}
    written = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_rows_of_a_stretch(), [first.unit_id, first.sequence, last.sequence])
        for table, event, pk in cursor.fetchall():
            key = keys[table]
            written[Event._meta.pk.to_python(event)].add((table, canonical_value(key, key.to_python(pk))))
    return written


@cache
def _rows_of_a_stretch() -> str:
    """One statement over all recorded tables: asking each by itself takes longer than everything else together."""
    quote = connection.ops.quote_name
    tables = [
        f"SELECT '{model._meta.label_lower}', event_id, CAST({quote(model._meta.pk.column)} AS text)"  # noqa: S608
        f" FROM {quote(model._meta.db_table)} WHERE event_id IN (SELECT id FROM stretch)"
        for model in recorded_models()
    ]
    stretch = f"SELECT id FROM {Event._meta.db_table} WHERE unit_id = %s AND sequence BETWEEN %s AND %s"  # noqa: S608
    return f"WITH stretch AS ({stretch}) " + " UNION ALL ".join(tables)


def recorded_models() -> list[type[models.Model]]:
    """Models whose rows name the event that wrote them."""
    return [model for model in append_only_models() if model is not Event]


def events_without_unit() -> Iterator[Misfit]:
    lost = Event.objects.filter(~Exists(Unit.objects.filter(pk=OuterRef("unit_id")))).order_by("unit_id", "sequence")
    for unit_id, sequence in lost.values_list("unit_id", "sequence")[:1]:
        yield Misfit(Kind.MOVED_EVENT, str(unit_id), sequence)


def rows_without_event() -> Iterator[Misfit]:
    for model in recorded_models():
        orphans = model._base_manager.filter(~Exists(Event.objects.filter(pk=OuterRef("event_id"))))
        for key in orphans.order_by("pk").values_list("pk", flat=True)[:1]:
            yield Misfit(Kind.ROW_WITHOUT_EVENT, table=model._meta.label_lower, key=str(key))
