"""The machines drawn for people: a diagram and a table per machine, written from the very tables that decide."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from workflows.kernel import RESUME, Machine, Transition
from workflows.rules.balloting import BALLOT, BallotState
from workflows.rules.faults import FAULT, FaultState
from workflows.rules.renovation import BY_RECEIPT, RENOVATION, ROLES_FOR, State
from workflows.rules.rounds import APPROVAL_ROUND, APPROVAL_STEP, RoundState, StepState

MACHINES: tuple[Machine, ...] = (RENOVATION, APPROVAL_ROUND, APPROVAL_STEP, FAULT, BALLOT)

CHINESE: dict[type[StrEnum], dict[StrEnum, str]] = {
    State: {
        State.SUBMITTED: "提案",
        State.RETURNED: "已退回",
        State.JOINT_DECISION: "决策共谋",
        State.CO_CONSTRUCTION: "发展共建",
        State.JOINT_SUPERVISION: "建设共管",
        State.JOINT_EVALUATION: "效果共评",
        State.SHARED_RESULT: "成果共享",
        State.CLOSED: "已办结",
        State.DECLINED: "不予受理",
        State.MERGED: "已合并",
        State.WITHDRAWN: "已撤回",
        State.PAUSED: "已暂停",
    },
    RoundState: {
        RoundState.OPEN: "审批中",
        RoundState.PASSED: "已通过",
        RoundState.FAILED: "未通过",
        RoundState.VOID: "已失效",
    },
    StepState: {
        StepState.WAITING: "未开始",
        StepState.OPEN: "审批中",
        StepState.PASSED: "已通过",
        StepState.FAILED: "未通过",
    },
    FaultState: {
        FaultState.OPEN: "待整改",
        FaultState.RECTIFIED: "待复查",
        FaultState.CLOSED: "已销号",
    },
    BallotState: {
        BallotState.DRAFTED: "筹备中",
        BallotState.OPEN: "投票中",
        BallotState.COUNTING: "计票中",
        BallotState.COUNTED: "已计票",
        BallotState.CANCELLED: "已取消",
    },
}
"""The words of the states for the reader of the documents, by enumeration (two may share a code)."""

BEFORE = "state_before"
BEFORE_CHINESE = "原状态"


def render(machine: Machine) -> str:
    """The document of one machine: Markdown with a Mermaid diagram."""
    return "\n".join([*_heading(machine), *_diagram(machine), "", *_table(machine), ""])


def _heading(machine: Machine) -> Iterator[str]:
    yield f"# Lifecycle: {machine.name}"
    yield ""
    yield "Written by `python manage.py draw_lifecycles` from the table that decides; do not edit."
    yield ""
    yield f"Begins as `{machine.initial}`. Ends as {', '.join(f'`{s}`' for s in machine.states if s in machine.final)}."
    if any(transition.target is RESUME for transition in machine.transitions):
        yield f"`{BEFORE}` ({BEFORE_CHINESE}) stands for the state that was left, kept in `resume_to`."
    yield ""


def _diagram(machine: Machine) -> Iterator[str]:
    words = CHINESE[machine.states]
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in machine.states:
        yield f'    state "{state} {words[state]}" as {state}'
    if any(transition.target is RESUME for transition in machine.transitions):
        yield f'    state "{BEFORE} {BEFORE_CHINESE}" as {BEFORE}'
    yield f"    [*] --> {machine.initial}"
    for transition in machine.transitions:
        for source in transition.sources:
            yield f"    {source} --> {_target(transition)}: {transition.event}"
    for state in machine.states:
        if state in machine.final:
            yield f"    {state} --> [*]"
    yield "```"


def _table(machine: Machine) -> Iterator[str]:
    words = CHINESE[machine.states]
    yield "| state | event | leads to | asks for | reason | condition |"
    yield "|---|---|---|---|---|---|"
    for state in machine.states:
        for transition in machine.events_from(state):
            reason = "yes" if transition.needs_reason else "no"
            yield (
                f"| `{state}` {words[state]} | `{transition.event}` | {_target_in_words(transition, words)} "
                f"| {_right(transition)} | {reason} | {_condition(transition)} |"
            )
        if state in machine.final:
            yield f"| `{state}` {words[state]} | nothing more | | | | |"


def _target(transition: Transition) -> str:
    return BEFORE if transition.target is RESUME else transition.target.value


def _target_in_words(transition: Transition, words: dict[StrEnum, str]) -> str:
    chinese = BEFORE_CHINESE if transition.target is RESUME else words[transition.target]
    return f"`{_target(transition)}` {chinese}"


def _right(transition: Transition) -> str:
    """The permission and the roles that have it; events without one follow from another act."""
    if transition.event in BY_RECEIPT:
        return "whoever holds the receipt"
    if transition.permission is None:
        return "nobody; it follows from another act"
    return f"`{transition.permission}`: {', '.join(sorted(ROLES_FOR[transition.permission]))}"


def _condition(transition: Transition) -> str:
    """The first line of what the guard says about itself."""
    return (transition.guard.__doc__ or "").splitlines()[0].rstrip(".") if transition.guard else ""
