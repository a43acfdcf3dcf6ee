"""What residents without an account have: receipts, what they added later, neighbours who sign, unreleased photos."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from community.models import (
    AppendOnly,
    Building,
    Channel,
    Member,
    SealedText,
    StoredFile,
    Unit,
    Versions,
    public_reference,
)

from .requests import RenovationRequest


class ReadBack(models.TextChoices):
    """How somebody confirmed what another wrote down for them."""

    SPOKEN = "spoken", _("I read it aloud to the person, who said it is right")
    RELATIVE = "relative", _("I read it aloud to somebody of the family, who said it is right")
    SIGNED = "signed", _("The person read it and signed the paper")


class Cosignature(models.Model):
    """A neighbour who wants the same. Counted, never named: name and phone are sealed.

    `entered_by` and `confirmed`: who wrote the signature down for somebody, and how that person confirmed it.

    `once_phone` and `once_home` are keyed hashes for this request alone: a phone and a home count once. They stand in
    no history, and are emptied when the signature is withdrawn or erased.
    """

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    submission_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(
        RenovationRequest, models.PROTECT, related_name="cosignatures", verbose_name=_("request")
    )
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("building")
    )
    contact = models.ForeignKey(SealedText, models.PROTECT, related_name="+", verbose_name=_("neighbour"))
    once_phone = models.CharField(max_length=64, blank=True, editable=False)
    once_home = models.CharField(max_length=64, blank=True, editable=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.WEB)
    entered_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    confirmed = models.CharField(_("confirmed by the person"), max_length=10, choices=ReadBack.choices, blank=True)
    signed_at = models.DateTimeField(_("signed at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    history = Versions(excluded_fields=["once_phone", "once_home"])

    class Meta:
        verbose_name = _("neighbour's signature")
        verbose_name_plural = _("neighbours' signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["request", "once_phone"], condition=~models.Q(once_phone=""), name="cosignature_phone_once"
            ),
            models.UniqueConstraint(
                fields=["request", "once_home"], condition=~models.Q(once_home=""), name="cosignature_home_once"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(once_phone="", once_home=""),
                name="cosignature_withdrawn_counts_for_nobody",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed="") | models.Q(entered_by__isnull=False),
                name="cosignature_confirmed_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Receipt(models.Model):
    """What a code opens. The code is kept nowhere, only its keyed hash; deleting the row shuts what it opened."""

    class Opens(models.TextChoices):
        PROPOSAL = "proposal", _("Following a proposal")
        SIGNING = "signing", _("Signing as a neighbour")
        SIGNATURE = "signature", _("One's own signature")

    code_hash = models.CharField(max_length=64, unique=True)
    opens = models.CharField(max_length=12, choices=Opens.choices)
    request = models.ForeignKey(RenovationRequest, models.PROTECT, related_name="receipts")
    cosignature = models.ForeignKey(Cosignature, models.PROTECT, null=True, related_name="receipts")
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens="signature", cosignature__isnull=False)
                | (~models.Q(opens="signature") & models.Q(cosignature__isnull=True)),
                name="receipt_of_a_signature_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_opens_display()} {self.request_id}"


class Intake(AppendOnly):
    """How a proposal that somebody else wrote down was confirmed by whoever made it, and on which paper it stood."""

    request = models.OneToOneField(RenovationRequest, models.PROTECT, related_name="intake", verbose_name=_("request"))
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    confirmed = models.CharField(_("confirmed by the person"), max_length=10, choices=ReadBack.choices, blank=True)
    paper = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("paper"))

    class Meta:
        verbose_name = _("written down for somebody")
        verbose_name_plural = _("written down for somebody")

    def __str__(self) -> str:
        return self.get_confirmed_display()


class Addition(AppendOnly):
    """What a proposer handed in later, since the staff had asked."""

    request = models.ForeignKey(RenovationRequest, models.PROTECT, related_name="additions", verbose_name=_("request"))
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    words = models.ForeignKey(
        SealedText, models.PROTECT, null=True, related_name="+", verbose_name=_("in the proposer's words")
    )

    class Meta:
        verbose_name = _("addition of the proposer")
        verbose_name_plural = _("additions of the proposer")

    def __str__(self) -> str:
        return str(self.request_id)


class ResidentPhoto(AppendOnly):
    """A photo as a resident handed it in: for the staff alone, until they have looked at it and release it."""

    request = models.ForeignKey(
        RenovationRequest, models.PROTECT, related_name="resident_photos", verbose_name=_("request")
    )
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("community"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("photo"))
    addition = models.ForeignKey(
        Addition, models.PROTECT, null=True, related_name="photos", verbose_name=_("addition of the proposer")
    )

    class Meta:
        verbose_name = _("photo of a resident")
        verbose_name_plural = _("photos of residents")

    def __str__(self) -> str:
        return str(self.file_id)
