"""Co-construction: who pays, who brings what, who builds and when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community.models import AppendOnly, Member, Partner, StoredFile, Unit, Versions
from community.models.people import public_reference

from ..querysets.evidence import OfRequestQuerySet
from .evidence import Evidence
from .requests import RenovationRequest


class Pledge(AppendOnly):
    """A line of money promised. Never changed: a pledge that falls away is a second line with the amount reversed."""

    class Source(models.TextChoices):
        UNIT = "unit", _("Partner unit")
        SUBSIDY = "subsidy", _("Government subsidy")
        FUND = "fund", _("Maintenance fund")
        RESIDENTS = "residents", _("Residents")
        IN_KIND = "in_kind", _("In kind, valued")

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    request = models.ForeignKey(RenovationRequest, models.PROTECT, related_name="pledges", verbose_name=_("request"))
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner")
    )
    label = models.CharField(_("who pays, as shown"), max_length=80)
    amount = models.DecimalField(_("amount (¥)"), max_digits=12, decimal_places=2)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    pledged_on = models.DateField(_("pledged on"))
    paper = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("paper"))
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("entered by"))

    objects = OfRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="pledge_amount_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} ¥{self.amount}"


class PledgeConfirmation(AppendOnly):
    """The second person who saw the paper. Only confirmed lines count against the budget."""

    pledge = models.OneToOneField(Pledge, models.PROTECT, related_name="confirmation", verbose_name=_("pledge"))
    confirmed_by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed at"))

    class Meta:
        verbose_name = _("confirmation of a pledge")
        verbose_name_plural = _("confirmations of pledges")

    def __str__(self) -> str:
        return str(self.pledge_id)


class PartnerCommitment(Evidence):
    """What a partner brings besides or instead of money: pipes, power, permits, hands."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name=_("partner"))
    brings = models.CharField(_("brings"), max_length=120)

    history = Versions()

    class Meta(Evidence.Meta):
        verbose_name = _("partner's commitment")
        verbose_name_plural = _("partners' commitments")

    def __str__(self) -> str:
        return f"{self.partner}: {self.brings}"


class WorksPlan(Evidence):
    """Who builds, and from when to when."""

    contractor = models.ForeignKey(Partner, models.PROTECT, related_name="+", verbose_name=_("contractor"))
    starts_on = models.DateField(_("works begin on"))
    ends_on = models.DateField(_("works end on"))

    history = Versions()

    class Meta(Evidence.Meta):
        verbose_name = _("works plan")
        verbose_name_plural = _("works plans")
        constraints = [
            *Evidence.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="works_end_after_they_start",
                violation_error_message=_("The last day must not lie before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contractor} {self.starts_on} – {self.ends_on}"
