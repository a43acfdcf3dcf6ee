"""What the desk shows: packages register the sources of its inbox and its entries when their apps are ready."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse


@dataclass(frozen=True)
class Item:
    """One thing that waits for a person.

    `kind`: the key of what is to be done; `state`: a key of the vocabulary of states, for the tag; `due`: the last day
    on which it is in time, or None; `note`: what else there is to know, in a few words.
    """

    kind: str
    title: str
    place: str
    state: str
    url: str
    due: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Source:
    """A reader of the inbox: all that waits for a user on a day, in a fixed number of queries.

    `kinds`: what is to be done (key → words), in the order of the filter.
    """

    kinds: dict[str, str]
    items: Callable[[object, date], Iterable[Item]]
    order: int


@dataclass(frozen=True)
class Entry:
    """An entry of the desk's navigation, shown to those for whom `shown(grants)` says yes.

    `count(user)`: how many things wait behind it, in one query; without it the entry bears no number.
    """

    label: str
    url_name: str
    shown: Callable[[object], bool]
    order: int
    count: Callable[[object], int] | None = None

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_sources: list[Source] = []
_entries: list[Entry] = []


def register_source(kinds: dict[str, str], items: Callable, *, order: int) -> None:
    """Add to what the inbox shows. Call this from an app's `ready()`."""
    _sources.append(Source(kinds, items, order))
    _sources.sort(key=lambda source: source.order)


def register_entry(label: str, url_name: str, shown: Callable, *, order: int, count: Callable | None = None) -> None:
    """Add to the navigation of the desk. Call this from an app's `ready()`."""
    _entries.append(Entry(label, url_name, shown, order, count))
    _entries.sort(key=lambda entry: entry.order)


def kinds() -> dict[str, str]:
    """Every kind of work, key → words, in the order of the sources."""
    return {key: words for source in _sources for key, words in source.kinds.items()}


def items_for(user, today: date) -> list[Item]:
    """All that waits for a user, the most urgent first; what has no day comes last."""
    found = [item for source in _sources for item in source.items(user, today)]
    return sorted(found, key=lambda item: (item.due is None, item.due or today))


def entries_for(grants) -> list[Entry]:
    return [entry for entry in _entries if entry.shown(grants)]
