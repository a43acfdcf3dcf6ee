"""Objections during a publicity period, and their answers."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from community.personal_numbers import require_public_wording
from community.records import Context, act
from community.refusals import ActionRefused, Conflict
from community.sealed import Contact, seal_contact, seal_text

from ..models import Objection, PublicityPeriod
from ..permissions import interest_of, require, require_member
from ..rules.stages import State
from .moving import locked_request
from .telling import tell_answerers


def enter_objection(
    context: Context, *, publicity: PublicityPeriod, received_on: date, channel: str, summary: str, words: str = "",
    contact: Contact | None = None,
) -> Objection:  # fmt: skip
    """Enter what somebody holds against the decision. `summary` is public; `words` and `contact` are sealed.

    Raises NotAllowed, or ActionRefused outside the days of the period or once the decision is behind.
    """
    require(context, "renovation.enter_evidence", publicity.request)
    author = require_member(context)
    require_public_wording(summary, field="summary")
    if not summary.strip():
        raise ActionRefused(_("Say in one sentence what the objection is."), field="summary")
    with act(context, "objection.enter", publicity.community) as a:
        request = locked_request(a, publicity.request)
        if request.state != State.JOINT_DECISION:
            raise ActionRefused(_("The decision is behind us; report a fault or make a new proposal instead."))
        if not publicity.starts_on <= received_on <= publicity.ends_on:
            raise ActionRefused(
                _("This day lies outside the publicity period (%(first)s to %(last)s).")
                % {"first": publicity.starts_on, "last": publicity.ends_on},
                field="received_on",
            )
        if received_on > timezone.localdate(a.recorded_at):
            raise ActionRefused(_("This day lies in the future."), field="received_on")
        objection = a.save(
            Objection(
                publicity=publicity, request=request, community=request.community, received_on=received_on,
                channel=channel, summary=summary, entered_by=author,
                words=seal_text(a, request.community, words) if words.strip() else None,
                contact=seal_contact(a, request.community, contact) if contact else None,
            )
        )  # fmt: skip
        return tell_answerers(a, objection)


def answer_objection(context: Context, *, objection: Objection, answer: str) -> Objection:
    """Answer an objection with a reason. Raises ActionRefused for the proposer, Conflict when it was answered."""
    require(context, "renovation.confirm_evidence", objection.request)
    member = require_member(context)
    require_public_wording(answer, field="answer")
    if not answer.strip():
        raise ActionRefused(_("An answer gives its reason."), field="answer")
    with act(context, "objection.answer", objection.community) as a:
        request = locked_request(a, objection.request)
        row = a.lock(Objection, pk=objection.pk, request=request)
        interest = interest_of(member, request)
        if interest.proposer or interest.same_home:
            raise ActionRefused(_("The proposer does not answer objections to their own proposal."))
        if not row.is_open:
            raise Conflict(_("This objection has been answered already."))
        row.answer, row.answered_by, row.answered_at = answer, member, a.recorded_at
        return a.save(row)
