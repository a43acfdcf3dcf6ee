"""The record of what happened: events in chains, and the rows that hang on them."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Channel(models.TextChoices):
    """How an act reached the software."""

    WEB = "web", _("Online")
    PHONE = "phone", _("By phone")
    DOOR = "door", _("At the door")
    PAPER = "paper", _("On paper")
    IMPORT = "import", _("Import")
    SYSTEM = "system", _("System")


class Event(models.Model):
    """One recorded act, the legal record of it. Append-only; a link of its unit's chain.

    `body` is the canonical text that was hashed: it holds the full values of every row that the act wrote, so a
    column added later breaks nothing. `hash` = SHA-256(previous_hash + "\\n" + body).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("community.Unit", models.PROTECT, related_name="+", verbose_name=_("chain"))
    sequence = models.PositiveBigIntegerField(_("number in its chain"))
    verb = models.CharField(_("act"), max_length=60)
    subject_type = models.CharField(_("kind of object"), max_length=80, blank=True)
    subject_key = models.CharField(_("object"), max_length=60, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("actor")
    )
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    reason = models.TextField(_("reason"), blank=True)
    occurred_at = models.DateTimeField(_("happened at"))
    recorded_at = models.DateTimeField(_("recorded at"))
    body = models.TextField(_("canonical text"))
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["unit_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["unit", "sequence"], name="event_once_in_its_chain")]
        indexes = [models.Index(fields=["subject_type", "subject_key", "sequence"], name="event_subject")]

    def __str__(self) -> str:
        return f"{self.verb} #{self.sequence}"


class ChainHead(models.Model):
    """Where a unit's chain ends. The one row that every act of the unit locks, last."""

    unit = models.OneToOneField("community.Unit", models.PROTECT, primary_key=True, related_name="chain_head")
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = _("chain head")
        verbose_name_plural = _("chain heads")

    def __str__(self) -> str:
        return f"{self.unit_id}: #{self.sequence}"


class Recorded(models.Model):
    """A row that an act wrote. The key is deferred: the event goes in last, once everything else is known."""

    event = models.ForeignKey(Event, models.DO_NOTHING, related_name="+", editable=False, verbose_name=_("event"))

    class Meta:
        abstract = True


class AppendOnly(Recorded):
    """A row that never changes: triggers refuse UPDATE, DELETE and REPLACE. Written by `Act.append`."""

    class Meta:
        abstract = True


class HistoryRow(Recorded):
    """Base of every history row."""

    class Meta:
        abstract = True


class Versions(HistoricalRecords):
    """django-simple-history as this project uses it: rows tied to events, no foreign key to the user.

    A foreign key with SET NULL would have to change history when a user goes; users are deactivated instead.
    """

    def __init__(self, **options):
        options.setdefault("bases", (HistoryRow,))
        options.setdefault("history_id_field", models.BigAutoField())
        options.setdefault("history_user_id_field", models.BigIntegerField(null=True))
        options.setdefault("history_user_getter", lambda row: None)
        super().__init__(**options)

    def get_meta_options(self, model):
        options = super().get_meta_options(model)
        # "Versions of one object, newest first" is the question asked; simple-history's own indexes answer another.
        own_key = model._meta.pk.attname
        options["indexes"] = (*options.get("indexes", ()), models.Index(fields=[own_key, "-history_id"]))
        return options
