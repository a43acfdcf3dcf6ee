"""What residents type and how they can be reached: sealed, masked, erasable.

The stub is append-only and holds a salted commitment; the content is a row of its own that can be erased while every
history and every chain stays valid.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .events import AppendOnly


class SealedText(AppendOnly):
    """A stub: that something was said here, by whom it is kept, and a commitment to what it was."""

    class Purpose(models.TextChoices):
        CONTACT = "contact", _("Contact")
        STATEMENT = "statement", _("Resident's own words")
        ADDRESS = "address", _("Address for messages")
        BALLOT = "ballot", _("Vote")

    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("community.Unit", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    commitment = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("sealed text")
        verbose_name_plural = _("sealed texts")

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {str(self.reference)[:8]}"


class SealedDraft(models.Model):
    """A form that is not sent yet, under a key of its own; found by the keyed hash of a token that its writer keeps.

    No act and no stub: nobody has said anything yet. Deleted when its day is over.
    """

    reference = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    unit = models.ForeignKey("community.Unit", models.PROTECT, related_name="+")
    ciphertext = models.BinaryField()
    wrapped_key = models.BinaryField()
    master_key_id = models.CharField(max_length=16, db_index=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("form not sent yet")
        verbose_name_plural = _("forms not sent yet")

    def __str__(self) -> str:
        return str(self.reference)[:8]


class SealedContent(models.Model):
    """The content of a stub, under a key of its own that the master key wraps. Erasing deletes this row."""

    stub = models.OneToOneField(SealedText, models.PROTECT, primary_key=True, related_name="content")
    ciphertext = models.BinaryField()
    salt = models.BinaryField()
    wrapped_key = models.BinaryField()
    master_key_id = models.CharField(max_length=16)
    phone_hash = models.CharField(max_length=64, blank=True, db_index=True)
    expires_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = _("sealed content")
        verbose_name_plural = _("sealed contents")

    def __str__(self) -> str:
        return str(self.stub_id)
