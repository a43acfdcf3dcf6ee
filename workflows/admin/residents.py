"""What residents handed in themselves: photos to be released, and neighbours who sign."""

from django import forms
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from ..actions.contacts import reveal_neighbours
from ..actions.releasing import release_photo
from ..models import RequestPhoto, ResidentPhoto
from .views import RemarkForm, RequestActView


class ReleaseForm(RemarkForm):
    caption = forms.CharField(label=_("What the photo shows"), max_length=80)
    moment = forms.ChoiceField(label=_("Moment"), choices=RequestPhoto.Moment.choices)
    looked = forms.BooleanField(label=_("I have looked at it: no faces, no number plates, no door numbers."))
    field_order = ["caption", "moment", "looked", "reason"]


class ReleasePhotoView(RequestActView):
    """The photo in full, and then the decision to show it to everybody."""

    permission = "edit"
    page_title = _("Release the photo")
    submit_label = _("Show it to everybody")
    form_class = ReleaseForm
    template_name = "workflows/admin/release.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        photos = ResidentPhoto.objects.select_related("file", "request__unit", "request__community")
        self.photo = self.of_request(photos, file__reference=kwargs["photo"])

    def act(self, context, form):
        data = form.cleaned_data
        release_photo(context, photo=self.photo, caption=data["caption"], moment=data["moment"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(photo=self.photo, **kwargs)


class NeighboursView(RequestActView):
    """Who signed, once, on the answer to this form; an event says who looked and why."""

    permission = "reveal"
    page_title = _("Show the neighbours who signed")
    explanation = _("What to call them, phone and door are shown once. Who looked and why is recorded.")

    def act(self, context, form):
        self.revealed = reveal_neighbours(context, request=self.row)

    def done(self):
        context = self.get_context_data(neighbours=self.revealed)
        response = TemplateResponse(self.request, "workflows/admin/neighbours.html", context)
        response["Cache-Control"] = "private, no-store"
        return response
