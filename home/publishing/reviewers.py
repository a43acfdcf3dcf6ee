"""Who may look over a page before it is published."""

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry, Revision

from community.grants import grants_for
from community.refusals import NotAllowed
from community.roles import Role

from ..models.urgent import OwedReview

WRITERS = (Role.EDITOR, Role.STAFF, Role.ADMINISTRATOR)
REVIEWERS = (Role.EDITOR, Role.STAFF)


def version_of_two(page) -> Revision | None:
    """The version that readers see; while that one still waits for a second person, the one before it."""
    urgent = OwedReview.objects.unapproved(page)
    return urgent.seen_before if urgent else page.live_revision


def versions_since_publication(page):
    """The saved versions that are newer than what two people have published; all of them when there is none."""
    versions = Revision.objects.for_instance(page)
    seen = version_of_two(page)
    if seen is None:
        return versions
    return versions.filter(Q(created_at__gt=seen.created_at) | Q(created_at=seen.created_at, pk__gt=seen.pk))


def authors_of(page) -> set[int]:
    """Accounts that changed the page since two people published it last, and those whose earlier version was brought
    back; who published it urgently meanwhile, too. Not one of them may publish it.
    """
    versions = versions_since_publication(page).order_by()
    reverts = PageLogEntry.objects.filter(action="wagtail.revert", revision__in=versions)
    brought_back = [data["revision"]["id"] for data in reverts.values_list("data", flat=True)]
    written = versions | Revision.objects.for_instance(page).filter(pk__in=brought_back).order_by()
    urgently = OwedReview.objects.filter(revision__in=versions).values_list("published_by_id", flat=True)
    return {*written.exclude(user=None).values_list("user_id", flat=True), *urgently}


def require_second_person(user, page) -> None:
    """Raise NotAllowed unless the user may publish this page as the second person."""
    unit = page.unit
    if user is None or unit is None or not grants_for(user).cover(unit, *REVIEWERS):
        raise NotAllowed(_("Only editors and staff of this place look over its pages."))
    if user.pk in authors_of(page):
        raise NotAllowed(_("You wrote a part of this. Somebody else has to look it over."))


def may_see_review(user, page) -> bool:
    """Those who write here, and their supervisors."""
    return page.unit is not None and grants_for(user).cover(page.unit, *WRITERS, Role.SUPERVISOR)
