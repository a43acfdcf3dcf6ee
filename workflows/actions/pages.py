"""The page of a request: drafted when the request is accepted, published by two people like any other."""

from django.db import transaction

from home.pages import CommunityPage

from ..models import RenovationRequest
from ..pages import ProjectIndexPage, ProjectPage


@transaction.atomic
def draft_project_page(request: RenovationRequest, *, user=None) -> ProjectPage | None:
    """Draft the page of an accepted request below its community's list of projects; once, however often it is called.

    Called after the acceptance is committed; a draft is nobody's publication and so no event. None while the community
    has no list of projects.
    """
    place = CommunityPage.objects.select_for_update().filter(unit=request.community_id).first()
    index = ProjectIndexPage.objects.child_of(place).first() if place else None
    if index is None:
        return None
    existing = ProjectPage.objects.filter(request=request).first()
    if existing is not None:
        return existing
    page = ProjectPage(title=request.title, slug=request.reference.lower(), request=request, live=False)
    index.add_child(instance=page)
    page.save_revision(user=user)
    return page
