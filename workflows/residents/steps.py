"""The steps of a proposal: a form each, three fields at most, and how its answers read on the page of checking."""

import re
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.limits import TrapForm
from community.models import Building, Estate, Unit
from community.photos import prepare_photo
from community.refusals import ActionRefused
from home.formats import money

from ..actions.proposing import MOST_PHOTOS, Spot
from ..desk import pending
from ..desk.photo_fields import PhotosField
from ..words import PART_WORDS

ELSEWHERE = "community"
PHONE = re.compile(r"\+?[0-9][0-9 -]{5,18}[0-9]")


class StepForm(TrapForm):
    """One step. `answers` are JSON values, kept in the draft under the key of the step."""

    def __init__(self, *args, community: Unit, **options):
        options.setdefault("label_suffix", "")
        super().__init__(*args, **options)
        self.community = community

    @property
    def asked(self) -> list:
        """The fields that people see."""
        return [bound for bound in self if bound.name != "website"]

    def answers(self) -> dict:
        return {bound.name: _plain(self.cleaned_data.get(bound.name)) for bound in self.asked}


def _plain(value):
    return "" if value is None else str(value).strip()


class PlaceForm(StepForm):
    where = forms.ChoiceField(label=gettext_lazy("Which building or estate?"))
    part = forms.ChoiceField(
        label=gettext_lazy("Which common part?"),
        choices=[("", gettext_lazy("Please choose")), *PART_WORDS.items()],
    )
    place = forms.CharField(
        label=gettext_lazy("Where exactly?"),
        help_text=gettext_lazy("For example: between the third and the fourth floor, east side."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["where"].choices = places_of(self.community)


def places_of(community: Unit) -> list:
    """The estates with their buildings as groups of choices. Two queries."""
    buildings: dict[int, list] = {}
    for building in Building.objects.filter(community=community).order_by("pk"):
        buildings.setdefault(building.estate_id, []).append((f"building-{building.reference}", building.name))
    whole = _("The whole estate")
    groups = [
        (estate.name, [(f"estate-{estate.reference}", whole), *buildings.get(estate.pk, [])])
        for estate in Estate.objects.filter(community=community).order_by("pk")
    ]
    return [("", _("Please choose")), *groups, (ELSEWHERE, _("Elsewhere in the community"))]


def spot_of(answers: dict, community: Unit) -> Spot:
    """The place as the action takes it; one query. What has gone from the register counts as elsewhere."""
    kind, _dash, reference = answers["where"].partition("-")
    if kind == "building":
        rows = Building.objects.filter(community=community, reference=reference)
        building = rows.select_related("estate__unit", "unit").first()
        return Spot(answers["part"], building.estate if building else None, building)
    if kind == "estate":
        estates = Estate.objects.filter(community=community, reference=reference).select_related("unit")
        return Spot(answers["part"], estates.first())
    return Spot(answers["part"])


class ProblemForm(StepForm):
    """What is wrong, with photos. Those that were accepted are kept in the draft whatever else is wrong."""

    problem = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        help_text=gettext_lazy("In your own words. Only the staff of your community read them."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    photos = PhotosField(
        label=gettext_lazy("Photos"),
        help_text=gettext_lazy("Up to 6, at most 10 MB each. Place and time are removed from them."),
        required=False,
    )
    keep = forms.MultipleChoiceField(
        label=gettext_lazy("Photos already received"),
        help_text=gettext_lazy("Take the tick away to leave one out."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["problem", "keep", "photos"]

    def __init__(self, *args, kept: list[pending.Kept], **options):
        super().__init__(*args, **options)
        self.kept = list(kept)
        self.dropped: list[pending.Kept] = []
        if self.is_bound:
            wanted = set(self.data.getlist("keep"))
            self.dropped = [one for one in self.kept if one.key not in wanted]
            self.kept = [one for one in self.kept if one.key in wanted]
        self._offer()

    def _offer(self):
        """The photos received stand in the form, ticked."""
        if not self.kept:
            self.fields.pop("keep", None)
            return
        if "keep" not in self.fields:
            self.fields["keep"] = self.base_fields["keep"].__deepcopy__({})
            self.order_fields(self.field_order)
        self.fields["keep"].choices = [(one.key, one.name) for one in self.kept]
        self.initial["keep"] = [one.key for one in self.kept]

    def clean_photos(self):
        faults = []
        for upload in self.cleaned_data["photos"]:
            if len(self.kept) == MOST_PHOTOS:
                faults.append(_("At most %(most)d photos; those beyond were left out.") % {"most": MOST_PHOTOS})
                break
            try:
                self.kept.append(pending.keep(prepare_photo(upload, field="photos"), upload.name, pending.DRAFTS))
            except ActionRefused as refused:
                faults.append(f"{upload.name}: {refused}")
        if faults:
            raise ValidationError(faults)
        return self.cleaned_data["photos"]

    def again(self):
        """This form as it is shown once more: what was received stands in it, whatever else was wrong."""
        self._offer()
        self.data = self.data.copy()
        self.data.setlist("keep", [one.key for one in self.kept])
        return self

    def answers(self) -> dict:
        return {"problem": _plain(self.cleaned_data.get("problem"))}


class WishForm(StepForm):
    wish = forms.CharField(
        label=gettext_lazy("What should be done?"),
        help_text=gettext_lazy("If you do not know, leave it empty; that is for all of us to think about."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CostForm(StepForm):
    cost = forms.DecimalField(
        label=gettext_lazy("About how many yuan will it cost?"),
        help_text=gettext_lazy("A rough figure, for example 3000. Leave it empty if you do not know."),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


class NeighboursForm(StepForm):
    neighbours = forms.ChoiceField(
        label=gettext_lazy("Shall neighbours be able to sign it?"),
        help_text=gettext_lazy(
            "You get a link to pass on to them. Everybody reads how many signed, nobody who they are."
        ),
        choices=[("yes", gettext_lazy("Yes, give me a link")), ("no", gettext_lazy("No, not now"))],
        widget=forms.RadioSelect,
    )


class ContactForm(StepForm):
    name = forms.CharField(
        label=gettext_lazy("What may we call you?"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        help_text=gettext_lazy("Only to ask you back, and so that nobody decides on their own proposal."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("We write one sentence with a link when something changes."),
        max_length=100,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if not settings.LINLI_EMAIL:
            del self.fields["email"]

    def clean_phone(self):
        phone = self.cleaned_data["phone"].strip()
        if phone and not PHONE.fullmatch(phone):
            raise ValidationError(_("Write the number in digits, for example 138 0000 0000."))
        return phone


@dataclass(frozen=True)
class Step:
    """`key` stands in the address; `why`: one sentence on what the question is for."""

    key: str
    title: str
    form: type[StepForm]
    why: str = ""


STEPS = (
    Step("place", gettext_lazy("Where is it?"), PlaceForm, gettext_lazy("Common parts only, not inside homes.")),
    Step("problem", gettext_lazy("What is wrong there?"), ProblemForm),
    Step("wish", gettext_lazy("How would you like it to become?"), WishForm),
    Step("cost", gettext_lazy("What may it cost?"), CostForm, gettext_lazy("It is no promise and binds nobody.")),
    Step("neighbours", gettext_lazy("Do your neighbours want it too?"), NeighboursForm),
    Step(
        "contact",
        gettext_lazy("How can we reach you?"),
        ContactForm,
        gettext_lazy("You may leave all of it empty. It is kept sealed and never shown in public."),
    ),
)
BY_KEY = {step.key: step for step in STEPS}


def rows_of(key: str, answers: dict, photos: int, community: Unit) -> list[tuple[str, str]]:
    """(label, value) of the answers of a step, for the page of checking."""
    fields = BY_KEY[key].form.base_fields
    rows = [(fields[name].label, in_words(key, name, value, community)) for name, value in answers.items()]
    if key == "problem":
        number = ngettext("%(number)d photo", "%(number)d photos", photos) % {"number": photos}
        rows.append((fields["photos"].label, number if photos else ""))
    return rows


def in_words(key: str, name: str, value: str, community: Unit) -> str:
    """One answer as people read it."""
    if name == "where":
        spot = spot_of({"where": value, "part": ""}, community)
        return str(spot.building or spot.estate or _("Elsewhere in the community"))
    if name == "part":
        return str(PART_WORDS[value])
    if name == "neighbours":
        return str(dict(NeighboursForm.base_fields[name].choices)[value])
    if name == "cost" and value:
        return money(value)
    return value
