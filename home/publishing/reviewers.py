"""Who may look over a page before it is published."""

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry, Revision

from community.grants import grants_for
from community.refusals import NotAllowed
from community.roles import Role

WRITERS = (Role.EDITOR, Role.STAFF, Role.ADMINISTRATOR)
REVIEWERS = (Role.EDITOR, Role.STAFF)


def versions_since_publication(page):
    """The saved versions that are newer than what readers see; all of them when they see nothing."""
    versions = Revision.objects.for_instance(page)
    live = page.live_revision
    if live is None:
        return versions
    return versions.filter(Q(created_at__gt=live.created_at) | Q(created_at=live.created_at, pk__gt=live.pk))


def authors_of(page) -> set[int]:
    """Accounts that changed the page since its last publication, and those whose earlier version was brought back.

    Not one of them may publish it.
    """
    versions = versions_since_publication(page).order_by()
    reverts = PageLogEntry.objects.filter(action="wagtail.revert", revision__in=versions)
    brought_back = [data["revision"]["id"] for data in reverts.values_list("data", flat=True)]
    written = versions | Revision.objects.for_instance(page).filter(pk__in=brought_back).order_by()
    return set(written.exclude(user=None).values_list("user_id", flat=True))


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
