"""Invitations: a secret on paper or in a link with which a member sets a password, once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets.invitations import InvitationQuerySet
from .events import Versions
from .people import Member, User
from .places import Referenced


class Invitation(Referenced):
    """The code itself stands nowhere: only a keyed hash of it, which no history and no event repeats."""

    class Purpose(models.TextChoices):
        FIRST = "first", _("First sign-in")
        RESET = "reset", _("New password")

    member = models.ForeignKey(Member, models.PROTECT, related_name="invitations", verbose_name=_("member"))
    purpose = models.CharField(_("for"), max_length=5, choices=Purpose.choices)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    issued_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("issued by")
    )
    issued_at = models.DateTimeField(_("issued at"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    history = Versions(excluded_fields=["token_hash"])
    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at__isnull=True) | models.Q(revoked_at__isnull=True),
                name="invitation_used_or_revoked",
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=models.Q(used_at__isnull=True, revoked_at__isnull=True),
                name="invitation_one_open_for_a_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.reference[:6]}"
