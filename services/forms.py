"""The form of a service in the admin: what is missing is said as a neighbour would."""

from django.utils.translation import gettext_lazy as _

from home.forms import SitePageForm

MISSING = {
    "lead": _("Please say in one sentence what people get."),
    "who": _("Please say who can use it. For example: everybody who lives here."),
    "bring": _("Please say what to bring, one thing on each line. Nothing? Then write: nothing to bring."),
    "duration": _("Please say how long it takes. For example: at once, about ten minutes."),
    "cost": _("Please say what it costs. Free of charge? Then write that."),
    "where": _("Please say where people go or whom they call, with the hours."),
}


class ServicePageForm(SitePageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, sentence in MISSING.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = sentence
