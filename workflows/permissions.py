"""Who may do what with a renovation request. One table (`ROLES_FOR`), one question; a refusal says why."""

from django.utils.translation import gettext as _

from community.models import SealedContent
from community.refusals import NotAllowed
from community.roles import Role

from .kernel import preview
from .rules.deciding import Interest
from .rules.renovation import RENOVATION, ROLES_FOR


def may(context, permission: str, request) -> bool:
    """Whether the actor's role at the request's unit, or above it, has the right."""
    return context.grants.cover(request.unit, *ROLES_FOR[permission])


def require(context, permission: str, request) -> None:
    """Raise NotAllowed, naming the roles that may, unless the actor may. A superuser may nothing by being one."""
    if not may(context, permission, request):
        names = _(" or ").join(str(Role(role).label) for role in sorted(ROLES_FOR[permission]))
        raise NotAllowed(_("This needs the role %(roles)s here.") % {"roles": names})


def require_member(context):
    """The member who acts. Raises NotAllowed for an account without one: acts are signed by natural persons."""
    if context.member is None:
        raise NotAllowed(_("Your account belongs to no member; acts are signed by a person."))
    return context.member


def interest_of(member, request) -> Interest:
    """Why the request is the member's own: proposer, same home, the same phone number, or author of its substance."""
    proposer = request.proposer_id is not None and request.proposer_id == member.pk
    return Interest(
        proposer=proposer or _same_phone(member, request),
        same_home=member.home_id is not None and member.home_id in _homes_of_proposer(request),
        author=request.substance_by_id == member.pk,
    )


def _homes_of_proposer(request) -> set[int | None]:
    """The home that the proposal names, and the one that stands in the register for its proposer."""
    return {request.proposer_home_id, request.proposer.home_id if request.proposer_id else None}


def _same_phone(member, request) -> bool:
    if not (member.contact_id and request.proposer_contact_id):
        return False
    pair = SealedContent.objects.filter(pk__in=[member.contact_id, request.proposer_contact_id])
    hashes = [value for value in pair.values_list("phone_hash", flat=True) if value]
    return len(hashes) == 2 and hashes[0] == hashes[1]


def available_events(context, request, facts) -> list[tuple[str, object]]:
    """(event, Moved or Refused) for every event that the actor's role may cause from the state as it is.

    The buttons of the admin come from here, and so from the same table as the acts.
    """
    return [
        (transition.event, preview(RENOVATION, request.state, transition.event, facts))
        for transition in RENOVATION.events_from(request.state)
        if transition.permission and may(context, transition.permission, request)
    ]
