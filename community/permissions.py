"""Who may do what with places and people. A refusal says why; nothing here writes."""

from collections.abc import Iterable

from django.apps import apps
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from .refusals import NotAllowed
from .roles import POST_ROLES, Post, Role


def require(context, roles: Role | Iterable[Role], unit) -> None:
    """Raise NotAllowed unless the actor holds one of the roles at the unit or above it.

    The system (a context without a user: set-up, demo, scheduled work) may. Being a superuser gives nothing.
    """
    roles = (roles,) if isinstance(roles, str) else tuple(roles)
    if context.user is None:
        return
    if unit is None or not context.grants.cover(unit, *roles):
        names = _(" or ").join(str(Role(role).label) for role in roles)
        raise NotAllowed(_("This needs the role %(roles)s here.") % {"roles": names})


def require_right(context, model: str, action: str, unit) -> None:
    """`require` with the roles of the policy table. `model` is its name in `community`, for example "Home"."""
    policy = policy_registry.get_by_type(apps.get_model("community", model))
    require(context, sorted(policy.actions[action]), unit)


def appointers(post: str) -> tuple[Role, ...]:
    """Who appoints to a post: an administrator's is given by an administrator, the others by the staff too."""
    return (Role.ADMINISTRATOR,) if Role.ADMINISTRATOR in POST_ROLES[Post(post)] else (Role.ADMINISTRATOR, Role.STAFF)


def may_appoint(context, post: str, unit) -> bool:
    """Whether the actor may give a post at a node, and so end it."""
    return context.user is None or context.grants.cover(unit, *appointers(post))


def require_over_account(context, member, appointments) -> None:
    """Raise NotAllowed unless the actor could have given each post that the member holds.

    Whoever sets a password could sign in with it: nobody sets that of a person with more rights than they could give.
    """
    if context.user is None:
        return
    if member.user is not None and member.user.is_superuser:
        raise NotAllowed(_("This account is kept by those who run the server."))
    for appointment in appointments:
        require(context, appointers(appointment.post), appointment.unit)
