"""What Wagtail's admin is told about pages. The rights behind it are in home/permissions/."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from community.grants import grants_for
from community.roles import Role

from .admin.acts import OpenPageView, WithdrawView
from .admin.panels import WaitingReviewsPanel
from .admin.reviews import ReviewListView, ReviewView
from .desk.messages import unread_messages
from .pages import SitePage
from .publishing.reviewers import REVIEWERS


@hooks.register("register_admin_urls")
def register_addresses():
    return [
        path("review/", ReviewListView.as_view(), name="page_reviews"),
        path("review/<str:reference>/", ReviewView.as_view(), name="page_review"),
        path("withdraw/<uuid:key>/", WithdrawView.as_view(), name="page_withdraw"),
        path("open-page/", OpenPageView.as_view(), name="page_open"),
    ]


class RoleMenuItem(MenuItem):
    """Shown to those who hold one of the roles somewhere."""

    def __init__(self, *args, roles, **kwargs):
        self.roles = roles
        super().__init__(*args, **kwargs)

    def is_shown(self, request):
        return bool(grants_for(request.user).paths(*self.roles))


@hooks.register("register_admin_menu_item")
def register_reviews():
    return RoleMenuItem(
        _("Pages to look over"), reverse("page_reviews"), icon_name="glasses", order=110, roles=REVIEWERS
    )


@hooks.register("register_admin_menu_item")
def register_opening():
    return RoleMenuItem(
        _("Open the page of a unit"), reverse("page_open"), icon_name="home", order=120, roles=(Role.ADMINISTRATOR,)
    )


class MessagesItem(MenuItem):
    """One's own messages, with the number of those not read: one query."""

    def render_component(self, request):
        item, number = super().render_component(request), unread_messages(request.user)
        item.label = f"{self.label} ({number})" if number else str(self.label)
        return item


@hooks.register("register_admin_menu_item")
def register_messages():
    return MessagesItem(_("Messages"), reverse("desk-messages"), name="messages", icon_name="mail", order=105)


@hooks.register("register_page_header_buttons")
def offer_withdrawal(page, user, next_url=None, view_name=None):
    """For administrators, on a published page that is not the page of a place."""
    if not isinstance(page, SitePage) or not page.live or page.place is None or page.place.pk == page.pk:
        return
    if page.unit and grants_for(user).cover(page.unit, Role.ADMINISTRATOR):
        address = reverse("page_withdraw", args=[page.translation_key])
        yield Button(_("Withdraw"), address, icon_name="download", priority=70)


@hooks.register("construct_homepage_panels")
def show_reviews(request, panels):
    """Our list in the place of Wagtail's, whose buttons approve nothing here."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels.append(WaitingReviewsPanel(request))


@hooks.register("construct_reports_menu")
def leave_out_closed_reports(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name != "page-types-usage"]


@hooks.register("construct_page_chooser_queryset")
def choose_own_pages(pages, request):
    """One's own pages with the way down to them; a neighbour's are not there, published or not."""
    policy = policy_registry.get_by_type(SitePage)
    return pages & pages.model.objects.filter(pk__in=policy.explorable_instances(request.user).values("pk"))
