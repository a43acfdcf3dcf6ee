"""What waits for a person in the neighbourhood: second looks, duty days, faults, objections. One query each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models.functions import Cast

from community.grants import grants_for, within

from ..models import (
    Acceptance,
    ApprovalStep,
    Decision,
    DutyDay,
    Evaluation,
    Evidence,
    Fault,
    MatterFinding,
    Objection,
    OwnersVote,
    PaperVote,
    PartnerCommitment,
    Pledge,
    PublicityPeriod,
    Resolution,
    Seat,
    SharedResult,
    WordingChange,
    WorksPlan,
)  # fmt: skip
from ..rules.approvals import TAKING_PART
from ..rules.gates import ENDED
from ..rules.renovation import ROLES_FOR
from ..rules.stages import stage_of

EVIDENCE: dict[str, type[Evidence]] = {
    model._meta.model_name: model
    for model in (
        Resolution, MatterFinding, OwnersVote, PublicityPeriod, PartnerCommitment, WorksPlan, Acceptance, Evaluation,
        SharedResult,
    )
}  # fmt: skip
"""Every kind of evidence by the name that stands in addresses."""

PLEDGE, WORDING, PAPER_VOTE = "pledge", "wording", "papervote"
SECOND_LOOKS: dict[str, type] = {**EVIDENCE, PLEDGE: Pledge, WORDING: WordingChange, PAPER_VOTE: PaperVote}
"""Everything that one person enters and a second one confirms."""


@dataclass(frozen=True)
class SecondLook:
    """Something entered that waits for a second person."""

    kind: str
    reference: str
    request: str
    title: str
    state: str
    resume_to: str
    code: str
    community: str

    @property
    def stage(self) -> str:
        return stage_of(self.state, self.resume_to or None).value


def seats_waiting(user, today: date) -> list[Seat]:
    """Seats in which the person can decide now, by due date."""
    member_id = grants_for(user).member_id
    return list(Seat.objects.waiting_for(member_id, today)) if member_id else []


def still_to_take_part(steps: list[ApprovalStep]) -> dict[int, int]:
    """Key of a step → how many more must take part."""
    counted = (
        Decision.objects.filter(seat__step__in=steps, choice__in=TAKING_PART)
        .values_list("seat__step")
        .annotate(Count("pk"))
        .order_by()
    )
    taken = dict(counted)
    return {step.pk: max(0, step.policy_step.min_taking_part - taken.get(step.pk, 0)) for step in steps}


def unconfirmed(kind: str) -> QuerySet:
    """What of a kind nobody has confirmed yet."""
    if kind == PLEDGE:
        return Pledge.objects.filter(confirmation=None)
    if kind == WORDING:
        return WordingChange.objects.filter(status=WordingChange.Status.WAITING)
    return SECOND_LOOKS[kind].objects.filter(status=Evidence.Status.ENTERED)


def second_looks(user) -> list[SecondLook]:
    """What others entered where the person may confirm it: one query over all kinds."""
    grants = grants_for(user)
    paths = grants.paths(*ROLES_FOR["renovation.confirm_evidence"])
    if not paths:
        return []
    parts = [
        unconfirmed(kind)
        .filter(within(paths, "request__unit__path"))
        .exclude(Q(entered_by=grants.member_id) | Q(request__state__in=ENDED))
        .order_by()
        .values_list(
            Value(kind, output_field=CharField()), Cast("reference", CharField()), "request__reference",
            "request__title", "request__state", "request__resume_to", "community__code", "community__name",
        )
        for kind in SECOND_LOOKS
    ]  # fmt: skip
    return [SecondLook(*row) for row in parts[0].union(*parts[1:], all=True)]


def days_on_duty(user, until: date) -> list[DutyDay]:
    """Days until then (inclusive) on which the person stands on the rota and nobody has written or explained yet."""
    member_id = grants_for(user).member_id
    if not member_id:
        return []
    days = DutyDay.objects.of_member(member_id).filter(day__lte=until, no_log="", logs=None)
    return list(days.order_by("day", "pk"))


def faults_waiting(user) -> list[tuple[Fault, bool]]:
    """(fault, whether it waits to be checked): open ones where the person may put right, repairs of others to check."""
    grants = grants_for(user)
    rectify = within(grants.paths(*ROLES_FOR["renovation.rectify_fault"]), "request__unit__path")
    check = within(grants.paths(*ROLES_FOR["renovation.check_fault"]), "request__unit__path")
    found = (
        Fault.objects.visible_to(user)
        .filter(Q(rectify, state="open") | Q(check & ~Q(rectified_by=grants.member_id), state="rectified"))
        .filter(request__state="joint_supervision")
        .select_related("request__community")
        .order_by("due_on", "pk")
    )
    return [(fault, fault.state == "rectified") for fault in found]


def objections_open(user) -> list[Objection]:
    """Objections without an answer, where the person may answer and is not the proposer."""
    grants = grants_for(user)
    found = (
        Objection.objects.filter(answered_by=None)
        .filter(within(grants.paths(*ROLES_FOR["renovation.confirm_evidence"]), "request__unit__path"))
        .exclude(request__state__in=ENDED)
        .exclude(request__proposer__isnull=False, request__proposer=grants.member_id)
    )
    return list(found.select_related("request__community", "publicity").order_by("publicity__ends_on", "pk"))
