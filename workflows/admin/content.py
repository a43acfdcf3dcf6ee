"""Changing the content of a request: a new version, a correction of wording, a photo; and the proposer's contact."""

from django import forms
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from community.admin.forms import ReasonForm, ScopedForm
from community.refusals import Conflict

from ..actions.contacts import PHOTOS, PROPOSER, RECEIPT, confidences, erase_confidences, reveal_proposer
from ..actions.requests import add_photo, change_request
from ..actions.wording import propose_wording, settle_wording
from ..models import RenovationRequest, RequestPhoto, WordingChange
from .requests import CONTENT
from .uploads import PhotoField
from .versions import difference_between, wording_difference
from .views import RemarkForm, RequestActView


class ContentForm(ScopedForm):
    only_wording = forms.BooleanField(
        label=_("Only a slip of the pen"), required=False,
        help_text=_(
            "At most three characters, no figure and no negation. A second person confirms it; decisions stay valid."
        ),
    )  # fmt: skip

    class Meta(ScopedForm.Meta):
        model = RenovationRequest
        fields = CONTENT

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        here = self.instance.community
        self.fields["unit"].queryset = self.fields["unit"].queryset.at_or_below(here)
        self.fields["estate"].queryset = self.fields["estate"].queryset.in_community(here)


class EditContentView(RequestActView):
    """Names the version that is edited; when another came in between, shows the difference and keeps what was typed."""

    permission = "change"
    page_title = _("Edit the content")
    form_class = ContentForm
    template_name = "workflows/admin/edit.html"
    submit_label = _("Save as a new version")
    difference = None

    def read_version(self) -> int:
        typed = self.request.POST.get("read_version", "")
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0

    def act(self, context, form):
        values = {name: form.cleaned_data[name] for name in CONTENT}
        change = propose_wording if form.cleaned_data["only_wording"] else change_request
        try:
            change(context, request=self.row, read_version=self.read_version(), values=values)
        except Conflict:
            self.row.refresh_from_db()
            if 0 < self.read_version() < self.row.version:
                self.difference = difference_between(self.row, self.read_version(), self.row.version)
            raise

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            difference=self.difference, read=self.read_version(), version=self.row.version, **kwargs
        )


class WordingView(RequestActView):
    """A correction that waits: what it changes, and a second person who applies it."""

    permission = "change"
    page_title = _("Apply the correction")
    submit_label = _("Apply")
    form_class = RemarkForm
    template_name = "workflows/admin/wording.html"
    apply = True

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        changes = WordingChange.objects.select_related("request__unit", "request__community", "entered_by")
        self.change = self.of_request(changes, reference=kwargs["wording"])

    def act(self, context, form):
        settle_wording(context, change=self.change, apply=self.apply)

    def get_context_data(self, **kwargs):
        return super().get_context_data(difference=wording_difference(self.change), change=self.change, **kwargs)


class DismissWordingView(WordingView):
    page_title = _("Dismiss the correction")
    submit_label = _("Dismiss")
    explanation = _("The text stays as it is.")
    apply = False


class PhotoForm(RemarkForm):
    photo = PhotoField()
    moment = forms.ChoiceField(label=_("Moment"), choices=RequestPhoto.Moment.choices)
    caption = forms.CharField(label=_("What the photo shows"), max_length=80)
    field_order = ["photo", "moment", "caption", "reason"]


class AddPhotoView(RequestActView):
    permission = "enter_evidence"
    page_title = _("Add a photo")
    explanation = _("Everyone can see it. Place and time of taking are removed; leave out faces and door numbers.")
    form_class = PhotoForm

    def act(self, context, form):
        data = form.cleaned_data
        add_photo(context, request=self.row, prepared=data["photo"], moment=data["moment"], caption=data["caption"])


class RevealView(RequestActView):
    """The proposer's contact and own words, once, on the answer to this form; an event says who looked and why."""

    permission = "reveal"
    page_title = _("Show the proposer's contact")
    explanation = _("Name, phone and the proposer's own words are shown once. Who looked and why is recorded.")

    def act(self, context, form):
        self.revealed = reveal_proposer(context, request=self.row)

    def done(self):
        contact, words = self.revealed
        context = self.get_context_data(contact=contact, words=words)
        response = TemplateResponse(self.request, "workflows/admin/revealed.html", context)
        response["Cache-Control"] = "private, no-store"
        return response


class EraseForm(ReasonForm):
    whose = forms.MultipleChoiceField(label=_("Whose"), widget=forms.CheckboxSelectMultiple)
    field_order = ["whose", "reason"]

    def __init__(self, *args, request_row, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {
            PROPOSER: _("The proposer"), PHOTOS: _("Photos that the proposer handed in"),
            RECEIPT: _("The receipt: the proposal can no longer be followed with it"),
            **{key: summary[:60] for key, summary in request_row.objections.values_list("reference", "summary")},
        }  # fmt: skip
        self.fields["whose"].choices = [
            (key, labels.get(key) or _("A neighbour who signed: %(key)s") % {"key": key[:6]})
            for key in confidences(request_row)
        ]


class EraseView(RequestActView):
    """Contact and own words of those who ask for it, erased for good; what was decided stays."""

    permission = "reveal"
    page_title = submit_label = _("Erase what was left in confidence")
    explanation = _("Contact and own words are erased for good. That it was done, and why, stays in the history.")
    form_class = EraseForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request_row": self.row}

    def act(self, context, form):
        erase_confidences(context, request=self.row, whose=form.cleaned_data["whose"])
