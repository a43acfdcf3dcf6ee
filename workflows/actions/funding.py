"""Money promised: lines that never change, each confirmed by a second person."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from community.models import Partner
from community.personal_numbers import require_public_wording
from community.photos import PreparedPaper, PreparedPhoto
from community.records import Act, Context, act
from community.refusals import ActionRefused, Conflict

from ..models import Pledge, PledgeConfirmation, RenovationRequest
from ..permissions import require, require_member
from ..refusals import sentence
from ..rules.renovation import may_confirm
from ..rules.stages import State
from .evidence import store_evidence
from .moving import locked_request
from .telling import tell_second_person

PLEDGED_IN = frozenset({State.CO_CONSTRUCTION, State.JOINT_SUPERVISION})


def enter_pledge(
    context: Context, *, request: RenovationRequest, source: str, label: str, amount: Decimal, pledged_on: date,
    paper: PreparedPaper | PreparedPhoto, partner: Partner | None = None,
) -> Pledge:  # fmt: skip
    """Enter money (yuan) that somebody promised, with the paper. It counts once a second person has confirmed it."""
    require(context, "renovation.enter_evidence", request)
    author = require_member(context)
    require_public_wording(label, field="label")
    if amount <= 0:
        raise ActionRefused(_("An amount is more than nothing."), field="amount")
    if partner is not None and partner.community_id != request.community_id:
        raise ActionRefused(_("This partner does not belong to the community."), field="partner")
    with act(context, "pledge.enter", request.community) as a:
        locked = _in_its_stage(a, request)
        pledge = a.append(
            Pledge(
                request=locked, community=locked.community, source=source, partner=partner, label=label,
                amount=amount, pledged_on=pledged_on, paper=store_evidence(a, locked, paper), entered_by=author,
            )
        )  # fmt: skip
        return tell_second_person(a, pledge)


def confirm_pledge(context: Context, *, pledge: Pledge) -> PledgeConfirmation:
    """The second person has seen the paper. Raises ActionRefused for one's own line, Conflict when confirmed."""
    require(context, "renovation.confirm_evidence", pledge.request)
    member = require_member(context)
    with act(context, "pledge.confirm", pledge.community) as a:
        locked_request(a, pledge.request)
        refused = may_confirm(entered_by=pledge.entered_by_id, confirmed_by=member.pk)
        if refused:
            raise ActionRefused(sentence(refused))
        if PledgeConfirmation.objects.filter(pledge=pledge).exists():
            raise Conflict(_("This has been confirmed or withdrawn already."))
        return a.append(PledgeConfirmation(pledge=pledge, confirmed_by=member, confirmed_at=a.recorded_at))


def reverse_pledge(context: Context, *, pledge: Pledge, on: date) -> Pledge:
    """A promise fell away: a second line with the amount reversed, to be confirmed like any other.

    Raises ActionRefused without a reason, Conflict when the line was reversed before.
    """
    require(context, "renovation.enter_evidence", pledge.request)
    author = require_member(context)
    if not str(context.reason).strip():
        raise ActionRefused(_("Say why this is withdrawn."), field="reason")
    with act(context, "pledge.reverse", pledge.community) as a:
        locked = _in_its_stage(a, pledge.request)
        if pledge.reverses_id is not None or Pledge.objects.filter(reverses=pledge).exists():
            raise Conflict(_("This has been confirmed or withdrawn already."))
        reversed_by = a.append(
            Pledge(
                request=locked, community=locked.community, source=pledge.source, partner=pledge.partner,
                label=pledge.label, amount=-pledge.amount, pledged_on=on, paper=pledge.paper, entered_by=author,
                reverses=pledge,
            )
        )  # fmt: skip
        return tell_second_person(a, reversed_by)


def _in_its_stage(a: Act, request) -> RenovationRequest:
    locked = locked_request(a, request)
    if locked.state not in PLEDGED_IN:
        raise ActionRefused(
            _("This belongs to another stage; the request is now in: %(state)s.")
            % {"state": locked.get_state_display()}
        )
    return locked
