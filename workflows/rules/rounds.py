"""The life of a round of approval and of its steps; `approvals` counts, this says what follows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workflows.kernel import Machine, Refused, Transition
from workflows.rules.approvals import Failed, Open, Passed
from workflows.rules.reasons import Reason


class RoundState(StrEnum):
    """A round over one version."""

    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"
    VOID = "void"


class StepState(StrEnum):
    """A step of a round; the first is open at once, the next waits for it."""

    WAITING = "waiting"
    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class StepFacts:
    """What a step's guards look at. `before` is the state of the step before it, None for the first."""

    outcome: Open | Passed | Failed
    before: StepState | None = None


@dataclass(frozen=True, kw_only=True)
class RoundFacts:
    """What a round's guards look at: its steps, its version, the version that last changed the substance, and
    whether the request was taken back while the round ran."""

    steps: tuple[StepState, ...]
    version: int
    substance_version: int
    withdrawn: bool = False


def _after_the_step_before(facts: StepFacts) -> Refused | None:
    """The step before it has passed; the first has none."""
    return None if facts.before in (None, StepState.PASSED) else Refused(Reason.STEP_BEFORE_UNFINISHED)


def _step_passed(facts: StepFacts) -> Refused | None:
    """Both minima are reached."""
    return None if isinstance(facts.outcome, Passed) else Refused(Reason.STEP_UNDECIDED)


def _step_failed(facts: StepFacts) -> Refused | None:
    """It can no longer pass, or is late."""
    return None if isinstance(facts.outcome, Failed) else Refused(Reason.STEP_UNDECIDED)


def _all_steps_passed(facts: RoundFacts) -> Refused | None:
    """Every step has passed."""
    passed = sum(step == StepState.PASSED for step in facts.steps)
    if facts.steps and passed == len(facts.steps):
        return None
    return Refused(Reason.STEPS_OPEN, {"passed": passed, "steps": len(facts.steps)})


def _a_step_failed(facts: RoundFacts) -> Refused | None:
    """A step has failed."""
    return None if StepState.FAILED in facts.steps else Refused(Reason.NO_STEP_FAILED)


def _approves_nothing_now(facts: RoundFacts) -> Refused | None:
    """The substance changed after the round's version, or the request was taken back."""
    if facts.withdrawn or facts.substance_version > facts.version:
        return None
    return Refused(Reason.SUBSTANCE_UNCHANGED)


APPROVAL_STEP = Machine(
    "approval_step",
    StepState.WAITING,
    (
        Transition(
            event="open_step",
            sources=(StepState.WAITING,),
            target=StepState.OPEN,
            permission=None,
            guard=_after_the_step_before,
        ),
        Transition(
            event="pass_step",
            sources=(StepState.OPEN,),
            target=StepState.PASSED,
            permission=None,
            guard=_step_passed,
        ),
        Transition(
            event="fail_step",
            sources=(StepState.OPEN,),
            target=StepState.FAILED,
            permission=None,
            guard=_step_failed,
        ),
    ),
    final=frozenset({StepState.PASSED, StepState.FAILED}),
)

APPROVAL_ROUND = Machine(
    "approval_round",
    RoundState.OPEN,
    (
        Transition(
            event="pass_round",
            sources=(RoundState.OPEN,),
            target=RoundState.PASSED,
            permission=None,
            guard=_all_steps_passed,
        ),
        Transition(
            event="fail_round",
            sources=(RoundState.OPEN,),
            target=RoundState.FAILED,
            permission=None,
            guard=_a_step_failed,
        ),
        Transition(
            event="void_round",
            sources=(RoundState.OPEN, RoundState.PASSED),
            target=RoundState.VOID,
            permission=None,
            guard=_approves_nothing_now,
        ),
    ),
    final=frozenset({RoundState.FAILED, RoundState.VOID}),
)
