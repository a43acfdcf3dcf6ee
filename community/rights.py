"""Who may do what at a node: one row for each current post, and how the quarterly review of the node stands.

A node is a community with all that is below it, or a unit above the communities by itself: whose chain records it. So
every post stands in one list, and in one only.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .grants import within
from .models import Appointment, RightsAnswer, RightsReview, Unit
from .roles import POST_ROLES, Post, Role
from .rules.rights import digest_of, fingerprint, quarter_of, standing

SOON, LONG = timedelta(days=30), timedelta(days=90)
OPEN, CLOSED, NONE = "open", "closed", "none"
ACCOUNTS: dict[str, str | Promise] = {
    OPEN: pgettext_lazy("account", "open"),
    CLOSED: pgettext_lazy("account", "closed"),
    NONE: pgettext_lazy("account", "none"),
}


@dataclass(frozen=True)
class Holding:
    """A post as it stands in the list. The day of the last sign-in is a day only, and no part of the fingerprint."""

    appointment: Appointment

    @property
    def reference(self) -> str:
        return self.appointment.reference

    @property
    def member_id(self) -> int:
        return self.appointment.member_id

    @property
    def person(self) -> str:
        return self.appointment.member.name

    @property
    def post(self) -> str:
        return str(Post(self.appointment.post).label)

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        return tuple(role for role in Role if role in POST_ROLES[self.appointment.post])

    @property
    def role(self) -> str:
        return "、".join(str(role.label) for role in self.roles)

    @property
    def unit(self) -> str:
        return self.appointment.unit.name

    @property
    def since(self) -> date:
        return self.appointment.starts_on

    @property
    def until(self) -> date | None:
        return self.appointment.ends_on

    @property
    def last_sign_in(self) -> date | None:
        user = self.appointment.member.user
        return timezone.localdate(user.last_login) if user is not None and user.last_login else None

    @property
    def account_state(self) -> str:
        member = self.appointment.member
        if member.user is None:
            return NONE
        return OPEN if member.user.is_active and member.is_active else CLOSED

    @property
    def account(self) -> str:
        return str(ACCOUNTS[self.account_state])

    @property
    def second_factor(self) -> str:
        return str(_("Not in use"))

    @property
    def fingerprint(self) -> str:
        one = self.appointment
        facts = (one.reference, one.member.reference, one.post, one.unit_id, one.starts_on, one.ends_on)
        return fingerprint(*facts, self.account_state)

    def ends_soon(self, today: date) -> bool:
        return self.until is not None and self.until <= today + SOON

    def is_silent(self, today: date) -> bool:
        """Whether nobody has signed in with the account for long: the last time, or else the post, is long ago."""
        return self.account_state == OPEN and (self.last_sign_in or self.since) <= today - LONG


def in_node(unit: Unit, prefix: str = "unit") -> Q:
    """Rows of posts that belong to the list of a node."""
    return Q(**{f"{prefix}__path__startswith": unit.path}) if unit.is_community else Q(**{prefix: unit})


def holdings(unit: Unit, today: date) -> list[Holding]:
    """Everybody who holds a post in a node today, by place and name. One query."""
    rows = Appointment.objects.on_day(today).filter(in_node(unit)).select_related("unit", "member__user")
    return [Holding(row) for row in rows.order_by("unit__path", "post", "member__name", "pk")]


def list_digest(rows: list[Holding]) -> str:
    return digest_of(row.fingerprint for row in rows)


def answered(unit: Unit, today: date) -> dict[int, RightsAnswer]:
    """Key of an appointment → what was said of it in this quarter. One query."""
    rows = RightsAnswer.objects.filter(review__unit=unit, review__quarter=quarter_of(today))
    return {row.appointment_id: row for row in rows.select_related("review").order_by("pk")}


@dataclass(frozen=True)
class Node:
    """A node in the list of nodes: how many posts, when it was last gone through, how it stands."""

    unit: Unit
    posts: int
    begun_on: date
    reviews: list[RightsReview] = field(default_factory=list)

    @property
    def last(self) -> RightsReview | None:
        return self.reviews[-1] if self.reviews else None

    @property
    def done_in(self) -> str | None:
        """The last quarter in which nothing was left open at the end."""
        left = {review.quarter: review.left_open for review in self.reviews}
        return max((quarter for quarter, rows in left.items() if not rows), default=None)

    @property
    def waits_for_a_second(self) -> bool:
        return self.last is not None and self.last.left_open > 0 and self.last.quarter == quarter_of(_today())

    @property
    def standing(self) -> str:
        return standing(self.done_in, self.begun_on, _today())


def _today() -> date:
    return timezone.localdate()


def nodes_below(paths, today: date) -> list[Node]:
    """The nodes at or below these tree paths in which somebody holds a post. Four queries."""
    held = Appointment.objects.on_day(today).filter(within(paths, "unit__path")).order_by()
    counted = held.values("unit__path").annotate(posts=Count("pk"), begun_on=Min("starts_on"))
    known = Unit.objects.communities().filter(within(paths, "path") | Q(path__in=_steps_to(paths)))
    communities = set(known.values_list("path", flat=True))
    posts, begun_on = defaultdict(int), {}
    for row in counted:
        path = next((step for step in _steps(row["unit__path"]) if step in communities), row["unit__path"])
        if not path.startswith(tuple(paths)):
            continue  # a grid whose community is out of reach has no list of its own
        posts[path] += row["posts"]
        begun_on[path] = min(row["begun_on"], begun_on.get(path, row["begun_on"]))
    units = {unit.pk: unit for unit in Unit.objects.filter(path__in=posts).order_by("path")}
    reviews = defaultdict(list)
    for review in RightsReview.objects.filter(unit__in=units).order_by("reviewed_at", "pk"):
        reviews[review.unit_id].append(review)
    return [Node(unit, posts[unit.path], begun_on[unit.path], reviews[unit.pk]) for unit in units.values()]


def _steps(path: str) -> list[str]:
    """The tree paths from the root down to this one."""
    return [path[:end] for end in range(Unit.steplen, len(path) + 1, Unit.steplen)]


def _steps_to(paths) -> list[str]:
    return [step for path in paths for step in _steps(path)]
