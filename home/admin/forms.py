"""Pictures and documents as they come in through the admin."""

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from ..pictures import PictureUploadField


class ImageForm(BaseImageForm):
    """A new picture is drawn anew. The picture behind a description never changes: pages that show it are public."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        given = self.fields.get("file")
        if given is None:
            return
        if self.instance.pk:
            del self.fields["file"]
        else:
            self.fields["file"] = PictureUploadField(label=given.label, widget=given.widget)


class DocumentForm(BaseDocumentForm):
    """The file behind a title never changes: pages that offer it are public, and were looked over by two."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("file", None)
