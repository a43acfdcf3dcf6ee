"""What a gate reads: typed figures with a paper, entered by one person and confirmed by another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.models import Member, StoredFile, Unit
from community.models.people import public_reference

from ..querysets.evidence import EvidenceQuerySet
from .requests import RenovationRequest


class Evidence(models.Model):
    """The common half of every piece of evidence. `version` is the version of the request that it was made on.

    Changing what was entered means withdrawing it and entering it again: a confirmation holds for the figures that the
    second person saw.
    """

    class Status(models.TextChoices):
        ENTERED = "entered", _("Waiting for a second person")
        CONFIRMED = "confirmed", _("Confirmed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    request = models.ForeignKey(
        RenovationRequest, models.PROTECT, related_name="%(class)s_set", verbose_name=_("request")
    )
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    version = models.PositiveIntegerField(_("made on version"))
    paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("paper or photo")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.ENTERED)
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    entered_at = models.DateTimeField(_("entered at"))
    confirmed_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="confirmed")
                | (models.Q(confirmed_by__isnull=False) & ~models.Q(confirmed_by=models.F("entered_by"))),
                name="%(class)s_by_two",
            ),
        ]

    @property
    def is_confirmed(self) -> bool:
        return self.status == self.Status.CONFIRMED
