"""Which role may do what in the admin with the rows of this package. The rights of a request come from `ROLES_FOR`."""

from django.apps import apps
from wagtail.permissions import register_permission_policy

from community.policies import READERS, ScopedPolicy
from community.roles import ADMIN_ROLES, Role

from .rules.renovation import ROLES_FOR

# Rows that staff read in lists of their own; they are written from the page of their request.
LISTED = ("Pledge", "Objection", "Fault", "SiteLog")


def of_requests() -> dict[str, frozenset]:
    """The rights of the table, as far as roles that work in the admin hold them."""
    rights = {name.removeprefix("renovation."): roles & ADMIN_ROLES for name, roles in ROLES_FOR.items()}
    return {**rights, "add": rights["propose"], "change": rights["edit"], "reveal": frozenset({Role.STAFF})}


def register_policies() -> None:
    """Enter the rights into Wagtail's registry, before anything looks a policy up."""
    model = apps.get_model("workflows", "RenovationRequest")
    register_permission_policy(model, ScopedPolicy(model, of_requests(), place="unit"))
    for name in LISTED:
        model = apps.get_model("workflows", name)
        register_permission_policy(model, ScopedPolicy(model, {"view": READERS}, place="request.unit"))
    model = apps.get_model("workflows", "ApprovalPolicy")
    # Who runs requests does not set who approves them.
    rights = {"view": READERS, "add": frozenset({Role.ADMINISTRATOR})}
    register_permission_policy(model, ScopedPolicy(model, rights, place="unit"))
