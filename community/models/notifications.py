"""What people are told, where else they want to hear of it, and how far that has come.

Operational rows: nobody's right hangs on them, so they have no history; what happened is in the events. They are
written beside acts, marked when read, and deleted after a time.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..querysets.notifications import DeliveryQuerySet, NotificationQuerySet
from .places import Unit, public_reference
from .sealed import SealedText


class Medium(models.TextChoices):
    """How a message leaves the house. Inside it, everybody finds it on the desk."""

    EMAIL = "email", _("E-mail")
    WEBHOOK = "webhook", _("Chat bot")


class Pace(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day, all together")


class Notification(models.Model):
    """One person is told one thing: an entry of their list of messages, and the order to deliver it, in one row.

    `title` is the public name of the thing; what is to be done about it are the words of `kind`, in the language of
    whoever reads. `once` names the occasion: nobody is told twice of the same. A resident without an account is reached
    by the sealed contact that they left; the address in it is read at the moment of sending.
    """

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("for")
    )
    contact = models.ForeignKey(SealedText, models.PROTECT, null=True, related_name="+", verbose_name=_("contact"))
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    url = models.CharField(_("address"), max_length=300, blank=True)
    once = models.CharField(max_length=100)
    created_at = models.DateTimeField(_("written at"), db_index=True)
    read_at = models.DateTimeField(_("read at"), null=True)
    passed_on_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False, contact__isnull=True)
                | Q(recipient__isnull=True, contact__isnull=False),
                name="message_for_one",
            ),
            models.UniqueConstraint(fields=["recipient", "once"], name="message_once"),
            models.UniqueConstraint(fields=["contact", "once"], name="message_once_to_contact"),
            models.CheckConstraint(condition=Q(url="") | Q(url__startswith="/"), name="message_leads_into_the_house"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="message_list"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="message_unread"),
            models.Index(fields=["id"], condition=Q(passed_on_at=None), name="message_to_pass_on"),
        ]

    def __str__(self) -> str:
        return self.title


class MessageRoute(models.Model):
    """Where else a person wants to hear of messages, and how often. The address is sealed; no row: nowhere else.

    `hour`: when the daily summary leaves. `quiet_at_night`: what comes late waits for the morning. `digested_at`: up to
    when messages were looked at for a summary.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="message_routes")
    channel = models.CharField(_("channel"), max_length=10, choices=Medium.choices)
    pace = models.CharField(_("how often"), max_length=10, choices=Pace.choices)
    hour = models.PositiveSmallIntegerField(_("hour of the summary"), default=8)
    quiet_at_night = models.BooleanField(_("nothing at night"), default=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    address = models.ForeignKey(SealedText, models.PROTECT, related_name="+", verbose_name=_("address"))
    digested_at = models.DateTimeField()

    class Meta:
        verbose_name = _("way to a person")
        verbose_name_plural = _("ways to people")
        constraints = [
            models.UniqueConstraint(fields=["user", "channel"], name="one_route_by_channel"),
            models.CheckConstraint(condition=Q(hour__lte=23), name="route_hour_of_the_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}/{self.channel}"


class Delivery(models.Model):
    """One message on its way through one channel, or one day's summary.

    A worker claims it for a short time, writes down that sending begins, sends, and writes down what came of it. When
    the worker dies before sending began, another takes over. When it dies in between, nobody can know whether the
    message arrived: the row becomes `unsure` and is never sent again by itself.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        CLAIMED = "claimed", _("In hand")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        SKIPPED = "skipped", _("No longer needed")
        UNSURE = "unsure", _("Not known whether it arrived")
        GIVEN_UP = "given_up", _("Given up")

    class Problem(models.TextChoices):
        """What went wrong, in words that hold no address."""

        UNREACHABLE = "unreachable", _("The other side was not reached")
        REFUSED = "refused", _("The other side refused it")
        NO_ANSWER = "no_answer", _("The other side took it and said nothing")
        NOT_ALLOWED = "not_allowed", _("This address is not on the list of allowed ones")
        BROKEN_OFF = "broken_off", _("The worker ended while it was being sent")
        FAULT = "fault", _("A fault of ours; see the log")

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("for")
    )
    notification = models.ForeignKey(
        Notification, models.CASCADE, null=True, related_name="deliveries", verbose_name=_("message")
    )
    digest_day = models.DateField(_("summary of"), null=True)
    number = models.PositiveIntegerField(_("messages"), default=1)
    channel = models.CharField(_("channel"), max_length=10, choices=Medium.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    problem = models.CharField(_("problem"), max_length=12, choices=Problem.choices, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("written at"))
    next_at = models.DateTimeField(_("next attempt"))
    claim = models.UUIDField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(notification__isnull=False, digest_day__isnull=True)
                | Q(notification__isnull=True, digest_day__isnull=False, recipient__isnull=False),
                name="delivery_of_one_thing",
            ),
            models.UniqueConstraint(fields=["notification", "channel"], name="delivery_once"),
            models.UniqueConstraint(fields=["recipient", "channel", "digest_day"], name="digest_once_a_day"),
            models.CheckConstraint(
                condition=Q(state__in=["claimed", "sending"], claim__isnull=False, claimed_until__isnull=False)
                | ~Q(state__in=["claimed", "sending"]),
                name="delivery_in_somebodys_hand",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(state__in=["waiting", "claimed", "sending"]), name="delivery_due"
            ),
            models.Index(fields=["unit", "state", "-created_at"], name="delivery_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.reference}"
