"""Entering, confirming and withdrawing evidence: one person enters, another confirms, the gate reads the fields."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.personal_numbers import require_public_wording
from community.photos import PreparedPaper, PreparedPhoto, store_paper, store_photo
from community.records import Act, Context, act
from community.refusals import ActionRefused, Conflict

from ..kernel import Refused
from ..models import (
    Acceptance,
    Evaluation,
    Evidence,
    MatterFinding,
    OwnersVote,
    PartnerCommitment,
    PublicityPeriod,
    RenovationRequest,
    Resolution,
    SharedResult,
    WorksPlan,
)  # fmt: skip
from ..permissions import require, require_member
from ..querysets.facts import vote_figures
from ..refusals import sentence
from ..rules import votes
from ..rules.notices import Occasion
from ..rules.renovation import may_confirm
from ..rules.stages import State
from .moving import GateClosed, locked_request
from .pages import announce
from .telling import tell_second_person

# Where each kind of evidence is entered: the stage whose gate reads it.
ENTERED_IN: dict[type[Evidence], frozenset[State]] = {
    Resolution: frozenset({State.JOINT_DECISION}),
    MatterFinding: frozenset({State.JOINT_DECISION}),
    OwnersVote: frozenset({State.JOINT_DECISION}),
    PublicityPeriod: frozenset({State.JOINT_DECISION}),
    PartnerCommitment: frozenset({State.CO_CONSTRUCTION}),
    WorksPlan: frozenset({State.CO_CONSTRUCTION, State.JOINT_SUPERVISION}),
    Acceptance: frozenset({State.JOINT_SUPERVISION}),
    Evaluation: frozenset({State.JOINT_EVALUATION}),
    SharedResult: frozenset({State.SHARED_RESULT}),
}

# What the gate cannot do without: a paper or photo that the second person looks at.
PAPER_REQUIRED = frozenset({
    Resolution, OwnersVote, PublicityPeriod, PartnerCommitment, WorksPlan, Acceptance, Evaluation,
})  # fmt: skip

Prepared = PreparedPaper | PreparedPhoto


def enter_evidence(
    context: Context, model: type[Evidence], *, request: RenovationRequest, values: Mapping,
    paper: Prepared | None = None, photos: Mapping[str, PreparedPhoto] | None = None,
) -> Evidence:  # fmt: skip
    """Enter a piece of evidence on the request's version of now. It counts once a second person has confirmed it.

    `values`: the model's own fields. `paper`: the scan or photo. `photos`: further photos by field name (the shared
    result's before and after). Raises NotAllowed, or ActionRefused for the wrong stage, a missing paper or figures
    that cannot be.
    """
    require(context, "renovation.enter_evidence", request)
    author = require_member(context)
    if model in PAPER_REQUIRED and paper is None:
        raise ActionRefused(_("Add the paper or a photo of it; without it this is no evidence."), field="paper")
    for name, value in values.items():
        if isinstance(value, str):
            require_public_wording(value, field=name)
    with act(context, f"evidence.enter_{model._meta.model_name}", request.community) as a:
        locked = locked_request(a, request)
        if locked.state not in ENTERED_IN[model]:
            raise ActionRefused(
                _("This belongs to another stage; the request is now in: %(state)s.")
                % {"state": locked.get_state_display()}
            )
        row = model(
            request=locked, community=locked.community, version=locked.version, entered_by=author,
            entered_at=a.recorded_at, **values,
        )  # fmt: skip
        _belongs_here(row)
        _has_happened(row, timezone.localdate(a.recorded_at))
        _takes_round(row)
        _keeps_first_day(row)
        row.paper = store_evidence(a, locked, paper)
        for name, photo in (photos or {}).items():
            setattr(row, name, store_photo(a, locked.community, photo, name=locked.title, public=True))
        _figures_can_be(row)
        announce(a, locked, Occasion.PUBLICITY if model is PublicityPeriod else None)
        return tell_second_person(a, a.save(row))


def store_evidence(a: Act, request, paper: Prepared | None):
    if paper is None:
        return None
    store = store_photo if isinstance(paper, PreparedPhoto) else store_paper
    # Kept at the request's own unit: whoever decides about it, from there up the tree, may read its papers.
    return store(a, request.unit, paper, name=f"{request.reference} {a.recorded_at:%Y-%m-%d}")


def _belongs_here(row: Evidence) -> None:
    """Partners named in the evidence belong to the same community."""
    for name in ("partner", "contractor", "upkeep"):
        partner = getattr(row, name, None)
        if partner is not None and partner.community_id != row.community_id:
            raise ActionRefused(_("This partner does not belong to the community."), field=name)


def _has_happened(row: Evidence, today: date) -> None:
    """What was resolved, voted, accepted or evaluated lies behind."""
    for name in ("held_on", "closed_on", "accepted_on"):
        if getattr(row, name, today) > today:
            raise ActionRefused(_("This day lies in the future."), field=name)


def _takes_round(row: Evidence) -> None:
    if hasattr(row, "works_round"):
        row.works_round = row.request.works_round


def _keeps_first_day(row: Evidence) -> None:
    """Once the works have begun their first day stays: a later one would take duty days out of the rota."""
    if isinstance(row, WorksPlan) and row.request.state == State.JOINT_SUPERVISION:
        planned = WorksPlan.objects.confirmed().filter(request=row.request).order_by("-entered_at", "-pk").first()
        if planned is not None and row.starts_on > planned.starts_on:
            raise ActionRefused(_("The works have begun: their first day stays."), field="starts_on")


def _figures_can_be(row: Evidence) -> None:
    """Raise ActionRefused for figures that cannot be: the constraints of the table, and the verdict's own checks."""
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise ActionRefused(" ".join(error.messages)) from error
    if isinstance(row, OwnersVote) and row.matter != votes.Matter.NONE:
        verdict = votes.verdict(votes.Matter(row.matter), vote_figures(row))
        if isinstance(verdict, Refused):
            raise GateClosed(verdict)


def confirm_evidence(context: Context, *, evidence: Evidence) -> Evidence:
    """The second person has seen paper and figures. Raises ActionRefused for one's own, Conflict when settled."""
    require(context, "renovation.confirm_evidence", evidence.request)
    member = require_member(context)
    with act(context, f"evidence.confirm_{evidence._meta.model_name}", evidence.community) as a:
        row = _locked_evidence(a, evidence)
        refused = may_confirm(entered_by=row.entered_by_id, confirmed_by=member.pk)
        if refused:
            raise ActionRefused(sentence(refused))
        row.status, row.confirmed_by, row.confirmed_at = Evidence.Status.CONFIRMED, member, a.recorded_at
        return a.save(row)


def withdraw_evidence(context: Context, *, evidence: Evidence) -> Evidence:
    """Take back what was entered, with a reason; the row and its history stay.

    Raises ActionRefused without a reason, or for what two people confirmed once the gate that reads it is passed.
    """
    require(context, "renovation.enter_evidence", evidence.request)
    require_member(context)
    if not str(context.reason).strip():
        raise ActionRefused(_("Say why this is withdrawn."), field="reason")
    with act(context, f"evidence.withdraw_{evidence._meta.model_name}", evidence.community) as a:
        row = _locked_evidence(a, evidence, also_confirmed=True)
        if row.is_confirmed and row.request.state not in ENTERED_IN[type(row)]:
            raise ActionRefused(_("The request went on with this; it stays as it was confirmed."))
        row.status = Evidence.Status.WITHDRAWN
        return a.save(row)


def _locked_evidence(a: Act, evidence: Evidence, *, also_confirmed: bool = False) -> Evidence:
    request = locked_request(a, evidence.request)
    row = a.lock(type(evidence), pk=evidence.pk, request=request)
    settled = row.status != Evidence.Status.ENTERED and not (also_confirmed and row.is_confirmed)
    if settled:
        raise Conflict(_("This has been confirmed or withdrawn already."))
    return row
