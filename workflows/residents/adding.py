"""Adding what was asked for to a proposal that came back with a question."""

from dataclasses import dataclass

from django import forms
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.limits import require_within
from community.models import Channel
from community.records import Context
from community.refusals import ActionRefused

from ..actions.following import add_what_was_asked
from ..desk.photo_fields import PhotosForm
from ..models import Receipt
from ..presentation.following import question_of
from ..querysets.receipts import moments_of
from ..rules.stages import State
from .follow import ACTING, address_of, with_receipt
from .shell import draw_for, refuse


@dataclass(frozen=True)
class Holder:
    """To whom photos that wait in a form belong, in place of an account."""

    pk: str


class AddingForm(PhotosForm):
    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        help_text=gettext_lazy("In your own words. Only the staff of your community read them."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    field_order = ["submission_key", "token", "text", "keep", "photos"]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("text", "").strip() and not self.kept:
            self.add_error("text", _("Add what was asked for: a few words or a photo."))
        return cleaned


@with_receipt(Receipt.Opens.PROPOSAL)
def add(request, receipt, code):
    """The question, and room for the answer."""
    shown, back_url, status = receipt.request, address_of("follow-code", code), 200
    if shown.state != State.RETURNED:
        return HttpResponseRedirect(back_url)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AddingForm(*sent, user=Holder(f"receipt {receipt.pk}"), label_suffix="")
    if request.method == "POST":
        if _added(request, receipt, form):
            return HttpResponseRedirect(back_url)
        form, status = form.again(), ActionRefused.status
    context = {"form": form, "shown": shown, "question": question_of(shown, moments_of(shown)), "back_url": back_url}
    return draw_for(request, shown.community, "workflows/residents/add.html", context, status=status)


def _added(request, receipt, form) -> bool:
    """Whether it was handed in; what was wrong stands in the form."""
    if not form.is_valid():
        return False
    try:
        require_within(ACTING, "receipt.act", request)
        add_what_was_asked(
            Context(channel=Channel.WEB), receipt=receipt, text=form.cleaned_data["text"], photos=form.prepared
        )
    except ActionRefused as refused:
        refuse(form, refused)
        return False
    form.done()
    return True
