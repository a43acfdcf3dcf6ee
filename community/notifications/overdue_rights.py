"""Reminding administrators of lists of rights that were not gone through in their quarter: once a quarter each."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ..models import Appointment
from ..rights import Node, nodes_below
from ..roles import POST_ROLES, Role
from ..rules.rights import OVERDUE, quarter_of
from .telling import row, write

KIND = "rights_overdue"


def tell_of_overdue(*, now: datetime | None = None) -> int:
    """Tell each administrator of the overdue lists in their places, all in one message; how many people that are.

    The worker looks again and again, to no harm.
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    late = [node for node in nodes_below(("",), today) if node.standing == OVERDUE]
    if not late:
        return 0
    posts = [post for post, roles in POST_ROLES.items() if Role.ADMINISTRATOR in roles]
    held = Appointment.objects.on_day(today).filter(
        post__in=posts, member__is_active=True, member__user__is_active=True
    )
    places: dict[int, list[str]] = {}
    for user, path in held.values_list("member__user", "unit__path"):
        places.setdefault(user, []).append(path)
    mine = {user: [node for node in late if node.unit.path.startswith(tuple(paths))] for user, paths in places.items()}
    return write([_message(user, nodes, quarter_of(today), now) for user, nodes in sorted(mine.items()) if nodes])


def _message(user: int, nodes: list[Node], quarter: str, now: datetime):
    unit = nodes[0].unit
    with translation.override(settings.LANGUAGE_CODE):
        several = _("%(unit)s and others, %(number)d in all") % {"unit": unit.name, "number": len(nodes)}
    title = unit.name if len(nodes) == 1 else several
    return row(KIND, unit, title, reverse("rights"), f"rights:{quarter}", now, recipient_id=user)
