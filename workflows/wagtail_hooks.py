"""What Wagtail's admin is told about renovation requests."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from .admin.listings import FaultViewSet, ObjectionViewSet, PledgeViewSet, SiteLogViewSet
from .admin.policies import PolicyViewSet
from .admin.viewset import RequestViewSet


class Renovation(ViewSetGroup):
    menu_label = _("Renovation")
    menu_icon = "clipboard-list"
    menu_order = 200
    add_to_admin_menu = True
    items = (RequestViewSet, PledgeViewSet, ObjectionViewSet, SiteLogViewSet, FaultViewSet, PolicyViewSet)


@hooks.register("register_admin_viewset")
def register_renovation():
    return Renovation()


@hooks.register("insert_global_admin_css")
def styles():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))
