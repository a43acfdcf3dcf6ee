"""What the holder of a receipt does without an account: add what was asked for, take a proposal back."""

from django.utils import timezone
from django.utils.translation import gettext as _

from community.photos import PreparedPhoto
from community.records import Act, Context, act
from community.refusals import ActionRefused
from community.sealed import seal_text

from ..models import Addition, Receipt, RenovationRequest
from ..querysets.facts import renovation_facts
from .moving import locked_request, move
from .proposing import MOST_PHOTOS, keep_photos
from .telling import tell_staff


def add_what_was_asked(
    context: Context, *, receipt: Receipt, text: str = "", photos: list[PreparedPhoto] = ()
) -> RenovationRequest:
    """Hand in again a proposal that came back with a question; text and photos are for the staff alone.

    Raises GateClosed when nothing is added or it is not waiting for that, ActionRefused for too many photos or a
    receipt that was erased.
    """
    text = text.strip()
    if len(photos) > MOST_PHOTOS:
        raise ActionRefused(_("At most %(most)d photos.") % {"most": MOST_PHOTOS}, field="photos")
    with act(context, "renovation.hand_in_again", receipt.community) as a:
        locked = held(a, receipt)
        facts = renovation_facts(locked, today=timezone.localdate(a.recorded_at), added=bool(text) + len(photos))
        move(a, locked, "hand_in_again", facts, reason="")
        words = seal_text(a, locked.community, text) if text else None
        addition = a.append(Addition(request=locked, community=locked.community, words=words))
        keep_photos(a, locked, photos, addition=addition)
        tell_staff(a, locked, "proposal_completed")
        return a.save(locked)


def take_back(context: Context, *, receipt: Receipt) -> RenovationRequest:
    """Take a proposal back before it is accepted. It stays on record. Raises GateClosed, or ActionRefused as above."""
    with act(context, "renovation.take_back", receipt.community) as a:
        locked = held(a, receipt)
        facts = renovation_facts(locked, today=timezone.localdate(a.recorded_at))
        move(a, locked, "take_back", facts, reason="")
        tell_staff(a, locked, "proposal_taken_back")
        return a.save(locked)


def held(a: Act, receipt: Receipt, opens: str = Receipt.Opens.PROPOSAL) -> RenovationRequest:
    """The request that a receipt opens, locked. Raises ActionRefused when the receipt has been erased meanwhile."""
    locked = locked_request(a, receipt.request)
    if not Receipt.objects.filter(pk=receipt.pk, request=locked, opens=opens).exists():
        raise ActionRefused(_("This receipt has been erased and opens nothing any more."))
    return locked
