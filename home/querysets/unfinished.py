"""What a person has begun, and what waits for them among pages. One query each beside the rights."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, Revision, WorkflowState, get_default_page_content_type, get_page_models
from wagtail.permissions import policy_registry

from ..pages import NoticePage, SitePage
from .reviews import reviews_for

MOST = 50


def own_pages(user) -> QuerySet:
    """The pages that the person may write on."""
    return policy_registry.get_by_type(SitePage).instances_user_has_permission_for(user, "change")


def reviews_to_decide(user) -> QuerySet:
    """Reviews in the person's places of texts in whose newest versions they had no hand."""
    published_since = Page.objects.annotate(key=Cast("pk", CharField(max_length=255))).filter(
        key=OuterRef("object_id"), live_revision__created_at__gte=OuterRef("created_at")
    )
    written = Revision.objects.filter(
        ~Exists(published_since),
        base_content_type=get_default_page_content_type(),
        object_id=OuterRef("workflow_state__object_id"),
        user=user,
    )
    return reviews_for(user).exclude(Exists(written))[:MOST]


def own_drafts(user) -> QuerySet:
    """Pages whose newest version is the person's and not published, the latest first, with `is_handed_in`.

    A version that is approved and waits for its day is not there: nothing is left to do. Nor is a section in which
    nobody has written: it appears with the community that it came with.
    """
    under_review = WorkflowState.objects.filter(
        object_id=Cast(OuterRef("pk"), CharField(max_length=255)),
        base_content_type=get_default_page_content_type(),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    unfinished = Q(live=True, has_unpublished_changes=True) | Q(live=False, first_published_at=None)
    return (
        own_pages(user)
        .filter(unfinished, latest_revision__user=user, latest_revision__approved_go_live_at=None)
        .exclude(untouched_section())
        .annotate(is_handed_in=Exists(under_review))
        .order_by("-latest_revision_created_at", "-pk")[:MOST]
    )


def untouched_section() -> Q:
    """Sections as they came with a community that readers have not seen yet."""
    sections = [model for model in get_page_models() if getattr(model, "max_count_per_parent", None) == 1]
    kinds = ContentType.objects.get_for_models(*sections).values()
    earlier = Revision.objects.filter(
        object_id=Cast(OuterRef("pk"), CharField(max_length=255)), base_content_type=get_default_page_content_type()
    ).exclude(pk=OuterRef("latest_revision_id"))
    return Q(~Exists(earlier), first_published_at=None, content_type__in=kinds)


def notices_ending(user, first: date, last: date) -> QuerySet:
    """Published notices of the person's places that are valid until a day in this range."""
    found = NoticePage.objects.live().filter(pk__in=own_pages(user).values("pk"), valid_until__range=(first, last))
    return found.order_by("valid_until", "pk")[:MOST]
