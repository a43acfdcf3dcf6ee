"""Faults: found, put right, looked at by somebody else."""

from itertools import product

import pytest

from workflows.kernel import KernelReason, Moved, Refused, decide
from workflows.rules.faults import FAULT, FaultFacts, FaultState, Severity, works_stopped
from workflows.rules.reasons import Reason
from workflows.rules.renovation import ROLES_FOR

READY = FaultFacts(described=True, photos=1)
MOVES = {
    (FaultState.OPEN, "rectify"): FaultState.RECTIFIED,
    (FaultState.RECTIFIED, "close_fault"): FaultState.CLOSED,
    (FaultState.RECTIFIED, "reject_rectification"): FaultState.OPEN,
}


@pytest.mark.parametrize(("state", "event"), list(product(FaultState, FAULT.events)))
def test_every_state_with_every_event(state, event):
    result = decide(FAULT, state, event, READY, reason="still loose")
    if (state, event) in MOVES:
        assert isinstance(result, Moved)
        assert result.target == MOVES[state, event]
    else:
        assert result == Refused(KernelReason.NOT_FROM_HERE, {"event": event, "state": state.value})


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (FaultFacts(photos=1), Reason.NO_RECTIFICATION),
        (FaultFacts(described=True), Reason.NO_RECTIFICATION_PHOTO),
    ],
)
def test_putting_right_is_described_and_shown(facts, reason):
    assert decide(FAULT, FaultState.OPEN, "rectify", facts) == Refused(reason)


@pytest.mark.parametrize("event", ["close_fault", "reject_rectification"])
def test_nobody_checks_their_own_work(event):
    own = FaultFacts(described=True, photos=1, own_work=True)
    assert decide(FAULT, FaultState.RECTIFIED, event, own, reason="x") == Refused(Reason.CHECKED_BY_RECTIFIER)


def test_sending_back_needs_a_reason_and_closing_none():
    assert decide(FAULT, FaultState.RECTIFIED, "reject_rectification", READY) == Refused(KernelReason.REASON_NEEDED)
    assert isinstance(decide(FAULT, FaultState.RECTIFIED, "close_fault", READY), Moved)


def test_each_event_asks_for_a_known_right():
    assert all(ROLES_FOR[transition.permission] for transition in FAULT.transitions)


@pytest.mark.parametrize(("severity", "state"), list(product(Severity, FaultState)))
def test_only_a_stop_that_is_not_closed_stops_the_works(severity, state):
    stopped = works_stopped([(Severity.MINOR, FaultState.OPEN), (severity, state)])
    assert stopped is (severity == Severity.STOP and state != FaultState.CLOSED)
