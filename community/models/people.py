"""People: accounts, members and the posts that they hold."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..grants import Grants, grants_of
from ..personal_numbers import refuse_personal_numbers
from ..querysets.people import AppointmentQuerySet, MemberQuerySet
from ..roles import POST_ROLES, Post
from .events import Versions
from .places import Home, Partner, Referenced, Unit
from .places import public_reference as public_reference
from .sealed import SealedText


class User(AbstractUser):
    """An account. Its rights are the current appointments of its member, and nothing else."""

    class Meta(AbstractUser.Meta):
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    @property
    def grants(self) -> Grants:
        """What this person may do today, read once per request."""
        if "_grants" not in self.__dict__:
            self._grants = grants_of(self)
        return self._grants

    def has_perm(self, perm: str, obj=None) -> bool:
        """Unlike Django's, a superuser is asked like everybody: the flag opens the admin and nothing behind it."""
        return perm in self.get_all_permissions(obj)

    def has_module_perms(self, app_label: str) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions())

    def refresh_from_db(self, *args, **kwargs):
        self.__dict__.pop("_grants", None)
        return super().refresh_from_db(*args, **kwargs)


class Member(Referenced):
    """A natural person who serves: one row in the whole system, with an account or without.

    The name is what colleagues call the person by; it stands in no history, no event and on no public page.
    """

    class Source(models.TextChoices):
        MANAGED = "managed", _("Directly managed")
        RESIDENT = "resident", _("Resident")
        PAIRED = "paired", _("From a paired unit")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="members", verbose_name=_("registered at"))
    number = models.CharField(
        _("number"),
        max_length=20,
        blank=True,
        validators=[refuse_personal_numbers],
        help_text=_("The number that your office gives this person. No phone number, no identity number."),
    )
    name = models.CharField(_("name"), max_length=40)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, default=Source.MANAGED)
    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="member", verbose_name=_("account")
    )
    home = models.ForeignKey(Home, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("home"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent by")
    )
    contact = models.ForeignKey(
        SealedText, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("contact")
    )
    is_active = models.BooleanField(_("active"), default=True)

    history = Versions(excluded_fields=["name"])
    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"], condition=~models.Q(number=""), name="member_number_once_at_unit"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Appointment(Referenced):
    """A post held at a node from a day on, and until a day: from that day on its rights are gone."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="appointments", verbose_name=_("member"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments", verbose_name=_("unit"))
    post = models.CharField(_("post"), max_length=20, choices=Post.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("From this day on the rights are gone. Empty: open-ended.")
    )
    basis = models.CharField(
        _("basis"), max_length=120, blank=True, help_text=_("Decision or document that it rests on.")
    )

    history = Versions()
    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="appointment_ends_after_it_starts",
                violation_error_message=_("The last day must not lie before the first."),
            ),
            models.UniqueConstraint(
                fields=["member", "unit", "post", "starts_on"],
                name="appointment_once",
                violation_error_message=_("This person already holds this post here from that day."),
            ),
        ]
        indexes = [models.Index(fields=["unit", "post", "ends_on"], name="appointment_by_body")]

    def __str__(self) -> str:
        return f"{self.get_post_display()} · {self.unit}"

    @property
    def roles(self) -> frozenset:
        return POST_ROLES[self.post]
