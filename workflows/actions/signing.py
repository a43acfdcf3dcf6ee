"""Neighbours sign a proposal and may withdraw that again; nobody learns more than how many they are."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.models import Building, SealedContent
from community.records import Act, Context, act
from community.refusals import ActionRefused, Conflict
from community.sealed import Contact, keyed_hash, phone_hash, reach, seal_all
from community.tokens import token_hash

from ..models import Cosignature, Receipt, RenovationRequest
from ..permissions import require, require_member
from ..rules import codes
from ..rules.signing import may_sign, same_home, same_phone
from .following import held
from .moving import locked_request
from .requests import require_read_back


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
    proposal is decided, for a building elsewhere, or when neither phone nor door says who counts once.
    """

    def opened(a: Act) -> RenovationRequest:
        return held(a, receipt, Receipt.Opens.SIGNING)

    return _sign_once(context, receipt.request, opened, code, neighbour, submission_key=submission_key)


def sign_for(
    context: Context, *, request: RenovationRequest, submission_key, code: str, neighbour: Neighbour,
    confirmed: str = "",
) -> Cosignature:  # fmt: skip
    """Write down the signature of a neighbour at the door, on the phone or on paper. `confirmed`: a value of ReadBack.

    Raises NotAllowed, and what `sign` raises; ActionRefused too for what was heard and not read back, and for a moment
    in the future.
    """
    require(context, "renovation.propose", request)
    author = require_member(context)
    require_read_back(context, confirmed)
    if context.occurred_at is not None and context.occurred_at > (context.now or timezone.now()):
        raise ActionRefused(_("This moment lies in the future."), field="heard_on")
    return _sign_once(
        context, request, lambda a: locked_request(a, request), code, neighbour,
        submission_key=submission_key, entered_by=author, confirmed=confirmed,
    )  # fmt: skip


def _sign_once(
    context: Context, request: RenovationRequest, opened: Callable[[Act], RenovationRequest], code: str,
    neighbour: Neighbour, *, submission_key, **written_down,
) -> Cosignature:  # fmt: skip
    """Within an act, on the request that `opened` locks: the signature with its receipt."""
    first = Cosignature.objects.filter(submission_key=submission_key, request=request.pk)
    known = first.first()
    if known is not None:
        return known
    if neighbour.building is not None and neighbour.building.community_id != request.community_id:
        raise ActionRefused(_("This place does not belong to the community."), field="where")
    try:
        with act(context, "renovation.sign", request.community) as a:
            return _write(a, opened(a), code, neighbour, submission_key=submission_key, **written_down)
    except IntegrityError:
        known = first.first()
        if known is None:
            raise Conflict(_("Somebody signed from this phone or home already; each counts once.")) from None
        return known


def _write(a: Act, request: RenovationRequest, code: str, neighbour: Neighbour, **values) -> Cosignature:
    _require_open(request)
    _require_another(request, neighbour)
    once = _once(request, neighbour)
    if not any(once.values()):
        raise ActionRefused(_("Give a phone or a door number, so that each neighbour counts once."), field="door")
    door = f"{neighbour.building or ''} {neighbour.door}".strip() if neighbour.door else ""
    contact = Contact(name=f"{neighbour.name} {door}".strip(), phone=neighbour.phone)
    signature = a.save(
        Cosignature(
            request=request, community=request.community, building=neighbour.building, channel=a.context.channel,
            signed_at=a.occurred_at, contact=seal_all(a, request.community, [reach(contact)])[0], **once, **values,
        )
    )  # fmt: skip
    Receipt.objects.create(
        code_hash=token_hash(code), opens=Receipt.Opens.SIGNATURE, request=request, cosignature=signature,
        community=request.community,
    )  # fmt: skip
    return signature


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
