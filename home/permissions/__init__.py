"""Who may do what with pages, pictures and documents: appointments, and nothing else."""


def register_policies() -> None:
    """Put our policies in the place of Wagtail's. Exact classes, or Wagtail's own would come first."""
    from wagtail.models import AbstractPage
    from wagtail.permissions import register_permission_policy

    from ..models import LinliDocument, LinliImage
    from .media import AppointedShelfPolicy
    from .pages import AppointedPagePolicy

    register_permission_policy(AbstractPage, AppointedPagePolicy())
    register_permission_policy(LinliImage, AppointedShelfPolicy(LinliImage), exact_class=True)
    register_permission_policy(LinliDocument, AppointedShelfPolicy(LinliDocument), exact_class=True)
