"""Which role may do what with which kind of row: one table, and the policy that reads it.

Rights hold at the node of the appointment and below it. `view` is the right to find a row at all: a row that a person
may not view does not exist for them (404); a row they may view but not change answers 403.
"""

from collections.abc import Iterable, Mapping

from django.apps import apps
from django.contrib.auth import get_user_model
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from .grants import grants_for, holders_of, within
from .roles import Role

EDITOR, STAFF, SUPERVISOR, ADMINISTRATOR = Role.EDITOR, Role.STAFF, Role.SUPERVISOR, Role.ADMINISTRATOR
READERS = frozenset({STAFF, SUPERVISOR, ADMINISTRATOR})
KEEPERS = frozenset({STAFF, ADMINISTRATOR})

# Model: where its rows are (the path from a row to its unit), and who may do what. The three roles that are not here
# (grid worker, committee member, member who serves) work on the desk and have nothing to do in the admin.
POLICIES: dict[str, tuple[str, dict[str, frozenset[Role]]]] = {
    "Unit": (
        "",
        {
            "view": frozenset({EDITOR, STAFF, SUPERVISOR, ADMINISTRATOR}),
            "add": frozenset({ADMINISTRATOR}),
            "change": frozenset({ADMINISTRATOR}),
            "move": frozenset({ADMINISTRATOR}),
            "delete": frozenset({ADMINISTRATOR}),
        },
    ),
    "Estate": ("community", {"view": READERS, "add": KEEPERS, "change": KEEPERS, "delete": KEEPERS}),
    "Building": ("community", {"view": READERS, "add": KEEPERS, "change": KEEPERS, "delete": KEEPERS}),
    "Home": ("community", {"view": KEEPERS, "add": KEEPERS, "change": KEEPERS, "delete": KEEPERS}),
    "Partner": ("community", {"view": READERS, "add": KEEPERS, "change": KEEPERS, "delete": KEEPERS}),
    "Member": (
        "unit",
        {
            "view": READERS,
            "add": KEEPERS,
            "change": KEEPERS,
            "delete": KEEPERS,
            "reveal": KEEPERS,
            "account": KEEPERS,
            "leave": KEEPERS,
        },
    ),
    "Appointment": ("unit", {"view": READERS, "add": KEEPERS, "change": KEEPERS}),
    "RightsReview": ("unit", {"view": READERS, "add": KEEPERS}),
    "RegisterImport": ("unit", {"view": KEEPERS, "add": KEEPERS, "change": KEEPERS, "delete": KEEPERS}),
    "Delivery": ("unit", {"view": KEEPERS, "retry": KEEPERS}),
}


class ScopedPolicy(BasePermissionPolicy):
    """Rights to the rows of a model by role and place.

    `actions` maps an action to the roles that may do it; an action that is not there is nobody's, superusers' neither.
    `place` is the attribute path from a row to its unit ("" for units themselves). The model's default manager has
    `visible_to(user)`.
    """

    def __init__(self, model, actions: Mapping[str, Iterable[str]], *, place: str = "community"):
        super().__init__(model)
        self.actions = {action: frozenset(roles) for action, roles in actions.items()}
        self.place = place

    def roles(self, actions: Iterable[str]) -> frozenset:
        """The roles that may do at least one of the actions."""
        return frozenset().union(*(self.actions.get(action, ()) for action in actions))

    def unit_of(self, instance):
        """The unit that a row belongs to."""
        for name in filter(None, self.place.split(".")):
            instance = getattr(instance, name)
        return instance

    def can(self, user, action: str, instance=None) -> bool:
        """Whether the person may do it to this row; without a row, whether they may do it anywhere."""
        roles = self.actions.get(action, frozenset())
        grants = grants_for(user)
        if instance is None:
            return bool(grants.roles & roles)
        return bool(roles) and grants.cover(self.unit_of(instance), *roles)

    def user_has_permission(self, user, action):
        return self.can(user, action)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.can(user, action, instance)

    def instances_user_has_any_permission_for(self, user, actions):
        """The rows that the person can find, and may do one of the actions to."""
        roles = self.roles(actions)
        paths = grants_for(user).paths(*roles) if roles else ()
        field = "__".join([*filter(None, self.place.split(".")), "path"])
        return self.model._default_manager.visible_to(user).filter(within(paths, field))

    def users_with_any_permission(self, actions):
        return holders_of(self.roles(actions))

    def users_with_any_permission_for_instance(self, actions, instance):
        return holders_of(self.roles(actions), self.unit_of(instance))

    def permission_names(self, role) -> frozenset[str]:
        """Django's names of what a role may do with the model: "community.change_home"."""
        label, name = self.model._meta.app_label, self.model._meta.model_name
        return frozenset(f"{label}.{action}_{name}" for action, roles in self.actions.items() if role in roles)


class NobodysPolicy(BasePermissionPolicy):
    """For what Wagtail manages by groups and superusers, and this project by appointments or not at all."""

    def user_has_permission(self, user, action):
        return False

    def users_with_any_permission(self, actions):
        return get_user_model().objects.none()


# Accounts come from the register of members, the site from set-up; there are no groups and no locales to manage.
NOBODYS = ("auth.Group", "wagtailcore.Collection", "wagtailcore.Locale", "wagtailcore.Site", "wagtailcore.Task",
           "wagtailcore.Workflow")  # fmt: skip


def permissions_of(role) -> frozenset[str]:
    """Every permission that a role gives, over all scoped policies that are registered."""
    policies = [*policy_registry.values_by_class.values(), *policy_registry.values_by_exact_class.values()]
    return frozenset().union(*(p.permission_names(role) for p in policies if isinstance(p, ScopedPolicy)))


def register_policies() -> None:
    """Enter the table into Wagtail's registry, before anything looks a policy up."""
    for name, (place, actions) in POLICIES.items():
        model = apps.get_model("community", name)
        register_permission_policy(model, ScopedPolicy(model, actions, place=place))
    for model in [get_user_model(), *map(apps.get_model, NOBODYS)]:
        register_permission_policy(model, NobodysPolicy(model), exact_class=True)
