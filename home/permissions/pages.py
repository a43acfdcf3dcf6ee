"""Whose pages are whose: Wagtail's page policy, fed by appointments instead of groups."""

from dataclasses import dataclass

from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from community.grants import holders_of
from community.models import User

from ..publishing.reviewers import WRITERS
from ..querysets.places import place_of, places_of

# What they may do with the pages of their place. Nobody may publish: that takes two.
ACTIONS = frozenset({"add", "change"})


@dataclass(frozen=True)
class PageAction:
    action: str

    @property
    def codename(self) -> str:
        return f"{self.action}_page"


@dataclass(frozen=True)
class PageGrant:
    """An action on a page and all that is below it, as Wagtail's policies expect a permission to look."""

    page: Page
    permission: PageAction

    @property
    def page_id(self) -> int:
        return self.page.pk


class AppointedPagePolicy(PagePermissionPolicy):
    """Explorer, search, reports and choosers ask here. Being a superuser gives nothing."""

    def get_all_permissions_for_user(self, user):
        places = places_of(user, *WRITERS)
        return [PageGrant(place, PageAction(action)) for place in places for action in sorted(ACTIONS)]

    def _base_user_has_permission(self, user):
        return None if user.is_active else False

    def _base_queryset_for_user(self, user):
        return None if user.is_active else self.model._default_manager.none()

    def instances_with_direct_explore_permission(self, user):
        return list({grant.page_id: grant.page for grant in self.get_cached_permissions_for_user(user)}.values())

    def explorable_instances(self, user):
        """The pages of one's places with the way down to them; nothing for those without a place."""
        roots = self.instances_with_direct_explore_permission(user)
        if not user.is_active or not roots:
            return self.model._default_manager.none()
        top = self.model.base_page_model.objects.first_common_ancestor_of(roots)
        pages = self.instances_user_has_any_permission_for(user, ACTIONS)
        for root in roots:
            pages |= self.model._default_manager.ancestor_of(root)
        return pages.filter(path__startswith=top.path)

    def users_with_any_permission(self, actions, include_superusers=True):
        return holders_of(WRITERS) if ACTIONS & set(actions) else User.objects.none()

    def users_with_any_permission_for_instance(self, actions, instance, include_superusers=True):
        place = place_of(instance)
        if place is None or place.unit is None or not ACTIONS & set(actions):
            return User.objects.none()
        return holders_of(WRITERS, place.unit)
