"""A resident hands in a proposal, without an account."""

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community.models import Building, Estate, Unit
from community.photos import PreparedPhoto, store_photos
from community.records import Act, Context, act
from community.refusals import ActionRefused
from community.sealed import Contact, reach, seal_all
from community.sealed import words as in_words

from ..models import Addition, RenovationRequest, ResidentPhoto
from ..words import PART_WORDS
from .receipts import give_receipt
from .requests import new_reference
from .telling import tell_staff

MOST_PHOTOS = 6


@dataclass(frozen=True)
class Spot:
    """Where it is, as chosen from the register: nothing of it is typed. `part` is a key of PART_WORDS."""

    part: str
    estate: Estate | None = None
    building: Building | None = None

    def unit(self, community: Unit) -> Unit:
        """Who is responsible there: the building's unit, else the estate's, else the community."""
        for place in (self.building, self.estate):
            if place is not None and place.unit is not None and place.unit.path.startswith(community.path):
                return place.unit
        return community


@dataclass(frozen=True)
class Said:
    """What the resident typed; all of it is sealed. `cost` in yuan, as typed."""

    problem: str
    place: str = ""
    wish: str = ""
    cost: str = ""


def hand_in(
    context: Context, *, community: Unit, submission_key, code: str, spot: Spot, said: Said,
    contact: Contact | None = None, photos: list[PreparedPhoto] = (), neighbours: bool = False,
) -> RenovationRequest:  # fmt: skip
    """Enter what a resident proposes. A repeat with the same submission key returns the first request.

    The public reads no word of the resident's: title and place come from the register, all else waits for the staff's
    wording. `code` opens the request from now on; with `neighbours` they may sign it. Raises ActionRefused for a place
    elsewhere or too many photos.
    """
    if any(place is not None and place.community_id != community.pk for place in (spot.estate, spot.building)):
        raise ActionRefused(_("This place does not belong to the community."), field="where")
    if len(photos) > MOST_PHOTOS:
        raise ActionRefused(_("At most %(most)d photos.") % {"most": MOST_PHOTOS}, field="photos")
    try:
        with act(context, "renovation.hand_in", community) as a:
            request = _new_request(a, community, spot, submission_key)
            texts = [in_words(_as_text(said)), *([reach(contact)] if contact else [])]
            request.proposer_words, request.proposer_contact, *_none = [*seal_all(a, community, texts), None]
            a.subject = a.save(request)
            keep_photos(a, request, photos)
            give_receipt(request, code, neighbours=neighbours)
            tell_staff(a, request)
    except IntegrityError:
        known = RenovationRequest.objects.filter(submission_key=submission_key, community=community).first()
        if known is None:
            raise
        return known
    return request


def _new_request(a: Act, community: Unit, spot: Spot, submission_key) -> RenovationRequest:
    """The row with what everyone may read of it: where, in the words of the register, in Chinese."""
    with translation.override(settings.LANGUAGE_CODE):
        part = str(PART_WORDS[spot.part])
        where = str(spot.building or spot.estate or community)
        short = spot.building.name if spot.building else where
        title = _("%(place)s %(part)s: from a resident") % {"place": short[:30], "part": part}
    year = timezone.localtime(a.recorded_at).year
    return RenovationRequest(
        reference=new_reference(community, year), community=community, unit=spot.unit(community), estate=spot.estate,
        submission_key=submission_key, title=title[:60], place=f"{where} {part}"[:80], channel=a.context.channel,
        proposed_at=a.occurred_at, state_since=a.recorded_at,
    )  # fmt: skip


def _as_text(said: Said) -> str:
    """One text for those who read it later: each answer under its question, in Chinese."""
    with translation.override(settings.LANGUAGE_CODE):
        answers = (
            (_("What is wrong?"), said.problem),
            (_("Where exactly?"), said.place),
            (_("What should be done?"), said.wish),
            (_("Rough cost (¥)"), said.cost),
        )
        return "\n\n".join(f"{question}\n{answer.strip()}" for question, answer in answers if answer.strip())


def keep_photos(
    a: Act, request: RenovationRequest, photos: list[PreparedPhoto], *, addition: Addition | None = None
) -> list[ResidentPhoto]:
    """Keep what a resident sent with a request, for the staff alone, within an act."""
    with translation.override(settings.LANGUAGE_CODE):
        name = _("Photo of a resident")
    files = store_photos(a, request.unit, list(photos), name=name)
    return a.append_all([
        ResidentPhoto(request=request, community=request.community, file=file, addition=addition) for file in files
    ])  # fmt: skip
