"""The state machine: a table of transitions, and one pure function that says what an event does.

A machine knows neither Django nor the clock nor the person. What a guard may look at is handed in as `facts`,
a frozen dataclass of the machine's own. Who may cause an event is named by the transition's `permission`
and checked by the action; whether the event is possible is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, Final


class KernelReason(StrEnum):
    """Why the kernel itself refuses; a guard refuses with reasons of its own domain."""

    NOT_FROM_HERE = "not_from_here"
    REASON_NEEDED = "reason_needed"
    NOTHING_TO_RESUME = "nothing_to_resume"


@dataclass(frozen=True)
class Missing:
    """One thing that is lacking: a code, and the figures that its sentence names."""

    reason: StrEnum
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Refused:
    """A no, with everything that stands in the way; `missing` is the checklist that a screen shows."""

    reason: StrEnum
    params: Mapping[str, Any] = field(default_factory=dict, hash=False)
    missing: tuple[Missing, ...] = ()


class _Resume(Enum):
    RESUME = "resume"


RESUME: Final = _Resume.RESUME
"""As a target: back to the state named by `facts.resume_to`."""

Guard = Callable[[Any], Refused | None]


@dataclass(frozen=True, kw_only=True)
class Transition:
    """From any of `sources`, `event` leads to `target`, unless `guard(facts)` refuses.

    `permission` names the right that a person needs; None means that no person asks for the event, it follows
    from another act (an edit, a last decision, a deadline).
    """

    event: str
    sources: tuple[StrEnum, ...]
    target: StrEnum | _Resume
    permission: str | None
    guard: Guard | None = None
    needs_reason: bool = False


@dataclass(frozen=True)
class Moved:
    """A yes: the state before and after, and the transition that was taken."""

    source: StrEnum
    target: StrEnum
    transition: Transition


class MachineError(ValueError):
    """The table of a machine contradicts itself; raised when the module is imported, never later."""


class Machine:
    """A checked table of transitions over the states of one enumeration (that of `initial`)."""

    def __init__(
        self,
        name: str,
        initial: StrEnum,
        transitions: tuple[Transition, ...],
        *,
        final: frozenset[StrEnum] = frozenset(),
    ):
        self.name = name
        self.initial = initial
        self.states: type[StrEnum] = type(initial)
        self.transitions = transitions
        self.final = frozenset(final)
        self._known()
        self._table = self._tabulate()
        self._exits()
        self._reachable()

    @property
    def events(self) -> tuple[str, ...]:
        """Every event once, in the order of the table."""
        return tuple(dict.fromkeys(transition.event for transition in self.transitions))

    def events_from(self, state: str) -> tuple[Transition, ...]:
        """The transitions that leave `state`, in the order of the table. Raises ValueError for an unknown state."""
        state = self.states(state)
        return tuple(transition for transition in self.transitions if state in transition.sources)

    def transition(self, state: str, event: str) -> Transition | None:
        """The row of the table for this state and event, or None."""
        return self._table.get((state, event))

    def _known(self) -> None:
        for transition in self.transitions:
            named = transition.sources if transition.target is RESUME else (*transition.sources, transition.target)
            for state in named:
                if not isinstance(state, self.states):
                    raise MachineError(f"{self.name}: {transition.event} names the unknown state {state!r}")

    def _tabulate(self) -> dict[tuple[str, str], Transition]:
        table: dict[tuple[str, str], Transition] = {}
        for transition in self.transitions:
            for source in transition.sources:
                if (source, transition.event) in table:
                    raise MachineError(f"{self.name}: {transition.event} leaves {source} twice")
                table[source, transition.event] = transition
        return table

    def _exits(self) -> None:
        left = {source for source, _ in self._table}
        for state in self.states:
            if (state in left) == (state in self.final):
                raise MachineError(f"{self.name}: {state} must either have a way out or be final")

    def _reachable(self) -> None:
        reached, fresh = {self.initial}, [self.initial]
        while fresh:
            for transition in self.events_from(fresh.pop()):
                if transition.target is not RESUME and transition.target not in reached:
                    reached.add(transition.target)
                    fresh.append(transition.target)
        lost = [state.value for state in self.states if state not in reached]
        if lost:
            raise MachineError(f"{self.name}: nothing leads to {', '.join(lost)}")


def preview(machine: Machine, state: str, event: str, facts: Any) -> Moved | Refused:
    """What `event` would do now, a reason taken for granted: for buttons and checklists.

    Raises ValueError when `state` is none of the machine's.
    """
    source = machine.states(state)
    transition = machine.transition(source, event)
    if transition is None:
        return Refused(KernelReason.NOT_FROM_HERE, {"event": event, "state": source.value})
    refused = transition.guard(facts) if transition.guard else None
    if refused:
        return refused
    if transition.target is not RESUME:
        return Moved(source, transition.target, transition)
    target = facts.resume_to
    if target is None or target in machine.final or _resumes(machine, target):
        return Refused(KernelReason.NOTHING_TO_RESUME)
    return Moved(source, machine.states(target), transition)


def decide(machine: Machine, state: str, event: str, facts: Any, *, reason: str = "") -> Moved | Refused:
    """What `event` does: `Moved` to the next state, or `Refused` with the complete list of what is missing.

    `reason` is what the person wrote; where the table asks for one, blank is refused.
    Raises ValueError when `state` is none of the machine's.
    """
    result = preview(machine, state, event, facts)
    if isinstance(result, Moved) and result.transition.needs_reason and not reason.strip():
        return Refused(KernelReason.REASON_NEEDED)
    return result


def _resumes(machine: Machine, state: str) -> bool:
    """Whether `state` is itself one that waits to be resumed: returning to it would lead nowhere."""
    return any(transition.target is RESUME for transition in machine.events_from(state))
