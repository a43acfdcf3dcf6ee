"""What waits for its hour: the report, and the page of one where it can be called off."""

from django import forms
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from community.grants import grants_for
from community.records import Context
from community.refusals import ActionRefused

from ..actions.clock import call_off
from ..actions.versions import REASON_LENGTH
from ..models import ScheduledPublication
from ..publishing.reviewers import WRITERS
from .listings import Below, DayColumn, PlaceFilterSet, ReportViewSet, ScreenColumn


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is called off"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=REASON_LENGTH,
        error_messages={"required": gettext_lazy("Please say why it is called off.")},
    )


class ScheduleView(Below, WagtailAdminTemplateMixin, FormView):
    """An approved version, when it appears, and the button that stops it."""

    form_class = CallOffForm
    template_name = "home/admin/schedule.html"
    header_icon = "calendar-alt"
    above = ("scheduled_publications:index", gettext_lazy("Scheduled publications"))

    @cached_property
    def schedule(self) -> ScheduledPublication:
        rows = ScheduledPublication.objects.visible_to(self.request.user).select_related("unit", "approved_by__member")
        found = rows.filter(reference=self.kwargs["reference"]).first()
        if found is None:
            raise Http404
        return found

    def get_page_title(self):
        return _("Scheduled publication")

    def get_page_subtitle(self):
        return self.schedule.title

    def get_context_data(self, **kwargs):
        waits = self.schedule.state == ScheduledPublication.State.WAITING
        may = waits and grants_for(self.request.user).cover(self.schedule.unit, *WRITERS)
        return super().get_context_data(schedule=self.schedule, may_call_off=may, **kwargs)

    def form_valid(self, form):
        try:
            call_off(Context(user=self.request.user, reason=form.cleaned_data["reason"]), schedule=self.schedule)
        except ActionRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=refusal.status)
        messages.success(self.request, _("“%(title)s” does not appear by itself.") % {"title": self.schedule.title})
        return HttpResponseRedirect(reverse("scheduled_publications:index"))


class ScheduledPublicationFilterSet(PlaceFilterSet):
    class Meta:
        model = ScheduledPublication
        fields = ["unit", "state"]


class ScheduledPublicationViewSet(ReportViewSet):
    """Every approval for a later hour, and what came of it."""

    model = ScheduledPublication
    name = "scheduled_publications"
    icon = "calendar-alt"
    menu_label = gettext_lazy("Scheduled publications")
    menu_order = 110
    select_related = ("approved_by__member",)
    filterset_class = ScheduledPublicationFilterSet
    list_display = [
        ScreenColumn("title", label=gettext_lazy("page")),
        Column("unit", label=gettext_lazy("Place"), accessor="unit.name"),
        DayColumn("go_live_at", label=gettext_lazy("to be published at")),
        Column("approved_by", label=gettext_lazy("approved by"), accessor="approver"),
        "state",
        "why_void",
    ]
    list_export = [
        "title", "unit.name", "go_live_at", "approver", "approved_at", "get_state_display", "get_why_void_display",
        "settled_at",
    ]  # fmt: skip
    export_filename = "scheduled-publications"
