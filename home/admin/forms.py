"""Pictures and documents as they come in through the admin."""

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from ..models import LinliDocument
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
    """File and text behind a title never change: pages that offer them are public, and were looked over by two.

    Only a document that never had its text is given one.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields.pop("file", None)
            if self.instance.text:
                self.fields.pop("text", None)
        if "text" in self.fields:
            sentence = LinliDocument._meta.get_field("text").error_messages["blank"]
            self.fields["text"].error_messages["required"] = sentence
