"""The summary of the day, for those who want one, and what is forgotten after a time."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ..models import Delivery, MessageRoute, Notification, Pace
from .channels import open_channels
from .rules import summary_is_due
from .telling import KEPT

FORGOTTEN_AT_ONCE = 1000


def summarise(*, now: datetime | None = None) -> int:
    """Make the deliveries of summaries whose hour has come; how many. Twice at the same moment makes none twice."""
    local = timezone.localtime(now)
    routes = MessageRoute.objects.filter(
        pace=Pace.DAILY, channel__in=open_channels(), hour__lte=local.hour, user__is_active=True,
        digested_at__lt=local.replace(hour=0, minute=0, second=0, microsecond=0),
    )  # fmt: skip
    return sum(
        _summarise(route, local)
        for route in routes.select_related("user__member")
        if summary_is_due(local, route.hour, timezone.localtime(route.digested_at))
    )


@transaction.atomic
def _summarise(route: MessageRoute, now: datetime) -> bool:
    """One person's summary of what they have not read since the last one."""
    ours = MessageRoute.objects.filter(pk=route.pk, digested_at=route.digested_at)
    if not ours.update(digested_at=now):
        return False
    unread = Notification.objects.of(route.user).unread()
    number = unread.filter(created_at__gt=route.digested_at, created_at__lte=now).count()
    if number:
        digest = Delivery(
            unit_id=route.user.member.unit_id, recipient=route.user, digest_day=now.date(), number=number,
            channel=route.channel, created_at=now, next_at=now,
        )  # fmt: skip
        Delivery.objects.bulk_create([digest], ignore_conflicts=True)
    return bool(number)


def forget_old(*, now: datetime | None = None) -> int:
    """Delete messages and summaries that are older than they are kept, with their deliveries; how many messages."""
    before = (now or timezone.now()) - KEPT
    Delivery.objects.filter(notification=None, created_at__lt=before).delete()
    old = Notification.objects.filter(created_at__lt=before).order_by("pk").values_list("pk", flat=True)
    gone = 0
    while keys := list(old[:FORGOTTEN_AT_ONCE]):
        Notification.objects.filter(pk__in=keys).delete()
        gone += len(keys)
    return gone
