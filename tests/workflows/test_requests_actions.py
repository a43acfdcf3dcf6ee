"""A request through all its states, and what stands in its way."""

import pytest

from community.models import Event
from community.refusals import ActionRefused, Conflict, NotAllowed
from tests.factories import community as make
from tests.factories import renovation as factory
from workflows.actions.moving import GateClosed
from workflows.actions.requests import advance, change_request
from workflows.models import ApprovalRound, RenovationRequest
from workflows.rules.stages import State

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_reached_through_the_actions(here, state):
    request = factory.in_state(here, state)
    assert RenovationRequest.objects.get(pk=request.pk).state == state
    assert request.history.first().event_id in set(Event.objects.values_list("pk", flat=True))


def test_the_gate_says_everything_that_is_missing(here):
    request = factory.joint_decision(here)
    with pytest.raises(GateClosed) as caught:
        advance(make.context(here.officer), request=request, event="open_co_construction")
    assert len(caught.value.missing) == 4
    assert RenovationRequest.objects.get(pk=request.pk).state == State.JOINT_DECISION


def test_a_change_of_substance_after_the_decision_brings_it_back_and_voids_the_approval(here):
    request = factory.co_construction(here)
    changed = change_request(
        make.context(here.officer, reason="增加排水沟"), request=request, read_version=1, values={"budget": 286000}
    )
    assert (changed.state, changed.version, changed.substance_version) == (State.JOINT_DECISION, 2, 2)
    assert ApprovalRound.objects.get(request=request).state == "void"


def test_layout_alone_is_a_new_version_and_keeps_the_approval(here):
    request = factory.co_construction(here)
    changed = change_request(
        make.context(here.officer), request=request, read_version=1,
        values={"plan": "铺设雨水管， 新建人行道。"},
    )  # fmt: skip
    assert (changed.state, changed.version, changed.substance_version) == (State.CO_CONSTRUCTION, 2, 1)
    assert ApprovalRound.objects.get(request=request).state == "passed"


def test_a_stale_version_is_a_conflict(here):
    request = factory.submitted(here)
    change_request(make.context(here.officer), request=request, read_version=1, values={"title": "修路"})
    with pytest.raises(Conflict):
        change_request(make.context(here.secretary), request=request, read_version=1, values={"title": "铺路"})


def test_a_neighbours_staff_may_nothing(here):
    other = factory.neighbourhood(prefix="LF")
    request = factory.submitted(here)
    with pytest.raises(NotAllowed):
        advance(make.context(other.officer), request=request, event="accept")


def test_the_same_submission_is_one_request(here):
    key = "6f1f7c52-0f0b-4b4f-8d3c-0d4d1a4b7a11"
    made = [
        factory.propose(
            make.context(here.grid_worker), community=here.community, unit=here.grid, submission_key=key,
            values=factory.CONTENT,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert made[0].pk == made[1].pk
    assert RenovationRequest.objects.count() == 1


def test_public_wording_holds_no_phone_number(here):
    with pytest.raises(ActionRefused) as caught:
        factory.submitted(here, problem="请联系 13812345678")
    assert caught.value.field == "problem"
