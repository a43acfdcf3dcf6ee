"""The life of a renovation request: every state with every event, and every gate with each thing missing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest

from workflows.kernel import KernelReason, Missing, Moved, Refused, decide, preview
from workflows.refusals import sentence
from workflows.rules.evaluation import Answers
from workflows.rules.evidence import (
    Acceptance,
    Approvals,
    Details,
    Evaluation,
    Funding,
    MatterFinding,
    MergeTarget,
    OwnersVote,
    Partners,
    Publicity,
    Resolution,
    Result,
    Rota,
    WorksPlan,
)
from workflows.rules.publicity import Objection
from workflows.rules.reasons import Reason
from workflows.rules.renovation import (
    ASIDE,
    RENOVATION,
    ROLES_FOR,
    RenovationFacts,
    Stage,
    State,
    may_confirm,
    resume_to_after,
    stage_of,
)
from workflows.rules.votes import Figures, Matter

STARTED = date(2026, 7, 27)
DAYS = frozenset(STARTED + timedelta(days=n) for n in range(31))
ACCEPTED = STARTED + timedelta(days=31)

FIGURES = Figures(
    owners_total=120,
    area_total=12000_00,
    owners_taking_part=80,
    area_taking_part=8000_00,
    owners_agreeing=60,
    area_agreeing=6000_00,
)

COMPLETE = RenovationFacts(
    version=5,
    substance_version=3,
    today=ACCEPTED,
    resume_to=State.SUBMITTED,
    added=1,
    details=Details(place=True, category=True, description=True, rough_cost=True, photos=1),
    merge_target=MergeTarget(reference="KY-2026-7HKQ4", state=State.SUBMITTED),
    resolution=Resolution(version=3, confirmed=True),
    matter=MatterFinding(version=3, confirmed=True, matter=Matter.REBUILDING),
    vote=OwnersVote(version=3, confirmed=True, matter=Matter.REBUILDING, figures=FIGURES),
    approvals=Approvals(version=3, steps=3, passed=3),
    publicity=Publicity(version=3, confirmed=True, starts_on=date(2026, 7, 1), ends_on=date(2026, 7, 7)),
    funding=Funding(budget=Decimal("148000.00"), pledged=Decimal("148000.00")),
    partners=Partners(total=2, confirmed=2),
    works_plan=WorksPlan(version=3, confirmed=True),
    rota=Rota(started_on=STARTED, logged=DAYS),
    acceptance=Acceptance(version=3, confirmed=True, accepted_on=ACCEPTED),
    evaluation=Evaluation(
        version=3,
        confirmed=True,
        answers=Answers(satisfied=6, fair=0, unsatisfied=4, asked=20),
        committee_score=60,
        threshold=600,
        least_responses=10,
    ),
    remedies=1,
    result=Result(version=3, confirmed=True, final_cost=True, upkeep_owner=True, warranty_date=True),
)
"""Everything in place, each thing just so: one step less and it is missing."""

FAILED = replace(COMPLETE, approvals=Approvals(version=5, steps=3, passed=1, failures=(Missing(Reason.TOO_LATE),)))
SUBSTANCE_CHANGED = replace(COMPLETE, version=6, substance_version=6)
FACTS = {"approval_failed": FAILED, "reopen_decision": SUBSTANCE_CHANGED}
"""Events that follow from something having gone wrong; all others are tried with everything in place."""

S = State
MOVES = {
    S.SUBMITTED: {
        "return_for_completion": S.RETURNED,
        "decline": S.DECLINED,
        "merge": S.MERGED,
        "accept": S.JOINT_DECISION,
        "pause": S.PAUSED,
        "withdraw": S.WITHDRAWN,
        "take_back": S.WITHDRAWN,
    },
    S.RETURNED: {
        "hand_in_again": S.SUBMITTED,
        "take_back": S.WITHDRAWN,
        "resubmit": S.SUBMITTED,
        "decline": S.DECLINED,
        "merge": S.MERGED,
        "withdraw": S.WITHDRAWN,
    },
    S.JOINT_DECISION: {
        "approval_failed": S.RETURNED,
        "open_co_construction": S.CO_CONSTRUCTION,
        "pause": S.PAUSED,
        "withdraw": S.WITHDRAWN,
    },
    S.CO_CONSTRUCTION: {
        "start_works": S.JOINT_SUPERVISION,
        "reopen_decision": S.JOINT_DECISION,
        "pause": S.PAUSED,
        "withdraw": S.WITHDRAWN,
    },
    S.JOINT_SUPERVISION: {
        "accept_works": S.JOINT_EVALUATION,
        "reopen_decision": S.JOINT_DECISION,
        "pause": S.PAUSED,
    },
    S.JOINT_EVALUATION: {
        "back_to_works": S.JOINT_SUPERVISION,
        "publish_result": S.SHARED_RESULT,
        "reopen_decision": S.JOINT_DECISION,
        "pause": S.PAUSED,
    },
    S.SHARED_RESULT: {"close": S.CLOSED, "reopen_decision": S.JOINT_DECISION, "pause": S.PAUSED},
    S.PAUSED: {"resume": S.SUBMITTED, "withdraw": S.WITHDRAWN},
    S.CLOSED: {},
    S.DECLINED: {},
    S.MERGED: {},
    S.WITHDRAWN: {},
}
"""The whole life, written a second time by hand."""

NEED_A_REASON = {"return_for_completion", "decline", "merge", "back_to_works", "pause", "withdraw"}
FOLLOW_BY_THEMSELVES = {"approval_failed", "reopen_decision", "hand_in_again", "take_back"}


def test_the_table_of_this_test_is_complete():
    assert set(MOVES) == set(State)
    assert {event for moves in MOVES.values() for event in moves} == set(RENOVATION.events)


@pytest.mark.parametrize(("state", "event"), list(product(State, RENOVATION.events)))
def test_every_state_with_every_event(state, event):
    result = decide(RENOVATION, state, event, FACTS.get(event, COMPLETE), reason="because")
    if event in MOVES[state]:
        assert isinstance(result, Moved), result
        assert (result.source, result.target) == (state, MOVES[state][event])
    else:
        assert result == Refused(KernelReason.NOT_FROM_HERE, {"event": event, "state": state.value})


@pytest.mark.parametrize(("state", "event"), [(state, event) for state in State for event in MOVES[state]])
def test_the_events_that_need_a_reason(state, event):
    result = decide(RENOVATION, state, event, FACTS.get(event, COMPLETE), reason=" ")
    assert (result == Refused(KernelReason.REASON_NEEDED)) is (event in NEED_A_REASON)


def test_every_event_asks_for_a_right_that_some_role_has():
    for transition in RENOVATION.transitions:
        if transition.event in FOLLOW_BY_THEMSELVES:
            assert transition.permission is None
        else:
            assert ROLES_FOR[transition.permission]


def test_only_staff_move_a_request_and_grid_workers_only_speak_for_the_proposer():
    for transition in RENOVATION.transitions:
        if transition.permission:
            expected = {"staff", "grid_worker"} if transition.event in {"resubmit", "withdraw"} else {"staff"}
            assert ROLES_FOR[transition.permission] == expected, transition.event


def test_roles_are_those_of_the_organisation():
    known = {"editor", "grid_worker", "staff", "committee", "serving", "supervisor", "administrator"}
    assert set().union(*ROLES_FOR.values()) <= known


OUTDATED = {"version": 2}
GATE = {
    "accept": State.SUBMITTED,
    "resubmit": State.RETURNED,
    "decline": State.RETURNED,
    "merge": State.RETURNED,
    "withdraw": State.PAUSED,
    "open_co_construction": State.JOINT_DECISION,
    "start_works": State.CO_CONSTRUCTION,
    "accept_works": State.JOINT_SUPERVISION,
    "back_to_works": State.JOINT_EVALUATION,
    "publish_result": State.JOINT_EVALUATION,
    "close": State.SHARED_RESULT,
}


def part(name, **changed):
    return {name: replace(getattr(COMPLETE, name), **changed)}


LACKING = [
    ("accept", {"own": True}, {Reason.OWN_REQUEST}),
    ("accept", part("details", place=False), {Reason.NO_PLACE}),
    ("accept", part("details", category=False), {Reason.NO_CATEGORY}),
    ("accept", part("details", description=False), {Reason.NO_DESCRIPTION}),
    ("accept", part("details", rough_cost=False), {Reason.NO_ROUGH_COST}),
    ("accept", part("details", photos=0), {Reason.NO_PHOTO}),
    (
        "accept",
        {"details": Details(), "own": True},
        {
            Reason.OWN_REQUEST,
            Reason.NO_PLACE,
            Reason.NO_CATEGORY,
            Reason.NO_DESCRIPTION,
            Reason.NO_ROUGH_COST,
            Reason.NO_PHOTO,
        },
    ),
    ("resubmit", part("details", place=False), {Reason.NO_PLACE}),
    ("decline", {"own": True}, {Reason.OWN_REQUEST}),
    ("decline", {"resume_to": State.JOINT_DECISION}, {Reason.NOT_IN_PROPOSAL}),
    ("merge", {"own": True}, {Reason.OWN_REQUEST}),
    ("merge", {"resume_to": State.JOINT_DECISION}, {Reason.NOT_IN_PROPOSAL}),
    ("merge", {"merge_target": None}, {Reason.NO_MERGE_TARGET}),
    ("merge", part("merge_target", itself=True), {Reason.MERGE_INTO_ITSELF}),
    *[
        ("merge", part("merge_target", state=state), {Reason.MERGE_TARGET_ENDED})
        for state in (State.CLOSED, State.DECLINED, State.MERGED, State.WITHDRAWN)
    ],
    *[
        ("withdraw", {"resume_to": state}, {Reason.WORKS_BEGUN})
        for state in (State.JOINT_SUPERVISION, State.JOINT_EVALUATION, State.SHARED_RESULT)
    ],
    ("open_co_construction", {"resolution": None}, {Reason.NO_RESOLUTION}),
    ("open_co_construction", part("resolution", confirmed=False), {Reason.RESOLUTION_UNCONFIRMED}),
    ("open_co_construction", part("resolution", **OUTDATED), {Reason.RESOLUTION_OUTDATED}),
    ("open_co_construction", {"matter": None}, {Reason.NO_MATTER}),
    ("open_co_construction", part("matter", confirmed=False), {Reason.MATTER_UNCONFIRMED}),
    ("open_co_construction", part("matter", **OUTDATED), {Reason.MATTER_OUTDATED}),
    ("open_co_construction", {"vote": None}, {Reason.NO_VOTE}),
    ("open_co_construction", part("vote", confirmed=False), {Reason.VOTE_UNCONFIRMED}),
    ("open_co_construction", part("vote", **OUTDATED), {Reason.VOTE_OUTDATED}),
    ("open_co_construction", part("vote", matter=Matter.USE_OF_FUND), {Reason.VOTE_ON_OTHER_MATTER}),
    (
        "open_co_construction",
        part("vote", figures=replace(FIGURES, area_taking_part=7999_99)),
        {Reason.VOTE_QUORUM_MISSED},
    ),
    ("open_co_construction", part("vote", figures=replace(FIGURES, owners_agreeing=59)), {Reason.VOTE_NOT_PASSED}),
    (
        "open_co_construction",
        part("vote", figures=replace(FIGURES, owners_agreeing=81)),
        {Reason.MORE_AGREEING_THAN_TAKING_PART},
    ),
    ("open_co_construction", {"approvals": None}, {Reason.NO_APPROVAL_ROUND}),
    ("open_co_construction", part("approvals", steps=0, passed=0), {Reason.NO_APPROVAL_ROUND}),
    ("open_co_construction", part("approvals", passed=2), {Reason.STEPS_OPEN}),
    ("open_co_construction", part("approvals", **OUTDATED), {Reason.APPROVALS_OUTDATED}),
    ("open_co_construction", {"publicity": None}, {Reason.NO_PUBLICITY}),
    ("open_co_construction", part("publicity", confirmed=False), {Reason.PUBLICITY_UNCONFIRMED}),
    ("open_co_construction", part("publicity", **OUTDATED), {Reason.PUBLICITY_OUTDATED}),
    ("open_co_construction", {"today": date(2026, 7, 7)}, {Reason.PUBLICITY_RUNNING}),
    ("open_co_construction", part("publicity", starts_on=date(2026, 7, 2)), {Reason.PUBLICITY_TOO_SHORT}),
    ("open_co_construction", part("publicity", least_days=8), {Reason.PUBLICITY_TOO_SHORT}),
    ("open_co_construction", part("publicity", objections=(Objection(),)), {Reason.OBJECTIONS_OPEN}),
    (
        "open_co_construction",
        part("publicity", objections=(Objection(answered=True, answered_by_proposer=True),)),
        {Reason.ANSWERED_BY_PROPOSER},
    ),
    (
        "open_co_construction",
        {"resolution": None, "matter": None, "approvals": None, "publicity": None},
        {Reason.NO_RESOLUTION, Reason.NO_MATTER, Reason.NO_APPROVAL_ROUND, Reason.NO_PUBLICITY},
    ),
    ("start_works", part("approvals", **OUTDATED), {Reason.APPROVALS_OUTDATED}),
    ("start_works", {"approvals": None}, {Reason.NO_APPROVAL_ROUND}),
    ("start_works", part("funding", budget=None), {Reason.NO_BUDGET}),
    ("start_works", part("funding", budget=Decimal(0)), {Reason.NO_BUDGET}),
    ("start_works", part("funding", pledged=Decimal("147999.99")), {Reason.PLEDGES_SHORT}),
    ("start_works", {"partners": Partners()}, {Reason.NO_PARTNER}),
    ("start_works", part("partners", confirmed=1), {Reason.PARTNERS_UNCONFIRMED}),
    ("start_works", {"works_plan": None}, {Reason.NO_CONTRACTOR, Reason.NO_SCHEDULE}),
    ("start_works", part("works_plan", contractor=False), {Reason.NO_CONTRACTOR}),
    ("start_works", part("works_plan", schedule=False), {Reason.NO_SCHEDULE}),
    ("start_works", part("works_plan", confirmed=False), {Reason.WORKS_PLAN_UNCONFIRMED}),
    ("start_works", part("works_plan", **OUTDATED), {Reason.WORKS_PLAN_OUTDATED}),
    ("accept_works", part("approvals", **OUTDATED), {Reason.APPROVALS_OUTDATED}),
    ("accept_works", {"rota": None}, {Reason.WORKS_NOT_STARTED}),
    ("accept_works", part("rota", logged=DAYS - {STARTED}), {Reason.DUTY_GAPS}),
    ("accept_works", part("rota", logged=DAYS - {max(DAYS)}), {Reason.DUTY_GAPS}),
    ("accept_works", part("rota", logged=frozenset(), explained=DAYS), {Reason.NO_SITE_LOG}),
    ("accept_works", {"open_faults": 1}, {Reason.FAULTS_OPEN}),
    ("accept_works", {"acceptance": None}, {Reason.NO_ACCEPTANCE}),
    ("accept_works", part("acceptance", confirmed=False), {Reason.ACCEPTANCE_UNCONFIRMED}),
    ("accept_works", part("acceptance", **OUTDATED), {Reason.ACCEPTANCE_OUTDATED}),
    ("accept_works", {"works_round": 2}, {Reason.ACCEPTANCE_OUTDATED}),
    ("back_to_works", {"remedies": 0}, {Reason.NO_REMEDIES}),
    ("publish_result", part("approvals", **OUTDATED), {Reason.APPROVALS_OUTDATED}),
    ("publish_result", {"evaluation": None}, {Reason.NO_EVALUATION}),
    ("publish_result", part("evaluation", confirmed=False), {Reason.EVALUATION_UNCONFIRMED}),
    ("publish_result", part("evaluation", **OUTDATED), {Reason.EVALUATION_OUTDATED}),
    ("publish_result", {"works_round": 2}, {Reason.EVALUATION_OUTDATED}),
    ("publish_result", part("evaluation", least_responses=11), {Reason.TOO_FEW_RESPONSES}),
    ("publish_result", part("evaluation", answers=Answers(5, 1, 4, 20)), {Reason.SCORE_TOO_LOW}),
    ("publish_result", part("evaluation", committee_score=59), {Reason.COMMITTEE_SCORE_TOO_LOW}),
    (
        "publish_result",
        part("evaluation", threshold=601),
        {Reason.SCORE_TOO_LOW, Reason.COMMITTEE_SCORE_TOO_LOW},
    ),
    ("close", part("approvals", **OUTDATED), {Reason.APPROVALS_OUTDATED}),
    ("close", {"result": None}, {Reason.NO_RESULT}),
    ("close", part("result", confirmed=False), {Reason.RESULT_UNCONFIRMED}),
    ("close", part("result", **OUTDATED), {Reason.RESULT_OUTDATED}),
    ("close", part("result", final_cost=False), {Reason.NO_FINAL_COST}),
    ("close", part("result", upkeep_owner=False), {Reason.NO_UPKEEP_OWNER}),
    ("close", part("result", warranty_date=False), {Reason.NO_WARRANTY_DATE}),
]


@pytest.mark.parametrize(("event", "changed", "missing"), LACKING)
def test_a_gate_names_exactly_what_is_missing(event, changed, missing):
    assert isinstance(preview(RENOVATION, GATE[event], event, COMPLETE), Moved)
    refused = preview(RENOVATION, GATE[event], event, replace(COMPLETE, **changed))
    assert isinstance(refused, Refused)
    assert refused.reason == Reason.NOT_READY
    assert {thing.reason for thing in refused.missing} == missing
    assert refused.params == {"count": len(missing)}
    assert not any("%(" in sentence(thing) for thing in (refused, *refused.missing))


def test_a_request_with_nothing_yet_passes_no_gate():
    nothing = RenovationFacts(version=1, substance_version=1, today=STARTED, resume_to=State.SUBMITTED)
    for event in GATE.keys() - {"decline", "withdraw"}:
        assert isinstance(preview(RENOVATION, GATE[event], event, nothing), Refused), event


@pytest.mark.parametrize("version", [3, 4, 5])
def test_evidence_from_the_last_change_of_substance_on_counts(version):
    later = {
        name: replace(getattr(COMPLETE, name), version=version)
        for name in ("resolution", "matter", "vote", "approvals", "publicity", "works_plan", "acceptance", "evaluation")
    }
    for event in ("open_co_construction", "start_works", "accept_works", "publish_result"):
        assert isinstance(preview(RENOVATION, GATE[event], event, replace(COMPLETE, **later)), Moved), event


def test_a_matter_without_a_vote_needs_none():
    no_vote = replace(COMPLETE, matter=MatterFinding(version=3, confirmed=True, matter=Matter.NONE), vote=None)
    assert isinstance(preview(RENOVATION, State.JOINT_DECISION, "open_co_construction", no_vote), Moved)


def test_the_threshold_of_the_vote_is_that_of_the_matter():
    half = replace(FIGURES, owners_agreeing=41, area_agreeing=4000_01)
    for matter, moves in ((Matter.USE_OF_FUND, True), (Matter.REBUILDING, False)):
        facts = replace(
            COMPLETE,
            matter=replace(COMPLETE.matter, matter=matter),
            vote=replace(COMPLETE.vote, matter=matter, figures=half),
        )
        result = preview(RENOVATION, State.JOINT_DECISION, "open_co_construction", facts)
        assert isinstance(result, Moved) is moves


def test_the_day_after_the_publicity_ends_the_gate_opens():
    after = replace(COMPLETE, today=date(2026, 7, 8))
    assert isinstance(preview(RENOVATION, State.JOINT_DECISION, "open_co_construction", after), Moved)


def test_what_is_lacking_carries_its_figures():
    short = replace(COMPLETE, funding=Funding(budget=Decimal("148000"), pledged=Decimal("100000.50")))
    refused = preview(RENOVATION, State.CO_CONSTRUCTION, "start_works", short)
    assert dict(refused.missing[0].params) == {
        "budget": Decimal("148000"),
        "pledged": Decimal("100000.50"),
        "lacking": Decimal("47999.50"),
    }


def test_works_done_again_are_accepted_and_judged_again():
    again = replace(
        COMPLETE,
        works_round=2,
        acceptance=replace(COMPLETE.acceptance, works_round=2),
        evaluation=replace(COMPLETE.evaluation, works_round=2),
    )
    assert isinstance(preview(RENOVATION, State.JOINT_SUPERVISION, "accept_works", again), Moved)
    assert isinstance(preview(RENOVATION, State.JOINT_EVALUATION, "publish_result", again), Moved)


def test_a_decision_is_reopened_only_by_a_change_of_substance():
    for state in (State.CO_CONSTRUCTION, State.JOINT_SUPERVISION, State.JOINT_EVALUATION, State.SHARED_RESULT):
        assert preview(RENOVATION, state, "reopen_decision", COMPLETE) == Refused(Reason.SUBSTANCE_UNCHANGED)
        assert preview(RENOVATION, state, "reopen_decision", SUBSTANCE_CHANGED).target == State.JOINT_DECISION


def test_a_decision_that_nobody_approved_any_more_is_reopened():
    voided = replace(COMPLETE, approvals=None)
    assert preview(RENOVATION, State.CO_CONSTRUCTION, "reopen_decision", voided).target == State.JOINT_DECISION


def test_an_approval_fails_only_when_a_step_did():
    for facts in (COMPLETE, replace(COMPLETE, approvals=None)):
        refused = preview(RENOVATION, State.JOINT_DECISION, "approval_failed", facts)
        assert refused == Refused(Reason.APPROVAL_NOT_FAILED)


@pytest.mark.parametrize("state", [state for state in State if state not in ASIDE and state != State.CLOSED])
def test_a_paused_request_goes_on_where_it_stood(state):
    paused = preview(RENOVATION, state, "pause", COMPLETE)
    resume_to = resume_to_after(state, paused.target, None)
    resumed = preview(RENOVATION, State.PAUSED, "resume", replace(COMPLETE, resume_to=resume_to))
    assert resumed.target == state
    assert resume_to_after(State.PAUSED, resumed.target, resume_to) is None


def test_what_was_kept_from_an_earlier_return_is_not_mistaken_for_the_state_that_is_left():
    assert resume_to_after(State.JOINT_SUPERVISION, State.PAUSED, State.SUBMITTED) == State.JOINT_SUPERVISION


def test_a_request_that_failed_its_approval_comes_back_to_joint_decision():
    resume_to = resume_to_after(State.JOINT_DECISION, State.RETURNED, None)
    facts = replace(COMPLETE, resume_to=resume_to)
    assert preview(RENOVATION, State.RETURNED, "resubmit", facts).target == State.JOINT_DECISION


@pytest.mark.parametrize("target", [State.DECLINED, State.MERGED, State.WITHDRAWN])
def test_a_returned_request_that_ends_keeps_the_stage_that_it_was_returned_from(target):
    resume_to = resume_to_after(State.RETURNED, target, State.SUBMITTED)
    assert resume_to == State.SUBMITTED
    assert stage_of(target, resume_to) == Stage.PROPOSAL


STAGES = {
    State.SUBMITTED: Stage.PROPOSAL,
    State.JOINT_DECISION: Stage.JOINT_DECISION,
    State.CO_CONSTRUCTION: Stage.CO_CONSTRUCTION,
    State.JOINT_SUPERVISION: Stage.JOINT_SUPERVISION,
    State.JOINT_EVALUATION: Stage.JOINT_EVALUATION,
    State.SHARED_RESULT: Stage.SHARED_RESULT,
    State.CLOSED: Stage.SHARED_RESULT,
}


@pytest.mark.parametrize("state", list(State))
def test_the_stage_is_derived_from_the_state(state):
    if state in STAGES:
        assert stage_of(state) == stage_of(state, State.SUBMITTED) == stage_of(state.value) == STAGES[state]
        return
    for left, stage in STAGES.items():
        assert stage_of(state, left) == stage_of(state.value, left.value) == stage
    for nowhere in (None, "", State.RETURNED, State.PAUSED):
        with pytest.raises(ValueError, match="needs resume_to"):
            stage_of(state, nowhere)


def test_six_stages_in_order():
    assert [stage.position for stage in Stage] == [1, 2, 3, 4, 5, 6]
    assert {State.RETURNED, State.DECLINED, State.MERGED, State.WITHDRAWN, State.PAUSED} == ASIDE


def test_nobody_confirms_what_they_entered():
    assert may_confirm(entered_by=7, confirmed_by=7) == Refused(Reason.OWN_ENTRY)
    assert may_confirm(entered_by=7, confirmed_by=8) is None


class TestByReceipt:
    def test_nothing_added_is_nothing_handed_in(self):
        refused = decide(RENOVATION, S.RETURNED, "hand_in_again", replace(COMPLETE, added=0))
        assert [missing.reason for missing in refused.missing] == [Reason.NOTHING_ADDED]

    @pytest.mark.parametrize("event", ["hand_in_again", "take_back"])
    def test_only_while_it_is_a_proposal(self, event):
        refused = decide(RENOVATION, S.RETURNED, event, replace(COMPLETE, resume_to=S.JOINT_DECISION))
        assert [missing.reason for missing in refused.missing] == [Reason.NOT_IN_PROPOSAL]
