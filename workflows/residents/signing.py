"""A neighbour signs a proposal: by the link or the code to scan that its proposer passes on."""

import uuid

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.limits import DAY, Limit, TrapForm, require_within
from community.models import Building, Channel, Unit
from community.records import Context
from community.refusals import ActionRefused

from ..actions.receipts import new_code
from ..actions.signing import Neighbour, sign
from ..models import Receipt
from ..querysets.receipts import page_of, signatures_of
from ..rules.signing import may_sign
from .follow import address_of, with_receipt
from .shell import draw_for, refuse
from .steps import PHONE

SIGNING = Limit(per_address=30, per_unit=300, seconds=DAY)
SALT = "linli.signature"


class NeighbourForm(forms.Form):
    """Who signs. Everything but the building is sealed."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("What may we call you?"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    building = forms.ModelChoiceField(
        label=gettext_lazy("Which building do you live in?"),
        queryset=Building.objects.none(),
        to_field_name="reference",
        empty_label=gettext_lazy("Please choose"),
    )
    door = forms.CharField(
        label=gettext_lazy("Door number"),
        help_text=gettext_lazy("So that each home counts once: this or the phone. Kept sealed."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        help_text=gettext_lazy("So that each neighbour counts once: this or the door number. Kept sealed."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args, community: Unit, **options):
        super().__init__(*args, **options)
        buildings = Building.objects.filter(community=community).select_related("estate").order_by("estate", "pk")
        self.fields["building"].queryset = buildings
        if not buildings:
            self.fields["building"].required = False
        if not self.is_bound:
            self.initial["submission_key"] = uuid.uuid4()

    def clean_phone(self):
        phone = self.cleaned_data["phone"].strip()
        if phone and not PHONE.fullmatch(phone):
            raise ValidationError(_("Write the number in digits, for example 138 0000 0000."))
        return phone

    @property
    def neighbour(self) -> Neighbour:
        given = self.cleaned_data
        return Neighbour(given["name"], given["building"], given["phone"], given["door"])


class SigningForm(TrapForm, NeighbourForm):
    """`carried` holds the code of the signature's receipt, so that whoever sends twice gets the same one."""

    carried = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if not self.is_bound:
            self.initial["carried"] = signing.dumps(new_code(), salt=SALT)

    @property
    def asked(self) -> list:
        """The fields of the form but the trap, hidden ones first."""
        return [bound for bound in self if bound.name != "website"]

    def clean_carried(self):
        try:
            return signing.loads(self.cleaned_data["carried"], salt=SALT, max_age=DAY)
        except signing.BadSignature:
            raise ValidationError(_("This page has lain open for too long. Open the link again.")) from None


@with_receipt(Receipt.Opens.SIGNING)
def sign_as_neighbour(request, receipt, code):
    """What it is about in public words, how many have signed, and the form."""
    shown, status = receipt.request, 200
    sent = request.POST if request.method == "POST" else None
    form = SigningForm(sent, community=receipt.community, label_suffix="") if may_sign(shown.state) else None
    if form is not None and sent is not None:
        if form.is_trapped:
            return HttpResponseRedirect(address_of("sign", code))
        own_code = _signed(request, receipt, form)
        if own_code:
            return HttpResponseRedirect(address_of("follow-code", own_code))
        status = ActionRefused.status
    context = {"form": form, "shown": shown, "signatures": signatures_of(shown), "page_of_project": page_of(shown)}
    return draw_for(request, receipt.community, "workflows/residents/sign.html", context, status=status)


def _signed(request, receipt, form) -> str:
    """The code of the new receipt; empty when it was refused, and then the form says why."""
    if not form.is_valid():
        return ""
    given = form.cleaned_data
    try:
        require_within(SIGNING, "proposal.sign", request, receipt.community)
        sign(
            Context(channel=Channel.WEB), receipt=receipt, submission_key=given["submission_key"],
            code=given["carried"], neighbour=form.neighbour,
        )  # fmt: skip
    except ActionRefused as refused:
        refuse(form, refused)
        return ""
    return given["carried"]
