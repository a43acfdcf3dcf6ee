"""What a member needs to know to decide in a step: their seats, what others said, what they saw last."""

from datetime import date, datetime

from django.db.models import Q

from ..models import ApprovalRound, ApprovalStep, Decision, RenovationRequest, Seat
from ..permissions import interest_of
from ..rules.approvals import SeatFact
from ..rules.deciding import Deciding
from ..rules.rounds import RoundState, StepState


def own_seats(member_id: int | None, *, code: str, reference: str, step: str, today: date) -> list[Seat]:
    """A member's seats in a step, while the appointment runs; found by community, request and step together."""
    return list(
        Seat.objects.filter(
            member=member_id,
            step__reference=step,
            step__round__request__reference=reference,
            step__round__request__community__code=code,
        )
        .filter(Q(appointment__ends_on__isnull=True) | Q(appointment__ends_on__gt=today))
        .select_related(
            "decision", "appointment__unit", "step__unit", "step__policy_step", "step__round__policy",
            "step__round__request__community", "step__round__request__unit",
        )
        .order_by("pk")
    )  # fmt: skip


def own_decision(round_: ApprovalRound, member_id: int, seats: list[Seat]) -> Decision | None:
    """What the member decided, so that nothing is left to decide here: in this step, or elsewhere in the round."""
    here = [seat.decision for seat in seats if hasattr(seat, "decision")]
    if len(here) == len(seats) or (here and not round_.policy.both_seats):
        return here[-1]
    if round_.policy.both_seats:
        return None
    return round_.decisions.filter(member=member_id).first()


def opinions(round_: ApprovalRound) -> list[Decision]:
    """What has been said in a round, with post, body and name."""
    said = round_.decisions.select_related("member", "seat__appointment", "seat__step__unit")
    return list(said.order_by("decided_at", "pk"))


def last_decided_version(request: RenovationRequest, member_id: int) -> int | None:
    """The newest earlier version of a request that the member decided about."""
    decided = Decision.objects.filter(round__request=request, member=member_id, version__lt=request.version)
    return decided.order_by("-version").values_list("version", flat=True).first()


def about_to_decide(step: ApprovalStep, seat: SeatFact | None, member, *, read_version: int, now: datetime) -> Deciding:
    """What the rule looks at while the page is being opened."""
    request = step.round.request
    return Deciding(
        round_state=RoundState(step.round.state),
        step_state=StepState(step.state),
        seat=seat,
        interest=interest_of(member, request),
        version=request.version,
        read_version=read_version,
        now=now,
        due_at=step.due_at,
    )
