"""What Wagtail's admin is told about pages. The rights behind it are in home/permissions/."""

from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from community.admin.menu import CONTENT, FILES, HELP, SETTINGS, RoleMenuItem, group
from community.grants import grants_for
from community.roles import ADMIN_ROLES, Role

from .admin.acts import OpenPageView, WithdrawView
from .admin.details import SiteDetailsViewSet
from .admin.handing_in import HandInMenuItem, HandInView, after_saving, hand_in_address, leave_ours, may_hand_in
from .admin.panels import panels_for
from .admin.reviews import ReviewListView, ReviewView
from .admin.schedules import ScheduledPublicationViewSet, ScheduleView
from .admin.sections import Section, SectionView, listing_item, register_section, writing_item
from .admin.upkeep import CheckView, PageUpkeepViewSet, check_address, may_be_checked
from .admin.urgent import (
    OwedReviewView,
    OwedReviewViewSet,
    UrgentMenuItem,
    UrgentView,
    may_publish_urgently,
    urgent_address,
)
from .desk.messages import unread_messages
from .pages import NoticeIndexPage, NoticePage, SitePage
from .publishing.reviewers import REVIEWERS, WRITERS
from .querysets.standing import annotate_standing


@hooks.register("register_admin_urls")
def register_addresses():
    return [
        path("review/", ReviewListView.as_view(), name="page_reviews"),
        path("review/<str:reference>/", ReviewView.as_view(), name="page_review"),
        path("urgent/<uuid:key>/", UrgentView.as_view(), name="page_urgent"),
        path("second-look/<str:reference>/", OwedReviewView.as_view(), name="owed_review"),
        path("check/<uuid:key>/", CheckView.as_view(), name="page_check"),
        path("scheduled/<str:reference>/", ScheduleView.as_view(), name="page_scheduled"),
        path("hand-in/<uuid:key>/", HandInView.as_view(), name="page_hand_in"),
        path("withdraw/<uuid:key>/", WithdrawView.as_view(), name="page_withdraw"),
        path("open-page/", OpenPageView.as_view(), name="page_open"),
        path("content/<slug:section>/", SectionView.as_view(), name="content_section"),
        path("content/<slug:section>/new/", SectionView.as_view(writes=True), name="content_new"),
    ]


# The groups of the menu; Wagtail's reports and settings stand after them.
GROUPS = (
    group(_("Content"), CONTENT, name="content", icon="doc-full", order=100),
    group(_("Pictures and files"), FILES, name="files", icon="image", order=400),
    group(_("How to do it"), HELP, name="how-to", icon="help", order=11000),
)
# Wagtail's entries that stand inside a group of ours, or lead to other hosts.
WAGTAILS = {"explorer", "images", "documents", "help"}


for entry in GROUPS:
    hooks.register("register_admin_menu_item", lambda entry=entry: entry)


@hooks.register("construct_main_menu")
def leave_out_what_is_in_groups(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in WAGTAILS]


NOTICES = register_section(
    Section("notices", NoticeIndexPage, NoticePage, listing=_("Notices"), writing=_("Write a notice"), icon="doc-full")
)


@hooks.register(CONTENT)
def register_writing_a_notice():
    return writing_item(NOTICES, order=10)


@hooks.register(CONTENT)
def register_notices():
    return listing_item(NOTICES, order=20)


@hooks.register(CONTENT)
def register_reviews():
    address = reverse("page_reviews")
    return RoleMenuItem(
        _("Pages to look over"), address, name="reviews", icon_name="glasses", order=50, roles=REVIEWERS
    )


@hooks.register(CONTENT)
def register_all_pages():
    address = reverse("wagtailadmin_explore_root")
    return RoleMenuItem(
        _("All pages"), address, name="all-pages", icon_name="folder-open-inverse", order=90, roles=WRITERS
    )


@hooks.register(FILES)
def register_pictures():
    return RoleMenuItem(
        _("Pictures"), reverse("wagtailimages:index"), name="pictures", icon_name="image", order=10, roles=WRITERS
    )


@hooks.register(FILES)
def register_documents():
    address = reverse("wagtaildocs:index")
    return RoleMenuItem(_("Documents"), address, name="files", icon_name="doc-full-inverse", order=20, roles=WRITERS)


def register_guides() -> None:
    """Who works in the admin finds the how-to of each role that they hold; everybody all of them."""
    for order, role in enumerate(sorted(ADMIN_ROLES), start=10):
        address, name = reverse_lazy("guide", args=[role]), f"guide-{role}"
        entry = RoleMenuItem(role.label, address, name=name, icon_name="help", order=order, roles=(role,))
        hooks.register(HELP, lambda entry=entry: entry)


register_guides()


@hooks.register(HELP)
def register_all_guides():
    return MenuItem(_("All guides"), reverse("guides"), name="guides", icon_name="list-ul", order=90)


@hooks.register(SETTINGS)
def register_opening():
    address = reverse("page_open")
    return RoleMenuItem(
        _("Open the page of a unit"), address, name="open-page", icon_name="home", order=20, roles=(Role.ADMINISTRATOR,)
    )


class MessagesItem(RoleMenuItem):
    """One's own messages, with the number of those not read: one query."""

    def render_component(self, request):
        item, number = super().render_component(request), unread_messages(request.user)
        item.label = f"{self.label} ({number})" if number else str(self.label)
        return item


@hooks.register("register_admin_menu_item")
def register_messages():
    address = reverse("desk-messages")
    return MessagesItem(_("Messages"), address, name="messages", icon_name="mail", order=50, roles=tuple(Role))


@hooks.register("register_page_header_buttons")
def offer_withdrawal(page, user, next_url=None, view_name=None):
    """For administrators, on a published page that is not the page of a place."""
    if not isinstance(page, SitePage) or not page.live or page.place is None or page.place.pk == page.pk:
        return
    if page.unit and grants_for(user).cover(page.unit, Role.ADMINISTRATOR):
        address = reverse("page_withdraw", args=[page.translation_key])
        yield Button(_("Withdraw"), address, icon_name="download", priority=70)


hooks.register("register_page_action_menu_item", HandInMenuItem)
hooks.register("register_page_action_menu_item", UrgentMenuItem)
hooks.register("construct_page_action_menu", leave_ours)
hooks.register("after_create_page", after_saving)
hooks.register("after_edit_page", after_saving)


@hooks.register("register_page_listing_more_buttons")
def offer_handing_in(page, user, next_url=None):
    """In lists: for a page that was changed and that nobody looks over yet."""
    if page.has_unpublished_changes and not page.workflow_in_progress and may_hand_in(user, page):
        yield Button(_("Hand to a second person"), hand_in_address(page), icon_name="glasses", priority=15)
    if may_publish_urgently(user, page):
        yield Button(_("Publish urgently"), urgent_address(page), icon_name="warning", priority=16)
    if may_be_checked(page) and may_hand_in(user, page):
        yield Button(_("Still right?"), check_address(page), icon_name="check", priority=17)


@hooks.register("construct_explorer_page_queryset")
def tell_where_pages_stand(parent_page, pages, request):
    return annotate_standing(pages)


@hooks.register("register_admin_viewset")
def register_reports():
    return [OwedReviewViewSet(), ScheduledPublicationViewSet(), PageUpkeepViewSet(), SiteDetailsViewSet()]


@hooks.register("construct_homepage_panels")
def show_what_there_is_to_do(request, panels):
    """Our panels in the place of Wagtail's, whose buttons approve nothing here."""
    panels[:] = panels_for(request.user)


@hooks.register("construct_page_chooser_queryset")
def choose_own_pages(pages, request):
    """One's own pages with the way down to them; a neighbour's are not there, published or not."""
    policy = policy_registry.get_by_type(SitePage)
    return pages & pages.model.objects.filter(pk__in=policy.explorable_instances(request.user).values("pk"))
