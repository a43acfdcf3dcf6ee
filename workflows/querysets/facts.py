"""What the rules need to know about one request, read from its rows."""

from datetime import date
from decimal import Decimal

from django.db.models import Sum

from ..models import (
    Acceptance,
    ApprovalRound,
    Evaluation,
    Fault,
    MatterFinding,
    OwnersVote,
    PartnerCommitment,
    Pledge,
    PublicityPeriod,
    Resolution,
    SharedResult,
    SiteLog,
    WorksPlan,
)  # fmt: skip
from ..rules import evidence as fact
from ..rules.deciding import Interest
from ..rules.evaluation import Answers
from ..rules.publicity import DEFAULT_DAYS
from ..rules.publicity import Objection as ObjectionFact
from ..rules.rounds import RoundState
from ..rules.stages import State
from ..rules.votes import Figures, Matter


def renovation_facts(
    request, *, today: date, interest: Interest | None = None, merge_target=None, remedies: int = 0, added: int = 0
):
    """The facts that the guards of `RENOVATION` look at, for the gate that the request stands before.

    Only what the request's own state asks for is read: each stage has its gate, and its gate its evidence.
    """
    own = {
        State.SUBMITTED: _proposal, State.RETURNED: _proposal, State.JOINT_DECISION: _joint_decision,
        State.CO_CONSTRUCTION: _co_construction, State.JOINT_SUPERVISION: _joint_supervision,
        State.JOINT_EVALUATION: _joint_evaluation, State.SHARED_RESULT: _shared_result,
    }.get(State(request.state))  # fmt: skip
    approvals = _approvals(request) if request.state not in (State.SUBMITTED, State.RETURNED) else None
    return fact.RenovationFacts(
        version=request.version,
        substance_version=request.substance_version,
        today=today,
        resume_to=State(request.resume_to) if request.resume_to else None,
        own=bool(interest and interest.own),
        works_round=request.works_round,
        merge_target=_merge_target(request, merge_target),
        remedies=remedies,
        added=added,
        approvals=approvals,
        **(own(request) if own else {}),
    )


def _latest(model, request):
    """The newest standing piece of evidence of its kind; a confirmed one goes before one that waits."""
    return model.objects.standing().filter(request=request).order_by("status", "-entered_at", "-pk").first()


def _merge_target(request, target):
    if target is None:
        return None
    return fact.MergeTarget(reference=target.reference, state=State(target.state), itself=target.pk == request.pk)


def _proposal(request) -> dict:
    details = fact.Details(
        place=bool(request.place),
        category=bool(request.category),
        description=bool(request.problem),
        rough_cost=request.budget is not None,
        photos=request.photos.count() or request.resident_photos.count(),
    )
    return {"details": details}


def _approvals(request):
    latest = ApprovalRound.objects.filter(request=request).exclude(state=RoundState.VOID).order_by("-number").first()
    if latest is None:
        return None
    states = list(latest.steps.values_list("state", flat=True))
    return fact.Approvals(version=latest.version, steps=len(states), passed=states.count("passed"))


def _joint_decision(request) -> dict:
    resolution, finding, vote = (_latest(model, request) for model in (Resolution, MatterFinding, OwnersVote))
    return {
        "resolution": resolution
        and fact.Resolution(
            version=resolution.version,
            confirmed=resolution.is_confirmed,
            carried=2 * resolution.in_favour > resolution.attended,
        ),
        "matter": finding
        and fact.MatterFinding(version=finding.version, confirmed=finding.is_confirmed, matter=Matter(finding.matter)),
        "vote": vote
        and fact.OwnersVote(
            version=vote.version, matter=Matter(vote.matter), figures=vote_figures(vote), confirmed=vote.is_confirmed
        ),
        "publicity": _publicity(request),
    }


def vote_figures(vote: OwnersVote) -> Figures:
    """The figures of a vote as the verdict takes them."""
    return Figures(
        owners_total=vote.owners_total,
        area_total=vote.area_total_centi,
        owners_taking_part=vote.owners_taking_part,
        area_taking_part=vote.area_taking_part_centi,
        owners_agreeing=vote.owners_agreeing,
        area_agreeing=vote.area_agreeing_centi,
    )


def _publicity(request):
    """The newest period with the objections of every one: hanging the plan out again answers nobody."""
    period = _latest(PublicityPeriod, request)
    if period is None:
        return None
    pinned = ApprovalRound.objects.filter(request=request).order_by("-number").select_related("policy").first()
    objections = tuple(
        ObjectionFact(
            answered=objection.answered_by_id is not None,
            answered_by_proposer=objection.answered_by_id is not None
            and objection.answered_by_id == request.proposer_id,
        )
        for objection in request.objections.all()
    )
    return fact.Publicity(
        version=period.version,
        confirmed=period.is_confirmed,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        objections=objections,
        least_days=pinned.policy.publicity_days if pinned else DEFAULT_DAYS,
    )


def pledged_total(request) -> Decimal:
    """The sum of confirmed pledge lines, reversals included, in yuan."""
    confirmed = Pledge.objects.filter(request=request, confirmation__isnull=False)
    return confirmed.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def _co_construction(request) -> dict:
    commitments = list(PartnerCommitment.objects.standing().filter(request=request))
    plan = _latest(WorksPlan, request)
    return {
        "funding": fact.Funding(budget=request.budget, pledged=pledged_total(request)),
        "partners": fact.Partners(
            total=len(commitments), confirmed=sum(commitment.is_confirmed for commitment in commitments)
        ),
        "works_plan": plan and fact.WorksPlan(version=plan.version, confirmed=plan.is_confirmed),
    }


def rota_facts(request):
    """First day of the works and the days looked at or explained; None before a works plan is confirmed."""
    plan = WorksPlan.objects.confirmed().filter(request=request).order_by("-entered_at", "-pk").first()
    if plan is None:
        return None
    days = request.duty_days.all()
    logged = SiteLog.objects.filter(request=request).values_list("duty_day__day", flat=True)
    explained = days.exclude(no_log="").values_list("day", flat=True)
    return fact.Rota(started_on=plan.starts_on, logged=frozenset(logged), explained=frozenset(explained))


def _joint_supervision(request) -> dict:
    acceptance = _latest(Acceptance, request)
    if acceptance is not None and acceptance.result != Acceptance.Result.ACCEPTED:
        acceptance = None
    return {
        "rota": rota_facts(request),
        "open_faults": Fault.objects.filter(request=request).unfinished().count(),
        "acceptance": acceptance
        and fact.Acceptance(
            version=acceptance.version,
            confirmed=acceptance.is_confirmed,
            accepted_on=acceptance.accepted_on,
            works_round=acceptance.works_round,
        ),
    }


def evaluation_answers(evaluation: Evaluation) -> Answers:
    """The counted answers of an evaluation as the rule takes them."""
    return Answers(
        satisfied=evaluation.satisfied,
        fair=evaluation.fair,
        unsatisfied=evaluation.unsatisfied,
        asked=evaluation.asked,
    )


def _joint_evaluation(request) -> dict:
    judged = _latest(Evaluation, request)
    return {
        "evaluation": judged
        and fact.Evaluation(
            version=judged.version,
            confirmed=judged.is_confirmed,
            answers=evaluation_answers(judged),
            committee_score=judged.committee_score,
            works_round=judged.works_round,
        )
    }


def _shared_result(request) -> dict:
    result = _latest(SharedResult, request)
    return {
        "result": result
        and fact.Result(
            version=result.version,
            confirmed=result.is_confirmed,
            final_cost=result.final_cost is not None,
            upkeep_owner=result.upkeep_id is not None,
            warranty_date=result.warranty_until is not None,
        )
    }
