"""What a person still has in hand. Packages say it of their own rows, so that nothing is left lying when they leave.

    register_matters("duty", duty_ahead, settle=hand_over_duty, order=20)

Call this from an app's `ready()`; this package imports none of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from .grants import within
from .models import Member
from .records import Act, Context
from .roles import Role

KEEPERS = (Role.STAFF, Role.ADMINISTRATOR)
EVERYWHERE = ("",)


@dataclass(frozen=True)
class Outlook:
    """Whose matters are looked at, when, and within which places (tree paths): those of the person who asks."""

    member: Member
    now: datetime
    paths: tuple[str, ...]

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def within(self, field: str) -> Q:
        """Rows of these places, their tree path found under `field`."""
        return within(self.paths, field)


def outlook(context: Context, member: Member, now: datetime | None = None) -> Outlook:
    """What the actor may look at of a member: the places where they keep the register; everything for the system."""
    paths = EVERYWHERE if context.user is None else context.grants.paths(*KEEPERS)
    return Outlook(member, now or context.now or timezone.now(), paths)


@dataclass(frozen=True)
class Matter:
    """Something that a person has in hand: what, how many, where it is seen, and what becomes of it when they leave.

    `can_pass`: a successor may take it over. `with_account`: it ends with the account.
    """

    kind: str
    label: str
    number: int
    becomes: str
    url: str = ""
    can_pass: bool = False
    with_account: bool = False


Find = Callable[[Outlook], Iterable[Matter]]
Settle = Callable[[Act, Outlook, Member | None], dict]


@dataclass(frozen=True)
class Source:
    """A kind of matters. `settle(act, outlook, successor)` hands over or takes away, and answers what to record."""

    key: str
    find: Find
    settle: Settle | None
    order: int


_sources: dict[str, Source] = {}


def register_matters(key: str, find: Find, settle: Settle | None = None, *, order: int) -> None:
    """Add a kind. `find` answers in a fixed number of queries. Raises ValueError when the key is taken."""
    if key in _sources:
        raise ValueError(f"There are matters “{key}” already.")
    _sources[key] = Source(key, find, settle, order)


def sources() -> list[Source]:
    return sorted(_sources.values(), key=lambda source: source.order)


def open_matters(view: Outlook, *, closes: bool = True) -> list[Matter]:
    """Everything that the person has in hand, in the order of the kinds. `closes`: whether the account ends too."""
    found = [matter for source in sources() for matter in source.find(view)]
    return [matter for matter in found if closes or not matter.with_account]


def settle_matters(a: Act, view: Outlook, successor: Member | None) -> dict:
    """Hand over or take away what does not stay, within an act; what was done, by kind."""
    done = {source.key: source.settle(a, view, successor) for source in sources() if source.settle}
    return {key: facts for key, facts in done.items() if facts}
