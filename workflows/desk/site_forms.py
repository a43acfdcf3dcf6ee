"""What is written down on a site: the log, an explanation, a repair, a check."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.personal_numbers import refuse_personal_numbers
from home.formats import DAY, written

from ..models import DutyDay, SiteLog
from ..rules.faults import Severity
from ..words import SEVERITY_WORDS
from .photo_fields import PhotosForm


def text_area(label, rows=3, **options) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), validators=[refuse_personal_numbers], **options
    )


class SiteLogForm(PhotosForm):
    """The log of a duty day, on one screen."""

    least = 1
    day = forms.ChoiceField(label=gettext_lazy("Day"))
    seen_at = forms.TimeField(
        label=gettext_lazy("What time were you there?"),
        help_text=gettext_lazy("Leave it empty when it is now."),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
    )
    weather = forms.ChoiceField(
        label=gettext_lazy("Weather"), choices=SiteLog.Weather.choices, widget=forms.RadioSelect
    )
    finding = forms.ChoiceField(
        label=gettext_lazy("What did you find?"), choices=SiteLog.Finding.choices, widget=forms.RadioSelect
    )
    text = text_area(gettext_lazy("What did you see?"), rows=4, max_length=1000)
    severity = forms.ChoiceField(
        label=gettext_lazy("When there is a problem: how serious is it?"),
        choices=[(severity.value, SEVERITY_WORDS[severity]) for severity in Severity],
        required=False,
        widget=forms.RadioSelect,
    )
    due_on = forms.DateField(
        label=gettext_lazy("When there is a problem: put right by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    field_order = [
        "submission_key", "token", "day", "weather", "finding", "text", "keep", "photos", "severity", "due_on",
        "seen_at",
    ]  # fmt: skip

    def __init__(self, *args, days: list[DutyDay], **options):
        super().__init__(*args, **options)
        self.days = {f"{day.day:%Y-%m-%d}": day for day in days}
        self.fields["day"].choices = [(key, written(day.day, DAY)) for key, day in self.days.items()]
        if self.initial.get("day") not in self.days:
            self.initial["day"] = next(iter(self.days))
        if len(days) == 1:
            self.fields["day"].widget = forms.HiddenInput()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("finding") == SiteLog.Finding.PROBLEM:
            self._problem(cleaned)
        self._moment(cleaned)
        return cleaned

    def _problem(self, cleaned):
        if not cleaned.get("severity") and "severity" not in self.errors:
            self.add_error("severity", _("Say how serious it is."))
        due_on = cleaned.get("due_on")
        if "due_on" not in self.errors and (due_on is None or due_on < timezone.localdate()):
            self.add_error("due_on", _("Give a day by which it is to be put right, today or later."))

    def _moment(self, cleaned):
        day = self.days.get(cleaned.get("day", ""))
        if day is None or "seen_at" in self.errors:
            return
        now = timezone.localtime()
        if cleaned.get("seen_at") is None:
            if day.day != now.date():
                self.add_error("seen_at", _("Say about what time you were there."))
            return
        seen = now.replace(
            year=day.day.year, month=day.day.month, day=day.day.day, hour=cleaned["seen_at"].hour,
            minute=cleaned["seen_at"].minute, second=0, microsecond=0,
        )  # fmt: skip
        if seen > now:
            self.add_error("seen_at", _("This time is still to come."))
        cleaned["moment"] = seen

    def chosen_day(self) -> DutyDay:
        return self.days[self.cleaned_data["day"]]


class ExplainForm(forms.Form):
    """Why a duty day has no log."""

    no_log = forms.ChoiceField(
        label=gettext_lazy("Why is there no log?"), choices=DutyDay.NoLog.choices, widget=forms.RadioSelect
    )
    explanation = text_area(gettext_lazy("Explanation in one sentence"), rows=2, max_length=200)


class RepairForm(PhotosForm):
    """What was done about a fault, with a photo."""

    least, most = 1, 1
    text = text_area(gettext_lazy("What was done?"), max_length=1000)
    field_order = ["submission_key", "token", "text", "keep", "photos"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["photos"].label = _("Photo of the repair")
        self.fields["photos"].help_text = _("One photo, at most 10 MB.")


class CheckForm(forms.Form):
    """Somebody else has looked: put right, or not."""

    put_right = forms.ChoiceField(
        label=gettext_lazy("Is it put right?"),
        choices=[("yes", gettext_lazy("Yes, it is put right")), ("no", gettext_lazy("No, it has to be done again"))],
        widget=forms.RadioSelect,
    )
    reason = text_area(gettext_lazy("What is still wrong (when it is not)"), max_length=1000, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("put_right") == "no" and not cleaned.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", _("Please say why."))
        return cleaned
