"""Whom the way of a page to its readers concerns. Called within the act, one line each."""

from django.urls import reverse

from community.grants import holders_of
from community.notifications.telling import is_stale, tell
from community.records import Act

from ..models import OwedReview, ScheduledPublication
from ..publishing.models import SecondPersonReview
from ..publishing.reviewers import REVIEWERS, authors_of


def tell_reviewers(a: Act, page, review: SecondPersonReview) -> SecondPersonReview:
    """A page was submitted: those who may look it over, so none of its authors. Returns the review."""
    if not is_stale(a.recorded_at):
        users = set(holders_of(REVIEWERS, page.unit).values_list("pk", flat=True)) - authors_of(page)
        url = reverse("page_review", args=[review.reference])
        tell(a, "review", users, unit=page.unit, title=title_of(page), url=url)
    return review


def tell_of_approval(a: Act, page) -> None:
    """A page was approved: those who wrote it, where they read it in the admin."""
    if not is_stale(a.recorded_at):
        url = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
        tell(a, "approved", authors_of(page), unit=page.unit, title=title_of(page), url=url)


def tell_authors(a: Act, page) -> None:
    """A page was sent back: those who wrote it."""
    if not is_stale(a.recorded_at):
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        tell(a, "sent_back", authors_of(page), unit=page.unit, title=title_of(page), url=url)


def tell_of_owed_look(a: Act, page, owed: OwedReview) -> OwedReview:
    """A page was published urgently: those who may look it over, so none of its authors. Returns the debt."""
    users = set(holders_of(REVIEWERS, page.unit).values_list("pk", flat=True)) - authors_of(page)
    tell(a, "look_owed", users, unit=page.unit, title=owed.title, url=reverse("owed_review", args=[owed.reference]))
    return owed


def tell_of_demand(a: Act, page) -> None:
    """The second person wants a correction: those who wrote and published it."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    tell(a, "correction_demanded", authors_of(page), unit=page.unit, title=title_of(page), url=url)


def tell_of_void(a: Act, page, schedule: ScheduledPublication) -> None:
    """What was approved does not appear: who approved it, and those who wrote it."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    users = {schedule.approved_by_id, *authors_of(page)}
    tell(a, "schedule_void", users, unit=page.unit, title=schedule.title, url=url)


def title_of(page) -> str:
    """The title of the version that is being talked about; a page that was never published has no other."""
    latest = page.latest_revision
    return latest.content["title"] if latest else page.title
