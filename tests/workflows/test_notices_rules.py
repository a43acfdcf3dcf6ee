"""When the notice board should say something about a request."""

import pytest

from workflows.rules.notices import Occasion, occasion_of
from workflows.rules.renovation import RENOVATION
from workflows.rules.stages import ASIDE, State

ROAD = (State.JOINT_DECISION, State.CO_CONSTRUCTION, State.JOINT_SUPERVISION, State.JOINT_EVALUATION,
        State.SHARED_RESULT)  # fmt: skip


@pytest.mark.parametrize(("source", "target"), list(zip((State.SUBMITTED, *ROAD), ROAD, strict=False)))
def test_each_stage_that_begins_is_an_occasion(source, target):
    assert occasion_of(source, target, None) == Occasion(target.value)


def test_works_that_begin_again_and_a_decision_taken_anew_are_occasions():
    assert occasion_of(State.JOINT_EVALUATION, State.JOINT_SUPERVISION, None) == Occasion.JOINT_SUPERVISION
    assert occasion_of(State.CO_CONSTRUCTION, State.JOINT_DECISION, None) == Occasion.JOINT_DECISION


def test_going_on_after_a_pause_begins_nothing():
    assert occasion_of(State.PAUSED, State.CO_CONSTRUCTION, State.CO_CONSTRUCTION) is None


def test_moves_that_end_or_leave_the_road_are_no_occasion():
    for transition in RENOVATION.transitions:
        for source in transition.sources:
            target = State(transition.target) if transition.target in set(State) else None
            if target in ASIDE or target in (State.SUBMITTED, State.CLOSED):
                assert occasion_of(source, target, State.JOINT_DECISION) is None
