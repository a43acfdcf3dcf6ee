"""Finding requests, and proposing for somebody."""

import uuid
from dataclasses import replace
from datetime import timedelta

import django_filters
from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from community.admin.forms import ScopedFilterSet, ScopedForm
from community.admin.people import member_chooser
from community.admin.places import home_chooser
from community.admin.scoped import ScopedCreateView, context_of
from community.grants import within
from community.models import Channel, Unit
from community.sealed import Contact

from ..actions.requests import WrittenDown, propose
from ..desk.written_down import CarriesReceipt, read_back_field
from ..models import ReadBack, RenovationRequest, RequestPhoto
from ..rules.stages import Stage
from ..words import STAGE_WORDS
from .uploads import PaperField, PhotoField

CONTENT = ["title", "place", "category", "problem", "plan", "measure", "measure_unit", "budget", "unit", "estate"]
HEARD = [(channel.value, channel.label) for channel in (Channel.DOOR, Channel.PHONE, Channel.PAPER, Channel.WEB)]
DUE = [("late", _("Overdue")), ("week", _("Due within 7 days")), ("any", _("Has a deadline"))]


class RequestFilterSet(ScopedFilterSet):
    community = django_filters.ModelChoiceFilter(label=_("Community"), queryset=Unit.objects.communities())
    stage = django_filters.ChoiceFilter(
        label=_("Stage"), choices=[(stage.value, STAGE_WORDS[stage]) for stage in Stage], method="filter_stage"
    )
    due = django_filters.ChoiceFilter(label=_("Due"), choices=DUE, method="filter_due")

    class Meta:
        model = RenovationRequest
        fields = ["community", "stage", "state", "category", "channel", "due"]

    def filter_stage(self, queryset, name, value):
        return queryset.in_stage(value)

    def filter_due(self, queryset, name, value):
        today = timezone.localdate()
        if value == "late":
            return queryset.filter(due_on__lt=today)
        if value == "week":
            return queryset.filter(due_on__range=(today, today + timedelta(days=7)))
        return queryset.filter(due_on__isnull=False)


class ProposalForm(CarriesReceipt, ScopedForm):
    """What somebody said at the door, on the phone or on paper, put into public words; their own words are sealed."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    photo = PhotoField(required=False)
    photo_caption = forms.CharField(label=_("What the photo shows"), max_length=80, required=False)
    channel = forms.ChoiceField(label=_("How it was raised"), choices=HEARD)
    heard_at = forms.DateTimeField(
        label=_("When it was raised"), required=False, widget=AdminDateTimeInput, help_text=_("Empty: now.")
    )
    contact_name = forms.CharField(
        label=_("Proposer's name"), max_length=40, required=False, help_text=_("Sealed; shown masked.")
    )
    contact_phone = forms.CharField(
        label=_("Proposer's phone"), max_length=20, required=False, help_text=_("Sealed; shown masked.")
    )
    words = forms.CharField(
        label=_("In the proposer's words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Sealed: staff read it with a reason, nobody else does."),
    )  # fmt: skip

    confirmed = read_back_field(choices=[("", "---------"), *ReadBack.choices])
    paper = PaperField(label=_("Photo or scan of the paper"), required=False)
    neighbours = forms.BooleanField(label=_("Neighbours may sign it: print the link on the receipt"), required=False)

    class Meta(ScopedForm.Meta):
        model = RenovationRequest
        fields = [*CONTENT, "proposer", "proposer_home"]
        widgets = {"proposer": member_chooser.widget_class, "proposer_home": home_chooser.widget_class}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = within_communities(self.fields["unit"].queryset)

    @property
    def user(self):
        return self.for_user

    def clean_heard_at(self):
        heard_at = self.cleaned_data["heard_at"]
        if heard_at and heard_at > timezone.now():
            raise forms.ValidationError(_("This moment lies in the future."))
        return heard_at

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("photo") and not cleaned.get("photo_caption"):
            self.add_error("photo_caption", _("Say in a few words what the photo shows."))
        return cleaned

    def contact(self) -> Contact | None:
        name, phone = self.cleaned_data["contact_name"].strip(), self.cleaned_data["contact_phone"].strip()
        return Contact(name=name, phone=phone) if name or phone else None


def within_communities(units):
    """Of the units that are offered, those at or below a community that is offered too."""
    return units.filter(within(units.communities().values_list("path", flat=True), "path"))


class ProposeView(ScopedCreateView):
    """Enter a proposal; the slip for whoever made it comes next."""

    page_title = _("New proposal")

    def perform(self, form):
        data = form.cleaned_data
        context = replace(
            context_of(self.request, data["reason"]), channel=data["channel"], occurred_at=data["heard_at"]
        )
        photo = data["photo"]
        self.code = data["carried"]
        return propose(
            context,
            community=data["unit"].community,
            unit=data["unit"],
            submission_key=data["submission_key"],
            values={name: data[name] for name in CONTENT if name != "unit"},
            photos=[(photo, RequestPhoto.Moment.BEFORE, data["photo_caption"])] if photo else [],
            proposer=data["proposer"],
            proposer_home=data["proposer_home"],
            contact=form.contact(),
            words=data["words"],
            written_down=WrittenDown(data["carried"], data["neighbours"], data["confirmed"], data["paper"]),
        )

    def get_success_url(self):
        return reverse("follow-slip", args=[self.code])
