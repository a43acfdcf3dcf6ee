"""That a community was opened on the guided page: by whom, when, and from which form."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .events import AppendOnly
from .people import User
from .places import Unit


class CommunityOpening(AppendOnly):
    """One row for each community that was opened so. Whoever sends the same form twice finds the first result."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="opening", verbose_name=_("community"))
    submission_key = models.UUIDField(unique=True, editable=False)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("opened by"))
    opened_at = models.DateTimeField(_("opened at"))

    class Meta:
        verbose_name = _("opening of a community")
        verbose_name_plural = _("openings of communities")

    def __str__(self) -> str:
        return str(self.unit)
