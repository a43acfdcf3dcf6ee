"""The kernel: what a table may not say, and what an event does."""

from dataclasses import dataclass
from enum import StrEnum

import pytest

from workflows.kernel import (
    RESUME,
    KernelReason,
    Machine,
    MachineError,
    Missing,
    Moved,
    Refused,
    Transition,
    decide,
    preview,
)


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    STUCK = "stuck"
    GONE = "gone"


class Window(StrEnum):
    OPEN = "ajar"


class Lock(StrEnum):
    TURNED = "turned"


@dataclass(frozen=True)
class DoorFacts:
    turned: bool = False
    resume_to: str | None = None


def locked(facts):
    return Refused(Lock.TURNED, missing=(Missing(Lock.TURNED),)) if facts.turned else None


def step(event, sources, target, **options):
    return Transition(event=event, sources=sources, target=target, permission="door.use", **options)


SHUT = step("shut", (Door.OPEN,), Door.SHUT)
REOPEN = step("reopen", (Door.SHUT,), Door.OPEN, guard=locked)
JAM = step("jam", (Door.OPEN, Door.SHUT), Door.STUCK, needs_reason=True)
FREE = step("free", (Door.STUCK,), RESUME)
TAKE_AWAY = step("take_away", (Door.SHUT,), Door.GONE)
TABLE = (SHUT, REOPEN, JAM, FREE, TAKE_AWAY)


def door(*transitions, final=frozenset({Door.GONE})):
    return Machine("door", Door.OPEN, transitions, final=final)


DOOR = door(*TABLE)


def test_an_event_moves_along_its_row():
    assert decide(DOOR, Door.OPEN, "shut", DoorFacts()) == Moved(Door.OPEN, Door.SHUT, SHUT)


def test_states_may_be_given_as_their_values():
    moved = decide(DOOR, "open", "shut", DoorFacts())
    assert moved.source is Door.OPEN
    assert moved.target is Door.SHUT


@pytest.mark.parametrize(
    ("state", "event"), [(Door.OPEN, "reopen"), (Door.GONE, "shut"), (Door.STUCK, "jam"), (Door.OPEN, "fly")]
)
def test_an_event_that_does_not_leave_the_state_is_refused(state, event):
    assert decide(DOOR, state, event, DoorFacts(), reason="because") == Refused(
        KernelReason.NOT_FROM_HERE, {"event": event, "state": state.value}
    )


def test_an_unknown_state_is_an_error_of_the_program():
    with pytest.raises(ValueError, match="ajar"):
        decide(DOOR, Window.OPEN, "shut", DoorFacts())


def test_what_the_guard_says_is_handed_on_whole():
    refused = decide(DOOR, Door.SHUT, "reopen", DoorFacts(turned=True))
    assert refused == Refused(Lock.TURNED, missing=(Missing(Lock.TURNED),))
    assert decide(DOOR, Door.SHUT, "reopen", DoorFacts()).target is Door.OPEN


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_where_a_reason_is_needed_blank_is_none(reason):
    assert decide(DOOR, Door.OPEN, "jam", DoorFacts(), reason=reason) == Refused(KernelReason.REASON_NEEDED)
    assert decide(DOOR, Door.OPEN, "jam", DoorFacts(), reason="swollen wood").target is Door.STUCK


def test_a_preview_takes_the_reason_for_granted():
    assert preview(DOOR, Door.OPEN, "jam", DoorFacts()).target is Door.STUCK


@pytest.mark.parametrize("left", [Door.OPEN, Door.SHUT])
def test_resuming_goes_back_to_the_state_that_was_left(left):
    assert decide(DOOR, Door.STUCK, "free", DoorFacts(resume_to=left)).target is left
    assert decide(DOOR, Door.STUCK, "free", DoorFacts(resume_to=left.value)).target is left


@pytest.mark.parametrize("left", [None, Door.GONE, Door.STUCK])
def test_resuming_needs_a_state_from_which_one_can_go_on(left):
    assert decide(DOOR, Door.STUCK, "free", DoorFacts(resume_to=left)) == Refused(KernelReason.NOTHING_TO_RESUME)


def test_the_events_of_a_state_come_in_the_order_of_the_table():
    assert DOOR.events_from("shut") == (REOPEN, JAM, TAKE_AWAY)
    assert DOOR.events_from(Door.GONE) == ()
    assert DOOR.events == ("shut", "reopen", "jam", "free", "take_away")


@pytest.mark.parametrize(
    ("transitions", "final", "says"),
    [
        ((*TABLE, step("shut", (Door.OPEN,), Door.GONE)), {Door.GONE}, "shut leaves open twice"),
        ((*TABLE, step("jam", (Door.SHUT,), Door.GONE)), {Door.GONE}, "jam leaves shut twice"),
        ((*TABLE, step("glaze", (Door.OPEN,), Window.OPEN)), {Door.GONE}, "glaze names the unknown state"),
        ((*TABLE, step("glaze", (Window.OPEN,), Door.OPEN)), {Door.GONE}, "glaze names the unknown state"),
        ((*TABLE, step("glaze", (Window.OPEN,), RESUME)), {Door.GONE}, "glaze names the unknown state"),
        (TABLE, set(), "gone must either have a way out or be final"),
        (TABLE, {Door.GONE, Door.STUCK}, "stuck must either have a way out or be final"),
        ((SHUT, REOPEN, JAM, FREE), {Door.GONE}, "nothing leads to gone"),
        ((SHUT, REOPEN, FREE, TAKE_AWAY), {Door.GONE}, "nothing leads to stuck"),
    ],
)
def test_a_table_that_contradicts_itself_is_never_built(transitions, final, says):
    with pytest.raises(MachineError, match=says):
        door(*transitions, final=frozenset(final))
