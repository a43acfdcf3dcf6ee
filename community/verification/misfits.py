"""What does not fit, in words, and what was looked at."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What does not fit."""

    ALTERED_EVENT = "altered_event", _("altered event")
    MISSING_EVENT = "missing_event", _("event deleted")
    INSERTED_EVENT = "inserted_event", _("event inserted")
    MOVED_EVENT = "moved_event", _("event out of its place")
    HEAD = "head", _("end of the chain does not match")
    ALTERED_ROW = "altered_row", _("row altered")
    MISSING_ROW = "missing_row", _("row deleted")
    INSERTED_ROW = "inserted_row", _("row that its event does not know")
    MOVED_ROW = "moved_row", _("row belongs to another event")
    ROW_WITHOUT_EVENT = "row_without_event", _("row without event")
    LIVE_DIFFERS = "live_differs", _("object differs from its newest version")
    LIVE_WITHOUT_HISTORY = "live_without_history", _("object without history")


@dataclass(frozen=True)
class Misfit:
    """One row that does not fit: where in which chain, in which table, and which columns."""

    kind: Kind
    chain: str = ""
    sequence: int | None = None
    table: str = ""
    key: str = ""
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = f"{self.chain} #{self.sequence}" if self.sequence is not None else self.chain
        row = f"{self.table} {self.key}".strip()
        return " · ".join(filter(None, [str(self.kind.label), place, row, ", ".join(self.fields)]))


@dataclass
class Counts:
    """What was looked at so far."""

    chains: int = 0
    events: int = 0
    rows: int = 0
    objects: int = 0
