"""Who may do what with pages, pictures and documents: appointments, and nothing else."""

from community.roles import Role

KEEPERS = frozenset({Role.STAFF, Role.ADMINISTRATOR})
DETAILS = {"view": KEEPERS | {Role.SUPERVISOR}, "add": KEEPERS, "change": KEEPERS}


def register_policies() -> None:
    """Put our policies in the place of Wagtail's. Exact classes, or Wagtail's own would come first."""
    from wagtail.models import AbstractPage
    from wagtail.permissions import register_permission_policy

    from community.policies import ScopedPolicy

    from ..models import LinliDocument, LinliImage, OwedReview, PageUpkeep, ScheduledPublication, SiteDetails
    from ..querysets.urgent import READERS
    from .media import AppointedShelfPolicy
    from .pages import AppointedPagePolicy

    register_permission_policy(AbstractPage, AppointedPagePolicy())
    register_permission_policy(LinliImage, AppointedShelfPolicy(LinliImage), exact_class=True)
    for model in (OwedReview, PageUpkeep, ScheduledPublication):
        register_permission_policy(model, ScopedPolicy(model, {"view": READERS}, place="unit"))
    register_permission_policy(SiteDetails, ScopedPolicy(SiteDetails, DETAILS, place="unit"))
    register_permission_policy(LinliDocument, AppointedShelfPolicy(LinliDocument), exact_class=True)
