"""What was heard at the door, by phone or from paper: how, when, and how the person confirmed it."""

from datetime import datetime, time

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.models import Channel
from community.records import Context

from ..actions.receipts import new_code
from ..models import ReadBack

HEARD = [Channel.DOOR, Channel.PHONE, Channel.PAPER, Channel.WEB]
SALT, DAY = "linli.desk.receipt", 24 * 3600


def read_back_field(**options) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("How did the person confirm it?"),
        help_text=gettext_lazy("At the door and on the phone: read it aloud before you send it."),
        required=False,
        **options,
    )


class CarriesReceipt(forms.Form):
    """Carries the code of the receipt that the person gets. A subclass knows `user` once its parents are there."""

    carried = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if not self.is_bound:
            self.initial["carried"] = signing.dumps([self.user.pk, new_code()], salt=SALT)

    def clean_carried(self):
        """The code, chosen when the form was drawn: whoever sends twice gets the same one."""
        try:
            owner, code = signing.loads(self.cleaned_data["carried"], salt=SALT, max_age=DAY)
        except signing.BadSignature:
            owner, code = None, ""
        if owner != self.user.pk:
            raise forms.ValidationError(_("This page has lain open for too long. Open the form anew."))
        return code


class WrittenDownForm(CarriesReceipt):
    """The fields of whatever is written down for somebody on the desk."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How did you hear of it?"),
        choices=[(channel.value, channel.label) for channel in HEARD],
        widget=forms.RadioSelect,
    )
    heard_on = forms.DateField(
        label=gettext_lazy("On which day?"),
        help_text=gettext_lazy("Leave it empty when it was today."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    heard_time = forms.TimeField(
        label=gettext_lazy("At what time?"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    confirmed = read_back_field(choices=ReadBack.choices, widget=forms.RadioSelect)

    def clean_heard_on(self):
        day = self.cleaned_data["heard_on"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("This day lies in the future."))
        return day

    def heard(self) -> Context:
        """Through which channel and when it was heard; without an hour, at noon of an earlier day."""
        day, hour = self.cleaned_data["heard_on"], self.cleaned_data["heard_time"]
        today = timezone.localdate()
        if hour is None and (day is None or day == today):
            occurred_at = None
        else:
            occurred_at = timezone.make_aware(datetime.combine(day or today, hour or time(12)))
        return Context(user=self.user, channel=self.cleaned_data["channel"], occurred_at=occurred_at)
