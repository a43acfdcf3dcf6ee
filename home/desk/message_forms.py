"""Where else a person wants to hear of messages: one short form for each way."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.models import Medium, Pace

OFF = "off"
PACES = [(OFF, _("Not at all")), *Pace.choices]
HOURS = [(hour, f"{hour}:00") for hour in range(6, 23)]


class WayForm(forms.Form):
    """The common half. `kept`: the address that is kept, masked; empty when there is none."""

    pace = forms.ChoiceField(label=_("How often"), choices=PACES, widget=forms.RadioSelect)
    hour = forms.TypedChoiceField(label=_("When the daily summary leaves"), choices=HOURS, coerce=int)
    quiet_at_night = forms.BooleanField(label=_("Nothing between 22:00 and 7:00"), required=False)
    address = forms.CharField(max_length=300, required=False)

    def __init__(self, data=None, *, route=None, kept=""):
        given = {"pace": OFF, "hour": 8, "quiet_at_night": True}
        if route is not None:
            given = {"pace": route.pace, "hour": route.hour, "quiet_at_night": route.quiet_at_night}
        super().__init__(data, initial=given, prefix=self.channel, use_required_attribute=False)
        self.kept = kept
        if kept:
            self.fields["address"].help_text = _("Kept sealed: %(kept)s. Leave it empty to keep it.") % {"kept": kept}

    @property
    def title(self) -> str:
        return Medium(self.channel).label


class EmailForm(WayForm):
    channel = Medium.EMAIL
    address = forms.EmailField(
        label=_("E-mail address"), required=False, max_length=200, help_text=_("Kept sealed, shown masked."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip


class BotForm(WayForm):
    channel = Medium.WEBHOOK
    address = forms.CharField(
        label=_("Address of the bot"), required=False, max_length=300,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=_("In WeCom, DingTalk or Feishu: group settings, add a bot, copy its address. Kept sealed."),
    )  # fmt: skip
    secret = forms.CharField(
        label=_("Secret for signing"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Only if the bot of DingTalk or Feishu was set to signing."),
    )  # fmt: skip


FORMS = {form.channel.value: form for form in (EmailForm, BotForm)}
