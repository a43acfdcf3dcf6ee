"""The conduct of an owners' vote: who votes, which of several votes of one owner counts, and when it may be counted.

`votes` judges figures; this makes them. An owner is whoever owns one home or several: one by number, with all the area;
what the developer has not sold is one owner (Supreme People's Court, interpretation on condominium ownership, art. 9).
A home with several owners votes as one, since it has one ballot paper. Areas are integers in 0.01 m².
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workflows.kernel import Machine, Missing, Refused, Transition
from workflows.rules.reasons import Reason
from workflows.rules.votes import Figures, Matter


class BallotState(StrEnum):
    """A vote of owners from its draft to its count."""

    DRAFTED = "drafted"
    OPEN = "open"
    COUNTING = "counting"
    COUNTED = "counted"
    CANCELLED = "cancelled"


LIVE = frozenset({BallotState.DRAFTED, BallotState.OPEN, BallotState.COUNTING})


class VoteChoice(StrEnum):
    """What an owner says. Abstaining is taking part without agreeing."""

    AGREE = "agree"
    AGAINST = "against"
    ABSTAIN = "abstain"


class WhichCounts(StrEnum):
    """Which vote counts when one owner voted online and on paper too."""

    PAPER = "paper"
    LAST = "last"
    FIRST = "first"


@dataclass(frozen=True)
class HomeShare:
    """A home of the electorate: its key, its area (0.01 m²), and whose it is."""

    home: int
    area: int
    owner_code: str = ""
    unsold: bool = False


@dataclass(frozen=True)
class ElectorShare:
    """One owner: all their homes, all their area (0.01 m²)."""

    homes: tuple[int, ...]
    area: int
    is_developer: bool = False


@dataclass(frozen=True)
class Cast:
    """One vote as it came in. `order` rises with the time; a paper stands at the time it was received."""

    elector: int
    on_paper: bool
    order: int
    choice: VoteChoice


def electorate(homes: Iterable[HomeShare]) -> list[ElectorShare]:
    """The owners of these homes, in the order of their first home. Raises ValueError for a home given twice."""
    groups: dict[tuple, list[HomeShare]] = {}
    seen: set[int] = set()
    for home in homes:
        if home.home in seen:
            raise ValueError(f"home {home.home} is given twice")
        seen.add(home.home)
        key = ("developer",) if home.unsold else ("owner", home.owner_code) if home.owner_code else ("home", home.home)
        groups.setdefault(key, []).append(home)
    return [
        ElectorShare(tuple(home.home for home in owned), sum(home.area for home in owned), key == ("developer",))
        for key, owned in groups.items()
    ]


def electorate_hash(rows: Iterable[tuple[int, int, Sequence[str]]]) -> str:
    """The SHA-256 of who may vote: a line `number area reference…` per owner, by number. Public without any name."""
    lines = (f"{number} {area} {' '.join(sorted(homes))}\n" for number, area, homes in sorted(rows))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def counted(casts: Iterable[Cast], rule: WhichCounts) -> dict[int, Cast]:
    """{elector: the one vote that counts}."""
    best: dict[int, Cast] = {}
    for cast in casts:
        known = best.get(cast.elector)
        if known is None or _rank(cast, rule) > _rank(known, rule):
            best[cast.elector] = cast
    return best


def _rank(cast: Cast, rule: WhichCounts) -> tuple[int, int]:
    if rule == WhichCounts.PAPER:
        return int(cast.on_paper), cast.order
    return 0, cast.order if rule == WhichCounts.LAST else -cast.order


def figures(areas: Mapping[int, int], votes: Mapping[int, VoteChoice]) -> Figures:
    """What was counted. `areas`: {elector: area in 0.01 m²} of all; `votes`: {elector: what counts} of those who voted.

    Raises KeyError for a vote of nobody.
    """
    agreeing = [elector for elector, choice in votes.items() if choice == VoteChoice.AGREE]
    return Figures(
        owners_total=len(areas),
        area_total=sum(areas.values()),
        owners_taking_part=len(votes),
        area_taking_part=sum(areas[elector] for elector in votes),
        owners_agreeing=len(agreeing),
        area_agreeing=sum(areas[elector] for elector in agreeing),
    )


@dataclass(frozen=True, kw_only=True)
class BallotFacts:
    """What the guards look at. `matter` None: not found; `own`: the actor drafted it; `owners`: of the register now."""

    now: datetime
    closes_at: datetime
    matter: Matter | None = None
    matter_confirmed: bool = False
    matter_current: bool = False
    owners: int = 0
    own: bool = False
    new_closes_at: datetime | None = None
    papers_waiting: int = 0


def _refused(missing: Iterable[Missing]) -> Refused | None:
    found = tuple(missing)
    return Refused(Reason.NOT_READY, {"count": len(found)}, found) if found else None


def can_open(facts: BallotFacts) -> Refused | None:
    """Opened by another person than drafted it, on a matter that wants a vote, with owners, and with time to vote."""
    missing = [Missing(Reason.OWN_ENTRY)] if facts.own else []
    if facts.matter is None:
        missing.append(Missing(Reason.NO_MATTER))
    elif facts.matter == Matter.NONE:
        missing.append(Missing(Reason.NO_VOTE_NEEDED))
    elif not facts.matter_confirmed:
        missing.append(Missing(Reason.MATTER_UNCONFIRMED))
    elif not facts.matter_current:
        missing.append(Missing(Reason.BALLOT_MATTER_CHANGED))
    if facts.owners < 1:
        missing.append(Missing(Reason.NO_OWNERS))
    if facts.closes_at <= facts.now:
        missing.append(Missing(Reason.BALLOT_CLOSES_IN_THE_PAST))
    return _refused(missing)


def can_postpone(facts: BallotFacts) -> Refused | None:
    """To a day still to come."""
    late = facts.new_closes_at is None or facts.new_closes_at <= facts.now
    return Refused(Reason.BALLOT_CLOSES_IN_THE_PAST) if late else None


def can_extend(facts: BallotFacts) -> Refused | None:
    """While it runs, and only to a later time."""
    if facts.now >= facts.closes_at:
        return Refused(Reason.BALLOT_OVER)
    later = facts.new_closes_at is not None and facts.new_closes_at > facts.closes_at
    return None if later else Refused(Reason.BALLOT_NOT_LATER)


def can_close(facts: BallotFacts) -> Refused | None:
    """Its time is over."""
    return None if facts.now >= facts.closes_at else Refused(Reason.BALLOT_RUNNING)


def can_count(facts: BallotFacts) -> Refused | None:
    """Every paper that was entered has been looked at by a second person."""
    waiting = facts.papers_waiting
    return Refused(Reason.PAPERS_WAITING, {"count": waiting}) if waiting else None


def may_cast(state: str, *, received_at: datetime, opened_at: datetime | None, closes_at: datetime) -> Refused | None:
    """Whether a vote that came in at that time is taken. What came in time on paper is entered after the end too."""
    if state in (BallotState.DRAFTED, BallotState.CANCELLED, BallotState.COUNTED) or opened_at is None:
        return Refused(Reason.BALLOT_NOT_OPEN)
    if received_at < opened_at:
        return Refused(Reason.BALLOT_BEFORE_OPENING)
    return Refused(Reason.BALLOT_OVER) if received_at >= closes_at else None


MANAGE = "renovation.hold_vote"

BALLOT = Machine(
    "ballot",
    BallotState.DRAFTED,
    (
        Transition(
            event="open", sources=(BallotState.DRAFTED,), target=BallotState.OPEN, permission=MANAGE, guard=can_open
        ),
        Transition(
            event="postpone",
            sources=(BallotState.DRAFTED,),
            target=BallotState.DRAFTED,
            permission=MANAGE,
            guard=can_postpone,
            needs_reason=True,
        ),
        Transition(
            event="extend",
            sources=(BallotState.OPEN,),
            target=BallotState.OPEN,
            permission=MANAGE,
            guard=can_extend,
            needs_reason=True,
        ),
        Transition(
            event="close", sources=(BallotState.OPEN,), target=BallotState.COUNTING, permission=None, guard=can_close
        ),
        Transition(
            event="count",
            sources=(BallotState.COUNTING,),
            target=BallotState.COUNTED,
            permission=MANAGE,
            guard=can_count,
        ),
        Transition(
            event="cancel",
            sources=(BallotState.DRAFTED, BallotState.OPEN, BallotState.COUNTING),
            target=BallotState.CANCELLED,
            permission=MANAGE,
            needs_reason=True,
        ),
    ),
    final=frozenset({BallotState.COUNTED, BallotState.CANCELLED}),
)
