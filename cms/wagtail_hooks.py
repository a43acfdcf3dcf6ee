"""What Wagtail's admin is told about opening a community."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.opening.community import CommunityView, SlipsView
from cms.opening.views import CheckView, StartView, StepView
from community.admin.menu import SETTINGS, RoleMenuItem
from community.roles import Role


@hooks.register("register_admin_urls")
def register_addresses():
    return [
        path("opening/", StartView.as_view(), name="opening"),
        path("opening/check/", CheckView.as_view(), name="opening-check"),
        path("opening/community/<slug:code>/", CommunityView.as_view(), name="opening-community"),
        path("opening/community/<slug:code>/slips/", SlipsView.as_view(), name="opening-slips"),
        path("opening/<slug:step>/", StepView.as_view(), name="opening-step"),
    ]


@hooks.register(SETTINGS)
def register_opening_a_community():
    return RoleMenuItem(
        _("Open a community"), reverse("opening"), name="opening", icon_name="plus", order=5,
        roles=(Role.ADMINISTRATOR,),
    )  # fmt: skip
