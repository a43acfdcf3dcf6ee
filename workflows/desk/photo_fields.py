"""Several photos in one field, checked and kept while the rest of the form is put right."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.photos import PreparedPhoto, prepare_photo
from community.refusals import ActionRefused

from . import pending

MOST = 6


class ManyFiles(forms.FileInput):
    """One control, several files; the phone offers its camera and its album."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """A list of uploaded files; an empty list when none was chosen."""

    widget = ManyFiles(attrs={"accept": "image/*"})

    def clean(self, data, initial=None):
        return [upload for upload in (data or []) if upload]


class PhotosForm(forms.Form):
    """A form with photos: those that were accepted are kept when something else has to be put right.

    `least` and `most`: how many photos the form takes. After `is_valid`, `prepared` holds the photos; whatever the
    outcome, `kept` holds what waits, and in `again()` the field `token` names it.
    """

    least, most = 0, MOST
    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    token = forms.CharField(required=False, widget=forms.HiddenInput)
    keep = forms.MultipleChoiceField(
        label=gettext_lazy("Photos already received"),
        help_text=gettext_lazy("Take the tick away to leave one out."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    photos = PhotosField(
        label=gettext_lazy("Photos"),
        help_text=gettext_lazy("Up to 6, at most 10 MB each. You can choose several at once."),
        required=False,
    )

    def __init__(self, data=None, files=None, *, user, **options):
        self.user = user
        super().__init__(data, files, **options)
        self.fields["photos"].required = self.least > 0
        self.kept: list[pending.Kept] = []
        self.prepared: list[PreparedPhoto] = []
        if data is None:
            self.initial.setdefault("submission_key", uuid.uuid4())
        else:
            self._read_token()
        self._offer_kept()

    def _read_token(self):
        token, key = self.data.get("token", ""), self.data.get("submission_key", "")
        known = pending.read(token, user_id=self.user.pk, submission=key)
        wanted = set(self.data.getlist("keep"))
        self.kept = [one for one in known if one.key in wanted]
        pending.drop([one for one in known if one.key not in wanted])

    def _offer_kept(self):
        if self.kept:
            self.fields["keep"].choices = [(one.key, one.name) for one in self.kept]
        else:
            del self.fields["keep"]

    def clean_photos(self):
        """Prepare what came now; what is sound is kept though something else is refused."""
        faults = []
        for upload in self.cleaned_data["photos"]:
            if len(self.kept) == self.most:
                faults.append(
                    ngettext(
                        "One photo is enough; the others were left out.",
                        "At most %(most)d photos; those beyond were left out.",
                        self.most,
                    )
                    % {"most": self.most}
                )
                break
            try:
                prepared = prepare_photo(upload, field="photos")
            except ActionRefused as refused:
                faults.append(f"{upload.name}: {refused}")
            else:
                self.kept.append(pending.keep(prepared, upload.name))
        if len(self.kept) < self.least:
            faults.append(_("Add a photo."))
        if faults:
            raise ValidationError(faults)
        return self.cleaned_data["photos"]

    def clean(self):
        cleaned = super().clean()
        self.prepared = [photo for photo in map(pending.load, self.kept) if photo is not None]
        return cleaned

    def again(self):
        """This form as it is shown once more: what was received stands in it, whatever else was wrong."""
        if "keep" not in self.fields and self.kept:
            self.fields["keep"] = self.base_fields["keep"].__deepcopy__({})
            self.order_fields(self.field_order)
        if "keep" in self.fields:
            self.fields["keep"].choices = [(one.key, one.name) for one in self.kept]
        self.fields["photos"].required = len(self.kept) < self.least
        self.data = self.data.copy()
        self.data.setlist("keep", [one.key for one in self.kept])
        self.data["token"] = pending.sign(
            self.kept, user_id=self.user.pk, submission=self.data.get("submission_key", "")
        )
        return self

    def done(self):
        """The photos are stored: nothing has to wait any more."""
        pending.drop(self.kept)
