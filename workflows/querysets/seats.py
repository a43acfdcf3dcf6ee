"""What the quorum rule needs to know about a step: its rule and its seats."""

from django.utils import timezone

from community.models import Unit

from ..models import ApprovalPolicy, ApprovalStep, Seat
from ..rules.approvals import Choice, SeatFact, StepRule


def policy_for(unit: Unit) -> ApprovalPolicy | None:
    """The newest policy of the nearest unit, from this one up, that has one."""
    policies = ApprovalPolicy.objects.filter(unit__in=Unit.objects.at_or_above(unit)).select_related("unit")
    return max(policies, key=lambda policy: (policy.unit.depth, policy.version), default=None)


def step_rule(step: ApprovalStep) -> StepRule:
    """The rule that the round pinned for this step."""
    return StepRule(
        order=step.order,
        min_taking_part=step.policy_step.min_taking_part,
        min_approvals=step.policy_step.min_approvals,
        one_person_once=not step.round.policy.both_seats,
    )


def seat_facts(step: ApprovalStep, today=None) -> tuple[SeatFact, ...]:
    """Every seat of a step in its order: what it decided, whether its appointment runs, whether its holder decided
    in another seat of the round. One query for the seats, one for the people who decided elsewhere."""
    seats = list(Seat.objects.filter(step=step).select_related("appointment", "decision", "member").order_by("pk"))
    elsewhere = set()
    if not step.round.policy.both_seats:
        elsewhere = set(step.round.decisions.exclude(seat__step=step).values_list("member_id", flat=True))
        here = {seat.member_id: seat.pk for seat in seats if hasattr(seat, "decision")}
    else:
        here = {}
    day = today or timezone.localdate()
    return tuple(
        SeatFact(
            seat_id=seat.pk,
            member_id=seat.member_id,
            choice=Choice(seat.decision.choice) if hasattr(seat, "decision") else None,
            active=_still_holds(seat, day),
            decided_elsewhere=seat.member_id in elsewhere or here.get(seat.member_id, seat.pk) != seat.pk,
        )
        for seat in seats
    )


def _still_holds(seat: Seat, day) -> bool:
    ends_on = seat.appointment.ends_on
    return seat.member.is_active and (ends_on is None or ends_on > day)
