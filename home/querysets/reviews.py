"""Which reviews wait for a person."""

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, TaskState

from ..publishing.models import SecondPersonReview
from ..publishing.reviewers import REVIEWERS
from .places import places_of


def pages_below(places) -> QuerySet:
    """The pages of these places, themselves included."""
    pages = Page.objects.none()
    for place in places:
        pages |= Page.objects.descendant_of(place, inclusive=True)
    return pages


def keys_of(pages) -> QuerySet:
    """Their keys as text, as workflow states name their pages."""
    return pages.annotate(key=Cast("pk", CharField(max_length=255))).values("key")


def reviews_for(user) -> QuerySet:
    """Reviews under way in the places where the person may look over pages, the oldest first."""
    return (
        SecondPersonReview.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__object_id__in=keys_of(pages_below(places_of(user, *REVIEWERS))),
        )
        .select_related("revision", "workflow_state__requested_by__member")
        .order_by("started_at", "pk")
    )
