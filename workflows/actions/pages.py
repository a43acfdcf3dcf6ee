"""What editors get drafted when a request moves: its page, and a notice for each stage. Published by two people."""

import secrets
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from community.grants import holders_of
from community.notifications.telling import is_stale, row, write
from community.records import Act
from community.roles import Role
from home.pages import CommunityPage, NoticeIndexPage
from home.pages.base import ADDRESS_LETTERS
from home.querysets.reach import targets_within

from ..models import RenovationRequest
from ..pages import ProjectIndexPage, ProjectNoticePage, ProjectPage
from ..presentation.notices import draft_of
from ..rules.notices import Occasion


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


def announce(a: Act, request: RenovationRequest, occasion: Occasion | None) -> None:
    """Within an act: once it is committed, the notice of this occasion lies drafted before the editors.

    A failure to draft is logged and undoes nothing: the act stands, an editor can write the notice by hand.
    """
    if occasion is not None:
        draft = partial(
            draft_project_notice, request, occasion=occasion, version=request.version, moved_at=a.recorded_at
        )
        transaction.on_commit(draft, robust=True)


@transaction.atomic
def draft_project_notice(
    request: RenovationRequest, *, occasion: Occasion, version: int, moved_at=None
) -> ProjectNoticePage | None:
    """Draft the notice of a stage that began, below the notices of the community, and tell its editors.

    Once for each occasion and version, however often it is called: a repeat returns the first draft. It has no author
    but the request, so any two people of the place may complete and publish it. None while the community has no list
    of notices.
    """
    place = CommunityPage.objects.select_for_update().filter(unit=request.community_id).first()
    index = NoticeIndexPage.objects.child_of(place).first() if place else None
    if index is None:
        return None
    known = ProjectNoticePage.objects.filter(request=request, occasion=occasion, version=version).first()
    if known is not None:
        return known
    moved_at = moved_at or timezone.now()
    chance = "".join(secrets.choice(ADDRESS_LETTERS) for _letter in range(4))
    page = ProjectNoticePage(
        request=request, occasion=occasion, version=version, live=False, target=target_of(request),
        published_on=timezone.localdate(moved_at), slug=f"{timezone.localdate(moved_at):%Y%m%d}-{chance}",
        **draft_of(request, occasion),
    )  # fmt: skip
    index.add_child(instance=page)
    page.save_revision()
    if not is_stale(moved_at):
        _tell_editors(request, page)
    return page


def target_of(request: RenovationRequest):
    """The part of the community that a request is about; None for all of it."""
    return request.unit if targets_within(request.community).filter(pk=request.unit_id).exists() else None


def _tell_editors(request: RenovationRequest, page: ProjectNoticePage) -> None:
    editors = holders_of((Role.EDITOR,), request.community).values_list("pk", flat=True)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    once = f"notice_drafted:{page.translation_key}"
    now = timezone.now()
    write([
        row("notice_drafted", request.community, page.title, url, once, now, recipient_id=key) for key in editors
    ])  # fmt: skip
