"""What a person may do today: read from current appointments, by one query, once per request."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from .roles import ADMIN_ROLES, POST_ROLES


@dataclass(frozen=True)
class Grant:
    """A role at a node, held through a post. `path` is the node's tree path; the grant holds for what is below it."""

    role: str
    post: str
    unit_id: int
    path: str
    appointment_id: int
    member_id: int


@dataclass(frozen=True)
class Grants:
    """All that a person may do, and where."""

    items: tuple[Grant, ...] = ()

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.items)

    @property
    def may_enter_admin(self) -> bool:
        return bool(self.roles & ADMIN_ROLES)

    @property
    def member_id(self) -> int | None:
        return self.items[0].member_id if self.items else None

    def paths(self, *roles: str) -> tuple[str, ...]:
        """Tree paths where one of the roles is held (any role when none is named), without those inside another."""
        found = sorted({grant.path for grant in self.items if not roles or grant.role in roles})
        return tuple(path for path in found if not any(path != top and path.startswith(top) for top in found))

    def cover(self, unit, *roles: str) -> bool:
        """Whether one of the roles (any, when none is named) is held at the unit or above it."""
        return any(unit.path.startswith(path) for path in self.paths(*roles))


NO_GRANTS = Grants()


def grants_of(user, today=None) -> Grants:
    """The grants of a user on a day (datetime.date, today when absent). Nothing for the anonymous or deactivated."""
    from .models import Appointment

    if not user.is_authenticated or not user.is_active:
        return NO_GRANTS
    rows = (
        Appointment.objects.on_day(today or timezone.localdate())
        .filter(member__user=user, member__is_active=True)
        .values_list("post", "unit_id", "unit__path", "pk", "member_id")
    )
    return Grants(
        tuple(
            Grant(role=role, post=post, unit_id=unit_id, path=path, appointment_id=pk, member_id=member_id)
            for post, unit_id, path, pk, member_id in rows
            for role in sorted(POST_ROLES[post])
        )
    )


def grants_for(user) -> Grants:
    """The grants of whoever asks, anonymous readers too."""
    return getattr(user, "grants", NO_GRANTS)


def within(paths: Iterable[str], field: str) -> Q:
    """Rows whose tree path, found under `field` (for example "unit__path"), lies at or below one of the paths."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


def holders_of(roles: Iterable[str], unit=None):
    """Active accounts that hold one of the roles today: anywhere, or at the unit or above it."""
    from .models import Appointment, Unit, User

    posts = [post for post, held in POST_ROLES.items() if held & frozenset(roles)]
    held = Appointment.objects.on_day(timezone.localdate()).filter(post__in=posts, member__is_active=True)
    if unit is not None:
        held = held.filter(unit__in=Unit.objects.at_or_above(unit))
    return User.objects.filter(is_active=True, member__in=held.values("member"))
