"""What one person alone has published, and the look that a second one owes it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from community.models import Unit, Versions
from community.models.places import public_reference

from ..querysets.urgent import OwedReviewQuerySet


def name_of(account) -> str:
    """The name of the member behind an account; empty for nobody."""
    return str(getattr(account, "member", None) or account or "")


class OwedReview(models.Model):
    """An urgent publication. `seen_before`: the version that two people had published before it, if there was one.

    On a page one look at most is owed: a further urgent version carries on the debt of the one before it.
    """

    class Outcome(models.TextChoices):
        OWED = "owed", _("Second look owed")
        CONFIRMED = "confirmed", _("Confirmed")
        DEMANDED = "demanded", _("Correction demanded")
        WITHDRAWN = "withdrawn", _("Page withdrawn")
        REPLACED = "replaced", _("Looked over with a newer version")
        CARRIED = "carried", _("Carried on by a further urgent version")

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    page = models.ForeignKey(Page, models.PROTECT, related_name="+", verbose_name=_("page"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("version"))
    seen_before = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("page"), max_length=255)
    reason = models.CharField(_("why it was urgent"), max_length=500)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published at"))
    due_at = models.DateTimeField(_("second look due by"))
    outcome = models.CharField(_("second look"), max_length=10, choices=Outcome.choices, default=Outcome.OWED)
    looked_at_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("looked over by")
    )
    looked_at = models.DateTimeField(_("looked over at"), null=True)
    remark = models.CharField(_("remark"), max_length=1000, blank=True)

    history = Versions()
    objects = OwedReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("urgent publication")
        verbose_name_plural = _("urgent publications")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page"], condition=Q(outcome="owed"), name="one_look_owed_by_page"),
            models.CheckConstraint(
                condition=Q(outcome="owed", looked_at__isnull=True, looked_at_by__isnull=True)
                | (~Q(outcome="owed") & Q(looked_at__isnull=False)),
                name="look_owed_or_looked",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="urgent_with_a_reason"),
            models.CheckConstraint(
                condition=Q(looked_at_by__isnull=True) | ~Q(outcome="confirmed") | ~Q(looked_at_by=F("published_by")),
                name="urgent_confirmed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(outcome="owed"), name="look_due")]

    @property
    def publisher(self) -> str:
        return name_of(self.published_by)

    @property
    def looker(self) -> str:
        return name_of(self.looked_at_by)

    @property
    def screen(self) -> str:
        """Where the second look is taken."""
        return reverse("owed_review", args=[self.reference])

    def __str__(self) -> str:
        return self.title
