"""What residents left in confidence with a request: reading it, and erasing it."""

from django.utils.translation import gettext as _

from community.models import SealedContent, SealedText
from community.records import Context, act
from community.refusals import ActionRefused
from community.sealed import Contact, unseal_contact, unseal_text

from ..models import RenovationRequest
from ..permissions import require
from .moving import locked_request


def reveal_proposer(context: Context, *, request: RenovationRequest) -> tuple[Contact | None, str | None]:
    """Show the proposer's contact and own words in clear, recorded with who and why; None for what is not there.

    Raises NotAllowed unless the actor may edit the request, ActionRefused without a reason or once all is erased.
    """
    require(context, "renovation.edit", request)
    if not str(context.reason).strip():
        raise ActionRefused(_("Say why you need this contact."), field="reason")
    with act(context, "renovation.reveal", request.community, subject=request):
        contact = unseal_contact(request.proposer_contact) if request.proposer_contact else None
        words = unseal_text(request.proposer_words) if request.proposer_words else None
        if contact is None and words is None:
            raise ActionRefused(_("Nothing was left in confidence, or it has been erased."))
        return contact, words


PROPOSER = "proposer"


def confidences(request: RenovationRequest) -> dict[str, list[SealedText]]:
    """Whose confidences are still kept: "proposer", or the reference of an objection → the sealed texts."""
    kept = {PROPOSER: [request.proposer_contact, request.proposer_words]}
    for objection in request.objections.select_related("words__content", "contact__content").order_by("pk"):
        kept[objection.reference] = [objection.contact, objection.words]
    kept = {whose: [stub for stub in stubs if stub and hasattr(stub, "content")] for whose, stubs in kept.items()}
    return {whose: stubs for whose, stubs in kept.items() if stubs}


def erase_confidences(context: Context, *, request: RenovationRequest, whose: list[str]) -> int:
    """Erase contact and own words of these people for good; returns how many texts. History and chain stay valid.

    `whose`: keys of `confidences`. Raises NotAllowed unless the actor may edit the request, ActionRefused without a
    reason, or when nothing of it is kept any more.
    """
    require(context, "renovation.edit", request)
    if not str(context.reason).strip():
        raise ActionRefused(_("Say why this is erased."), field="reason")
    with act(context, "renovation.erase", request.community) as a:
        kept = confidences(locked_request(a, request))
        stubs = [stub for key in whose for stub in kept.get(key, ())]
        if not stubs:
            raise ActionRefused(_("Nothing was left in confidence, or it has been erased."), field="whose")
        SealedContent.objects.filter(stub__in=stubs).delete()
        a.note(erased=[str(stub.reference) for stub in stubs])
        return len(stubs)
