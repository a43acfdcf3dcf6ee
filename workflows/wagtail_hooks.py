"""What Wagtail's admin is told about renovation requests."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from community.admin.menu import RENOVATION, RoleMenuItem

from .admin.listings import FaultViewSet, ObjectionViewSet, PledgeViewSet, SiteLogViewSet
from .admin.policies import PolicyViewSet
from .admin.viewset import RequestViewSet
from .rules.renovation import ROLES_FOR


class Renovation(ViewSetGroup):
    menu_label = _("Renovation")
    menu_name = "renovation"
    menu_icon = "clipboard-list"
    menu_order = 200
    submenu_hook = RENOVATION
    items = (RequestViewSet,)


@hooks.register("register_admin_viewset")
def register_renovation():
    return [
        Renovation(),
        PledgeViewSet(),
        ObjectionViewSet(),
        SiteLogViewSet(),
        FaultViewSet(),
        PolicyViewSet(),
    ]


@hooks.register(RENOVATION)
def register_proposing():
    return RoleMenuItem(
        _("Enter a request"),
        reverse("renovation:add"),
        name="renovation-new",
        icon_name="plus",
        order=20,
        roles=ROLES_FOR["renovation.propose"],
    )


@hooks.register("insert_global_admin_css")
def styles():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
