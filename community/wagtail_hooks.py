"""What Wagtail's admin is told about places and people."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from .admin.imports import ImportViewSet
from .admin.menu import PEOPLE, REPORTS, RoleMenuItem
from .admin.notifications import DeliveryViewSet
from .admin.people import AppointmentViewSet, MemberViewSet, member_chooser
from .admin.places import (
    BuildingViewSet,
    EstateViewSet,
    HomeViewSet,
    PartnerViewSet,
    UnitViewSet,
    home_chooser,
)
from .admin.rights import NodeRightsView, ReviewRightsView, RightsView
from .policies import READERS

# Of Wagtail's reports: rights that nobody has here, reviews that our own list shows, and two that show neighbours'.
SHUT_REPORTS = {"locked-pages", "workflows", "workflow-tasks", "site-history", "page-types-usage"}
# Wagtail's own help lies on other hosts, in English.
HELP_ELSEWHERE = ("whats-new", "editor-guide", "keyboard-shortcuts")


class PlacesAndPeople(ViewSetGroup):
    menu_label = _("People")
    menu_name = "people"
    menu_icon = "group"
    menu_order = 300
    submenu_hook = PEOPLE
    items = (
        MemberViewSet,
        AppointmentViewSet,
        PartnerViewSet,
        EstateViewSet,
        BuildingViewSet,
        HomeViewSet,
        ImportViewSet,
    )


@hooks.register("register_admin_viewset")
def register_places_and_people():
    return [home_chooser, member_chooser, PlacesAndPeople(), UnitViewSet(), DeliveryViewSet()]


@hooks.register("register_admin_urls")
def register_rights():
    return [
        path("rights/", RightsView.as_view(), name="rights"),
        path("rights/<slug:code>/", NodeRightsView.as_view(), name="rights_of"),
        path("rights/<slug:code>/review/", ReviewRightsView.as_view(), name="rights_review"),
    ]


@hooks.register(REPORTS)
def register_rights_entry():
    return RoleMenuItem(
        _("Who may do what"), reverse("rights"), name="rights", icon_name="list-ul", order=5, roles=sorted(READERS)
    )


@hooks.register("construct_reports_menu")
def leave_out_shut_reports(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in SHUT_REPORTS]


@hooks.register("construct_help_menu")
def leave_out_help_elsewhere(request, menu_items):
    menu_items[:] = [item for item in menu_items if not item.name.startswith(HELP_ELSEWHERE)]
