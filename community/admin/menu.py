"""The admin's menu by tasks. Packages put their entries into these groups by the hook of each group's name.

    @hooks.register(CONTENT)
    def register_reviews():
        return RoleMenuItem(_("Pages to look over"), reverse("page_reviews"), name="reviews", roles=REVIEWERS)

A viewset does the same by `menu_hook = REPORTS`. A group of which a person sees no entry is not shown to them.
"""

from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from ..grants import grants_for

CONTENT = "register_content_menu_item"
RENOVATION = "register_renovation_menu_item"
PEOPLE = "register_people_menu_item"
FILES = "register_files_menu_item"
HELP = "register_guide_menu_item"
# Wagtail's own names: what it registers there and our roles cannot use is taken out again.
REPORTS = "register_reports_menu_item"
SETTINGS = "register_settings_menu_item"


class RoleMenuItem(MenuItem):
    """Shown to those who hold one of the roles somewhere."""

    def __init__(self, *args, roles, **kwargs):
        self.roles = roles
        super().__init__(*args, **kwargs)

    def is_shown(self, request):
        return bool(grants_for(request.user).paths(*self.roles))


def group(label, hook: str, *, name: str, icon: str, order: int) -> SubmenuMenuItem:
    """A group of the menu, filled by everything that registers under the hook."""
    return SubmenuMenuItem(label, Menu(register_hook_name=hook), name=name, icon_name=icon, order=order)
