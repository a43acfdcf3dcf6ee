"""The way of a message out of the house: looked at once, claimed, sent, and written down.

Never doubled: unique rows, and a claim by compare-and-set that holds for a short time. Nothing can be both never lost
and never doubled when a worker dies between sending and writing it down; here it is rather lost, since the message
stands in the person's list in any case. So a claim is taken before sending and the result written after; a claim that
ran out is taken over only while sending had not begun, otherwise the row becomes `unsure` and staff see it.
"""

import logging
import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from ..models import Delivery, Medium, MessageRoute, Notification, Pace
from ..sealed import unseal_contact, unseal_text
from .channels import SENDERS, Failed, Unsure, open_channels
from .kinds import TEST
from .rules import out_of_the_night, pause_after
from .wording import message_of

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=5)
LOOKED_AT, SENT_AT_ONCE = 200, 10
State, Problem = Delivery.State, Delivery.Problem


def deliver() -> int:
    """One round of the worker, every few seconds: pass on what is new, send what is due; how many were sent."""
    pass_on()
    return send_due()


def pass_on(*, now: datetime | None = None) -> int:
    """Make deliveries of new messages for those who want to hear of them at once; how many messages were looked at.

    Twice at the same moment makes no delivery twice.
    """
    now = now or timezone.now()
    fresh = list(Notification.objects.to_pass_on().select_related("contact").order_by("pk")[:LOOKED_AT])
    if not fresh:
        return 0
    routes = routes_of({message.recipient_id for message in fresh})
    deliveries = [delivery for message in fresh for delivery in deliveries_of(message, routes, now)]
    with transaction.atomic():
        Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
        Notification.objects.filter(pk__in=[message.pk for message in fresh]).update(passed_on_at=now)
    return len(fresh)


def routes_of(users: set[int | None]) -> dict[int, list[MessageRoute]]:
    """The open ways to these people."""
    found = defaultdict(list)
    for route in MessageRoute.objects.filter(user__in=users - {None}, channel__in=open_channels()):
        found[route.user_id].append(route)
    return found


def deliveries_of(message: Notification, routes, now: datetime) -> Iterable[Delivery]:
    morning = out_of_the_night(timezone.localtime(now))
    if message.contact_id is not None:
        contact = unseal_contact(message.contact) if Medium.EMAIL in open_channels() else None
        if contact and contact.email:
            yield new_delivery(message, Medium.EMAIL, now, next_at=morning)
        return
    for route in routes[message.recipient_id]:
        is_test = message.kind == TEST
        if is_test or route.pace == Pace.AT_ONCE:
            yield new_delivery(message, route.channel, now, morning if route.quiet_at_night and not is_test else now)


def new_delivery(message: Notification, channel: str, now: datetime, next_at: datetime) -> Delivery:
    return Delivery(
        notification=message, unit_id=message.unit_id, recipient_id=message.recipient_id, channel=channel,
        created_at=now, next_at=next_at,
    )  # fmt: skip


def send_due(*, now: datetime | None = None, limit: int = SENT_AT_ONCE) -> int:
    """Claim what is due and send it; how many were sent. Safe beside any number of other workers."""
    return sum(send(delivery) for delivery in claim(now or timezone.now(), limit))


def claim(now: datetime, limit: int) -> list[Delivery]:
    """Take due deliveries in hand: each goes to one worker only, for five minutes."""
    free = Q(state=State.WAITING, next_at__lte=now) | Q(state=State.CLAIMED, claimed_until__lt=now)
    due = Delivery.objects.filter(free, channel__in=open_channels()).order_by("next_at", "pk")
    mine, until = uuid.uuid4(), now + CLAIM
    for key in list(due.values_list("pk", flat=True)[:limit]):
        Delivery.objects.filter(free, pk=key).update(state=State.CLAIMED, claim=mine, claimed_until=until)
    claimed = Delivery.objects.filter(claim=mine, state=State.CLAIMED).order_by("next_at", "pk")
    return list(claimed.select_related("notification__contact", "recipient"))


def send(delivery: Delivery) -> bool:
    """Send what was claimed and write down what came of it; whether it arrived."""
    address, language = whereto(delivery)
    if not address:
        finish(delivery, State.SKIPPED)
        return False
    if not begin(delivery):
        return False
    try:
        SENDERS[delivery.channel](address, message_of(delivery, language))
    except Unsure as unsure:
        finish(delivery, State.UNSURE, unsure.problem)
    except Failed as failed:
        try_again(delivery, failed.problem)
    except Exception as error:  # noqa: BLE001 - a fault of ours must not keep the others waiting
        # The type only: messages of exceptions may hold addresses.
        logger.error("Delivery %s: %s", delivery.reference, type(error).__name__)
        finish(delivery, State.UNSURE, Problem.FAULT)
    else:
        finish(delivery, State.SENT)
        return True
    return False


def whereto(delivery: Delivery) -> tuple[str, str]:
    """(address, language); no address when nobody wants or needs it any more."""
    if delivery.recipient_id is None:
        contact = unseal_contact(delivery.notification.contact)
        return (contact.email if contact else ""), settings.LANGUAGE_CODE
    route = MessageRoute.objects.filter(user=delivery.recipient_id, channel=delivery.channel).first()
    if route is None or not delivery.recipient.is_active or is_read(delivery):
        return "", ""
    return unseal_text(route.address) or "", route.language


def is_read(delivery: Delivery) -> bool:
    if delivery.notification_id is not None:
        return delivery.notification.read_at is not None
    return not Notification.objects.of(delivery.recipient_id).unread().exists()


def begin(delivery: Delivery) -> bool:
    """Write down that sending begins; False when the claim is lost. From here on nobody else sends it."""
    now = timezone.now()
    ours = Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim, state=State.CLAIMED, claimed_until__gt=now)
    begun = ours.update(state=State.SENDING, attempts=F("attempts") + 1, claimed_until=now + CLAIM)
    delivery.attempts += begun
    return bool(begun)


def finish(delivery: Delivery, state: str, problem: str = "") -> None:
    """Write down what came of it, also when it took so long that it was thought broken off."""
    ours = Delivery.objects.filter(
        pk=delivery.pk, claim=delivery.claim, state__in=[State.CLAIMED, State.SENDING, State.UNSURE]
    )
    ours.update(state=state, problem=problem, finished_at=timezone.now())


def try_again(delivery: Delivery, problem: str) -> None:
    """Put it back with a longer pause each time, or give up."""
    pause = pause_after(delivery.attempts)
    if pause is None:
        finish(delivery, State.GIVEN_UP, problem)
        return
    ours = Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim, state=State.SENDING)
    ours.update(state=State.WAITING, problem=problem, next_at=timezone.now() + pause, claim=None, claimed_until=None)


def note_broken_off(*, now: datetime | None = None) -> int:
    """Sendings that no worker finished: unsure from now on; how many."""
    now = now or timezone.now()
    lost = Delivery.objects.filter(state=State.SENDING, claimed_until__lt=now)
    if not lost.exists():
        return 0
    return lost.update(state=State.UNSURE, problem=Problem.BROKEN_OFF, finished_at=now)
