"""Proposing, completing and moving a request."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from community.models import Channel, Home, Member, Unit
from community.personal_numbers import require_public_wording
from community.photos import PreparedPaper, PreparedPhoto, store_paper, store_photo
from community.records import Act, Context, act
from community.refusals import ActionRefused, Conflict
from community.sealed import Contact, seal_contact, seal_text

from ..models import Intake, Remedy, RenovationRequest, RequestPhoto
from ..permissions import interest_of, require, require_member
from ..querysets.facts import renovation_facts
from ..rules import references, substance
from ..rules.renovation import RENOVATION
from ..rules.stages import State
from .approvals import void_rounds
from .moving import locked_request, move
from .pages import draft_project_page
from .receipts import give_receipt
from .telling import tell_staff

STRUCTURED_FIELDS = ("category", "unit", "estate", "measure", "measure_unit", "budget")
TEXT_FIELDS = ("title", "place", "problem", "plan")
CONTENT_FIELDS = (*TEXT_FIELDS, *STRUCTURED_FIELDS)
HEARD = (Channel.DOOR, Channel.PHONE)
UNFINISHED = frozenset({State.SUBMITTED, State.RETURNED, *(
    State.JOINT_DECISION, State.CO_CONSTRUCTION, State.JOINT_SUPERVISION, State.JOINT_EVALUATION, State.SHARED_RESULT,
)})  # fmt: skip


@dataclass(frozen=True)
class WrittenDown:
    """What was written down for a resident: `code` of the receipt that they get, whether neighbours may sign, how they
    confirmed it (a value of ReadBack, or nothing), and the paper on which it stood.
    """

    code: str
    neighbours: bool = False
    confirmed: str = ""
    paper: PreparedPaper | None = None


def propose(
    context: Context, *, community: Unit, unit: Unit, submission_key, values: Mapping, photos=(),
    proposer: Member | None = None, proposer_home: Home | None = None, contact: Contact | None = None, words: str = "",
    written_down: WrittenDown | None = None,
) -> RenovationRequest:  # fmt: skip
    """Enter a proposal for somebody, or for oneself. A repeat with the same submission key returns the first one.

    `values`: the content fields, in the staff's public wording. `photos`: (PreparedPhoto, moment, caption). `contact`
    and `words` are sealed. Raises NotAllowed, or ActionRefused for a place elsewhere, personal numbers in the text, a
    moment in the future, or what was heard at the door or by phone and not confirmed.
    """
    known = RenovationRequest.objects.filter(submission_key=submission_key, community=community).first()
    if known is not None:
        return known
    author = require_member(context)
    if proposer_home is not None and proposer_home.community_id != community.pk:
        raise ActionRefused(_("This home does not belong to the community."), field="proposer_home")
    if not unit.path.startswith(community.path):
        raise ActionRefused(_("This unit does not belong to the community."), field="unit")
    now = context.now or timezone.now()
    if context.occurred_at is not None and context.occurred_at > now:
        raise ActionRefused(_("This moment lies in the future."), field="heard_on")
    if written_down:
        require_read_back(context, written_down.confirmed)
    request = RenovationRequest(
        community=community, unit=unit, submission_key=submission_key, proposer=proposer, proposer_home=proposer_home,
        channel=context.channel, proposed_at=context.occurred_at or now, state_since=now, substance_by=author,
        **_public(values),
    )  # fmt: skip
    require(context, "renovation.propose", request)
    _check_estate(request)
    try:
        with act(context, "renovation.propose", community) as a:
            request.reference = new_reference(community, timezone.localtime(now).year)
            request.proposer_contact = seal_contact(a, community, contact) if contact else None
            request.proposer_words = seal_text(a, community, words) if words.strip() else None
            a.subject = a.save(request)
            for prepared, moment, caption in photos:
                _append_photo(a, request, prepared, moment, caption)
            if written_down is not None:
                _keep_intake(a, request, author, written_down)
            tell_staff(a, request)
    except IntegrityError:
        known = RenovationRequest.objects.filter(submission_key=submission_key, community=community).first()
        if known is None:
            raise
        return known
    return request


def require_read_back(context: Context, confirmed: str) -> None:
    """What was heard at the door or on the phone is read back to whoever said it. Raises ActionRefused."""
    if context.channel in HEARD and not confirmed:
        raise ActionRefused(_("Read it back before you send it."), field="confirmed")


def _keep_intake(a: Act, request: RenovationRequest, author: Member, given: WrittenDown) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        name = _("Paper of a proposal")
    paper = store_paper(a, request.unit, given.paper, name=name) if given.paper else None
    intake = Intake(
        request=request, community=request.community, entered_by=author, confirmed=given.confirmed, paper=paper
    )
    a.append(intake)
    give_receipt(request, given.code, neighbours=given.neighbours)


def _public(values: Mapping) -> dict:
    """The content fields of `values`, checked for numbers that would tell who somebody is."""
    chosen = {name: values[name] for name in CONTENT_FIELDS if name in values}
    for name in TEXT_FIELDS:
        if chosen.get(name):
            require_public_wording(chosen[name], field=name)
    return chosen


def _check_estate(request) -> None:
    if request.estate is not None and request.estate.community_id != request.community_id:
        raise ActionRefused(_("This estate does not belong to the community."), field="estate")


def new_reference(community: Unit, year: int) -> str:
    """A public reference that the community has not given yet."""
    while True:
        reference = references.make(community.reference_prefix, year, secrets.choice)
        if not RenovationRequest.objects.filter(community=community, reference=reference).exists():
            return reference


def add_photo(
    context: Context, *, request: RenovationRequest, prepared: PreparedPhoto, moment: str, caption: str
) -> RequestPhoto:
    """Add a photo of the place. Raises NotAllowed, or ActionRefused once the request has ended."""
    require(context, "renovation.enter_evidence", request)
    require_public_wording(caption, field="caption")
    with act(context, "renovation.add_photo", request.community) as a:
        locked = locked_request(a, request)
        if locked.state not in UNFINISHED:
            raise ActionRefused(_("This request has ended; nothing can be added."))
        return _append_photo(a, locked, prepared, moment, caption)


def _append_photo(a: Act, request, prepared, moment, caption) -> RequestPhoto:
    stored = store_photo(a, request.community, prepared, name=caption, public=True)
    return a.append(
        RequestPhoto(request=request, community=request.community, file=stored, moment=moment, caption=caption)
    )


def snapshot(request: RenovationRequest) -> dict:
    """The content as the rule of substance compares it: keys for relations, values for the rest."""
    return {
        **{name: getattr(request, name) for name in TEXT_FIELDS},
        **{name: getattr(request, RenovationRequest._meta.get_field(name).attname) for name in STRUCTURED_FIELDS},
    }


def change_request(
    context: Context, *, request: RenovationRequest, read_version: int, values: Mapping
) -> RenovationRequest:
    """Change the content: a new version, of substance unless nothing but layout changed.

    A change of substance voids approvals that were given, and after the joint decision it brings the request back
    there. Raises Conflict when the version that the person had before them is no longer the newest, NotAllowed, or
    ActionRefused when nothing changed or a correction of wording waits.
    """
    require(context, "renovation.edit", request)
    author = require_member(context)
    values = _public(values)
    with act(context, "renovation.change", request.community) as a:
        locked = open_for_change(a, request, read_version)
        before = snapshot(locked)
        for name, value in values.items():
            setattr(locked, name, value)
        _check_estate(locked)
        if not locked.unit.path.startswith(locked.community.path):
            raise ActionRefused(_("This unit does not belong to the community."), field="unit")
        if snapshot(locked) == before:
            raise ActionRefused(_("Nothing was changed."))
        locked.version += 1
        if substance.is_substantive(before, snapshot(locked), structured=STRUCTURED_FIELDS, texts=TEXT_FIELDS):
            _substance_changed(a, locked, author)
        return a.save(locked)


def open_for_change(a: Act, request, read_version: int):
    locked = locked_request(a, request)
    if locked.state not in UNFINISHED:
        raise ActionRefused(_("This request has ended; nothing can be changed."))
    if locked.version != read_version:
        raise Conflict(_("Somebody changed this request in the meantime. Please look at the change and decide again."))
    if locked.wording_changes.filter(status="waiting").exists():
        raise ActionRefused(_("A correction of wording waits for a second person; settle it first."))
    return locked


def _substance_changed(a: Act, request, author: Member) -> None:
    request.substance_version = request.version
    request.substance_by, request.wording_used = author, 0
    facts = renovation_facts(request, today=timezone.localdate(a.recorded_at))
    void_rounds(a, request)
    if RENOVATION.transition(request.state, "reopen_decision"):
        move(a, request, "reopen_decision", facts, reason=_("What was approved has changed."))


def advance(
    context: Context, *, request: RenovationRequest, event: str, merge_into: RenovationRequest | None = None,
    remedies: tuple[str, ...] = (),
) -> RenovationRequest:  # fmt: skip
    """Cause an event of the table that a person may cause: accept, decline, start the works, close …

    `context.reason` is the reason that the table may ask for. `merge_into` belongs to "merge", `remedies` (sentences)
    to "back_to_works". Raises NotAllowed, GateClosed with everything that is missing, or ActionRefused.
    """
    reason = str(context.reason)
    if reason:
        require_public_wording(reason, field="reason")
    with act(context, f"renovation.{event}", request.community) as a:
        locked = locked_request(a, request)
        transition = RENOVATION.transition(locked.state, event)
        if transition is not None and transition.permission is not None:
            require(context, transition.permission, locked)
        elif transition is not None:
            raise ActionRefused(_("This follows from another act and cannot be caused by hand."))
        if merge_into is not None and merge_into.community_id != locked.community_id:
            raise ActionRefused(_("The other request belongs to another community."), field="merge_into")
        member = require_member(context)
        facts = renovation_facts(
            locked,
            today=timezone.localdate(a.recorded_at),
            interest=interest_of(member, locked),
            merge_target=merge_into,
            remedies=len(remedies),
        )
        moved = move(a, locked, event, facts, reason=reason)
        if moved.target == State.MERGED:
            locked.merged_into = merge_into
        if event == "accept":
            transaction.on_commit(partial(draft_project_page, locked, user=context.user))
        if moved.target in (State.WITHDRAWN, State.RETURNED):
            void_rounds(a, locked, withdrawn=True)
        a.append_all([
            Remedy(request=locked, community=locked.community, text=text, entered_by=member) for text in remedies
        ])  # fmt: skip
        return a.save(locked)
