"""The states of a renovation request, and the six stages that are derived from them."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """The proposal, then the five "togethers", in order."""

    PROPOSAL = "proposal"
    JOINT_DECISION = "joint_decision"
    CO_CONSTRUCTION = "co_construction"
    JOINT_SUPERVISION = "joint_supervision"
    JOINT_EVALUATION = "joint_evaluation"
    SHARED_RESULT = "shared_result"

    @property
    def position(self) -> int:
        """1 for the proposal, 6 for the shared result."""
        return list(Stage).index(self) + 1


class State(StrEnum):
    """What a request is right now; one flat field."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    JOINT_DECISION = "joint_decision"
    CO_CONSTRUCTION = "co_construction"
    JOINT_SUPERVISION = "joint_supervision"
    JOINT_EVALUATION = "joint_evaluation"
    SHARED_RESULT = "shared_result"
    CLOSED = "closed"
    DECLINED = "declined"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    PAUSED = "paused"


_STAGE: dict[State, Stage] = {
    State.SUBMITTED: Stage.PROPOSAL,
    State.JOINT_DECISION: Stage.JOINT_DECISION,
    State.CO_CONSTRUCTION: Stage.CO_CONSTRUCTION,
    State.JOINT_SUPERVISION: Stage.JOINT_SUPERVISION,
    State.JOINT_EVALUATION: Stage.JOINT_EVALUATION,
    State.SHARED_RESULT: Stage.SHARED_RESULT,
    State.CLOSED: Stage.SHARED_RESULT,
}

ASIDE: frozenset[State] = frozenset(State) - frozenset(_STAGE)
"""States beside the road: a request there keeps in `resume_to` the state that it left the road from."""


def stage_of(state: str, resume_to: str | None = None) -> Stage:
    """The stage that a request shows. `resume_to` is read only for a state aside.

    Raises ValueError for an unknown state, and for a state aside without the state that it was left from.
    """
    state = State(state)
    if state not in ASIDE:
        return _STAGE[state]
    if not resume_to or State(resume_to) in ASIDE:
        raise ValueError(f"{state} needs resume_to, a state on the road, not {resume_to!r}")
    return _STAGE[State(resume_to)]


def resume_to_after(source: str, target: str, resume_to: str | None) -> State | None:
    """What `resume_to` must hold after a move: the last state on the road while aside, nothing otherwise."""
    if State(target) not in ASIDE:
        return None
    return State(resume_to) if State(source) in ASIDE and resume_to else State(source)
