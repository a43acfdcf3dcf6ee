"""The act: the one shape of every write.

    with act(context, "renovation.accept", community, subject=request) as a:
        request = a.lock(RenovationRequest, pk=request.pk)
        …                                   # permission, decide, assign
        a.save(request)

Everything that the block writes goes into one transaction. History rows and append-only rows carry the id of the act's
event; the event itself, with the full values of those rows, is written last, after the head of the chain is locked.
"""

import uuid
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from .canonical import FORMAT, GENESIS, canonical_row, canonical_text, canonical_value, link_hash
from .models import AppendOnly, ChainHead, Channel, Event, Unit
from .personal_numbers import require_public_wording

BATCH = 200

_current: ContextVar["Act | None"] = ContextVar("act", default=None)


class OutsideAct(RuntimeError):
    """A row with history was written outside an act: a fault of the program, never of the person."""


@dataclass(frozen=True)
class Context:
    """Who acts, through which channel, why, and when.

    `user`: the account, or None for the system. `now` is the clock unless the demo sets it: it becomes `recorded_at`
    and the date of the history. `occurred_at` may be earlier: what was heard at the door yesterday.
    """

    user: object | None = None
    channel: str = Channel.WEB
    reason: str = ""
    now: datetime | None = None
    occurred_at: datetime | None = None

    @property
    def account(self):
        """The account that acts; None for the system and for a resident without one."""
        return self.user if self.user is not None and self.user.is_authenticated else None

    @property
    def member(self):
        """The member who acts, or None."""
        return getattr(self.user, "member", None) if self.user else None

    @property
    def grants(self):
        from .grants import grants_for

        return grants_for(self.user)


@dataclass
class Act:
    """One act under way. `unit` is whose chain records it (the unit's community, or else itself)."""

    context: Context
    verb: str
    unit: Unit | None
    subject: models.Model | None = None
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    rows: list[dict] = field(default_factory=list)
    other_units: list[Unit] = field(default_factory=list)
    notes: dict = field(default_factory=dict)
    undo: list[Callable[[], None]] = field(default_factory=list)

    def __post_init__(self):
        self.recorded_at = self.context.now or timezone.now()
        self.occurred_at = self.context.occurred_at or self.recorded_at

    def lock(self, model: type[models.Model], **lookup) -> models.Model:
        """The row as it is now, locked until the end of the act. Raises `model.DoesNotExist`."""
        return model._default_manager.select_for_update(of=("self",)).get(**lookup)

    def save(self, row: models.Model) -> models.Model:
        """Save a row with history, always whole: the version written beside it holds every field."""
        row.save()
        return row

    def save_all(self, rows: list[models.Model], *, fields: list[str], on_progress=lambda done: None) -> None:
        """Write many rows of one model with history: insert what is new, change `fields` of what is there.

        In statements of many rows each; `on_progress` hears how many rows are written. The versions are written here,
        since a bulk statement sends no signal.
        """
        for start in range(0, len(rows), BATCH):
            some = rows[start : start + BATCH]
            new = [row for row in some if row._state.adding]
            there = [row for row in some if not row._state.adding]
            if new:
                self._version(type(new[0])._default_manager.bulk_create(new), is_new=True)
            if there:
                type(there[0])._default_manager.bulk_update(there, fields)
                self._version(there, is_new=False)
            on_progress(start + len(some))

    def _version(self, rows: list[models.Model], *, is_new: bool) -> None:
        versions = type(rows[0]).history.bulk_history_create(
            rows,
            update=not is_new,
            default_user=self.context.account,
            default_change_reason=str(self.context.reason) or None,
            default_date=self.recorded_at,
            custom_historical_attrs={"event_id": self.id},
        )
        for version in versions:
            self.take_down(version)

    def append(self, row: AppendOnly) -> AppendOnly:
        """Write a row that will never change."""
        row.event_id = self.id
        row.save(force_insert=True)
        self.take_down(row)
        return row

    def append_all(self, rows: list[AppendOnly]) -> list[AppendOnly]:
        """Write many rows of one model that will never change, in one statement."""
        for row in rows:
            row.event_id = self.id
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)
        for row in rows:
            self.take_down(row)
        return rows

    def take_down(self, row: models.Model) -> None:
        """Put the values of a row that was written just now, history or append-only, into the body of the event."""
        self.rows.append(canonical_row(row))

    def note(self, **values) -> None:
        """Facts for the body of the event that stand in no row (JSON values)."""
        self.notes.update(values)

    def undo_by(self, step: Callable[[], None]) -> None:
        """What to do when the act fails after all, for what a rollback does not reach: a file that was written."""
        self.undo.append(step)

    def close(self) -> list[Event]:
        """Write the event, in the chain of the unit and of each other unit touched, in the order of their keys.

        The event in the unit's own chain has the id of the act, which the rows refer to; the others name it in their
        body as "act".
        """
        own = self.unit.chain.pk
        chains = sorted({own, *(unit.chain.pk for unit in self.other_units)})
        ChainHead.objects.bulk_create([ChainHead(unit_id=pk) for pk in chains], ignore_conflicts=True)
        heads = ChainHead.objects.select_for_update().filter(pk__in=chains).order_by("pk")
        return [self._link(head, self.id if head.pk == own else uuid.uuid4()) for head in heads]

    def _link(self, head: ChainHead, key: uuid.UUID) -> Event:
        event = Event(
            id=key,
            unit_id=head.pk,
            sequence=head.sequence + 1,
            verb=self.verb,
            subject_type=self.subject._meta.label_lower if self.subject is not None else "",
            subject_key=str(self.subject.pk) if self.subject is not None else "",
            actor=self.context.account,
            channel=self.context.channel,
            reason=str(self.context.reason),
            occurred_at=self.occurred_at,
            recorded_at=self.recorded_at,
            previous_hash=head.hash if head.sequence else GENESIS,
        )
        body = {"format": FORMAT, "act": str(self.id), **event_columns(event), "notes": self.notes, "rows": self.rows}
        event.body = canonical_text(body)
        event.hash = link_hash(event.previous_hash, event.body)
        event.save(force_insert=True)
        head.sequence, head.hash = event.sequence, event.hash
        head.save(update_fields=["sequence", "hash"])
        return event


HASHED_COLUMNS = (
    "id", "unit_id", "sequence", "verb", "subject_type", "subject_key", "actor_id",
    "channel", "reason", "occurred_at", "recorded_at",
)  # fmt: skip


def event_columns(event: Event) -> dict:
    """The columns of an event that its canonical text repeats."""
    fields = {field.attname: field for field in Event._meta.local_concrete_fields}
    return {name: canonical_value(fields[name], getattr(event, name)) for name in HASHED_COLUMNS}


def current_act() -> Act:
    """The act under way. Raises OutsideAct when there is none."""
    found = _current.get()
    if found is None:
        raise OutsideAct("Rows with history are written inside `with act(…)` only.")
    return found


@contextmanager
def act(context: Context, verb: str, unit: Unit | None = None, *, subject: models.Model | None = None):
    """Open an act. One at a time: an action that needs another's effect shares its act, it does not open a second.

    `unit` may be set later (`a.unit = …`) when the act creates the unit; so may `subject`. The reason is kept for good
    and read by many: raises ActionRefused for a mobile or identity number in it.
    """
    require_public_wording(context.reason, field="reason")
    if _current.get() is not None:
        raise RuntimeError("An act is under way already.")
    opened = Act(context, verb, unit, subject)
    token = _current.set(opened)
    try:
        with transaction.atomic():
            yield opened
            opened.close()
    except BaseException:
        for step in reversed(opened.undo):
            step()
        raise
    finally:
        _current.reset(token)
