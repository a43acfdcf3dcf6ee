"""Who may decide in a seat, about which version, and what they may say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.kernel import Refused
from workflows.rules.approvals import Choice, SeatFact
from workflows.rules.reasons import Reason
from workflows.rules.rounds import RoundState, StepState


@dataclass(frozen=True, kw_only=True)
class Interest:
    """Why a request is a person's own: they proposed it, live with the proposer, or wrote its last substance."""

    proposer: bool = False
    same_home: bool = False
    author: bool = False

    @property
    def own(self) -> bool:
        return self.proposer or self.same_home or self.author


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """What is known when a person opens a decision, or sends it off.

    `version` is the request's now, `read_version` the one that the person had before them. `choice` is None while
    the page is only being opened.
    """

    round_state: RoundState
    step_state: StepState
    seat: SeatFact | None
    interest: Interest
    version: int
    read_version: int
    now: datetime
    due_at: datetime | None
    choice: Choice | None = None
    opinion: str = ""


def may_decide(deciding: Deciding) -> Refused | None:
    """The first thing that stands in the way of this decision, or None.

    Whoever the request belongs to may only recuse; whoever does not simply agree says why.
    """
    seat = deciding.seat
    if seat is None:
        return Refused(Reason.NO_SEAT)
    if seat.choice is not None:
        return Refused(Reason.ALREADY_DECIDED)
    if seat.decided_elsewhere:
        return Refused(Reason.DECIDED_ELSEWHERE)
    if not seat.active:
        return Refused(Reason.APPOINTMENT_ENDED)
    if deciding.round_state != RoundState.OPEN:
        return Refused(Reason.ROUND_NOT_OPEN)
    if deciding.step_state != StepState.OPEN:
        return Refused(Reason.STEP_NOT_OPEN)
    if deciding.due_at is not None and deciding.now > deciding.due_at:
        return Refused(Reason.TOO_LATE)
    if deciding.read_version != deciding.version:
        return Refused(Reason.STALE_VERSION, {"read": deciding.read_version, "version": deciding.version})
    return _may_choose(deciding)


def _may_choose(deciding: Deciding) -> Refused | None:
    if deciding.choice is None:
        return None
    if deciding.interest.own and deciding.choice != Choice.RECUSE:
        return Refused(Reason.OWN_REQUEST)
    if deciding.choice != Choice.AGREE and not deciding.opinion.strip():
        return Refused(Reason.OPINION_NEEDED)
    return None
