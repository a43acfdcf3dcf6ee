"""Faults found on a site: found, put right, looked at again by somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from workflows.kernel import Machine, Refused, Transition
from workflows.rules.reasons import Reason


class Severity(StrEnum):
    """How bad it is; "stop" means that the works must not go on there."""

    MINOR = "minor"
    MAJOR = "major"
    STOP = "stop"


class FaultState(StrEnum):
    """What a fault is right now."""

    OPEN = "open"
    RECTIFIED = "rectified"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class FaultFacts:
    """What was written and photographed when it was put right, and whether the one who now checks did that."""

    described: bool = False
    photos: int = 0
    own_work: bool = False


def works_stopped(faults: Iterable[tuple[Severity, FaultState]]) -> bool:
    """Whether some fault of severity "stop" is not closed."""
    return any(severity == Severity.STOP and state != FaultState.CLOSED for severity, state in faults)


def _put_right(facts: FaultFacts) -> Refused | None:
    """It is described what was done, with a photo."""
    if not facts.described:
        return Refused(Reason.NO_RECTIFICATION)
    if facts.photos < 1:
        return Refused(Reason.NO_RECTIFICATION_PHOTO)
    return None


def _checked_by_another(facts: FaultFacts) -> Refused | None:
    """By somebody else than who put it right."""
    return Refused(Reason.CHECKED_BY_RECTIFIER) if facts.own_work else None


FAULT = Machine(
    "fault",
    FaultState.OPEN,
    (
        Transition(
            event="rectify",
            sources=(FaultState.OPEN,),
            target=FaultState.RECTIFIED,
            permission="renovation.rectify_fault",
            guard=_put_right,
        ),
        Transition(
            event="close_fault",
            sources=(FaultState.RECTIFIED,),
            target=FaultState.CLOSED,
            permission="renovation.check_fault",
            guard=_checked_by_another,
        ),
        Transition(
            event="reject_rectification",
            sources=(FaultState.RECTIFIED,),
            target=FaultState.OPEN,
            permission="renovation.check_fault",
            guard=_checked_by_another,
            needs_reason=True,
        ),
    ),
    final=frozenset({FaultState.CLOSED}),
)
