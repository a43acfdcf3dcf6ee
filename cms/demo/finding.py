"""Units, people and requests of the demo by the names that its data use."""

import uuid
from datetime import datetime
from functools import lru_cache

from community.models import Channel, Member, Partner, Unit
from community.records import Context
from workflows.models import RenovationRequest

NAMESPACE = uuid.UUID("5b0f5b8e-7c1f-4b36-9a35-6e2b6f0c9d11")


@lru_cache(maxsize=256)
def unit(code: str) -> Unit:
    return Unit.objects.get(code=code)


@lru_cache(maxsize=256)
def member(username: str) -> Member:
    return Member.objects.select_related("user").get(user__username=username)


def partner(community: str, name: str) -> Partner:
    return Partner.objects.get(community=unit(community), name=name)


def key(name: str) -> uuid.UUID:
    """The submission key of a request or log of the demo: the same at every load."""
    return uuid.uuid5(NAMESPACE, name)


def request(name: str) -> RenovationRequest:
    return RenovationRequest.objects.select_related("community", "unit").get(submission_key=key(name))


def by(username: str, now: datetime, *, reason: str = "", channel: str = Channel.WEB, occurred_at=None) -> Context:
    """The context of a member who acts at a moment."""
    user = member(username).user
    return Context(user=user, channel=channel, reason=reason, now=now, occurred_at=occurred_at)


def system(now: datetime) -> Context:
    return Context(channel=Channel.SYSTEM, now=now)


def forget() -> None:
    """Drop what was looked up: another database may be next."""
    unit.cache_clear()
    member.cache_clear()
