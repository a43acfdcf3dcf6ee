"""Photos and papers that serve as evidence: kept with their hash, served by a view of ours."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .events import AppendOnly
from .places import public_reference


def stored_path(instance: "StoredFile", filename: str) -> str:
    return f"evidence/{instance.reference[:2]}/{filename}"


class StoredFile(AppendOnly):
    """A file that never changes. Photos are re-encoded before they come here: no EXIF, no place, no maker's notes."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        PAPER = "paper", _("Paper")

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    unit = models.ForeignKey("community.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    file = models.FileField(_("file"), upload_to=stored_path, max_length=200)
    small = models.FileField(_("small picture"), upload_to=stored_path, max_length=200, blank=True)
    name = models.CharField(_("name"), max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    is_public = models.BooleanField(_("for everyone to see"), default=False)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        return reverse("media", args=[self.reference, "full"])

    @property
    def small_url(self) -> str:
        """The address of the small picture; of the file itself when it has none."""
        return reverse("media", args=[self.reference, "small" if self.small else "full"])
