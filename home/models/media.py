"""Pictures and documents on public pages, and whose they are."""

from pathlib import Path

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, Image, get_upload_to
from wagtail.models import Collection
from wagtail.search import index

from community.models import Unit
from community.models.places import public_reference
from community.personal_numbers import refuse_personal_numbers

from ..pictures import PictureField


class UnitCollection(models.Model):
    """The shelf of pictures and documents of a unit. Made when the unit's page is opened."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    collection = models.OneToOneField(Collection, models.PROTECT, related_name="shelf_of", verbose_name=_("collection"))

    class Meta:
        verbose_name = _("shelf of a unit")
        verbose_name_plural = _("shelves of units")

    def __str__(self) -> str:
        return str(self.unit)


def file_name(reference: str, name: str) -> str:
    """A name that nothing can be guessed from, with the ending of the uploaded file."""
    return f"{reference}{Path(name).suffix.lower()}"


class LinliImage(AbstractImage):
    """A picture. What it shows is said in words; the upload is re-encoded and keeps no place and no device."""

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    file = PictureField(_("file"), upload_to=get_upload_to, width_field="width", height_field="height")
    description = models.CharField(
        _("what the picture shows"),
        max_length=255,
        help_text=_("One sentence for people who do not see it. Name no resident."),
    )

    admin_form_fields = (*(name for name in Image.admin_form_fields if name != "description"), "description")
    search_fields = [*AbstractImage.search_fields, index.SearchField("description")]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def get_upload_to(self, filename):
        return f"original_images/{file_name(self.reference, filename)}"


class LinliRendition(AbstractRendition):
    image = models.ForeignKey(LinliImage, models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]


def document_path(instance: "LinliDocument", filename: str) -> str:
    return f"documents/{file_name(instance.reference, filename)}"


class LinliDocument(AbstractDocument):
    """A document that readers can load from a page."""

    reference = models.CharField(max_length=16, unique=True, default=public_reference, editable=False)
    file = models.FileField(_("file"), upload_to=document_path)
    text = models.TextField(
        _("what it says"),
        max_length=20_000,
        validators=[refuse_personal_numbers],
        help_text=_("Copy the text of the file: many phones cannot open files, and everybody can read this."),
        error_messages={"blank": _("Copy the text of the file here, so that those who cannot open it can read it.")},
    )

    admin_form_fields = ("title", "file", "text", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    @property
    def filename(self) -> str:
        """The title with the ending of the file: what a reader finds in the folder of downloads."""
        return f"{self.title.strip().rstrip('.') or self.reference}{Path(self.file.name).suffix}"

    @property
    def kind(self) -> str:
        """The kind of file as people call it: PDF."""
        return Path(self.file.name).suffix.lstrip(".").upper()

    @property
    def url(self) -> str:
        return reverse("document", args=[self.reference])
