"""Neighbours sign a proposal and may withdraw that again; nobody learns more than how many they are."""

from dataclasses import dataclass

from django.db import IntegrityError
from django.utils.translation import gettext as _

from community.models import Building, SealedContent
from community.records import Context, act
from community.refusals import ActionRefused, Conflict
from community.sealed import Contact, keyed_hash, phone_hash, reach, seal_all
from community.tokens import token_hash

from ..models import Cosignature, Receipt, RenovationRequest
from ..rules import codes
from ..rules.signing import may_sign, same_home, same_phone
from .following import held


@dataclass(frozen=True)
class Neighbour:
    """Who signs. All of it is sealed but the building; `phone` and `door` may be empty."""

    name: str
    building: Building | None = None
    phone: str = ""
    door: str = ""


def invite_neighbours(context: Context, *, receipt: Receipt, code: str) -> None:
    """Open a proposal to neighbours' signatures: by the code that follows from that of its receipt.

    Doing it again changes nothing. Raises ActionRefused once it is decided.
    """
    with act(context, "renovation.invite_neighbours", receipt.community) as a:
        locked = held(a, receipt)
        _require_open(locked)
        Receipt.objects.get_or_create(
            code_hash=token_hash(codes.for_neighbours(code)), opens=Receipt.Opens.SIGNING, request=locked,
            community=locked.community,
        )  # fmt: skip


def sign(context: Context, *, receipt: Receipt, submission_key, code: str, neighbour: Neighbour) -> Cosignature:
    """Sign with the code for neighbours. `code` opens the signature from now on; a repeat returns the first one.

    Raises Conflict when this phone or home has signed already or is the proposer's own, ActionRefused once the
    proposal is decided, or for a building elsewhere.
    """
    known = Cosignature.objects.filter(submission_key=submission_key, request=receipt.request_id).first()
    if known is not None:
        return known
    if neighbour.building is not None and neighbour.building.community_id != receipt.community_id:
        raise ActionRefused(_("This place does not belong to the community."), field="where")
    try:
        with act(context, "renovation.sign", receipt.community) as a:
            locked = held(a, receipt, Receipt.Opens.SIGNING)
            _require_open(locked)
            _require_another(locked, neighbour)
            door = f"{neighbour.building or ''} {neighbour.door}".strip() if neighbour.door else ""
            contact = Contact(name=f"{neighbour.name} {door}".strip(), phone=neighbour.phone)
            signature = a.save(
                Cosignature(
                    request=locked, community=locked.community, building=neighbour.building,
                    submission_key=submission_key, channel=context.channel, signed_at=a.occurred_at,
                    contact=seal_all(a, locked.community, [reach(contact)])[0], **_once(locked, neighbour),
                )
            )  # fmt: skip
            Receipt.objects.create(
                code_hash=token_hash(code), opens=Receipt.Opens.SIGNATURE, request=locked, cosignature=signature,
                community=locked.community,
            )  # fmt: skip
            return signature
    except IntegrityError:
        known = Cosignature.objects.filter(submission_key=submission_key, request=receipt.request_id).first()
        if known is None:
            raise Conflict(_("Somebody signed from this phone or home already; each counts once.")) from None
        return known


def withdraw_signature(context: Context, *, receipt: Receipt) -> Cosignature:
    """Withdraw one's own signature, at any time. Raises Conflict when that was done already."""
    with act(context, "renovation.withdraw_signature", receipt.community) as a:
        held(a, receipt, Receipt.Opens.SIGNATURE)
        signature = a.lock(Cosignature, pk=receipt.cosignature_id, request=receipt.request_id)
        if signature.withdrawn_at is not None:
            raise Conflict(_("This signature has been withdrawn already."))
        signature.withdrawn_at, signature.once_phone, signature.once_home = a.recorded_at, "", ""
        return a.save(signature)


def _require_open(request: RenovationRequest) -> None:
    if not may_sign(request.state):
        raise ActionRefused(_("This has been decided already; neighbours cannot sign any more."))


def _require_another(request: RenovationRequest, neighbour: Neighbour) -> None:
    """The proposer counts as such and does not sign besides."""
    known = SealedContent.objects.filter(stub=request.proposer_contact_id).exclude(phone_hash="")
    if neighbour.phone and known.filter(phone_hash=phone_hash(neighbour.phone)).exists():
        raise Conflict(_("You proposed this yourself and are counted already."), field="phone")


def _once(request: RenovationRequest, neighbour: Neighbour) -> dict:
    """The hashes by which the same phone and the same home are recognised, for this request alone."""
    building = neighbour.building.reference if neighbour.building else ""
    values = {"once_phone": same_phone(neighbour.phone), "once_home": same_home(building, neighbour.door)}
    return {name: keyed_hash(f"{name} {request.pk} ", value) if value else "" for name, value in values.items()}
