"""What two people have approved for a later hour. Wagtail's own column for that stays empty: its command, and whatever
else looks there, finds nothing to publish.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from community.models import Unit, Versions
from community.models.places import public_reference

from ..querysets.schedules import ScheduledPublicationQuerySet
from .urgent import name_of


class ScheduledPublication(models.Model):
    """An approved version that waits for its hour. Of a page one at most waits."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its hour")
        PUBLISHED = "published", _("Published")
        VOID = "void", _("Void")

    class Why(models.TextChoices):
        CHANGED = "changed", _("The text was changed after it had been approved")
        OVERTAKEN = "overtaken", _("Another version was published")
        WITHDRAWN = "withdrawn", _("The page was withdrawn")
        CALLED_OFF = "called_off", _("Called off")

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    page = models.ForeignKey(Page, models.PROTECT, related_name="+", verbose_name=_("page"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("version"))
    title = models.CharField(_("page"), max_length=255)
    correction_note = models.CharField(_("what was corrected"), max_length=300, blank=True)
    go_live_at = models.DateTimeField(_("to be published at"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved at"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    why_void = models.CharField(_("why it is void"), max_length=10, choices=Why.choices, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)

    history = Versions()
    objects = ScheduledPublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheduled publication")
        verbose_name_plural = _("scheduled publications")
        ordering = ["-go_live_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=Q(state="waiting"), name="one_schedule_waits_by_page"),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True, why_void="")
                | Q(state="published", settled_at__isnull=False, why_void="")
                | (Q(state="void", settled_at__isnull=False) & ~Q(why_void="")),
                name="schedule_waits_or_is_settled",
            ),
        ]
        indexes = [models.Index(fields=["go_live_at"], condition=Q(state="waiting"), name="schedule_due")]

    @property
    def approver(self) -> str:
        return name_of(self.approved_by)

    @property
    def screen(self) -> str:
        """Where it can be called off."""
        return reverse("page_scheduled", args=[self.reference])

    def __str__(self) -> str:
        return self.title
