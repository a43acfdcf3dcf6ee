"""Rounds of approval: quorum, own request, one person once, too late."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.actions.people import appoint, end_appointment
from community.models import Appointment
from community.refusals import Conflict
from community.roles import Post
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.worlds import world
from workflows.actions.approvals import close_late_steps
from workflows.actions.moving import GateClosed
from workflows.actions.requests import change_request
from workflows.models import ApprovalRound, ApprovalStep, Decision, RenovationRequest, Seat
from workflows.rules.reasons import Reason
from workflows.rules.stages import State

pytestmark = pytest.mark.django_db


@world
def asked(here):
    return factory.asked(here, factory.joint_decision(here))


def refused(caught) -> Reason:
    return caught.value.refused.reason


def test_the_second_body_is_asked_when_the_first_has_agreed(here, asked):
    grid, community = asked.steps.all()
    assert (grid.state, community.state) == ("open", "waiting")
    for member in here.grid_committee[:2]:
        factory.decide_as(member, asked)
    grid, community = asked.steps.all()
    assert (grid.state, community.state) == ("passed", "open")
    assert community.due_at is not None


def test_all_bodies_agreeing_passes_the_round(here, asked):
    factory.approve(here, asked)
    asked.refresh_from_db()
    assert asked.state == "passed"
    assert RenovationRequest.objects.get().state == State.JOINT_DECISION


def test_a_step_that_can_no_longer_pass_returns_the_request_with_the_reason(here, asked):
    for member in here.grid_committee[:2]:
        factory.decide_as(member, asked, "disagree", "预算太高")
    request = RenovationRequest.objects.get()
    assert (request.state, request.resume_to) == (State.RETURNED, State.JOINT_DECISION)
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert asked.outcome


def test_nobody_decides_twice(here, asked):
    seat = Seat.objects.filter(step__round=asked, member=here.grid_committee[0]).first()
    factory.decide_as(here.grid_committee[0], asked)
    with pytest.raises(Conflict):
        factory.take_decision(
            make.context(here.grid_committee[0]), step=seat.step, seat=seat, choice="agree", reason="", read_version=1
        )
    assert Decision.objects.count() == 1


def test_a_member_of_both_bodies_decides_once_in_the_round(here):
    double = here.grid_committee[0]
    appoint(make.SYSTEM, member=double, unit=here.community, post=Post.COMMITTEE_MEMBER, starts_on=make.LONG_AGO)
    asked = factory.asked(here, factory.joint_decision(here))
    for member in here.grid_committee[:2]:
        factory.decide_as(member, asked)
    with pytest.raises(GateClosed) as caught:
        factory.decide_as(double, asked)
    assert refused(caught) == Reason.DECIDED_ELSEWHERE


def test_the_author_of_the_substance_may_only_stand_aside(here):
    request = factory.joint_decision(here)
    author = here.grid_worker
    appoint(make.SYSTEM, member=author, unit=here.grid, post=Post.COMMITTEE_MEMBER, starts_on=make.LONG_AGO)
    asked = factory.asked(here, request)
    with pytest.raises(GateClosed) as caught:
        factory.decide_as(author, asked)
    assert refused(caught) == Reason.OWN_REQUEST
    assert factory.decide_as(author, asked, "recuse", "是我提出的").choice == "recuse"


def test_an_ended_appointment_cannot_act_and_what_it_decided_stays(here, asked):
    first, second, _third = here.grid_committee
    factory.decide_as(first, asked)
    for member in (first, second):
        end_appointment(make.SYSTEM, appointment=Appointment.objects.get(member=member), on=timezone.localdate())
    with pytest.raises(GateClosed) as caught:
        factory.decide_as(second, asked)
    assert refused(caught) == Reason.APPOINTMENT_ENDED
    assert Decision.objects.filter(member=first).exists()


def test_a_version_that_was_not_read_is_not_approved(here, asked):
    request = RenovationRequest.objects.get()
    change_request(make.context(here.officer), request=request, read_version=1, values={"title": "修一段 路"})
    with pytest.raises(Conflict):
        factory.decide_as(here.grid_committee[0], asked, read_version=1)


def test_a_change_of_substance_voids_the_round(here, asked):
    request = RenovationRequest.objects.get()
    change_request(make.context(here.officer), request=request, read_version=1, values={"budget": 300000})
    asked.refresh_from_db()
    assert asked.state == "void"


def test_a_late_step_returns_the_request(here, asked):
    step = ApprovalStep.objects.get(round=asked, state="open")
    assert close_late_steps(now=step.due_at) == 0
    assert close_late_steps(now=step.due_at + timedelta(seconds=1)) == 1
    assert close_late_steps(now=step.due_at + timedelta(seconds=2)) == 0
    assert RenovationRequest.objects.get().state == State.RETURNED
    assert ApprovalRound.objects.get().state == "failed"
