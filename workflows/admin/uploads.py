"""Fields for papers and photos: what was chosen is checked and drawn anew before any act begins."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.admin.forms import FloorAreaField
from community.photos import prepare_paper, prepare_photo
from community.refusals import ActionRefused


class PreparedField(forms.FileField):
    """A file that becomes what the actions take; whatever is wrong with it stands beside the field."""

    prepare = None
    accept = ""

    def __init__(self, **options):
        options.setdefault("widget", forms.FileInput(attrs={"accept": self.accept}))
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            return type(self).prepare(upload)
        except ActionRefused as refusal:
            raise ValidationError(str(refusal)) from None


class PaperField(PreparedField):
    """A paper: a PDF, or a scan or photo of it."""

    prepare = staticmethod(prepare_paper)
    accept = "application/pdf,image/jpeg,image/png"

    def __init__(self, **options):
        options.setdefault("label", _("Paper or photo"))
        options.setdefault("help_text", _("PDF, JPEG or PNG, at most 10 MB. After an error choose the file once more."))
        super().__init__(**options)


class PhotoField(PreparedField):
    """A photo, from which place and time of taking are removed."""

    prepare = staticmethod(prepare_photo)
    accept = "image/jpeg,image/png,image/webp"

    def __init__(self, **options):
        options.setdefault("label", _("Photo"))
        options.setdefault("help_text", _("JPEG, PNG or WebP, at most 10 MB. No faces, no door numbers."))
        super().__init__(**options)


class VoteAreaField(FloorAreaField):
    """Floor area of a whole electorate: square metres with two decimals, given on in whole hundredths."""

    default_error_messages = {
        "invalid": _("Write the floor area in square metres, for example 8950.50."),
        "max_decimal_places": _("The floor area has at most two decimal places, for example 8950.50."),
        "min_value": _("A floor area cannot be below 0."),
        "max_value": _("This is more floor area than a whole estate has; check the decimal point."),
        "max_digits": _("This is more floor area than a whole estate has; check the decimal point."),
        "max_whole_digits": _("This is more floor area than a whole estate has; check the decimal point."),
    }

    def __init__(self, **options):
        super().__init__(**{"max_digits": 11, "min_value": 0, "max_value": 99_999_999} | options)
