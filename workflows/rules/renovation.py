"""The life of a renovation request: what may happen in which state, and which right it needs."""

from __future__ import annotations

from workflows.kernel import RESUME, Machine, Refused, Transition
from workflows.rules import gates
from workflows.rules.evidence import RenovationFacts
from workflows.rules.reasons import Reason
from workflows.rules.stages import ASIDE, Stage, State, resume_to_after, stage_of

__all__ = [
    "ASIDE",
    "BY_RECEIPT",
    "RENOVATION",
    "ROLES_FOR",
    "RenovationFacts",
    "Stage",
    "State",
    "may_confirm",
    "resume_to_after",
    "stage_of",
]

ROLES_FOR: dict[str, frozenset[str]] = {
    "renovation.propose": frozenset({"grid_worker", "staff"}),
    "renovation.edit": frozenset({"staff"}),
    "renovation.resubmit": frozenset({"grid_worker", "staff"}),
    "renovation.withdraw": frozenset({"grid_worker", "staff"}),
    "renovation.return": frozenset({"staff"}),
    "renovation.decline": frozenset({"staff"}),
    "renovation.merge": frozenset({"staff"}),
    "renovation.accept": frozenset({"staff"}),
    "renovation.pause": frozenset({"staff"}),
    "renovation.open_co_construction": frozenset({"staff"}),
    "renovation.start_works": frozenset({"staff"}),
    "renovation.accept_works": frozenset({"staff"}),
    "renovation.back_to_works": frozenset({"staff"}),
    "renovation.publish_result": frozenset({"staff"}),
    "renovation.close": frozenset({"staff"}),
    "renovation.enter_evidence": frozenset({"grid_worker", "staff"}),
    "renovation.confirm_evidence": frozenset({"staff"}),
    "renovation.open_round": frozenset({"staff"}),
    "renovation.hold_vote": frozenset({"staff"}),
    "renovation.enter_ballot": frozenset({"grid_worker", "staff"}),
    "renovation.decide": frozenset({"committee", "staff"}),
    "renovation.log_site": frozenset({"grid_worker", "serving", "staff"}),
    "renovation.report_fault": frozenset({"grid_worker", "serving", "staff"}),
    "renovation.rectify_fault": frozenset({"grid_worker", "serving", "staff"}),
    "renovation.check_fault": frozenset({"grid_worker", "staff"}),
    "renovation.view": frozenset({"grid_worker", "staff", "committee", "supervisor", "administrator"}),
}
"""Which roles have which right; a right is held at a node and below. A seat is needed besides to decide."""

_ON_THE_ROAD = tuple(state for state in State if state not in ASIDE and state != State.CLOSED)
_AFTER_DECISION = (State.CO_CONSTRUCTION, State.JOINT_SUPERVISION, State.JOINT_EVALUATION, State.SHARED_RESULT)

RENOVATION = Machine(
    "renovation",
    State.SUBMITTED,
    (
        Transition(
            event="return_for_completion",
            sources=(State.SUBMITTED,),
            target=State.RETURNED,
            permission="renovation.return",
            needs_reason=True,
        ),
        Transition(
            event="resubmit",
            sources=(State.RETURNED,),
            target=RESUME,
            permission="renovation.resubmit",
            guard=gates.can_resubmit,
        ),
        Transition(
            event="hand_in_again",
            sources=(State.RETURNED,),
            target=RESUME,
            permission=None,
            guard=gates.can_hand_in_again,
        ),
        Transition(
            event="take_back",
            sources=(State.SUBMITTED, State.RETURNED),
            target=State.WITHDRAWN,
            permission=None,
            guard=gates.can_take_back,
        ),
        Transition(
            event="decline",
            sources=(State.SUBMITTED, State.RETURNED),
            target=State.DECLINED,
            permission="renovation.decline",
            guard=gates.can_decline,
            needs_reason=True,
        ),
        Transition(
            event="merge",
            sources=(State.SUBMITTED, State.RETURNED),
            target=State.MERGED,
            permission="renovation.merge",
            guard=gates.can_merge,
            needs_reason=True,
        ),
        Transition(
            event="accept",
            sources=(State.SUBMITTED,),
            target=State.JOINT_DECISION,
            permission="renovation.accept",
            guard=gates.can_accept,
        ),
        Transition(
            event="approval_failed",
            sources=(State.JOINT_DECISION,),
            target=State.RETURNED,
            permission=None,
            guard=gates.approval_has_failed,
        ),
        Transition(
            event="open_co_construction",
            sources=(State.JOINT_DECISION,),
            target=State.CO_CONSTRUCTION,
            permission="renovation.open_co_construction",
            guard=gates.can_open_co_construction,
        ),
        Transition(
            event="start_works",
            sources=(State.CO_CONSTRUCTION,),
            target=State.JOINT_SUPERVISION,
            permission="renovation.start_works",
            guard=gates.can_start_works,
        ),
        Transition(
            event="accept_works",
            sources=(State.JOINT_SUPERVISION,),
            target=State.JOINT_EVALUATION,
            permission="renovation.accept_works",
            guard=gates.can_accept_works,
        ),
        Transition(
            event="back_to_works",
            sources=(State.JOINT_EVALUATION,),
            target=State.JOINT_SUPERVISION,
            permission="renovation.back_to_works",
            guard=gates.can_go_back_to_works,
            needs_reason=True,
        ),
        Transition(
            event="publish_result",
            sources=(State.JOINT_EVALUATION,),
            target=State.SHARED_RESULT,
            permission="renovation.publish_result",
            guard=gates.can_publish_result,
        ),
        Transition(
            event="close",
            sources=(State.SHARED_RESULT,),
            target=State.CLOSED,
            permission="renovation.close",
            guard=gates.can_close,
        ),
        Transition(
            event="reopen_decision",
            sources=_AFTER_DECISION,
            target=State.JOINT_DECISION,
            permission=None,
            guard=gates.must_decide_again,
        ),
        Transition(
            event="pause",
            sources=_ON_THE_ROAD,
            target=State.PAUSED,
            permission="renovation.pause",
            needs_reason=True,
        ),
        Transition(
            event="resume",
            sources=(State.PAUSED,),
            target=RESUME,
            permission="renovation.pause",
        ),
        Transition(
            event="withdraw",
            sources=(State.SUBMITTED, State.RETURNED, State.JOINT_DECISION, State.CO_CONSTRUCTION, State.PAUSED),
            target=State.WITHDRAWN,
            permission="renovation.withdraw",
            guard=gates.can_withdraw,
            needs_reason=True,
        ),
    ),
    final=gates.ENDED,
)


BY_RECEIPT = frozenset({"hand_in_again", "take_back"})
"""Events that whoever holds the receipt of a proposal causes, without an account and so without a role."""


def may_confirm(*, entered_by: int, confirmed_by: int) -> Refused | None:
    """Nobody confirms what they entered themselves. Both are keys of natural persons (members), not of accounts."""
    return Refused(Reason.OWN_ENTRY) if entered_by == confirmed_by else None
