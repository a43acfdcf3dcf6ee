"""Urgent publishing in the admin: the form that asks why, the page of the second look, and the report."""

import django_filters
from django import forms
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from community.records import Context
from community.refusals import ActionRefused

from ..actions.urgent import confirm_urgent, demand_correction, publish_urgently, withdraw_urgent
from ..actions.versions import REASON_LENGTH
from ..forms import URGENT
from ..models import OwedReview
from ..pages import SitePage
from ..publishing.reviewers import REVIEWERS
from .handing_in import HandInForm, HandInMenuItem, HandInView
from .listings import Below, DayColumn, PlaceFilterSet, ReportViewSet, ScreenColumn
from .reviews import changes, hindrance


class UrgentMenuItem(HandInMenuItem):
    """Save what stands in the editor, and go where one says why it cannot wait."""

    name = URGENT
    label = gettext_lazy("Publish urgently")
    icon_name = "warning"
    order = 70

    def is_shown(self, context):
        page = context.get("page")
        return page is not None and getattr(page, "may_be_urgent", False) and super().is_shown(context)


class UrgentForm(HandInForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it cannot wait for a second person"),
        help_text=gettext_lazy("For your colleagues and for the record, for example: burst pipe, water off at once."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=REASON_LENGTH,
        error_messages={"required": gettext_lazy("Please say why it cannot wait for a second person.")},
    )
    field_order = ["reason", "note"]


class UrgentView(HandInView):
    """What readers will see at once, why, and the button."""

    form_class = UrgentForm
    roles = REVIEWERS
    header_icon = "warning"
    explanation = gettext_lazy(
        "Readers see the notice at once, with the remark that nobody else has looked it over yet. A second person who"
        " wrote none of it has to do that within 24 hours; they are told now."
    )
    submit_label = gettext_lazy("Publish urgently")

    def get_page_title(self):
        return _("Publish urgently")

    def act(self, data):
        context = Context(user=self.request.user, reason=data["reason"])
        publish_urgently(context, page=self.page, note=data.get("note", ""))

    def done(self):
        messages.success(self.request, _("“%(title)s” is published. A second look is owed.") % {"title": self.title})
        return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[self.page.get_parent().pk]))


class OwedReviewView(Below, WagtailAdminTemplateMixin, TemplateView):
    """What one person alone has published, and the three answers of the second."""

    template_name = "home/admin/owed_review.html"
    header_icon = "warning"
    above = ("urgent_publications:index", gettext_lazy("Urgent publications"))
    acts = {"confirm": confirm_urgent, "demand": demand_correction, "withdraw": withdraw_urgent}
    done = {
        "confirm": gettext_lazy("“%(title)s” is confirmed."),
        "demand": gettext_lazy("“%(title)s” has to be corrected; the authors are told."),
        "withdraw": gettext_lazy("“%(title)s” is withdrawn."),
    }

    @cached_property
    def owed(self) -> OwedReview:
        wanted = ("unit", "revision", "seen_before", "published_by__member", "looked_at_by__member")
        rows = OwedReview.objects.visible_to(self.request.user).select_related(*wanted)
        found = rows.filter(reference=self.kwargs["reference"]).first()
        if found is None:
            raise Http404
        return found

    def get_page_title(self):
        return _("Second look")

    def get_page_subtitle(self):
        return self.owed.title

    def get_context_data(self, **kwargs):
        owed = self.owed
        page = Page.objects.get(pk=owed.page_id).specific
        before = owed.seen_before.as_object() if owed.seen_before else None
        return super().get_context_data(
            owed=owed,
            page=page,
            is_open=owed.outcome == OwedReview.Outcome.OWED,
            is_late=owed.outcome == OwedReview.Outcome.OWED and owed.due_at <= timezone.now(),
            changes=changes(page, owed.revision.as_object(), self.request, before=before or type(page)()),
            hindrance=hindrance(self.request.user, page),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        decision, reason = request.POST.get("decision"), request.POST.get("reason", "").strip()
        if decision not in self.acts:
            return self.again(_("Please choose one of the three answers."), 422)
        try:
            self.acts[decision](Context(user=request.user, reason=reason), owed=self.owed)
        except ActionRefused as refusal:
            return self.again(refusal.reason, refusal.status)
        messages.success(request, self.done[decision] % {"title": self.owed.title})
        return HttpResponseRedirect(reverse("page_reviews"))

    def again(self, refusal: str, status: int):
        """The page once more, with the sentence and with what was typed."""
        self.__dict__.pop("owed", None)
        context = self.get_context_data(refusal=refusal, typed=self.request.POST.get("reason", ""))
        return self.render_to_response(context, status=status)


class OwedReviewFilterSet(PlaceFilterSet):
    overdue = django_filters.BooleanFilter(label=gettext_lazy("Overdue"), method="is_overdue")

    class Meta:
        model = OwedReview
        fields = ["unit", "outcome", "overdue"]

    def is_overdue(self, rows, name, value):
        late = OwedReview.objects.late(timezone.now())
        return rows.filter(pk__in=late) if value else rows.exclude(pk__in=late)


class OwedReviewViewSet(ReportViewSet):
    """Every urgent publication with its second look."""

    model = OwedReview
    name = "urgent_publications"
    icon = "warning"
    menu_label = gettext_lazy("Urgent publications")
    menu_order = 100
    select_related = ("published_by__member", "looked_at_by__member")
    filterset_class = OwedReviewFilterSet
    list_display = [
        ScreenColumn("title", label=gettext_lazy("page")),
        Column("unit", label=gettext_lazy("Place"), accessor="unit.name"),
        Column("published_by", label=gettext_lazy("published by"), accessor="publisher"),
        DayColumn("published_at", label=gettext_lazy("published at")),
        DayColumn("due_at", label=gettext_lazy("second look due by")),
        "outcome",
        Column("looked_at_by", label=gettext_lazy("looked over by"), accessor="looker"),
    ]
    list_export = [
        "title", "unit.name", "reason", "publisher", "published_at", "due_at", "get_outcome_display", "looker",
        "looked_at", "remark",
    ]  # fmt: skip
    export_filename = "urgent-publications"


def may_publish_urgently(user, page) -> bool:
    """Whether the button stands; the action itself judges again."""
    if not isinstance(page, SitePage) or not page.may_be_urgent or page.latest_revision_id == page.live_revision_id:
        return False
    return page.permissions_for_user(user).can_edit()


def urgent_address(page) -> str:
    return reverse("page_urgent", args=[page.translation_key])
