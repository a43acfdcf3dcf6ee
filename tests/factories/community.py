"""Places and people as the tests need them, made through the actions."""

import itertools
from datetime import date

from community.actions.people import appoint, register_member
from community.actions.places import open_unit
from community.models import Channel, Member, Unit, User
from community.records import Context, act
from community.roles import Post

_numbers = itertools.count(1)
SYSTEM = Context(channel=Channel.SYSTEM)
LONG_AGO = date(2020, 1, 1)


def unit(kind=Unit.Kind.GRID, *, parent=None, name=None, **details) -> Unit:
    number = next(_numbers)
    return open_unit(SYSTEM, parent=parent, kind=kind, name=name or f"单位{number}", code=f"unit-{number}", **details)


def community(*, parent=None, name=None, prefix="KY", **details) -> Unit:
    """A community; below a street of its own unless a parent is given."""
    return unit(
        Unit.Kind.COMMUNITY,
        parent=parent or unit(Unit.Kind.STREET),
        name=name,
        reference_prefix=prefix,
        phone="0714-000 0000",
        **details,
    )


def member(*, unit, name=None, **details) -> Member:
    """A member with an account that has no password."""
    number = next(_numbers)
    user = User.objects.create(username=f"member{number}", password="!")
    return register_member(SYSTEM, unit=unit, name=name or f"成员{number}", user=user, **details)


def holder(post: str, unit: Unit, *, starts_on=LONG_AGO, ends_on=None, **details) -> Member:
    """A member who holds a post at a node."""
    person = member(unit=unit, **details)
    appoint(SYSTEM, member=person, unit=unit, post=post, starts_on=starts_on, ends_on=ends_on)
    return person


def context(person: Member, reason: str = "", **options) -> Context:
    """The context of a member who acts; rights are read anew, as on a new request."""
    return Context(user=User.objects.get(pk=person.user_id), reason=reason, **options)


def save(row, chain: Unit):
    """Save a row with history that has no action of its own in the test at hand."""
    with act(SYSTEM, "test.save", chain, subject=row) as a:
        return a.save(row)


__all__ = ["LONG_AGO", "SYSTEM", "Post", "Unit", "community", "context", "holder", "member", "save", "unit"]
