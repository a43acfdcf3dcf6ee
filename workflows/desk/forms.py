"""Forms of the desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.personal_numbers import refuse_personal_numbers

from ..rules.approvals import Choice
from ..words import CHOICE_WORDS


class DecisionForm(forms.Form):
    """A member's choice in a seat. Nothing is preselected; whoever does not simply agree says why."""

    seat = forms.ChoiceField(
        label=_("In which seat do you decide?"),
        help_text=_("You sit here twice; a person decides once."),
        widget=forms.RadioSelect,
    )
    choice = forms.ChoiceField(label=_("Your decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("You may leave it empty when you agree."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_personal_numbers],
    )
    read_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args, seats, only_recuse=False, **kwargs):
        """`seats`: the member's seats that are free; `only_recuse`: the request is the member's own."""
        super().__init__(*args, **kwargs)
        self.seats = {seat.appointment.reference: seat for seat in seats}
        self.fields["seat"].choices = [(key, str(seat.appointment)) for key, seat in self.seats.items()]
        if len(seats) < 2:
            self.fields["seat"].widget = forms.HiddenInput()
            self.fields["seat"].initial = next(iter(self.seats), None)
        offered = [Choice.RECUSE] if only_recuse else list(Choice)
        self.fields["choice"].choices = [(choice.value, CHOICE_WORDS[choice]) for choice in offered]
        if only_recuse:
            self.fields["reason"].help_text, self.fields["reason"].required = "", True

    def clean(self):
        cleaned = super().clean()
        choice = cleaned.get("choice")
        if choice and choice != Choice.AGREE and not cleaned.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", _("Please say why."))
        return cleaned

    def chosen_seat(self):
        return self.seats[self.cleaned_data["seat"]]
