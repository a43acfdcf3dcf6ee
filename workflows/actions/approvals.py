"""Asking the bodies up the tree, and what each seat decides."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community.actions.people import hold
from community.models import Appointment, Channel, Unit
from community.permissions import require as require_role
from community.personal_numbers import require_public_wording
from community.records import Act, Context, act
from community.refusals import ActionRefused, Conflict
from community.roles import POST_ROLES, Role

from ..kernel import Moved, Refused, decide
from ..models import ApprovalPolicy, ApprovalRound, ApprovalStep, Decision, PolicyStep, RenovationRequest, Seat
from ..permissions import interest_of, require, require_member
from ..querysets.seats import policy_for, seat_facts, step_rule
from ..refusals import sentence
from ..rules.approvals import Choice, Failed, SeatFact, outcome
from ..rules.deciding import Deciding, may_decide
from ..rules.evidence import Approvals, RenovationFacts
from ..rules.reasons import Reason
from ..rules.rounds import APPROVAL_ROUND, APPROVAL_STEP, RoundFacts, RoundState, StepFacts, StepState
from ..rules.stages import State
from .moving import GateClosed, allowed, locked_request, move
from .telling import tell_seats


def publish_policy(
    context: Context, *, unit: Unit, name: str, steps: Sequence[dict], both_seats: bool = False,
    publicity_days: int = 7,
) -> ApprovalPolicy:  # fmt: skip
    """Set who approves for a unit and all below it: a new version; rounds under way keep the one that they pinned.

    `steps`: dicts of unit_kind, posts, min_taking_part, min_approvals, days, in order. Raises NotAllowed unless the
    actor administers the unit (who runs requests does not set who approves them), ActionRefused for a step that one
    person could decide alone.
    """
    require_role(context, Role.ADMINISTRATOR, unit)
    if not steps:
        raise ActionRefused(_("A policy has at least one step."), field="steps")
    if publicity_days < 1:
        raise ActionRefused(_("What was decided is on display for at least one day."), field="publicity_days")
    for step in steps:
        _check_step(step)
    with act(context, "policy.publish", unit) as a:
        a.lock(Unit, pk=unit.pk)
        newest = ApprovalPolicy.objects.filter(unit=unit).order_by("-version").first()
        a.subject = policy = a.append(
            ApprovalPolicy(
                unit=unit, version=newest.version + 1 if newest else 1, name=name, both_seats=both_seats,
                publicity_days=publicity_days, entered_by=context.member,
            )
        )  # fmt: skip
        a.append_all([PolicyStep(policy=policy, order=order, **step) for order, step in enumerate(steps, start=1)])
        return policy


def _check_step(step: dict) -> None:
    if step["min_approvals"] < 2 or step["min_taking_part"] < step["min_approvals"] or step["days"] < 1:
        raise ActionRefused(
            _("At least two must agree, and no fewer take part than must agree."), field="min_approvals"
        )
    if not step["posts"] or any(Role.COMMITTEE not in POST_ROLES.get(post, ()) for post in step["posts"]):
        raise ActionRefused(_("Only posts of a committee decide."), field="posts")


def open_round(context: Context, *, request: RenovationRequest, question: str) -> ApprovalRound:
    """Ask the bodies of the policy about the request's version of now. The seats are a snapshot of today's posts.

    Raises NotAllowed, ActionRefused when a round runs, no policy holds here, or a body has too few members.
    """
    require(context, "renovation.open_round", request)
    opener = require_member(context)
    require_public_wording(question, field="question")
    with act(context, "approval.open", request.community) as a:
        locked = locked_request(a, request)
        if locked.state != State.JOINT_DECISION:
            raise ActionRefused(_("Bodies are asked during the joint decision."))
        rounds = ApprovalRound.objects.filter(request=locked)
        if rounds.filter(state=RoundState.OPEN).exists():
            raise Conflict(_("The bodies are being asked already."))
        policy = policy_for(locked.unit)
        if policy is None:
            raise ActionRefused(_("No approval policy holds here yet; set one first."))
        latest = rounds.order_by("-number").first()
        opened = a.save(
            ApprovalRound(
                request=locked, community=locked.community, number=latest.number + 1 if latest else 1, policy=policy,
                version=locked.version, question=question, opened_by=opener, opened_at=a.recorded_at,
            )
        )  # fmt: skip
        a.subject = opened
        for policy_step in policy.steps.all():
            _open_step(a, opened, policy_step)
        return opened


def _open_step(a: Act, opened: ApprovalRound, policy_step: PolicyStep) -> None:
    body = Unit.objects.at_or_above(opened.request.unit).filter(kind=policy_step.unit_kind).last()
    if body is None:
        raise ActionRefused(_("There is no %(kind)s above this place.") % {"kind": policy_step.get_unit_kind_display()})
    holders = (
        Appointment.objects.on_day(timezone.localdate(a.recorded_at))
        .filter(unit=body, post__in=policy_step.posts, member__is_active=True)
        .order_by("pk")
    )
    appointments = list(holders)
    if len({held.member_id for held in appointments}) < policy_step.min_taking_part:
        raise ActionRefused(
            _("%(body)s has too few members: %(seats)s of at least %(needed)s.")
            % {"body": body, "seats": len(appointments), "needed": policy_step.min_taking_part}
        )
    first = policy_step.order == 1
    step = a.save(
        ApprovalStep(
            round=opened, community=opened.community, policy_step=policy_step, order=policy_step.order, unit=body,
            state=StepState.OPEN if first else StepState.WAITING,
            opened_at=a.recorded_at if first else None,
            due_at=due_at(a.recorded_at, policy_step.days) if first else None,
        )
    )  # fmt: skip
    a.append_all([Seat(step=step, appointment=held, member_id=held.member_id) for held in appointments])
    if first:
        tell_seats(a, step)


def due_at(opened_at: datetime, days: int) -> datetime:
    """The last moment of the day that lies `days` days after the opening."""
    last_day = timezone.localdate(opened_at) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(last_day, time(23, 59, 59)))


def take_decision(
    context: Context, *, step: ApprovalStep, seat: Seat, choice: str, reason: str, read_version: int
) -> Decision:
    """Decide in a seat, finally, about the version that was read; then close the step and the round if that settles it.

    Raises GateClosed with the reason of the rule (own request, no seat, late, decided before …), Conflict when the
    version that was read is not the newest. The last approval counts once however many arrive together: the request's
    row is locked first.
    """
    member = require_member(context)
    if reason:
        require_public_wording(reason, field="reason")
    with act(context, "approval.decide", step.community) as a:
        hold([member])  # whoever leaves at this moment has decided before, or not at all
        request = locked_request(a, step.round.request)
        if request.state == State.PAUSED:
            raise ActionRefused(_("The request rests at present; nothing is decided until it goes on."))
        here = _locked_step(a, step, request)
        seats = seat_facts(here)
        mine = next((fact for fact in seats if fact.seat_id == seat.pk and fact.member_id == member.pk), None)
        deciding = Deciding(
            round_state=RoundState(here.round.state),
            step_state=StepState(here.state),
            seat=mine,
            interest=interest_of(member, request),
            version=request.version,
            read_version=read_version,
            now=a.recorded_at,
            due_at=here.due_at,
            choice=Choice(choice),
            opinion=reason,
        )
        _refuse(may_decide(deciding))
        decision = a.append(
            Decision(
                round=here.round, seat=seat, member=member, community=request.community, version=request.version,
                choice=choice, reason=reason, only_once=not here.round.policy.both_seats, decided_at=a.recorded_at,
            )
        )  # fmt: skip
        a.subject = decision
        spoken = tuple(replace(fact, choice=Choice(choice)) if fact is mine else fact for fact in seats)
        _settle(a, request, here, spoken)
        return decision


def _locked_step(a: Act, step: ApprovalStep, request) -> ApprovalStep:
    return (
        ApprovalStep.objects.select_for_update(of=("self",))
        .select_related("round__policy", "policy_step", "round__request")
        .get(pk=step.pk, round__request=request)
    )


def _refuse(refused: Refused | None) -> None:
    if refused is None:
        return
    if refused.reason in (Reason.STALE_VERSION, Reason.ALREADY_DECIDED):
        raise Conflict(sentence(refused))
    raise GateClosed(refused)


def _settle(a: Act, request, step: ApprovalStep, seats: tuple[SeatFact, ...]) -> None:
    """Close the step if its seats settle it, then the round, or open the next step."""
    result = outcome(step_rule(step), seats, now=a.recorded_at, due_at=step.due_at)
    event = "fail_step" if isinstance(result, Failed) else "pass_step"
    moved = decide(APPROVAL_STEP, step.state, event, StepFacts(outcome=result))
    if not isinstance(moved, Moved):
        return
    step.state = moved.target.value
    a.save(step)
    if isinstance(result, Failed):
        _close_round(a, request, step, "fail_round", outcome_text=_why(result))
        _return_request(a, request, step, result)
        return
    following = step.round.steps.filter(order__gt=step.order).select_related("policy_step").first()
    if following is None:
        _close_round(a, request, step, "pass_round")
        return
    opened = allowed(
        decide(APPROVAL_STEP, following.state, "open_step", StepFacts(outcome=result, before=moved.target))
    )
    following.state, following.opened_at = opened.target.value, a.recorded_at
    following.due_at = due_at(a.recorded_at, following.policy_step.days)
    tell_seats(a, a.save(following))


def _close_round(a: Act, request, step: ApprovalStep, event: str, *, outcome_text: str = "") -> None:
    closing = step.round
    states = tuple(StepState(state) for state in closing.steps.values_list("state", flat=True))
    facts = RoundFacts(steps=states, version=closing.version, substance_version=request.substance_version)
    closing.state = allowed(decide(APPROVAL_ROUND, closing.state, event, facts)).target.value
    closing.closed_at, closing.outcome = a.recorded_at, outcome_text
    a.save(closing)


def _why(result: Failed) -> str:
    """The reasons as they are kept: in the site's language, whatever the last person who decided reads."""
    with translation.override(settings.LANGUAGE_CODE):
        return " ".join(sentence(missing) for missing in result.reasons)


def _return_request(a: Act, request, step: ApprovalStep, result: Failed) -> None:
    facts = RenovationFacts(
        version=request.version,
        substance_version=request.substance_version,
        today=timezone.localdate(a.recorded_at),
        approvals=Approvals(version=step.round.version, steps=1, passed=0, failures=result.reasons),
    )
    move(a, request, "approval_failed", facts, reason=_why(result))
    a.save(request)


def void_rounds(a: Act, request, *, withdrawn: bool = False) -> None:
    """Open and passed rounds of a locked request no longer count: its substance changed, or it was taken back."""
    for round_ in ApprovalRound.objects.filter(request=request, state__in=[RoundState.OPEN, RoundState.PASSED]):
        facts = RoundFacts(
            steps=(), version=round_.version, substance_version=request.substance_version, withdrawn=withdrawn
        )
        result = decide(APPROVAL_ROUND, round_.state, "void_round", facts)
        if isinstance(result, Moved):
            round_.state, round_.closed_at = result.target.value, a.recorded_at
            with translation.override(settings.LANGUAGE_CODE):
                round_.outcome = _("Taken back.") if withdrawn else _("What was approved has changed.")
            a.save(round_)


def close_late_steps(*, now: datetime | None = None) -> int:
    """Return the requests whose open step can no longer pass or is late; how many. The worker does this every minute.

    A step that no decision touched any more (its deadline passed, or appointments ended) settles here. While a request
    rests its steps wait; resting moves no deadline.
    """
    moment, closed = now or timezone.now(), 0
    waiting = ApprovalStep.objects.filter(
        state=StepState.OPEN, round__state=RoundState.OPEN, round__request__state=State.JOINT_DECISION
    )
    for step in waiting.select_related("round__request__community", "round__policy", "policy_step"):
        if isinstance(outcome(step_rule(step), seat_facts(step), now=moment, due_at=step.due_at), Failed):
            closed += _close_late(step, moment)
    return closed


def _close_late(step: ApprovalStep, moment: datetime) -> bool:
    """Settle one step; False when a decision settled it a moment before."""
    try:
        with act(Context(channel=Channel.SYSTEM, now=moment), "approval.expire", step.community) as a:
            request = locked_request(a, step.round.request)
            here = _locked_step(a, step, request)
            a.subject = here.round
            settled = here.state != StepState.OPEN or here.round.state != RoundState.OPEN
            if settled or request.state != State.JOINT_DECISION:
                raise Conflict(_("The bodies have decided already."))
            _settle(a, request, here, seat_facts(here))
    except Conflict:
        return False
    return True
