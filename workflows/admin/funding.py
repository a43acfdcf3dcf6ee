"""Money promised: entering a line, confirming it, reversing it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from community.admin.forms import ReasonForm, ScopedForm

from ..actions.funding import confirm_pledge, enter_pledge, reverse_pledge
from ..models import Pledge
from .uploads import PaperField
from .views import RemarkForm, RequestActView


class PledgeForm(ScopedForm):
    paper = PaperField()

    class Meta(ScopedForm.Meta):
        model = Pledge
        fields = ["source", "partner", "label", "amount", "pledged_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        here = self.instance.community
        partners = self.fields["partner"]
        partners.queryset = partners.queryset.in_community(here).filter(is_active=True)
        self.order_fields([name for name in self.fields if name not in ("paper", "reason")] + ["paper", "reason"])


class EnterPledgeView(RequestActView):
    permission = "enter_evidence"
    page_title = _("Enter a pledge")
    submit_label = _("Enter")
    explanation = _("It counts against the budget once a second person has confirmed it. A line is never changed.")
    form_class = PledgeForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": Pledge(community=self.row.community)}

    def act(self, context, form):
        enter_pledge(context, request=self.row, **form.changes())


class PledgeMixin:
    """The line of this request that the address names."""

    template_name = "workflows/admin/pledge.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        lines = Pledge.objects.select_related("request__unit", "request__community", "paper", "entered_by", "partner")
        self.pledge = self.of_request(lines, reference=kwargs["pledge"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(pledge=self.pledge, **kwargs)


class ConfirmPledgeView(PledgeMixin, RequestActView):
    permission = "confirm_evidence"
    page_title = _("Confirm the pledge")
    submit_label = _("I have seen the paper, and the amount is right")
    form_class = RemarkForm

    def act(self, context, form):
        confirm_pledge(context, pledge=self.pledge)


class ReversalForm(ReasonForm):
    on = forms.DateField(label=_("Fell away on"), widget=AdminDateInput)
    field_order = ["on", "reason"]


class ReversePledgeView(PledgeMixin, RequestActView):
    permission = "enter_evidence"
    page_title = submit_label = _("Reverse the pledge")
    explanation = _("A second line takes the amount off again; it too waits for a second person.")
    form_class = ReversalForm
    is_grave = True

    def act(self, context, form):
        reverse_pledge(context, pledge=self.pledge, on=form.cleaned_data["on"])
