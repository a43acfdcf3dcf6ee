"""Quorum: passing, no longer being able to pass, and who may decide."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.kernel import KernelReason, Moved, Refused, decide
from workflows.rules.approvals import (
    Choice,
    Failed,
    Open,
    Passed,
    SeatFact,
    StepRule,
    StillNeeded,
    outcome,
    still_needed,
    tally,
)
from workflows.rules.deciding import Deciding, Interest, may_decide
from workflows.rules.reasons import Reason
from workflows.rules.rounds import APPROVAL_ROUND, APPROVAL_STEP, RoundFacts, RoundState, StepFacts, StepState

DUE = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
BEFORE = DUE - timedelta(days=1)
RULE = StepRule(order=1, min_taking_part=5, min_approvals=4)
A, C, D, R = Choice.AGREE, Choice.CHANGE, Choice.DISAGREE, Choice.RECUSE


def seats(*choices, **changed):
    """Seven seats of seven people, the first ones having decided."""
    given_choices = [*choices, *[None] * (7 - len(choices))]
    return [SeatFact(n, 100 + n, choice, **changed) for n, choice in enumerate(given_choices)]


def at(seats, now=BEFORE, rule=RULE):
    return outcome(rule, seats, now=now, due_at=DUE)


def failure_reasons(result):
    assert isinstance(result, Failed)
    return {missing.reason: dict(missing.params) for missing in result.reasons}


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ((A, A, A, A, A), Passed()),
        ((A, A, A, A, D), Passed()),
        ((A, A, A, A, C), Passed()),
        ((A, A, A, A), Open()),  # four agree, but only four take part
        ((A, A, A, D, D), Open()),  # five take part, but only three agree
        ((A, A, A, A, R), Open()),  # a recusal is not taking part
        ((A, A, A, A, R, R), Open()),
        ((A, A, A, D, D, D), Open()),  # the seventh can still bring the fourth approval
        ((), Open()),
    ],
)
def test_both_minima_must_be_reached(choices, expected):
    assert at(seats(*choices)) == expected


def test_a_step_that_cannot_get_its_approvals_has_failed():
    reasons = failure_reasons(at(seats(A, A, A, D, D, D, C)))
    assert reasons == {Reason.TOO_FEW_CAN_AGREE: {"possible": 3, "needed": 4}}
    assert failure_reasons(at(seats(D, D, D, C))) == {Reason.TOO_FEW_CAN_AGREE: {"possible": 3, "needed": 4}}
    assert at(seats(D, D, C)) == Open()


def test_recusals_lower_nothing():
    assert at(seats(R, R)) == Open()
    assert failure_reasons(at(seats(R, R, R))) == {Reason.TOO_FEW_CAN_TAKE_PART: {"possible": 4, "needed": 5}}
    assert failure_reasons(at(seats(R, R, R, R))) == {
        Reason.TOO_FEW_CAN_TAKE_PART: {"possible": 3, "needed": 5},
        Reason.TOO_FEW_CAN_AGREE: {"possible": 3, "needed": 4},
    }


def test_ended_appointments_can_no_longer_decide_but_what_they_decided_stays():
    ended_undecided = [*seats(A, A, A, A)[:4], *[SeatFact(n, 100 + n, active=False) for n in (4, 5, 6)]]
    assert failure_reasons(at(ended_undecided)) == {Reason.TOO_FEW_CAN_TAKE_PART: {"possible": 4, "needed": 5}}
    one_left = [*ended_undecided[:6], SeatFact(6, 106)]
    assert at(one_left) == Open()
    assert at(seats(A, A, A, A, D, active=False)) == Passed()


def test_whoever_decided_in_another_seat_cannot_be_waited_for():
    elsewhere = [*seats(A, A, A, A)[:4], *[SeatFact(n, 100 + n, decided_elsewhere=True) for n in (4, 5, 6)]]
    assert failure_reasons(at(elsewhere)) == {Reason.TOO_FEW_CAN_TAKE_PART: {"possible": 4, "needed": 5}}


def test_one_person_in_two_seats_is_one_decision_to_come():
    one_person_left = [*seats(A, A, A, D)[:4], SeatFact(4, 200), SeatFact(5, 200), SeatFact(6, 100, active=True)]
    # 200 sits twice and 100 decided already: at most five take part, four agree
    assert tally(RULE, one_person_left).possible == 1
    assert at(one_person_left) == Open()
    assert failure_reasons(at([*seats(A, A, D, D)[:4], *one_person_left[4:]])) == {
        Reason.TOO_FEW_CAN_AGREE: {"possible": 3, "needed": 4}
    }


def test_a_policy_may_let_a_person_use_each_seat():
    each_seat = replace(RULE, one_person_once=False)
    two_seats = [*seats(A, A, D, D)[:4], SeatFact(4, 200), SeatFact(5, 200), SeatFact(6, 100)]
    assert tally(each_seat, two_seats).possible == 3
    assert at(two_seats, rule=each_seat) == Open()


def test_the_deadline_itself_is_in_time():
    assert at(seats(A, A), now=DUE) == Open()
    late = at(seats(A, A), now=DUE + timedelta(microseconds=1))
    assert failure_reasons(late) == {Reason.DEADLINE_PASSED: {"due_at": DUE}}


def test_what_passed_in_time_has_passed_for_good():
    assert at(seats(A, A, A, A, A), now=DUE + timedelta(days=30)) == Passed()


def test_without_a_deadline_nothing_is_late():
    assert outcome(RULE, seats(A), now=DUE + timedelta(days=999), due_at=None) == Open()


@pytest.mark.parametrize(
    ("choices", "needed"),
    [
        ((), StillNeeded(5, 4)),
        ((A, A, A), StillNeeded(2, 1)),
        ((A, D, C), StillNeeded(2, 3)),
        ((A, R, R), StillNeeded(4, 3)),
        ((A, A, A, A, A, A), StillNeeded(0, 0)),
        ((D, D, D, D, D, D), StillNeeded(0, 4)),
    ],
)
def test_what_is_still_needed(choices, needed):
    assert still_needed(RULE, seats(*choices)) == needed


def test_the_figures_of_the_decision_page():
    count = tally(RULE, seats(A, A, A, D, R))
    assert (count.seats, count.taking_part, count.approvals, count.recused, count.possible) == (7, 4, 3, 1, 2)


@pytest.mark.parametrize("minima", [(0, 1), (1, 0), (-1, 1)])
def test_a_step_asks_for_somebody(minima):
    with pytest.raises(ValueError, match="at least one"):
        StepRule(1, *minima)


any_seat = st.builds(
    SeatFact,
    seat_id=st.integers(1, 99),
    member_id=st.integers(1, 6),
    choice=st.none() | st.sampled_from(Choice),
    active=st.booleans(),
    decided_elsewhere=st.booleans(),
)
any_rule = st.builds(StepRule, order=st.just(1), min_taking_part=st.integers(1, 5), min_approvals=st.integers(1, 5))
any_now = st.sampled_from([BEFORE, DUE, DUE + timedelta(seconds=1)])


@given(any_rule, st.lists(any_seat, max_size=8), any_now)
def test_one_more_approval_never_takes_a_pass_away(rule, some, now):
    for n, seat in enumerate(some):
        if seat.choice is None:
            agreed = [*some[:n], replace(seat, choice=A), *some[n + 1 :]]
            if at(some, now, rule) == Passed():
                assert at(agreed, now, rule) == Passed()


@given(any_rule, st.lists(any_seat, max_size=6))
def test_it_can_no_longer_pass_exactly_when_no_way_of_deciding_passes_it(rule, some):
    """Brute force: everybody who still may decides in every way, one seat per person."""
    decided = {seat.member_id for seat in some if seat.choice is not None}
    free = {}
    for n, seat in enumerate(some):
        if seat.choice is None and seat.active and not seat.decided_elsewhere and seat.member_id not in decided:
            free.setdefault(seat.member_id, n)
    ways = product([None, A, C, D, R], repeat=len(free))
    reachable = False
    for way in ways:
        chosen = dict(zip(free.values(), way, strict=True))
        then = [replace(seat, choice=chosen.get(n, seat.choice)) for n, seat in enumerate(some)]
        taking_part = sum(seat.choice in (A, C, D) for seat in then)
        approvals = sum(seat.choice is A for seat in then)
        reachable |= taking_part >= rule.min_taking_part and approvals >= rule.min_approvals
    assert isinstance(at(some, BEFORE, rule), Failed) is not reachable


@given(any_rule, st.lists(any_seat, max_size=8), any_now)
def test_passed_and_nothing_more_needed_are_the_same(rule, some, now):
    assert (at(some, now, rule) == Passed()) == (still_needed(rule, some) == StillNeeded(0, 0))


DECIDING = Deciding(
    round_state=RoundState.OPEN,
    step_state=StepState.OPEN,
    seat=SeatFact(1, 101),
    interest=Interest(),
    version=3,
    read_version=3,
    now=DUE,
    due_at=DUE,
    choice=A,
)


@pytest.mark.parametrize("choice", [None, A])
def test_a_seat_may_agree_without_a_word(choice):
    assert may_decide(replace(DECIDING, choice=choice)) is None


@pytest.mark.parametrize("choice", [C, D, R])
def test_whoever_does_not_simply_agree_says_why(choice):
    assert may_decide(replace(DECIDING, choice=choice)) == Refused(Reason.OPINION_NEEDED)
    assert may_decide(replace(DECIDING, choice=choice, opinion="  ")) == Refused(Reason.OPINION_NEEDED)
    assert may_decide(replace(DECIDING, choice=choice, opinion="The ramp is too steep")) is None


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"seat": None}, Reason.NO_SEAT),
        ({"seat": SeatFact(1, 101, A)}, Reason.ALREADY_DECIDED),
        ({"seat": SeatFact(1, 101, R)}, Reason.ALREADY_DECIDED),
        ({"seat": SeatFact(1, 101, decided_elsewhere=True)}, Reason.DECIDED_ELSEWHERE),
        ({"seat": SeatFact(1, 101, active=False)}, Reason.APPOINTMENT_ENDED),
        ({"round_state": RoundState.PASSED}, Reason.ROUND_NOT_OPEN),
        ({"round_state": RoundState.FAILED}, Reason.ROUND_NOT_OPEN),
        ({"round_state": RoundState.VOID}, Reason.ROUND_NOT_OPEN),
        ({"step_state": StepState.WAITING}, Reason.STEP_NOT_OPEN),
        ({"step_state": StepState.PASSED}, Reason.STEP_NOT_OPEN),
        ({"step_state": StepState.FAILED}, Reason.STEP_NOT_OPEN),
        ({"now": DUE + timedelta(microseconds=1)}, Reason.TOO_LATE),
        ({"read_version": 2}, Reason.STALE_VERSION),
        ({"read_version": 4}, Reason.STALE_VERSION),
        ({"interest": Interest(proposer=True)}, Reason.OWN_REQUEST),
        ({"interest": Interest(same_home=True)}, Reason.OWN_REQUEST),
        ({"interest": Interest(author=True)}, Reason.OWN_REQUEST),
    ],
)
def test_what_stands_in_the_way_of_a_decision(changed, reason):
    refused = may_decide(replace(DECIDING, **changed))
    assert refused is not None
    assert refused.reason == reason


@pytest.mark.parametrize("choice", [A, C, D])
def test_on_their_own_request_a_person_may_only_recuse(choice):
    own = replace(DECIDING, interest=Interest(proposer=True), opinion="It is mine")
    assert may_decide(replace(own, choice=choice)) == Refused(Reason.OWN_REQUEST)
    assert may_decide(replace(own, choice=R)) is None
    assert may_decide(replace(own, choice=None)) is None


def test_without_a_deadline_nobody_is_too_late():
    assert may_decide(replace(DECIDING, due_at=None, now=DUE + timedelta(days=999))) is None


STEP_MOVES = {
    (StepState.WAITING, "open_step"): StepState.OPEN,
    (StepState.OPEN, "pass_step"): StepState.PASSED,
    (StepState.OPEN, "fail_step"): StepState.FAILED,
}
STEP_FACTS = {
    "open_step": StepFacts(outcome=Open(), before=StepState.PASSED),
    "pass_step": StepFacts(outcome=Passed()),
    "fail_step": StepFacts(outcome=Failed(())),
}
ROUND_MOVES = {
    (RoundState.OPEN, "pass_round"): RoundState.PASSED,
    (RoundState.OPEN, "fail_round"): RoundState.FAILED,
    (RoundState.OPEN, "void_round"): RoundState.VOID,
    (RoundState.PASSED, "void_round"): RoundState.VOID,
}
ROUND_FACTS = {
    "pass_round": RoundFacts(steps=(StepState.PASSED,) * 2, version=1, substance_version=1),
    "fail_round": RoundFacts(steps=(StepState.PASSED, StepState.FAILED), version=1, substance_version=1),
    "void_round": RoundFacts(steps=(StepState.OPEN,), version=1, substance_version=2),
}


@pytest.mark.parametrize(
    ("machine", "moves", "facts"),
    [(APPROVAL_STEP, STEP_MOVES, STEP_FACTS), (APPROVAL_ROUND, ROUND_MOVES, ROUND_FACTS)],
)
def test_every_state_with_every_event(machine, moves, facts):
    assert set(machine.events) == set(facts)
    for state, event in product(machine.states, machine.events):
        result = decide(machine, state, event, facts[event])
        if (state, event) in moves:
            assert isinstance(result, Moved)
            assert result.target == moves[state, event]
        else:
            assert result == Refused(KernelReason.NOT_FROM_HERE, {"event": event, "state": state.value})


@pytest.mark.parametrize(
    ("machine", "state", "event", "facts", "reason"),
    [
        (
            APPROVAL_STEP,
            StepState.WAITING,
            "open_step",
            StepFacts(outcome=Open(), before=StepState.OPEN),
            Reason.STEP_BEFORE_UNFINISHED,
        ),
        (
            APPROVAL_STEP,
            StepState.WAITING,
            "open_step",
            StepFacts(outcome=Open(), before=StepState.FAILED),
            Reason.STEP_BEFORE_UNFINISHED,
        ),
        (APPROVAL_STEP, StepState.OPEN, "pass_step", StepFacts(outcome=Open()), Reason.STEP_UNDECIDED),
        (APPROVAL_STEP, StepState.OPEN, "pass_step", StepFacts(outcome=Failed(())), Reason.STEP_UNDECIDED),
        (APPROVAL_STEP, StepState.OPEN, "fail_step", StepFacts(outcome=Open()), Reason.STEP_UNDECIDED),
        (APPROVAL_STEP, StepState.OPEN, "fail_step", StepFacts(outcome=Passed()), Reason.STEP_UNDECIDED),
        (APPROVAL_ROUND, RoundState.OPEN, "pass_round", ROUND_FACTS["fail_round"], Reason.STEPS_OPEN),
        (
            APPROVAL_ROUND,
            RoundState.OPEN,
            "pass_round",
            RoundFacts(steps=(), version=1, substance_version=1),
            Reason.STEPS_OPEN,
        ),
        (APPROVAL_ROUND, RoundState.OPEN, "fail_round", ROUND_FACTS["pass_round"], Reason.NO_STEP_FAILED),
        (APPROVAL_ROUND, RoundState.PASSED, "void_round", ROUND_FACTS["pass_round"], Reason.SUBSTANCE_UNCHANGED),
    ],
)
def test_rounds_and_steps_end_only_for_cause(machine, state, event, facts, reason):
    refused = decide(machine, state, event, facts)
    assert isinstance(refused, Refused)
    assert refused.reason == reason


def test_the_first_step_waits_for_none():
    assert decide(APPROVAL_STEP, StepState.WAITING, "open_step", StepFacts(outcome=Open())).target == StepState.OPEN


def test_a_request_that_was_taken_back_voids_its_round():
    taken_back = replace(ROUND_FACTS["pass_round"], withdrawn=True)
    assert decide(APPROVAL_ROUND, RoundState.OPEN, "void_round", taken_back).target == RoundState.VOID
