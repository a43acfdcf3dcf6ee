"""Evidence: typed, with a paper, by two people, in its stage; and what the gates make of it."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from community.records import act
from community.refusals import ActionRefused, Conflict, NotAllowed
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.worlds import world
from workflows.actions.evidence import confirm_evidence, enter_evidence, withdraw_evidence
from workflows.actions.funding import confirm_pledge, enter_pledge, reverse_pledge
from workflows.actions.moving import GateClosed
from workflows.actions.objections import answer_objection, enter_objection
from workflows.actions.requests import advance, change_request
from workflows.actions.supervising import check_fault, explain_day, plan_duty, rectify_fault, write_log
from workflows.models import (
    Fault,
    MatterFinding,
    OwnersVote,
    PublicityPeriod,
    RenovationRequest,
    Resolution,
)
from workflows.querysets.facts import pledged_total
from workflows.rules.reasons import Reason

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def gate(here, request, event) -> set[Reason]:
    """What the gate says is missing."""
    with pytest.raises(GateClosed) as caught:
        advance(make.context(here.officer), request=RenovationRequest.objects.get(pk=request.pk), event=event)
    return {missing.reason for missing in caught.value.refused.missing}


RESOLUTION = {
    "meeting": "plenary", "item": "practical", "held_on": TODAY(), "place": "会议室", "seats": 9, "attended": 7,
    "in_favour": 6, "against": 1, "abstained": 0, "text": "同意。",
}  # fmt: skip


def entered(here, request, model=Resolution, values=RESOLUTION, paper=True):
    return enter_evidence(
        make.context(here.officer), model, request=request, values=values, paper=factory.prepared() if paper else None
    )


def test_nobody_confirms_what_they_entered(here):
    row = entered(here, factory.joint_decision(here))
    with pytest.raises(ActionRefused):
        confirm_evidence(make.context(here.officer), evidence=row)
    with pytest.raises(IntegrityError), transaction.atomic(), act(make.SYSTEM, "test", here.community) as a:
        row.status, row.confirmed_by, row.confirmed_at = "confirmed", here.officer, timezone.now()
        a.save(row)


def test_what_is_entered_counts_once_it_is_confirmed(here):
    request = factory.joint_decision(here)
    row = entered(here, request)
    assert Reason.RESOLUTION_UNCONFIRMED in gate(here, request, "open_co_construction")
    confirm_evidence(make.context(here.secretary), evidence=row)
    left = gate(here, request, "open_co_construction")
    assert not {Reason.NO_RESOLUTION, Reason.RESOLUTION_UNCONFIRMED} & left
    with pytest.raises(Conflict):
        confirm_evidence(make.context(here.secretary), evidence=row)


def test_a_resolution_about_an_older_substance_does_not_count(here):
    request = factory.joint_decision(here)
    factory.confirmed(here, request, Resolution, RESOLUTION)
    change_request(make.context(here.officer), request=request, read_version=1, values={"budget": 1})
    assert Reason.RESOLUTION_OUTDATED in gate(here, request, "open_co_construction")


def test_withdrawn_evidence_no_longer_counts_and_stays_readable(here):
    request = factory.joint_decision(here)
    row = factory.confirmed(here, request, Resolution, RESOLUTION)
    with pytest.raises(ActionRefused):
        withdraw_evidence(make.context(here.officer), evidence=row)
    withdraw_evidence(make.context(here.officer, reason="日期写错"), evidence=row)
    assert Reason.NO_RESOLUTION in gate(here, request, "open_co_construction")
    assert [version.status for version in row.history.all()] == ["withdrawn", "confirmed", "entered"]


@pytest.mark.parametrize(
    ("model", "values", "paper"),
    [
        (Resolution, RESOLUTION, False),
        (Resolution, {**RESOLUTION, "in_favour": 7}, True),
        (Resolution, {**RESOLUTION, "attended": 10, "in_favour": 9}, True),
        (Resolution, {**RESOLUTION, "text": "联系 13812345678"}, True),
        (PublicityPeriod, {"starts_on": TODAY(), "ends_on": TODAY() - timedelta(days=1), "place": "栏"}, True),
    ],
)
def test_what_cannot_be_is_refused(here, model, values, paper):
    with pytest.raises(ActionRefused):
        entered(here, factory.joint_decision(here), model, values, paper)
    assert not model.objects.exists()


def test_evidence_of_another_stage_is_refused(here):
    with pytest.raises(ActionRefused):
        entered(here, factory.submitted(here))


VOTE = {
    "matter": "rebuilding", "scope": "building", "scope_name": "3 号楼", "opened_on": TODAY(), "closed_on": TODAY(),
    "owners_total": 120, "area_total_centi": 1200000, "owners_taking_part": 80, "area_taking_part_centi": 800000,
    "owners_agreeing": 60, "area_agreeing_centi": 600000,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({}, None),
        ({"area_agreeing_centi": 599999}, Reason.VOTE_NOT_PASSED),
        ({"owners_agreeing": 59}, Reason.VOTE_NOT_PASSED),
        ({"area_taking_part_centi": 799999}, Reason.VOTE_QUORUM_MISSED),
        ({"matter": "use_of_fund"}, Reason.VOTE_ON_OTHER_MATTER),
    ],
)
def test_the_owners_vote_is_judged_to_the_hundredth_of_a_square_metre(here, changed, missing):
    request = factory.joint_decision(here)
    factory.confirmed(here, request, MatterFinding, {"matter": "rebuilding", "ground": "改建附属设施。"})
    factory.confirmed(here, request, OwnersVote, {**VOTE, **changed})
    left = gate(here, request, "open_co_construction")
    votes = {Reason.NO_VOTE, Reason.VOTE_NOT_PASSED, Reason.VOTE_QUORUM_MISSED, Reason.VOTE_ON_OTHER_MATTER}
    assert left & votes == ({missing} if missing else set())


def test_an_open_objection_keeps_the_gate_closed_and_the_proposer_does_not_answer(here):
    request = factory.joint_decision(here)
    period = factory.confirmed(
        here, request, PublicityPeriod,
        {"starts_on": TODAY() - timedelta(days=8), "ends_on": TODAY() - timedelta(days=1), "place": "公告栏"},
    )  # fmt: skip
    context = make.context(here.grid_worker)
    raised = {"received_on": TODAY() - timedelta(days=2), "channel": "door", "summary": "担心停车位减少"}
    objection = enter_objection(context, publicity=period, words="我不同意，13812345678", **raised)
    assert Reason.OBJECTIONS_OPEN in gate(here, request, "open_co_construction")
    with pytest.raises(ActionRefused):
        enter_objection(context, publicity=period, **{**raised, "received_on": TODAY()})
    answer_objection(make.context(here.secretary), objection=objection, answer="车位数量不变，位置见图。")
    assert Reason.OBJECTIONS_OPEN not in gate(here, request, "open_co_construction")


def test_money_counts_when_confirmed_and_falls_away_by_a_second_line(here):
    request = factory.co_construction(here)
    pledge = enter_pledge(
        make.context(here.officer), request=request, source="unit", label="研究所", amount=Decimal("240000"),
        pledged_on=TODAY(), paper=factory.prepared(), partner=here.partner,
    )  # fmt: skip
    assert pledged_total(request) == 0
    with pytest.raises(ActionRefused):
        confirm_pledge(make.context(here.officer), pledge=pledge)
    confirm_pledge(make.context(here.secretary), pledge=pledge)
    assert pledged_total(request) == 240000
    back = reverse_pledge(make.context(here.officer, reason="资金另有安排"), pledge=pledge, on=TODAY())
    confirm_pledge(make.context(here.secretary), pledge=back)
    assert pledged_total(request) == 0
    with pytest.raises(Conflict):
        reverse_pledge(make.context(here.officer, reason="再来一次"), pledge=pledge, on=TODAY())


def test_a_neighbours_partner_pays_nothing_here(here):
    other = factory.neighbourhood(prefix="LF")
    request = factory.co_construction(here)
    with pytest.raises(ActionRefused):
        enter_pledge(
            make.context(here.officer), request=request, source="unit", label="研究所", amount=Decimal("1"),
            pledged_on=TODAY(), paper=factory.prepared(), partner=other.partner,
        )  # fmt: skip


@world
def site(here):
    return factory.joint_supervision(here)


def log(here, duty, member=None, **values):
    fields = {"weather": "clear", "finding": "fine", "text": "正常。", **values}
    return write_log(
        make.context(member or here.group_member), duty_day=duty, submission_key=uuid.uuid4(),
        **fields,
    )  # fmt: skip


def test_a_day_without_log_keeps_the_works_from_being_accepted_until_explained(here, site):
    today = TODAY()
    assert Reason.NO_SITE_LOG in gate(here, site, "accept_works")
    duty = plan_duty(
        make.context(here.officer), request=site, day=today - timedelta(days=1), members=[here.group_member]
    )
    assert Reason.DUTY_GAPS in gate(here, site, "accept_works")
    explain_day(make.context(here.group_member), duty_day=duty, no_log="weather", explanation="大雨停工")
    assert Reason.DUTY_GAPS not in gate(here, site, "accept_works")


def test_only_those_on_duty_or_in_charge_write_the_log(here, site):
    duty = plan_duty(make.context(here.officer), request=site, day=TODAY(), members=[here.group_member])
    with pytest.raises(NotAllowed):
        log(here, duty, here.committee[0])
    assert log(here, duty, here.grid_worker).member == here.grid_worker


def test_a_fault_is_put_right_with_a_photo_and_checked_by_another(here, site):
    duty = plan_duty(make.context(here.officer), request=site, day=TODAY(), members=[here.group_member])
    log(
        here, duty, finding="problem", text="排水口被堵", severity="major",
        due_on=TODAY() + timedelta(days=2),
    )  # fmt: skip
    fault = Fault.objects.get()
    assert Reason.FAULTS_OPEN in gate(here, site, "accept_works")
    worker = make.context(here.grid_worker)
    with pytest.raises(GateClosed):
        rectify_fault(worker, fault=fault, text="已疏通", photo=None)
    rectify_fault(worker, fault=fault, text="已疏通", photo=factory.prepared())
    with pytest.raises(GateClosed):
        check_fault(worker, fault=fault, put_right=True)
    check_fault(make.context(here.officer), fault=fault, put_right=True)
    assert Reason.FAULTS_OPEN not in gate(here, site, "accept_works")
    assert Fault.objects.get().state == "closed"


def test_too_low_an_evaluation_goes_back_to_the_works_with_a_list(here):
    request = factory.joint_evaluation(here)
    with pytest.raises(GateClosed):
        advance(make.context(here.officer, reason="排水不畅"), request=request, event="back_to_works")
    request = advance(
        make.context(here.officer, reason="排水不畅"), request=request, event="back_to_works", remedies=("重做排水口",)
    )
    assert (request.state, request.works_round) == ("joint_supervision", 2)
    assert Reason.ACCEPTANCE_OUTDATED in gate(here, request, "accept_works")
