"""Who went through the rights of a node in a quarter, and what they said of each post. Nothing of it ever changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets.rights import RightsReviewQuerySet
from .events import AppendOnly
from .people import Appointment, Member
from .places import Unit, public_reference


class RightsReview(AppendOnly):
    """One person went through the list. `digest`: fingerprint of the whole list as it was shown.

    `left_open`: rows that this person could not answer, their own; somebody else has to, in the same quarter.
    """

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rights_reviews", verbose_name=_("unit"))
    quarter = models.CharField(_("quarter"), max_length=6)
    reviewer = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("gone through by"))
    reviewed_at = models.DateTimeField(_("gone through at"))
    digest = models.CharField(max_length=64)
    listed = models.PositiveIntegerField(_("posts in the list"))
    kept = models.PositiveIntegerField(_("kept"))
    ended = models.PositiveIntegerField(_("ended"))
    noted = models.PositiveIntegerField(_("changes noted"))
    left_open = models.PositiveIntegerField(_("left to a second person"))

    objects = RightsReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of rights")
        verbose_name_plural = _("reviews of rights")
        ordering = ["-reviewed_at", "-pk"]
        indexes = [models.Index(fields=["unit", "-reviewed_at"], name="rights_review_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.quarter}"


class RightsAnswer(AppendOnly):
    """What was said of one post."""

    class Choice(models.TextChoices):
        KEEP = "keep", _("Keep")
        END = "end", _("End")
        NOTE = "note", _("Keep, note a change")

    review = models.ForeignKey(RightsReview, models.PROTECT, related_name="answers", verbose_name=_("review of rights"))
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="+", verbose_name=_("appointment"))
    choice = models.CharField(_("answer"), max_length=4, choices=Choice.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("answer about a post")
        verbose_name_plural = _("answers about posts")
        constraints = [models.UniqueConstraint(fields=["review", "appointment"], name="rights_answered_once")]

    def __str__(self) -> str:
        return f"{self.appointment_id}: {self.get_choice_display()}"
