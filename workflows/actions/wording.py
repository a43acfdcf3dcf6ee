"""Corrections of wording only: three characters at most, and a second person."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from community.personal_numbers import require_public_wording
from community.records import Context, act
from community.refusals import ActionRefused, Conflict

from ..kernel import Refused
from ..models import RenovationRequest, WordingChange
from ..permissions import require, require_member
from ..rules import substance
from .moving import GateClosed, locked_request
from .requests import TEXT_FIELDS, UNFINISHED, open_for_change
from .telling import tell_second_person


def propose_wording(
    context: Context, *, request: RenovationRequest, read_version: int, values: Mapping
) -> WordingChange:
    """Enter a correction of wording; it applies once a second person confirms it. Evidence and approvals stay valid.

    Raises GateClosed when it is more than wording (too many characters since the last change of substance; a digit,
    a numeral or a negation among them), Conflict for a stale version, NotAllowed.
    """
    require(context, "renovation.edit", request)
    author = require_member(context)
    texts = {name: values[name] for name in TEXT_FIELDS}
    for name, text in texts.items():
        require_public_wording(text, field=name)
    with act(context, "renovation.propose_wording", request.community) as a:
        locked = open_for_change(a, request, read_version)
        before = {name: getattr(locked, name) for name in TEXT_FIELDS}
        judged = substance.judge(before, texts, structured=(), texts=TEXT_FIELDS, used=locked.wording_used)
        if judged.kind == substance.Kind.NONE:
            raise ActionRefused(_("Nothing was changed."))
        if judged.kind == substance.Kind.SUBSTANCE:
            raise GateClosed(Refused(judged.reasons[0].reason, judged.reasons[0].params, judged.reasons))
        change = a.save(
            WordingChange(
                request=locked, community=locked.community, version=locked.version, characters=judged.characters,
                entered_by=author, **texts,
            )
        )  # fmt: skip
        return tell_second_person(a, change)


def settle_wording(context: Context, *, change: WordingChange, apply: bool) -> RenovationRequest:
    """Apply or dismiss a correction that waits. Raises ActionRefused for one's own, Conflict when it was settled."""
    require(context, "renovation.edit", change.request)
    member = require_member(context)
    with act(context, "renovation.settle_wording", change.request.community) as a:
        locked = locked_request(a, change.request)
        waiting = a.lock(WordingChange, pk=change.pk, request=locked)
        if waiting.status != WordingChange.Status.WAITING:
            raise Conflict(_("This correction has been settled already."))
        if apply and locked.state not in UNFINISHED:
            raise ActionRefused(_("This request has ended; nothing can be changed."))
        if apply and waiting.entered_by_id == member.pk:
            raise ActionRefused(_("You entered this yourself; a second person must confirm it."))
        waiting.status = WordingChange.Status.APPLIED if apply else WordingChange.Status.DISMISSED
        waiting.settled_by = member
        a.save(waiting)
        if apply:
            for name in TEXT_FIELDS:
                setattr(locked, name, getattr(waiting, name))
            locked.version += 1
            locked.wording_used += waiting.characters
            a.save(locked)
        return locked
