"""Does the record fit together? Events with their chain, rows with their event, newest versions with live rows.

Reads keyset pages and closes every cursor: an open one would stop the writers of an SQLite database. What is found
here is tampering that went round the triggers; a chain that was rewritten from some place to its end is found only
against anchors kept elsewhere.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from ..models import ChainHead, Event, Unit
from .chains import Chain, events_without_unit, recorded_models, rows_without_event
from .live import live_misfits, models_with_history
from .misfits import Counts, Kind, Misfit

__all__ = ["Counts", "Kind", "Misfit", "Verification", "recorded_models"]


@dataclass
class Verification:
    """One run, over everything or over the chain of one unit. `misfits` yields in the order in which it reads."""

    unit: Unit | None = None
    on_progress: Callable[[Counts], None] = lambda counts: None
    counts: Counts = field(default_factory=Counts)

    def misfits(self) -> Iterator[Misfit]:
        for unit in self._chains():
            yield from Chain(unit, self).misfits()
            self.counts.chains += 1
        if self.unit is None:
            yield from events_without_unit()
            yield from rows_without_event()
        for model in models_with_history():
            yield from live_misfits(self, model)

    def report(self, **more: int) -> None:
        """Count what was looked at and tell whoever shows the progress."""
        for name, number in more.items():
            setattr(self.counts, name, getattr(self.counts, name) + number)
        self.on_progress(self.counts)

    def total(self) -> int:
        """How many events there are to read, for a progress bar."""
        events = Event.objects.all()
        return (events if self.unit is None else events.filter(unit=self.unit)).count()

    def _chains(self) -> list[Unit]:
        if self.unit is not None:
            return [self.unit]
        known = Exists(ChainHead.objects.filter(unit=OuterRef("pk"))) | Exists(
            Event.objects.filter(unit=OuterRef("pk"))
        )
        return list(Unit.objects.filter(known).order_by("pk"))
