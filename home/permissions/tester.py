"""What a person may do with one page in the admin. A superuser may no more than anybody else."""

from wagtail.models import PagePermissionTester


class SitePagePermissionTester(PagePermissionTester):
    """Drafts may be written; nothing that readers see changes by a button of the admin.

    Publishing goes through a review by a second person, withdrawing through an administrator's action; both are ours.
    """

    def __init__(self, user, page):
        from wagtail.permissions import policy_registry

        self.user = user
        self.page = page
        self.permission_policy = policy_registry.get(page)
        self.page_is_root = page.depth == 1
        self.permissions = {
            grant.permission.action
            for grant in self.permission_policy.get_cached_permissions_for_user(user)
            if page.path.startswith(grant.page.path)
        }

    def can_add_subpage(self):
        specific_class = self.page.specific_class
        if "add" not in self.permissions or specific_class is None:
            return False
        return any(model.can_create_at(self.page) for model in specific_class.creatable_subpage_models())

    def can_edit(self):
        return "change" in self.permissions and not self.page_is_root

    def can_delete(self, ignore_bulk=False):
        """A draft that was never published and that nobody reviews, without pages below it. A section of a community
        stays: it came with the community, and there is one of its kind.
        """
        return (
            self.can_edit()
            and getattr(self.page.specific_class, "max_count_per_parent", None) != 1
            and not self.page.live
            and self.page.first_published_at is None
            and self.page.is_leaf()
            and not self.page.workflow_in_progress
        )

    def can_view_revisions(self):
        return self.can_edit()

    def _never(self, *args, **kwargs):
        return False

    can_publish = can_publish_subpage = can_unpublish = can_unschedule = _never
    can_move = can_move_to = can_copy = can_copy_to = can_reorder_children = _never
    can_lock = can_unlock = can_set_view_restrictions = _never
    can_submit_for_moderation = _never  # handing in is an act of ours
