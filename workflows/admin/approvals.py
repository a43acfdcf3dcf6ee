"""Asking the committees about a request."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions.approvals import open_round
from ..querysets.seats import policy_for
from .views import RemarkForm, RequestActView


class RoundForm(RemarkForm):
    question = forms.CharField(
        label=_("What is to be decided"), max_length=120, help_text=_("One question that can be answered by agreeing.")
    )
    field_order = ["question", "reason"]


class OpenRoundView(RequestActView):
    """Shows which bodies the policy names before they are asked."""

    permission = "open_round"
    page_title = submit_label = _("Ask the committees")
    template_name = "workflows/admin/open_round.html"
    form_class = RoundForm

    def act(self, context, form):
        open_round(context, request=self.row, question=form.cleaned_data["question"])

    def get_context_data(self, **kwargs):
        policy = policy_for(self.row.unit)
        steps = policy.steps.all() if policy else []
        return super().get_context_data(policy=policy, steps=steps, **kwargs)
