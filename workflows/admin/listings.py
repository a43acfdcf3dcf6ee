"""Lists over all requests, to read, filter and export; each row leads to the page of its request."""

import django_filters
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from community.admin.forms import ScopedFilterSet
from community.admin.menu import REPORTS
from community.admin.scoped import ScopedIndexView, ScopedModelViewSet
from community.models import Unit

from ..models import Fault, Objection, Pledge, SiteLog
from .views import address_of


class CommunityFilterSet(ScopedFilterSet):
    community = django_filters.ModelChoiceFilter(label=_("Community"), queryset=Unit.objects.communities())


class PledgeFilterSet(CommunityFilterSet):
    confirmed = django_filters.BooleanFilter(
        label=_("Confirmed"), field_name="confirmation", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Pledge
        fields = ["community", "source", "confirmed"]


class ObjectionFilterSet(CommunityFilterSet):
    answered = django_filters.BooleanFilter(
        label=_("Answered"), field_name="answered_by", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Objection
        fields = ["community", "channel", "answered"]


class FaultFilterSet(CommunityFilterSet):
    class Meta:
        model = Fault
        fields = ["community", "state", "severity"]


class SiteLogFilterSet(CommunityFilterSet):
    class Meta:
        model = SiteLog
        fields = ["community", "finding", "weather"]


class ListingView(ScopedIndexView):
    tab = "inspect"

    def address(self, url_name, row=None):
        return address_of(row.request) if url_name else None


class ListingViewSet(ScopedModelViewSet):
    """A list and its export; nothing is written here and nothing opened but the request."""

    index_view_class = ListingView
    menu_hook = REPORTS
    select_related = ("request__community", "community")
    list_per_page = 50

    def get_common_view_kwargs(self, **kwargs):
        return {**super().get_common_view_kwargs(**kwargs), "history_url_name": None}

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    @property
    def url_finder_class(self):
        finder = super().url_finder_class
        finder.construct_edit_url = lambda _self, row: address_of(row.request)
        return finder


class PledgeViewSet(ListingViewSet):
    model = Pledge
    name = "pledges"
    menu_order = 10
    icon = "tag"
    filterset_class = PledgeFilterSet
    select_related = ("request__community", "community", "confirmation", "partner")
    list_display = [
        "label",
        Column("request", label=_("Request")),
        "source",
        "amount",
        Column("pledged_on", label=_("Pledged on"), sort_key="pledged_on"),
        Column("confirmed_words", label=_("Confirmed"), accessor=lambda row: is_confirmed(row)),
    ]
    list_export = [
        "community", "request.reference", "request", "source", "label", "partner", "amount", "pledged_on",
        "confirmation.confirmed_at",
    ]  # fmt: skip
    export_headings = {"request.reference": _("Reference"), "confirmation.confirmed_at": _("Confirmed at")}
    search_fields = ["label", "request__title", "request__reference"]


def is_confirmed(pledge: Pledge):
    """When a second person confirmed the line; empty until then."""
    return pledge.confirmation.confirmed_at.date() if hasattr(pledge, "confirmation") else ""


class ObjectionViewSet(ListingViewSet):
    model = Objection
    name = "objections"
    menu_order = 20
    icon = "comment"
    filterset_class = ObjectionFilterSet
    list_display = [
        "summary",
        Column("request", label=_("Request")),
        Column("received_on", label=_("Received on"), sort_key="received_on"),
        "channel",
        Column("answered_at", label=_("Answered at"), sort_key="answered_at"),
    ]
    list_export = [
        "community", "request.reference", "request", "received_on", "get_channel_display", "summary", "answer",
        "answered_at",
    ]  # fmt: skip
    export_headings = {"request.reference": _("Reference"), "get_channel_display": _("Channel")}
    search_fields = ["summary", "answer", "request__title", "request__reference"]


class FaultViewSet(ListingViewSet):
    model = Fault
    name = "faults"
    menu_order = 30
    icon = "warning"
    filterset_class = FaultFilterSet
    list_display = [
        "description",
        Column("request", label=_("Request")),
        "severity",
        "state",
        Column("due_on", label=_("Put right by"), sort_key="due_on"),
        Column("found_at", label=_("Found at"), sort_key="found_at"),
    ]
    list_export = [
        "community", "request.reference", "request", "description", "get_severity_display", "get_state_display",
        "found_at", "due_on", "rectification",
    ]  # fmt: skip
    export_headings = {
        "request.reference": _("Reference"), "get_severity_display": _("Severity"), "get_state_display": _("State"),
    }  # fmt: skip
    search_fields = ["description", "request__title", "request__reference"]


class SiteLogViewSet(ListingViewSet):
    model = SiteLog
    name = "site-logs"
    menu_order = 40
    icon = "doc-full"
    filterset_class = SiteLogFilterSet
    list_display = [
        "text",
        Column("request", label=_("Request")),
        "weather",
        "finding",
        Column("seen_at", label=_("Seen at"), sort_key="seen_at"),
    ]
    list_export = [
        "community", "request.reference", "request", "seen_at", "get_weather_display", "get_finding_display", "text",
    ]  # fmt: skip
    export_headings = {
        "request.reference": _("Reference"), "get_weather_display": _("Weather"), "get_finding_display": _("Finding"),
    }  # fmt: skip
    search_fields = ["text", "request__title", "request__reference"]
