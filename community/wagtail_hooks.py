"""What Wagtail's admin is told about places and people."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

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


class PlacesAndPeople(ViewSetGroup):
    menu_label = _("Organisation and people")
    menu_icon = "group"
    menu_order = 300
    add_to_admin_menu = True
    items = (
        UnitViewSet,
        EstateViewSet,
        BuildingViewSet,
        HomeViewSet,
        PartnerViewSet,
        MemberViewSet,
        AppointmentViewSet,
        DeliveryViewSet,
    )


@hooks.register("register_admin_viewset")
def register_places_and_people():
    return [home_chooser, member_chooser, PlacesAndPeople()]


@hooks.register("construct_reports_menu")
def leave_out_shut_reports(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name != "site-history"]


@hooks.register("construct_help_menu")
def leave_out_help_elsewhere(request, menu_items):
    """Wagtail's own help lies on other hosts, in English."""
    menu_items.clear()
