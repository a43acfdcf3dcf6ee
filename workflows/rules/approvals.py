"""Quorum: when a step of an approval passes or can no longer pass.

One rule for renovation requests and for the tasks that publish pages. A round binds to one version of what is
approved and runs through the steps of a policy in order. In a step there are M seats, a snapshot of (appointment,
member) taken when the step opened:

- agree, "please change" and disagree all take part, only the first approves;
- a recusal is not taking part, and lowers neither minimum;
- a seat whose appointment has ended can no longer decide; what it decided stays;
- one natural person decides once in a round, in the seat of their choice, unless the policy allows both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workflows.kernel import Missing
from workflows.rules.reasons import Reason


class Choice(StrEnum):
    """What a seat may say, once."""

    AGREE = "agree"
    CHANGE = "change"
    DISAGREE = "disagree"
    RECUSE = "recuse"


TAKING_PART = frozenset({Choice.AGREE, Choice.CHANGE, Choice.DISAGREE})


@dataclass(frozen=True)
class StepRule:
    """What a step asks for. Raises ValueError unless both minima are at least 1.

    `one_person_once` is false only where a community's policy lets a person use each of their seats.
    """

    order: int
    min_taking_part: int
    min_approvals: int
    one_person_once: bool = True

    def __post_init__(self) -> None:
        if self.min_taking_part < 1 or self.min_approvals < 1:
            raise ValueError("a step needs at least one person taking part and one approval")


@dataclass(frozen=True)
class SeatFact:
    """A seat of a step: what it decided, whether its appointment still runs, whether its holder decided in another
    seat of the same round (always false where the policy lets a person use each seat)."""

    seat_id: int
    member_id: int
    choice: Choice | None = None
    active: bool = True
    decided_elsewhere: bool = False


@dataclass(frozen=True)
class Open:
    """Not decided yet, and can still pass."""


@dataclass(frozen=True)
class Passed:
    """Both minima are reached."""


@dataclass(frozen=True)
class Failed:
    """Can no longer pass: each reason with its figures."""

    reasons: tuple[Missing, ...]


@dataclass(frozen=True)
class Tally:
    """Counted over all seats of a step; `possible` is how many natural decisions can still come."""

    seats: int
    taking_part: int
    approvals: int
    recused: int
    possible: int


@dataclass(frozen=True)
class StillNeeded:
    """How many more must take part, and how many more must agree; both 0 when the step has passed."""

    taking_part: int
    approvals: int


def tally(rule: StepRule, seats: Iterable[SeatFact]) -> Tally:
    """Count the seats of a step."""
    seats = tuple(seats)
    choices = [seat.choice for seat in seats if seat.choice is not None]
    return Tally(
        seats=len(seats),
        taking_part=sum(choice in TAKING_PART for choice in choices),
        approvals=choices.count(Choice.AGREE),
        recused=choices.count(Choice.RECUSE),
        possible=_possible(rule, seats),
    )


def _possible(rule: StepRule, seats: Sequence[SeatFact]) -> int:
    """How many decisions can still be made: one per natural person, or one per seat where the policy says so."""
    waiting = [seat for seat in seats if seat.choice is None and seat.active]
    if not rule.one_person_once:
        return len(waiting)
    decided = {seat.member_id for seat in seats if seat.choice is not None}
    return len({seat.member_id for seat in waiting if not seat.decided_elsewhere} - decided)


def still_needed(rule: StepRule, seats: Iterable[SeatFact]) -> StillNeeded:
    """For the sentence "2 more to take part, 1 more to agree"."""
    count = tally(rule, seats)
    return StillNeeded(
        taking_part=max(0, rule.min_taking_part - count.taking_part),
        approvals=max(0, rule.min_approvals - count.approvals),
    )


def outcome(
    rule: StepRule, seats: Iterable[SeatFact], *, now: datetime, due_at: datetime | None = None
) -> Open | Passed | Failed:
    """Where a step stands at `now`. The moment `due_at` itself is still in time.

    A step that has reached both minima has passed, however late one looks at it: nothing is decided after the
    deadline (`may_decide`).
    """
    count = tally(rule, seats)
    if count.taking_part >= rule.min_taking_part and count.approvals >= rule.min_approvals:
        return Passed()
    reasons = []
    reach = count.taking_part + count.possible
    if reach < rule.min_taking_part:
        reasons.append(Missing(Reason.TOO_FEW_CAN_TAKE_PART, {"possible": reach, "needed": rule.min_taking_part}))
    reach = count.approvals + count.possible
    if reach < rule.min_approvals:
        reasons.append(Missing(Reason.TOO_FEW_CAN_AGREE, {"possible": reach, "needed": rule.min_approvals}))
    if due_at is not None and now > due_at:
        reasons.append(Missing(Reason.DEADLINE_PASSED, {"due_at": due_at}))
    return Failed(tuple(reasons)) if reasons else Open()
