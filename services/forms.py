"""The form of a service in the admin: what is missing is said as a neighbour would."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from home.forms import HAND_IN, SitePageForm

MISSING = {
    "lead": _("Please say in one sentence what people get."),
    "who": _("Please say who can use it. For example: everybody who lives here."),
    "bring": _("Please say what to bring, one thing on each line. Nothing? Then write: nothing to bring."),
    "duration": _("Please say how long it takes. For example: at once, about ten minutes."),
    "cost": _("Please say what it costs. Free of charge? Then write that."),
    "where": _("Please say where people go or whom they call, with the hours."),
}
NOT_CHECKED = _("This text comes from the template. Check it first, then take the tick away and hand it in.")


class ServicePageForm(SitePageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, sentence in MISSING.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = sentence

    def clean_to_check(self):
        if self.cleaned_data["to_check"] and HAND_IN in self.data:
            raise ValidationError(NOT_CHECKED)
        return self.cleaned_data["to_check"]
