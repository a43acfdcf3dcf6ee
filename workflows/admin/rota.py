"""Who looks at the site on which day, what was seen, and why nobody was there."""

from datetime import timedelta

from django import forms
from django.db import transaction
from django.db.models import Count, Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from community.models import Appointment, Member

from ..actions.supervising import ROTA_PLANNED_IN, SITE_OPEN_IN, explain_day, plan_duty
from ..models import DutyAssignment, DutyDay, Fault, SiteLog
from ..rules.stages import State
from .views import RemarkForm, RequestActView, RequestTab, address_of

LONGEST_PLAN = 62


class RotaView(RequestTab):
    """The days with who is on duty and what became of them; the logs and faults of the site."""

    tab = "rota"
    template_name = "workflows/admin/rota.html"

    def days(self):
        on_duty = DutyAssignment.objects.filter(is_active=True).select_related("member")
        days = DutyDay.objects.filter(request=self.row).select_related("explained_by").order_by("-day")
        days = days.annotate(log_count=Count("logs")).prefetch_related(Prefetch("assignments", on_duty))
        explain, today = self.may("log_site", self.row) and self.row.state in SITE_OPEN_IN, timezone.localdate()
        return [
            (day, self.explain_url(day) if explain and not day.log_count and day.day <= today else "") for day in days
        ]

    def explain_url(self, day: DutyDay) -> str:
        return address_of(self.row, "explain", day.day.isoformat())

    def get_context_data(self, **kwargs):
        plan = self.may("open_round", self.row) and State(self.row.state) in ROTA_PLANNED_IN
        logs = SiteLog.objects.filter(request=self.row).select_related("member", "duty_day")
        return super().get_context_data(
            days=self.days(),
            plan_url=address_of(self.row, "plan") if plan else "",
            logs=logs.prefetch_related("photos__file"),
            faults=Fault.objects.filter(request=self.row).select_related("found_by", "rectified_by", "closed_by"),
            **kwargs,
        )


class PlanForm(RemarkForm):
    first = forms.DateField(label=_("From"), widget=AdminDateInput)
    last = forms.DateField(label=_("Until (included)"), widget=AdminDateInput)
    members = forms.ModelMultipleChoiceField(
        label=_("On duty"), queryset=Member.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("They take the place of whoever stood there on these days."),
    )  # fmt: skip
    field_order = ["first", "last", "members", "reason"]

    def __init__(self, *args, for_user=None, instance=None, **kwargs):
        super().__init__(*args, for_user=for_user, instance=instance, **kwargs)
        held = Appointment.objects.on_day(timezone.localdate()).filter(unit__path__startswith=instance.community.path)
        members = Member.objects.visible_to(for_user).filter(is_active=True, pk__in=held.values("member"))
        self.fields["members"].queryset = members.order_by("name")

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day must not lie before the first."))
        elif first and last and (last - first).days >= LONGEST_PLAN:
            self.add_error("last", _("Plan at most %(days)s days at once.") % {"days": LONGEST_PLAN})
        return cleaned

    def days(self):
        first = self.cleaned_data["first"]
        return [first + timedelta(days=n) for n in range((self.cleaned_data["last"] - first).days + 1)]


class PlanView(RequestActView):
    permission = "open_round"
    page_title = submit_label = _("Plan duty days")
    form_class = PlanForm

    def act(self, context, form):
        with transaction.atomic():  # all days or none
            for day in form.days():
                plan_duty(context, request=self.row, day=day, members=form.cleaned_data["members"])

    def get_success_url(self):
        return address_of(self.row, "rota")


class ExplainForm(RemarkForm):
    no_log = forms.ChoiceField(label=_("Why there is no log"), choices=DutyDay.NoLog.choices)
    explanation = forms.CharField(label=_("Explanation"), max_length=200)
    field_order = ["no_log", "explanation", "reason"]


class ExplainView(RequestActView):
    permission = "log_site"
    page_title = _("Explain a day without a log")
    form_class = ExplainForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        days = DutyDay.objects.select_related("request__unit", "request__community")
        self.day = self.of_request(days, day=kwargs["day"])

    def get_page_subtitle(self):
        return str(self.day)

    def act(self, context, form):
        data = form.cleaned_data
        explain_day(context, duty_day=self.day, no_log=data["no_log"], explanation=data["explanation"])

    def get_success_url(self):
        return address_of(self.row, "rota")
