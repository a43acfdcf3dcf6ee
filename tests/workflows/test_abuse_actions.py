"""Ways round the rules that somebody will try, one after the other, through the actions."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from community.actions.people import appoint
from community.actions.places import add_building, add_estate, add_home, move_unit
from community.models import Event
from community.refusals import ActionRefused, NotAllowed
from community.roles import Post
from tests.factories import community as make
from tests.factories import renovation as factory
from workflows.actions.approvals import close_late_steps, publish_policy
from workflows.actions.evidence import withdraw_evidence
from workflows.actions.moving import GateClosed
from workflows.actions.objections import answer_objection, enter_objection
from workflows.actions.requests import TEXT_FIELDS, advance, change_request, propose
from workflows.actions.supervising import explain_day, plan_duty
from workflows.actions.wording import propose_wording, settle_wording
from workflows.kernel import preview
from workflows.models import ApprovalStep, Decision, PublicityPeriod, RenovationRequest, Resolution, WorksPlan
from workflows.permissions import interest_of
from workflows.querysets.facts import renovation_facts
from workflows.querysets.waiting import seats_waiting
from workflows.rules.reasons import Reason
from workflows.rules.renovation import RENOVATION
from workflows.rules.stages import State

pytestmark = pytest.mark.django_db


def home_in(community):
    estate = add_estate(make.SYSTEM, community=community, name="小区")
    building = add_building(make.SYSTEM, estate=estate, name="1号楼")
    return add_home(make.SYSTEM, building=building, number="101", floor_area_centi=8000)


def missing(request) -> set:
    refused = preview(RENOVATION, request.state, "open_co_construction", renovation_facts(request, today=today()))
    return {item.reason for item in refused.missing} if hasattr(refused, "missing") else set()


def today():
    return timezone.localdate()


@pytest.mark.parametrize("old_period_withdrawn", [False, True])
def test_an_objection_is_not_buried_by_hanging_the_plan_out_again(here, old_period_withdrawn):
    request = factory.joint_decision(here)
    factory.resolved(here, request)
    period = PublicityPeriod.objects.get()
    objection = enter_objection(
        make.context(here.grid_worker), publicity=period, received_on=period.starts_on, channel="door",
        summary="施工会堵住车库。",
    )  # fmt: skip
    again = {"starts_on": today() - timedelta(days=8), "ends_on": today() - timedelta(days=1), "place": "公告栏"}
    factory.confirmed(here, request, PublicityPeriod, again)
    if old_period_withdrawn:
        withdraw_evidence(make.context(here.officer, reason="重新公示"), evidence=period)
    assert Reason.OBJECTIONS_OPEN in missing(request)
    answer_objection(make.context(here.secretary), objection=objection, answer="留出车库通道。")
    assert Reason.OBJECTIONS_OPEN not in missing(request)


def test_while_a_request_rests_nobody_decides_and_no_deadline_is_hidden(here):
    request = factory.joint_decision(here)
    asked = factory.asked(here, request)
    step = ApprovalStep.objects.get(round=asked, state="open")
    member = here.grid_committee[0]
    advance(make.context(here.officer, reason="等规划"), request=request, event="pause")
    with pytest.raises(ActionRefused):
        factory.decide_as(member, asked)
    assert not Decision.objects.exists()
    assert not seats_waiting(make.context(member).user, today())
    assert close_late_steps(now=step.due_at + timedelta(seconds=1)) == 0
    advance(make.context(here.officer), request=request, event="resume")
    assert close_late_steps(now=step.due_at + timedelta(seconds=1)) == 1
    assert RenovationRequest.objects.get().state == State.RETURNED


def test_a_resting_request_does_not_keep_the_clock_from_the_others(here):
    resting = factory.joint_decision(here)
    factory.asked(here, resting)
    advance(make.context(here.officer, reason="等规划"), request=resting, event="pause")
    other = factory.joint_decision(here)
    step = ApprovalStep.objects.get(round=factory.asked(here, other), state="open")
    assert close_late_steps(now=step.due_at + timedelta(seconds=1)) == 1
    assert RenovationRequest.objects.get(pk=other.pk).state == State.RETURNED


def test_whoever_lives_with_the_proposer_only_stands_aside_though_the_proposal_names_no_home(here):
    home = home_in(here.community)
    proposer = make.member(unit=here.community, home=home)
    relative = make.holder(Post.COMMITTEE_MEMBER, here.grid, home=home)
    request = propose(
        make.context(here.grid_worker), community=here.community, unit=here.grid, submission_key=uuid.uuid4(),
        values=factory.CONTENT, photos=[(factory.prepared(), "before", "路面")], proposer=proposer,
    )  # fmt: skip
    assert interest_of(relative, request).same_home
    advance(make.context(here.officer), request=request, event="accept")
    with pytest.raises(GateClosed) as caught:
        factory.decide_as(relative, factory.asked(here, request))
    assert caught.value.refused.reason == Reason.OWN_REQUEST


def test_people_without_a_home_are_no_housemates_of_a_proposer_without_one(here):
    request = factory.submitted(here)
    assert not interest_of(here.committee[0], request).own


def test_a_proposal_names_no_home_of_another_community(here):
    neighbour = factory.neighbourhood(prefix="NB")
    with pytest.raises(ActionRefused):
        propose(
            make.context(here.grid_worker), community=here.community, unit=here.grid, submission_key=uuid.uuid4(),
            values=factory.CONTENT, proposer_home=home_in(neighbour.community),
        )  # fmt: skip
    assert not RenovationRequest.objects.exists()


def test_a_missed_day_is_explained_by_who_was_on_duty_or_in_charge_only(here):
    works = factory.joint_supervision(here)
    duty = plan_duty(make.context(here.officer), request=works, day=today(), members=[here.group_member])
    another = make.holder(Post.GROUP_MEMBER, here.grid)
    given = {"duty_day": duty, "no_log": "weather", "explanation": "大雨停工"}
    with pytest.raises(NotAllowed):
        explain_day(make.context(another), **given)
    explain_day(make.context(here.group_member), **given)


def test_whoever_is_on_duty_explains_with_a_post_beside_the_grid_too(here):
    works = factory.joint_supervision(here)
    neighbour = make.holder(Post.GROUP_MEMBER, make.unit(parent=here.community))
    duty = plan_duty(make.context(here.officer), request=works, day=today(), members=[neighbour])
    explained = explain_day(make.context(neighbour), duty_day=duty, no_log="weather", explanation="大雨停工")
    assert explained.explained_by == neighbour


def test_a_phone_number_reaches_the_record_through_no_reason(here):
    request = factory.submitted(here)
    before = Event.objects.count()
    with pytest.raises(ActionRefused) as caught:
        change_request(
            make.context(here.officer, reason="按 13812345678 来电更正"), request=request, read_version=1,
            values={"budget": 1000},
        )  # fmt: skip
    assert caught.value.field == "reason"
    assert Event.objects.count() == before


def test_a_grid_with_a_request_is_not_moved_to_another_community(here):
    neighbour = factory.neighbourhood(prefix="NB")
    factory.submitted(here)
    with pytest.raises(ActionRefused):
        move_unit(make.SYSTEM, unit=here.grid, parent=neighbour.community)
    inner = make.unit(parent=here.community)
    assert move_unit(make.SYSTEM, unit=here.grid, parent=inner).community == here.community


def test_rights_of_a_superuser_are_none(here):
    request = factory.submitted(here)
    post_less = make.member(unit=here.community)
    post_less.user.is_superuser = post_less.user.is_staff = True
    post_less.user.save()
    with pytest.raises(NotAllowed):
        advance(make.context(post_less), request=request, event="accept")
    advance(make.context(here.officer), request=request, event="accept")
    asked = factory.asked(here, request)
    step = asked.steps.get(state="open")
    with pytest.raises(GateClosed):
        factory.take_decision(
            make.context(post_less), step=step, seat=step.seats.first(), choice="agree", reason="", read_version=1
        )


def test_a_seat_of_another_round_or_person_is_no_seat_here(here):
    neighbour = factory.neighbourhood(prefix="NB")
    own, foreign = (factory.asked(at, factory.joint_decision(at)) for at in (here, neighbour))
    member = here.grid_committee[0]
    appoint(make.SYSTEM, member=member, unit=here.community, post=Post.COMMITTEE_MEMBER, starts_on=make.LONG_AGO)
    step, other_step = own.steps.get(state="open"), foreign.steps.get(state="open")
    mine = step.seats.get(member=member)
    for wrong_step, seat in ((other_step, mine), (step, other_step.seats.first()), (step, step.seats.last())):
        with pytest.raises(GateClosed) as caught:
            factory.take_decision(
                make.context(member), step=wrong_step, seat=seat, choice="agree", reason="", read_version=1
            )
        assert caught.value.refused.reason == Reason.NO_SEAT
    assert not Decision.objects.exists()


@pytest.mark.parametrize("event", ["pause", "withdraw"])
def test_a_correction_that_waited_does_not_change_a_request_that_rests_or_has_ended(here, event):
    request = factory.joint_decision(here)
    texts = {name: getattr(request, name) for name in TEXT_FIELDS}
    values = {**texts, "problem": request.problem.replace("老人", "长者")}
    waiting = propose_wording(make.context(here.officer), request=request, read_version=1, values=values)
    advance(make.context(here.officer, reason="另有安排"), request=request, event=event)
    with pytest.raises(ActionRefused):
        settle_wording(make.context(here.secretary), change=waiting, apply=True)
    assert RenovationRequest.objects.get().version == 1
    settle_wording(make.context(here.secretary), change=waiting, apply=False)


def resolution(here, request, **values):
    given = {
        "meeting": "plenary", "item": "practical", "held_on": today(), "place": "社区会议室", "seats": 9, "attended": 6,
        "in_favour": 4, "against": 2, "abstained": 0, "text": "修路。",
    }  # fmt: skip
    return factory.confirmed(here, request, Resolution, {**given, **values})


@pytest.mark.parametrize(
    ("in_favour", "against", "abstained", "carried"), [(4, 2, 0, True), (3, 3, 0, False), (3, 0, 3, False)]
)
def test_a_meeting_that_did_not_agree_opens_no_gate(here, in_favour, against, abstained, carried):
    request = factory.joint_decision(here)
    resolution(here, request, in_favour=in_favour, against=against, abstained=abstained)
    assert (Reason.RESOLUTION_NOT_CARRIED not in missing(request)) is carried


def test_a_meeting_that_is_still_to_come_has_resolved_nothing(here):
    request = factory.joint_decision(here)
    with pytest.raises(ActionRefused) as caught:
        resolution(here, request, held_on=today() + timedelta(days=1))
    assert caught.value.field == "held_on"


def test_what_two_confirmed_is_not_withdrawn_once_the_request_went_on_with_it(here):
    request = factory.co_construction(here)
    confirmed = Resolution.objects.get(request=request)
    with pytest.raises(ActionRefused):
        withdraw_evidence(make.context(here.grid_worker, reason="不要了"), evidence=confirmed)
    confirmed.refresh_from_db()
    assert confirmed.is_confirmed


def test_a_policy_puts_every_decision_on_display(here):
    with pytest.raises(ActionRefused) as caught:
        publish_policy(make.SYSTEM, unit=here.community, name="从简", steps=[factory.GRID_STEP], publicity_days=0)
    assert caught.value.field == "publicity_days"


def test_a_later_works_plan_takes_no_duty_day_out_of_the_rota(here):
    request = factory.joint_supervision(here)
    today = timezone.localdate()
    values = {"contractor": here.partner, "starts_on": today, "ends_on": today + timedelta(days=9)}
    with pytest.raises(ActionRefused) as caught:
        factory.confirmed(here, request, WorksPlan, values)
    assert caught.value.field == "starts_on"
    factory.confirmed(here, request, WorksPlan, {**values, "starts_on": today - timedelta(days=1)})


def test_why_a_round_failed_is_kept_in_chinese_whoever_decides_last(here):
    round_ = factory.asked(here, factory.joint_decision(here))
    with translation.override("en"):
        for member in here.grid_committee[:2]:
            factory.decide_as(member, round_, "disagree", "too expensive")
    round_.refresh_from_db()
    assert "同意" in round_.outcome
