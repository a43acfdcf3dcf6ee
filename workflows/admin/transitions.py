"""The confirmation page behind each button of the machine."""

from django import forms
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from community.admin.forms import ReasonForm

from ..actions.requests import advance
from ..models import RenovationRequest
from ..rules.gates import ENDED
from ..rules.renovation import RENOVATION
from ..words import EVENT_WORDS
from .views import RemarkForm, RequestActView


class AdvanceForm(RemarkForm):
    """For events that ask for no reason."""

    def options(self) -> dict:
        """What the event needs besides the reason."""
        return {}


class DemandingForm(AdvanceForm):
    """For events that the table gives a reason to."""

    reason = ReasonForm.base_fields["reason"]


class MergeForm(DemandingForm):
    merge_into = forms.ModelChoiceField(
        label=_("Merge into"), queryset=RenovationRequest.objects.none(), to_field_name="reference"
    )
    field_order = ["merge_into", "reason"]

    def __init__(self, *args, for_user=None, instance=None, **kwargs):
        super().__init__(*args, for_user=for_user, instance=instance, **kwargs)
        others = RenovationRequest.objects.visible_to(for_user).filter(community=instance.community)
        field = self.fields["merge_into"]
        field.queryset = others.exclude(pk=instance.pk).exclude(state__in=ENDED).order_by("reference")
        field.label_from_instance = lambda row: f"{row.reference} {row.title}"

    def options(self):
        return {"merge_into": self.cleaned_data["merge_into"]}


class RemediesForm(DemandingForm):
    remedies = forms.CharField(
        label=_("What has to be put right"), widget=forms.Textarea(attrs={"rows": 5}), help_text=_("One point a line.")
    )
    field_order = ["remedies", "reason"]

    def clean_remedies(self):
        points = tuple(line.strip() for line in self.cleaned_data["remedies"].splitlines() if line.strip())
        if any(len(point) > 200 for point in points):
            raise forms.ValidationError(_("A point has at most 200 characters; make two of it."))
        return points

    def options(self):
        return {"remedies": self.cleaned_data["remedies"]}


FORMS = {"merge": MergeForm, "back_to_works": RemediesForm}

EXPLANATIONS = {
    "return_for_completion": _("The proposal goes back; say what is missing so that it can be completed."),
    "decline": _("The proposal ends here. The reason stands in the history and can be read out to the proposer."),
    "merge": _("This request ends and refers to the other one. Nothing of its history is lost."),
    "pause": _("Nothing happens to a paused request until somebody resumes it."),
    "withdraw": _("The proposer takes the request back. Open approvals no longer count."),
    "back_to_works": _("The works are taken up again with this list; acceptance and evaluation follow anew."),
    "close": _("The case is closed. Its page, versions and history stay for everyone to read."),
}


def permission_of(event: str) -> str:
    """The right that an event needs, as the policy of requests calls it; 404 for what no person causes."""
    found = {row.permission for row in RENOVATION.transitions if row.event == event and row.permission}
    if not found:
        raise Http404
    return found.pop().removeprefix("renovation.")


class AdvanceView(RequestActView):
    """One event of the machine: what it does, a reason, a button. The action asks the table again."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.event = kwargs["event"]
        self.permission = permission_of(self.event)
        self.page_title = self.submit_label = EVENT_WORDS[self.event]
        self.explanation = EXPLANATIONS.get(self.event, "")
        self.is_grave = self.event in ("decline", "withdraw")

    def get_form_class(self):
        wanted = any(row.needs_reason for row in RENOVATION.transitions if row.event == self.event)
        return FORMS.get(self.event, DemandingForm if wanted else AdvanceForm)

    def act(self, context, form):
        self.row = advance(context, request=self.row, event=self.event, **form.options())

    def success_sentence(self):
        return _("%(object)s: now %(state)s.") % {"object": self.row, "state": self.row.get_state_display()}
