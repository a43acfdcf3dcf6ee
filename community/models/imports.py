"""Sheets on their way into a register: shown before they count, sealed meanwhile, forgotten after a day."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets.imports import RegisterImportQuerySet
from .places import Unit, public_reference


class RegisterImport(models.Model):
    """One sheet that somebody handed in. An operational row without history: what it led to is in the events.

    `cells` is the table, sealed under a key of its own; the file itself is kept nowhere. Both are deleted as soon as
    the import is done, and the row itself when its day is over. `digest` is the fingerprint of the plan that the person
    confirmed: only that plan is carried out.
    """

    class Kind(models.TextChoices):
        ESTATES = "estates", _("Estates")
        BUILDINGS = "buildings", _("Buildings")
        HOMES = "homes", _("Homes")
        RESIDENTS = "residents", _("Number of residents per home")
        UNITS = "units", _("Organisation units")
        MEMBERS = "members", _("Members")
        APPOINTMENTS = "appointments", _("Appointments")

    class State(models.TextChoices):
        PREVIEW = "preview", _("Waits for your confirmation")
        QUEUED = "queued", _("Being imported")
        DONE = "done", _("Imported")
        FAILED = "failed", _("Not imported")

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", verbose_name=_("unit"))
    kind = models.CharField(_("what it holds"), max_length=20, choices=Kind.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("handed in by"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PREVIEW)
    cells = models.BinaryField(default=bytes)
    wrapped_key = models.BinaryField(default=bytes)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    problem = models.CharField(_("why not"), max_length=500, blank=True)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    same = models.PositiveIntegerField(_("unchanged"), default=0)
    created_at = models.DateTimeField(_("handed in at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("kept until"), db_index=True)

    objects = RegisterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports from sheets")
        indexes = [models.Index(fields=["id"], condition=models.Q(state="queued"), name="import_queued")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.unit}"
