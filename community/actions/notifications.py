"""What people do with their messages, and where else they want to hear of them."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Delivery, Medium, MessageRoute, Notification, Pace, User
from ..notifications import web
from ..notifications.channels import open_channels, webhook_address
from ..notifications.kinds import TEST
from ..notifications.rules import first_summary_after
from ..notifications.telling import row, write
from ..permissions import require_right
from ..records import Context, act
from ..refusals import ActionRefused, Conflict, NotAllowed
from ..sealed import erase_content, seal_address


def mark_read(context: Context, *, reference: str | None = None) -> int:
    """Mark one message of one's own as read, or all; how many were not. Reading is no act: nothing is recorded."""
    mine = Notification.objects.of(_account(context)).unread()
    if reference is not None:
        mine = mine.filter(reference=reference)
    return mine.update(read_at=context.now or timezone.now())


def choose_route(
    context: Context, *, channel: str, pace: str, language: str, address: str = "", secret: str = "",
    hour: int = 8, quiet_at_night: bool = True,
) -> MessageRoute:  # fmt: skip
    """Choose where else one hears of messages, and how often. Without an address the one that is kept stays.

    `address`: an e-mail address, or the https address of a bot with its `secret` if it signs. `hour`: of the summary,
    0 to 23. Raises ActionRefused for an address that cannot be, or none where none is kept.
    """
    member = _member(context)
    if channel not in open_channels():
        raise ActionRefused(_("This way is not set up here."))
    if not 0 <= hour <= 23:
        raise ActionRefused(_("Choose an hour of the day."), field="hour")
    sealed = _address(channel, address.strip(), secret.strip()) if address.strip() else None
    with act(context, "messages.choose", member.unit, subject=member) as a:
        a.lock(User, pk=context.account.pk)
        route = MessageRoute.objects.filter(user=context.account, channel=channel).first()
        if route is None and sealed is None:
            raise ActionRefused(_("Write the address."), field="address")
        route = route or MessageRoute(user=context.account, channel=channel)
        if sealed is not None:
            if route.address_id:
                erase_content(route.address)
            route.address = seal_address(a, member.unit, sealed)
        route.pace, route.hour, route.quiet_at_night = Pace(pace).value, hour, quiet_at_night
        route.language = language
        route.digested_at = first_summary_after(timezone.localtime(a.recorded_at), hour)
        route.save()
        a.note(channel=channel, pace=pace, new_address=sealed is not None)
        return route


def leave_route(context: Context, *, channel: str) -> None:
    """Hear of nothing through this channel any more; the address is erased. Nothing happens when there is none."""
    member = _member(context)
    route = MessageRoute.objects.filter(user=context.account, channel=channel).first()
    if route is None:
        return
    with act(context, "messages.leave", member.unit, subject=member) as a:
        a.lock(User, pk=context.account.pk)
        erase_content(route.address)
        route.delete()
        a.note(channel=channel)


def send_test(context: Context) -> int:
    """Write oneself a message that takes every way that one chose; at most one a minute."""
    member, now = _member(context), context.now or timezone.now()
    once = f"test:{now:%Y-%m-%dT%H:%M}"
    return write([row(TEST, member.unit, _("Test message"), "", once, now, recipient_id=context.account.pk)])


def retry_delivery(context: Context, *, delivery: Delivery) -> Delivery:
    """Send again what failed, or what nobody knows about: the person may then get it twice.

    Raises NotAllowed, Conflict when it was sent or is being sent.
    """
    require_right(context, "Delivery", "retry", delivery.unit)
    with act(context, "delivery.retry", delivery.unit, subject=delivery) as a:
        locked = a.lock(Delivery, pk=delivery.pk, unit=delivery.unit_id)
        if not is_stuck(locked):
            raise Conflict(_("This is on its way already, or it has arrived."))
        locked.state, locked.next_at, locked.attempts = Delivery.State.WAITING, a.recorded_at, 0
        locked.claim = locked.claimed_until = locked.finished_at = None
        locked.save()
        return locked


def is_stuck(delivery: Delivery) -> bool:
    """Whether somebody has to look at it: given up, unsure, or waiting after a failure."""
    states = Delivery.State
    return delivery.state in (states.UNSURE, states.GIVEN_UP) or (
        delivery.state == states.WAITING and bool(delivery.problem)
    )


def _address(channel: str, address: str, secret: str) -> str:
    """What is sealed of an address. Raises ActionRefused."""
    try:
        if channel == Medium.EMAIL:
            validate_email(address)
            return address
        web.checked(address)
    except ValidationError:
        raise ActionRefused(_("Write an e-mail address, for example name@example.com."), field="address") from None
    except web.NotAllowedAddress:
        hosts = "、".join(settings.LINLI_WEBHOOK_HOSTS)
        raise ActionRefused(
            _("Copy the whole address of the bot. It begins with https:// and one of: %(hosts)s.") % {"hosts": hosts},
            field="address",
        ) from None
    return webhook_address(address, secret)


def _account(context: Context) -> User:
    if context.account is None:
        raise NotAllowed(_("Messages belong to an account."))
    return context.account


def _member(context: Context):
    if _account(context) and context.member is None:
        raise NotAllowed(_("Your account belongs to no member; acts are signed by a person."))
    return context.member
