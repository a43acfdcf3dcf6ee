"""What the first screen of the admin shows: packages register the rows of its panels when their apps are ready.

register_rows(WAITING, lambda user, today: [Row(...)], order=20)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WAITING, OWED, DUE, DRAFTS = "waiting", "owed", "due", "drafts"


@dataclass(frozen=True)
class Row:
    """One thing to do: where it leads, where it belongs, what is to be done, and until when (None: whenever)."""

    title: str
    url: str
    place: str = ""
    note: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Panel:
    """A heading and the sentence that stands there when nothing is to be done."""

    key: str
    heading: str | Promise
    empty: str | Promise


PANELS = (
    Panel(WAITING, _("What waits for me?"), _("There is nothing for you to do at present.")),
    Panel(OWED, _("Published in haste: who still has to look it over?"), _("No second look is owed.")),
    Panel(DUE, _("What is due soon?"), _("Nothing is due within two weeks.")),
    Panel(DRAFTS, _("My drafts"), _("You have no unfinished page.")),
)

_sources: dict[str, list[tuple[int, Callable]]] = {panel.key: [] for panel in PANELS}


def register_rows(panel: str, rows: Callable[[object, date], Iterable[Row]], *, order: int) -> None:
    """Add rows to a panel: `rows(user, today)` answers in a fixed number of queries, only for what the person may see.

    Call this from an app's `ready()`. Raises KeyError for a panel that there is not.
    """
    if (order, rows) not in _sources[panel]:
        _sources[panel].append((order, rows))
        _sources[panel].sort(key=lambda source: source[0])


def panels() -> list[Panel]:
    """The panels that somebody fills, in their order."""
    return [panel for panel in PANELS if _sources[panel.key]]


def rows_of(panel: str, user, today: date) -> list[Row]:
    """Everything that a panel shows to a person, the most urgent first; what has no day comes last."""
    found = [row for _order, rows in _sources[panel] for row in rows(user, today)]
    return sorted(found, key=lambda row: (row.due is None, row.due or today))
