"""A photo of a resident becomes public: after somebody of the staff has looked at it, and under their words."""

from django.db import IntegrityError
from django.utils.translation import gettext as _

from community.personal_numbers import require_public_wording
from community.photos import prepared_again, store_photo
from community.records import Context, act
from community.refusals import ActionRefused, Conflict

from ..models import RequestPhoto, ResidentPhoto
from ..permissions import require
from .moving import locked_request
from .requests import UNFINISHED


def release_photo(context: Context, *, photo: ResidentPhoto, caption: str, moment: str) -> RequestPhoto:
    """Show everybody a copy of a resident's photo; the one that was handed in stays private.

    `caption`: what it shows, in public words. Raises NotAllowed, Conflict when it was released already, ActionRefused
    once the request has ended, the photo was erased, or the caption holds a personal number.
    """
    require(context, "renovation.edit", photo.request)
    require_public_wording(caption, field="caption")
    prepared = prepared_again(photo.file)
    try:
        with act(context, "renovation.release_photo", photo.community) as a:
            locked = locked_request(a, photo.request)
            if locked.state not in UNFINISHED:
                raise ActionRefused(_("This request has ended; nothing can be added."))
            if RequestPhoto.objects.filter(released_from=photo).exists():
                raise Conflict(_("This photo has been released already."))
            public = store_photo(a, locked.community, prepared, name=caption, public=True)
            return a.append(
                RequestPhoto(
                    request=locked, community=locked.community, file=public, moment=moment, caption=caption,
                    released_from=photo,
                )
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(_("This photo has been released already.")) from None
