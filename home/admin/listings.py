"""Reports about pages: lists to read, filter and export. Each row leads to where something is done about it."""

import django_filters
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from community.admin.forms import ScopedFilterSet
from community.admin.scoped import ScopedIndexView, ScopedModelViewSet
from community.models import Unit

from ..formats import local


class DayColumn(Column):
    """A day, or a moment in the time of the place, as figures that sort by eye. "Three days ago" fits no deadline."""

    def get_value(self, instance):
        value = super().get_value(instance)
        if not value:
            return ""
        return f"{local(value):%Y-%m-%d %H:%M}" if hasattr(value, "hour") else f"{value:%Y-%m-%d}"


class ScreenColumn(TitleColumn):
    """The title of a row; leads to its screen."""

    def __init__(self, name, **options):
        super().__init__(name, get_url=lambda row: row.screen, **options)


class Below:
    """For a screen of one row: the way back to its report in the head of the page."""

    def get_breadcrumbs_items(self):
        url_name, label = self.above
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), {"url": reverse(url_name), "label": label}, here]


class PlaceFilterSet(ScopedFilterSet):
    """Filters of a report whose rows belong to a unit."""

    unit = django_filters.ModelChoiceFilter(label=_("Place"), queryset=Unit.objects.communities())


class ReportView(ScopedIndexView):
    """A list whose rows lead to `row.screen`, an address."""

    def get_edit_url(self, instance):
        return instance.screen

    def get_list_buttons(self, instance):
        return []


class ReportViewSet(ScopedModelViewSet):
    """A list and its export; nothing is written here. Stands among the reports."""

    index_view_class = ReportView
    menu_hook = "register_reports_menu_item"
    add_to_admin_menu = True
    list_per_page = 50
    lookup_field = "reference"

    def get_common_view_kwargs(self, **kwargs):
        return {**super().get_common_view_kwargs(**kwargs), "history_url_name": None, "inspect_url_name": None}

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
        ]

    @property
    def url_finder_class(self):
        finder = super().url_finder_class
        finder.construct_edit_url = lambda _self, row: row.screen
        return finder
