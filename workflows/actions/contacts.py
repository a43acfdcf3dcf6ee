"""What residents left in confidence with a request: reading it, and erasing it."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.models import SealedContent, SealedText, StoredFile
from community.records import Act, Context, act
from community.refusals import ActionRefused
from community.sealed import Contact, unseal_contact, unseal_text

from ..models import Cosignature, Receipt, RenovationRequest
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
        words = _all_words(request)
        if contact is None and words is None:
            raise ActionRefused(_("Nothing was left in confidence, or it has been erased."))
        return contact, words


def _all_words(request: RenovationRequest) -> str | None:
    """What the proposer wrote, and what they added later, each with its day; None when nothing is kept."""
    found = [unseal_text(request.proposer_words)] if request.proposer_words else []
    for row in request.additions.filter(words__isnull=False).select_related("words", "event").order_by("pk"):
        text = unseal_text(row.words)
        found.append(text and f"{timezone.localtime(row.event.recorded_at):%Y-%m-%d %H:%M}\n{text}")
    return "\n\n".join(filter(None, found)) or None


def reveal_neighbours(context: Context, *, request: RenovationRequest) -> list[tuple[Cosignature, Contact | None]]:
    """Show who signed a request, recorded with who looked and why; None for a contact that was erased.

    Raises NotAllowed unless the actor may edit the request, ActionRefused without a reason or signatures.
    """
    require(context, "renovation.edit", request)
    if not str(context.reason).strip():
        raise ActionRefused(_("Say why you need this contact."), field="reason")
    with act(context, "renovation.reveal_neighbours", request.community, subject=request):
        signed = list(request.cosignatures.select_related("building__estate", "contact").order_by("signed_at", "pk"))
        if not signed:
            raise ActionRefused(_("Nobody has signed."))
        return [(signature, unseal_contact(signature.contact)) for signature in signed]


PROPOSER, PHOTOS, RECEIPT = "proposer", "photos", "receipt"


def confidences(request: RenovationRequest) -> dict[str, list]:
    """What is still kept of people, by whose it is: sealed texts, photos nobody released, receipts.

    Keys: "proposer" (contact, own words, additions), "photos", "receipt" (what opens the proposal), else the reference
    of a neighbour's signature or of an objection.
    """
    additions = request.additions.filter(words__isnull=False).select_related("words__content").order_by("pk")
    kept = {PROPOSER: [request.proposer_contact, request.proposer_words, *(row.words for row in additions)]}
    for signature in request.cosignatures.select_related("contact__content").order_by("pk"):
        kept[signature.reference] = [signature.contact]
    for objection in request.objections.select_related("words__content", "contact__content").order_by("pk"):
        kept[objection.reference] = [objection.contact, objection.words]
    kept = {whose: [stub for stub in stubs if stub and hasattr(stub, "content")] for whose, stubs in kept.items()}
    photos = request.resident_photos.select_related("file").order_by("pk")
    kept[PHOTOS] = [photo.file for photo in photos if photo.file.file.storage.exists(photo.file.file.name)]
    paper = getattr(getattr(request, "intake", None), "paper", None)
    if paper is not None and paper.file.storage.exists(paper.file.name):
        kept[PHOTOS].append(paper)
    kept[RECEIPT] = list(request.receipts.exclude(opens=Receipt.Opens.SIGNATURE))
    return {whose: things for whose, things in kept.items() if things}


def erase_confidences(context: Context, *, request: RenovationRequest, whose: list[str]) -> int:
    """Erase what these people left, for good; returns how many things. History and chain stay valid.

    `whose`: keys of `confidences`. A neighbour whose signature is erased is no longer counted; without its receipt a
    proposal can no longer be followed. Raises NotAllowed unless the actor may edit the request, ActionRefused without
    a reason, or when nothing of it is kept any more.
    """
    require(context, "renovation.edit", request)
    if not str(context.reason).strip():
        raise ActionRefused(_("Say why this is erased."), field="reason")
    with act(context, "renovation.erase", request.community) as a:
        locked = locked_request(a, request)
        kept = confidences(locked)
        things = [thing for key in whose for thing in kept.get(key, ())]
        if not things:
            raise ActionRefused(_("Nothing was left in confidence, or it has been erased."), field="whose")
        _erase_texts(a, [thing for thing in things if isinstance(thing, SealedText)])
        _erase_photos(a, [thing for thing in things if isinstance(thing, StoredFile)])
        _erase_receipts(a, Receipt.objects.filter(pk__in=[thing.pk for thing in things if isinstance(thing, Receipt)]))
        for signature in locked.cosignatures.select_for_update().filter(reference__in=whose):
            _erase_signature(a, signature)
        return len(things)


def _erase_texts(a: Act, stubs: list[SealedText]) -> None:
    SealedContent.objects.filter(stub__in=stubs).delete()
    a.note(erased=[str(stub.reference) for stub in stubs])


def _erase_photos(a: Act, files: list[StoredFile]) -> None:
    """The rows stay; the pictures go once it is certain that the act holds."""
    for file in files:
        for written in filter(None, (file.file, file.small)):
            transaction.on_commit(partial(written.storage.delete, written.name))
    if files:
        a.note(erased_files=[file.reference for file in files])


def _erase_receipts(a: Act, receipts) -> None:
    gone, _by_model = receipts.delete()
    if gone:
        a.note(erased_receipts=gone)


def _erase_signature(a: Act, signature: Cosignature) -> None:
    signature.withdrawn_at = signature.withdrawn_at or a.recorded_at
    signature.once_phone = signature.once_home = ""
    a.save(signature)
    _erase_receipts(a, signature.receipts.all())
