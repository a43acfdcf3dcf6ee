"""Pictures keep no past: whatever way one comes in, what is stored was drawn anew from its dots."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images.fields import WagtailImageField as UploadField
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from community.photos import prepare_photo
from community.refusals import ActionRefused


class DrawnAnew(SimpleUploadedFile):
    """A picture that has been through `drawn_anew`."""


def drawn_anew(upload) -> DrawnAnew:
    """The picture as JPEG: no place, no device, nothing behind it. Raises ActionRefused for what is no picture."""
    if isinstance(upload, DrawnAnew):
        return upload
    name = f"{PurePath(upload.name).stem}.jpg"
    return DrawnAnew(name, prepare_photo(upload, field="file").full, content_type="image/jpeg")


class PictureFile(WagtailImageFieldFile):
    def save(self, name, content, save=True):
        clean = drawn_anew(content)
        self.__dict__.pop("_dimensions_cache", None)
        super().save(f"{PurePath(name).stem}.jpg", clean, save=save)


class PictureField(WagtailImageField):
    """The field of the original: nothing gets into the storage past `drawn_anew`."""

    attr_class = PictureFile


class PictureUploadField(UploadField):
    """The field of the form: says what is wrong with a picture, in a sentence, before Wagtail opens it."""

    def to_python(self, data):
        if data in self.empty_values:
            return super().to_python(data)
        try:
            return super().to_python(drawn_anew(data))
        except ActionRefused as refusal:
            raise ValidationError(str(refusal.reason)) from None
