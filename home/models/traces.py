"""What happened to a page after it was published, for its readers: each row stands on the page for good."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from community.models import AppendOnly, Unit


class PageTrace(AppendOnly):
    """One thing that happened, in public wording. Readers see who by the place, never by name."""

    class Kind(models.TextChoices):
        CORRECTED = "corrected", _("Corrected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        URGENT = "urgent", _("Published urgently")
        CONFIRMED = "confirmed", _("Looked over by a second person")
        EXPIRED = "expired", _("Over")
        DEMANDED = "demanded", _("A second person asks for a correction")

    page = models.ForeignKey(Page, models.PROTECT, related_name="+", verbose_name=_("page"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+", verbose_name=_("version"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    at = models.DateTimeField(_("at"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("trace of a page")
        verbose_name_plural = _("traces of pages")
        ordering = ["page", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["corrected", "withdrawn", "demanded"]) | ~Q(note=""), name="trace_says_why"
            ),
            models.UniqueConstraint(
                fields=["page", "revision"], condition=Q(kind="expired"), name="expiry_once_by_version"
            ),
        ]
        indexes = [models.Index(fields=["page", "kind", "-id"], name="trace_of_page")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
