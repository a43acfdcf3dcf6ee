"""Where pages stand on their way to readers, for lists of the admin."""

from django.db.models import Exists, OuterRef

from ..models.schedules import ScheduledPublication
from ..models.urgent import OwedReview
from ..publishing.rules import PageFacts


def annotate_standing(pages):
    """Pages that know whether an approved version waits and whether a second look is owed, without further queries."""
    return pages.annotate(
        waits_for_its_hour=Exists(ScheduledPublication.objects.waiting().filter(page=OuterRef("pk"))),
        owes_a_look=Exists(OwedReview.objects.owed().filter(page=OuterRef("pk"))),
    )


def facts_of(page) -> PageFacts:
    """What a list says about a page. Alone, outside lists, a page asks for itself."""
    state = page.current_workflow_state
    return PageFacts(
        live=page.live,
        was_live=page.first_published_at is not None,
        changed=page.has_unpublished_changes,
        review=state.status if state else "",
        scheduled=_known(page, "waits_for_its_hour", ScheduledPublication.objects.waiting()),
        owed=_known(page, "owes_a_look", OwedReview.objects.owed()),
        over=page.is_over,
    )


def _known(page, name: str, rows) -> bool:
    if name in page.__dict__:
        return page.__dict__[name]
    if "_approved_schedule" in page.__dict__:
        return False  # one of many, in a list that was not annotated
    return rows.filter(page_id=page.pk).exists()
