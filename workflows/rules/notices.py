"""When the community's notice board should say something about a request."""

from __future__ import annotations

from enum import StrEnum

from .stages import ASIDE, Stage, State, stage_of


class Occasion(StrEnum):
    """What a notice about a request is written for: a stage that begins, or the request put on public display."""

    JOINT_DECISION = Stage.JOINT_DECISION.value
    PUBLICITY = "publicity"
    CO_CONSTRUCTION = Stage.CO_CONSTRUCTION.value
    JOINT_SUPERVISION = Stage.JOINT_SUPERVISION.value
    JOINT_EVALUATION = Stage.JOINT_EVALUATION.value
    SHARED_RESULT = Stage.SHARED_RESULT.value


def occasion_of(source: str, target: str, resume_to: str | None) -> Occasion | None:
    """The occasion of a move from state to state; None when no stage begins.

    `resume_to` is what the request kept while it was in `source`. A proposal is nobody's news before the community has
    accepted it; going on after a pause begins nothing; closing ends the last stage and begins none.
    """
    source, target = State(source), State(target)
    if target in ASIDE or target in (State.SUBMITTED, State.CLOSED):
        return None
    if source not in (State.CLOSED, target) and stage_of(source, resume_to or None) == stage_of(target):
        return None
    return Occasion(target.value)
