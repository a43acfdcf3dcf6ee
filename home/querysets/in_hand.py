"""What somebody has in hand of pages: drafts, texts handed in, urgent publications without a second look."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from community.open_matters import Matter, Outlook, register_matters

from ..models import OwedReview
from ..publishing.models import SecondPersonReview
from .places import places_within
from .reviews import pages_below

MOST = 50


def register() -> None:
    """Tell what a person has in hand of pages. Nothing is taken from anybody: whoever writes there goes on."""
    register_matters("drafts", drafts, order=40)
    register_matters("looks", looks, order=45)


def drafts(view: Outlook) -> list[Matter]:
    """Pages of these places whose newest version is the person's, not published and not waiting for its hour."""
    if view.member.user_id is None:
        return []
    pages = pages_below(places_within(view.paths)).filter(
        Q(live=True, has_unpublished_changes=True) | Q(live=False, first_published_at=None),
        latest_revision__user=view.member.user_id, latest_revision__approved_go_live_at=None,
    )  # fmt: skip
    found = list(pages.order_by("-latest_revision_created_at", "-pk")[:MOST])
    keys = [str(page.pk) for page in found]
    reviews = SecondPersonReview.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, workflow_state__object_id__in=keys
    ).values_list("workflow_state__object_id", "reference")
    under_review = dict(reviews)
    return [_draft(page, under_review.get(str(page.pk))) for page in found]


def _draft(page: Page, review: str | None) -> Matter:
    if review:
        return Matter(
            "drafts", _("Handed in: %(title)s") % {"title": page.draft_title}, 1,
            _("Somebody else looks it over, as before"), reverse("page_review", args=[review]),
        )  # fmt: skip
    return Matter(
        "drafts", _("Draft: %(title)s") % {"title": page.draft_title}, 1, _("Stays; whoever writes here can go on"),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )  # fmt: skip


def looks(view: Outlook) -> list[Matter]:
    """Urgent publications of the person that nobody has looked over yet."""
    owed = OwedReview.objects.owed().filter(view.within("unit__path"), published_by__member=view.member)
    return [
        Matter(
            "looks", _("Published in haste: %(title)s") % {"title": one.title}, 1,
            _("The second look stays owed, by somebody else"), one.screen,
        )
        for one in owed.order_by("due_at", "pk")[:MOST]
    ]  # fmt: skip
