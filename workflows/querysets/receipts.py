"""What a code of a receipt opens, and what its holder may read about the proposal."""

from dataclasses import dataclass
from datetime import datetime

from community.models import Event
from community.tokens import token_hashes

from ..models import Receipt, RenovationRequest
from ..rules.stages import State

# Events of which the holder of the receipt reads the reason.
REASONED = ("return_for_completion", "decline", "merge", "pause")


@dataclass(frozen=True)
class Moment:
    """One thing that happened: which event of the table, when, and what the staff wrote about it."""

    event: str
    at: datetime
    reason: str


OF_ONES_OWN = (Receipt.Opens.PROPOSAL, Receipt.Opens.SIGNATURE)


def opened_by(code: str, *opens: str) -> Receipt | None:
    """The receipt of a code, with its request, community and contact; None when the code opens nothing. One query.

    `opens`: what it may open; one's own proposal or signature when nothing is named.
    """
    found = Receipt.objects.filter(code_hash__in=token_hashes(code), opens__in=opens or OF_ONES_OWN)
    related = ("request__community", "request__unit", "request__proposer_contact__content", "cosignature__building")
    return found.select_related(*related).first()


def signatures_of(request: RenovationRequest) -> int:
    """How many neighbours sign a request at present."""
    return request.cosignatures.filter(withdrawn_at__isnull=True).count()


def is_open_to_neighbours(request: RenovationRequest) -> bool:
    """Whether its proposer asked for a link for neighbours."""
    return request.receipts.filter(opens=Receipt.Opens.SIGNING).exists()


def moments_of(request: RenovationRequest) -> list[Moment]:
    """Every move of the request, the newest first, its handing in last. One query.

    Of changes of content, evidence and meetings the page of the project tells.
    """
    rows = Event.objects.filter(subject_type=request._meta.label_lower, subject_key=str(request.pk))
    found = []
    for verb, at, reason in rows.order_by("-sequence").values_list("verb", "recorded_at", "reason"):
        package, _dot, event = verb.partition(".")
        if package == "renovation" and event in TOLD:
            found.append(Moment(event, at, reason if event in REASONED else ""))
    return found


TOLD = (
    "hand_in", "propose", "return_for_completion", "hand_in_again", "resubmit", "take_back", "decline", "merge",
    "accept", "open_co_construction", "start_works", "accept_works", "back_to_works", "publish_result", "close",
    "pause", "resume", "withdraw",
)  # fmt: skip


def page_of(request: RenovationRequest):
    """The published page of the project; None while there is none. One query."""
    from ..models import ProjectPage

    if request.state in (State.SUBMITTED, State.DECLINED, State.WITHDRAWN):
        return None
    return ProjectPage.objects.live().filter(request=request).first()
