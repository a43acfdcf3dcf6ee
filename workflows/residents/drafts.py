"""A proposal that is being written: what was answered so far, and what is still to be asked."""

import uuid
from dataclasses import asdict

from community import drafts
from community.drafts import Draft
from community.models import Unit

from ..actions.receipts import new_code
from ..desk import pending
from .steps import STEPS

COOKIE = "proposal"


def read(request, community: Unit) -> Draft | None:
    return drafts.read(request, COOKIE, community)


def begin(community: Unit) -> Draft:
    """A new draft, not kept yet. The code of the receipt is chosen now: whoever sends twice gets the same one."""
    return Draft(community, {"key": str(uuid.uuid4()), "code": new_code(), "answers": {}, "photos": []})


def is_sent(draft: Draft) -> bool:
    return "answers" not in draft.data


def photos_of(draft: Draft) -> list[pending.Kept]:
    """The photos received so far, without those whose time is over."""
    kept = [pending.Kept(**row) for row in draft.data.get("photos", ())]
    return [one for one in kept if pending.DRAFTS.paths(one.key)[0].exists()]


def take_photos(draft: Draft, form) -> bool:
    """Remember the photos as a form left them; whether that changed anything."""
    pending.drop(form.dropped, pending.DRAFTS)
    rows = [asdict(one) for one in form.kept]
    changed = rows != draft.data["photos"]
    draft.data["photos"] = rows
    return changed


def first_open(draft: Draft | None) -> str | None:
    """The key of the first step that was not answered yet; None when all were."""
    answered = draft.data["answers"] if draft and not is_sent(draft) else {}
    return next((step.key for step in STEPS if step.key not in answered), None)


def mark_sent(draft: Draft) -> None:
    """Forget what was typed. The code stays for a day: whoever sends once more is led to the same receipt."""
    photos = photos_of(draft)
    draft.data = {"code": draft.data["code"]}
    drafts.keep(draft, kept=drafts.SENT_KEPT)
    pending.drop(photos, pending.DRAFTS)


def throw_away(draft: Draft) -> None:
    pending.drop(photos_of(draft), pending.DRAFTS)
    drafts.forget(draft)
