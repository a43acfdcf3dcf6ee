"""Telling people, within the act that they are told of.

The row is the entry of their list and the order to deliver it; it is there if and only if the act is. No one is told
of what they did themselves, and nobody twice of one occasion.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from ..models import Notification, SealedText, Unit
from ..records import Act
from .kinds import is_registered

KEPT = timedelta(days=60)
"""For how long a message is kept. What was entered with an older date is no news."""


def tell(a: Act, kind: str, users: Iterable[int], *, unit: Unit, title: str, url: str = "") -> int:
    """Tell accounts (their keys) within an act; how many are told.

    `title`: the public name of the thing. `url`: where it is seen to, an address within the house. Raises KeyError for
    a kind that nobody registered.
    """
    if is_stale(a.recorded_at):
        return 0
    actor = a.context.account
    told = {key for key in users if key is not None} - {actor.pk if actor else None}
    rows = [row(kind, unit, title, url, f"{a.id}:{kind}", a.recorded_at, recipient_id=key) for key in sorted(told)]
    return write(rows)


def tell_contact(a: Act, kind: str, contact: SealedText, *, unit: Unit, title: str, url: str) -> int:
    """Tell a resident without an account, who may have left an e-mail address in this sealed contact."""
    if is_stale(a.recorded_at):
        return 0
    return write([row(kind, unit, title, url, f"{a.id}:{kind}", a.recorded_at, contact=contact)])


def row(kind: str, unit: Unit, title: str, url: str, once: str, now: datetime, **whom) -> Notification:
    """One message; `whom` is `recipient_id` or `contact`."""
    if not is_registered(kind):
        raise KeyError(kind)
    return Notification(kind=kind, unit=unit, title=title[:200], url=url, once=once, created_at=now, **whom)


def write(rows: list[Notification]) -> int:
    """Write the rows whose occasion is new to their recipient, in one statement."""
    if rows:
        Notification.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def is_stale(moment: datetime) -> bool:
    return timezone.now() - moment > KEPT
