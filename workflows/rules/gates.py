"""The gates between the stages of a renovation request: each names everything that is still missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflows.kernel import Missing, Refused
from workflows.rules import evaluation, funding, publicity, rota, votes
from workflows.rules.evidence import RenovationFacts
from workflows.rules.reasons import Reason
from workflows.rules.stages import Stage, State, stage_of

ENDED = frozenset({State.CLOSED, State.DECLINED, State.MERGED, State.WITHDRAWN})


def _refused(missing: Iterable[Missing]) -> Refused | None:
    found = tuple(missing)
    return Refused(Reason.NOT_READY, {"count": len(found)}, found) if found else None


def _outdated(facts: RenovationFacts, version: int, reason: Reason) -> Iterator[Missing]:
    if version < facts.substance_version:
        yield Missing(reason, {"version": version, "substance_version": facts.substance_version})


def _details(facts: RenovationFacts) -> Iterator[Missing]:
    details = facts.details
    if not details.place:
        yield Missing(Reason.NO_PLACE)
    if not details.category:
        yield Missing(Reason.NO_CATEGORY)
    if not details.description:
        yield Missing(Reason.NO_DESCRIPTION)
    if not details.rough_cost:
        yield Missing(Reason.NO_ROUGH_COST)
    if details.photos < 1:
        yield Missing(Reason.NO_PHOTO)


def _not_own(facts: RenovationFacts) -> Iterator[Missing]:
    if facts.own:
        yield Missing(Reason.OWN_REQUEST)


def _in_proposal(facts: RenovationFacts) -> Iterator[Missing]:
    """For events that also leave `returned`: the request must have been returned in the proposal."""
    if facts.resume_to is not None and stage_of(facts.resume_to) != Stage.PROPOSAL:
        yield Missing(Reason.NOT_IN_PROPOSAL)


def can_accept(facts: RenovationFacts) -> Refused | None:
    """Complete, and accepted by somebody whose own request it is not."""
    return _refused([*_not_own(facts), *_details(facts)])


def can_resubmit(facts: RenovationFacts) -> Refused | None:
    """Everything the proposal needs is there again."""
    return _refused(_details(facts))


def can_hand_in_again(facts: RenovationFacts) -> Refused | None:
    """By the receipt, without an account: in the proposal, and only with something added"""
    missing = list(_in_proposal(facts))
    if facts.added < 1:
        missing.append(Missing(Reason.NOTHING_ADDED))
    return _refused(missing)


def can_take_back(facts: RenovationFacts) -> Refused | None:
    """By the receipt, without an account: while it is a proposal"""
    return _refused(_in_proposal(facts))


def can_decline(facts: RenovationFacts) -> Refused | None:
    """Only in the proposal, and never one's own."""
    return _refused([*_not_own(facts), *_in_proposal(facts)])


def can_merge(facts: RenovationFacts) -> Refused | None:
    """In the proposal, into another request that has not ended."""
    missing = [*_not_own(facts), *_in_proposal(facts)]
    target = facts.merge_target
    if target is None:
        missing.append(Missing(Reason.NO_MERGE_TARGET))
    elif target.itself:
        missing.append(Missing(Reason.MERGE_INTO_ITSELF))
    elif target.state in ENDED:
        missing.append(Missing(Reason.MERGE_TARGET_ENDED, {"reference": target.reference}))
    return _refused(missing)


def can_withdraw(facts: RenovationFacts) -> Refused | None:
    """Until the works begin."""
    if facts.resume_to is not None and stage_of(facts.resume_to).position > Stage.CO_CONSTRUCTION.position:
        return _refused([Missing(Reason.WORKS_BEGUN)])
    return None


def _resolution(facts: RenovationFacts) -> Iterator[Missing]:
    resolution = facts.resolution
    if resolution is None:
        yield Missing(Reason.NO_RESOLUTION)
        return
    if not resolution.confirmed:
        yield Missing(Reason.RESOLUTION_UNCONFIRMED)
    if not resolution.carried:
        yield Missing(Reason.RESOLUTION_NOT_CARRIED)
    yield from _outdated(facts, resolution.version, Reason.RESOLUTION_OUTDATED)


def _matter(facts: RenovationFacts) -> Iterator[Missing]:
    """The class of the matter is found and confirmed, and the owners voted where that class wants it."""
    finding = facts.matter
    if finding is None:
        yield Missing(Reason.NO_MATTER)
        return
    if not finding.confirmed:
        yield Missing(Reason.MATTER_UNCONFIRMED)
    yield from _outdated(facts, finding.version, Reason.MATTER_OUTDATED)
    if finding.matter != votes.Matter.NONE:
        yield from _vote(facts, finding.matter)


def _vote(facts: RenovationFacts, matter: votes.Matter) -> Iterator[Missing]:
    vote = facts.vote
    if vote is None:
        yield Missing(Reason.NO_VOTE)
        return
    if not vote.confirmed:
        yield Missing(Reason.VOTE_UNCONFIRMED)
    yield from _outdated(facts, vote.version, Reason.VOTE_OUTDATED)
    if vote.matter != matter:
        yield Missing(Reason.VOTE_ON_OTHER_MATTER)
        return
    verdict = votes.verdict(vote.matter, vote.figures)
    if isinstance(verdict, Refused):
        yield from verdict.missing
    elif not verdict.quorum_met:
        yield Missing(Reason.VOTE_QUORUM_MISSED)
    elif not verdict.agreed:
        yield Missing(Reason.VOTE_NOT_PASSED)


def _approvals(facts: RenovationFacts) -> Iterator[Missing]:
    approvals = facts.approvals
    if approvals is None or approvals.steps < 1:
        yield Missing(Reason.NO_APPROVAL_ROUND)
        return
    if approvals.passed < approvals.steps:
        yield Missing(Reason.STEPS_OPEN, {"passed": approvals.passed, "steps": approvals.steps})
    yield from _outdated(facts, approvals.version, Reason.APPROVALS_OUTDATED)


def _publicity(facts: RenovationFacts) -> Iterator[Missing]:
    period = facts.publicity
    if period is None:
        yield Missing(Reason.NO_PUBLICITY)
        return
    if not period.confirmed:
        yield Missing(Reason.PUBLICITY_UNCONFIRMED)
    yield from publicity.shortfalls(
        period.starts_on, period.ends_on, period.objections, facts.today, least_days=period.least_days
    )
    yield from _outdated(facts, period.version, Reason.PUBLICITY_OUTDATED)


def can_open_co_construction(facts: RenovationFacts) -> Refused | None:
    """Resolved, voted where the law wants it, approved by every committee, made public, no objection open."""
    return _refused([*_resolution(facts), *_matter(facts), *_approvals(facts), *_publicity(facts)])


def _still_decided(facts: RenovationFacts) -> Iterator[Missing]:
    """What was decided is what is being built."""
    if facts.approvals is None:
        yield Missing(Reason.NO_APPROVAL_ROUND)
    else:
        yield from _outdated(facts, facts.approvals.version, Reason.APPROVALS_OUTDATED)


def _works_plan(facts: RenovationFacts) -> Iterator[Missing]:
    plan = facts.works_plan
    if plan is None or not plan.contractor:
        yield Missing(Reason.NO_CONTRACTOR)
    if plan is None or not plan.schedule:
        yield Missing(Reason.NO_SCHEDULE)
    if plan is None:
        return
    if not plan.confirmed:
        yield Missing(Reason.WORKS_PLAN_UNCONFIRMED)
    yield from _outdated(facts, plan.version, Reason.WORKS_PLAN_OUTDATED)


def can_start_works(facts: RenovationFacts) -> Refused | None:
    """Paid for, every partner confirmed, somebody who builds, and a schedule."""
    missing = [*_still_decided(facts), *funding.shortfalls(facts.funding.budget, facts.funding.pledged)]
    if facts.partners.total < 1:
        missing.append(Missing(Reason.NO_PARTNER))
    waiting = facts.partners.total - facts.partners.confirmed
    if waiting > 0:
        missing.append(Missing(Reason.PARTNERS_UNCONFIRMED, {"count": waiting}))
    return _refused([*missing, *_works_plan(facts)])


def _acceptance(facts: RenovationFacts) -> Iterator[Missing]:
    acceptance = facts.acceptance
    if acceptance is None:
        yield Missing(Reason.NO_ACCEPTANCE)
        return
    if not acceptance.confirmed:
        yield Missing(Reason.ACCEPTANCE_UNCONFIRMED)
    if acceptance.version < facts.substance_version or acceptance.works_round < facts.works_round:
        yield Missing(Reason.ACCEPTANCE_OUTDATED)


def _rota(facts: RenovationFacts) -> Iterator[Missing]:
    if facts.rota is None:
        yield Missing(Reason.WORKS_NOT_STARTED)
        return
    until = facts.acceptance.accepted_on if facts.acceptance else facts.today
    yield from rota.shortfalls(facts.rota.started_on, until, facts.rota.logged, facts.rota.explained)


def can_accept_works(facts: RenovationFacts) -> Refused | None:
    """Somebody on site every day, no open fault, and the works accepted."""
    missing = [*_still_decided(facts), *_rota(facts)]
    if facts.open_faults > 0:
        missing.append(Missing(Reason.FAULTS_OPEN, {"count": facts.open_faults}))
    return _refused([*missing, *_acceptance(facts)])


def can_go_back_to_works(facts: RenovationFacts) -> Refused | None:
    """Only with a list of what has to be put right."""
    return None if facts.remedies > 0 else _refused([Missing(Reason.NO_REMEDIES)])


def can_publish_result(facts: RenovationFacts) -> Refused | None:
    """The residents judged the works of this round, enough of them, and well enough."""
    judged = facts.evaluation
    if judged is None:
        return _refused([*_still_decided(facts), Missing(Reason.NO_EVALUATION)])
    missing = [*_still_decided(facts)]
    if not judged.confirmed:
        missing.append(Missing(Reason.EVALUATION_UNCONFIRMED))
    if judged.version < facts.substance_version or judged.works_round < facts.works_round:
        missing.append(Missing(Reason.EVALUATION_OUTDATED))
    missing += evaluation.shortfalls(
        judged.answers, judged.committee_score, threshold=judged.threshold, least_responses=judged.least_responses
    )
    return _refused(missing)


def can_close(facts: RenovationFacts) -> Refused | None:
    """The result says what it cost, who looks after it and until when the warranty runs."""
    result = facts.result
    if result is None:
        return _refused([*_still_decided(facts), Missing(Reason.NO_RESULT)])
    checks = {
        Reason.NO_FINAL_COST: result.final_cost,
        Reason.NO_UPKEEP_OWNER: result.upkeep_owner,
        Reason.NO_WARRANTY_DATE: result.warranty_date,
        Reason.RESULT_UNCONFIRMED: result.confirmed,
        Reason.RESULT_OUTDATED: result.version >= facts.substance_version,
    }
    return _refused([*_still_decided(facts), *(Missing(reason) for reason, met in checks.items() if not met)])


def must_decide_again(facts: RenovationFacts) -> Refused | None:
    """The substance changed after the approvals were given."""
    approved = facts.approvals is not None and facts.approvals.version >= facts.substance_version
    return Refused(Reason.SUBSTANCE_UNCHANGED) if approved else None


def approval_has_failed(facts: RenovationFacts) -> Refused | None:
    """A step can no longer pass, or is late; the facts say why."""
    failed = facts.approvals is not None and facts.approvals.failures
    return None if failed else Refused(Reason.APPROVAL_NOT_FAILED)
