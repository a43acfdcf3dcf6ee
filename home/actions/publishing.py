"""The way of a text to its readers: a review by a second person. Away from them: an administrator, with a reason."""

import hashlib

from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, TaskState, WorkflowState

from community.canonical import canonical_text
from community.models import Event
from community.permissions import require
from community.records import Act, Context, act
from community.refusals import ActionRefused, Conflict
from community.roles import Role

from ..publishing.models import SecondPersonReview
from ..publishing.reviewers import REVIEWERS, authors_of, require_second_person
from .telling import tell_authors, tell_reviewers


def submit_for_review(context: Context, *, page: Page) -> SecondPersonReview:
    """Hand the latest version of a page to the second person.

    Raises NotAllowed without the right to write here, ActionRefused when it is under review already or never saved.
    """
    require(context, (*REVIEWERS, Role.ADMINISTRATOR), page.unit)
    with act(context, "page.submit", page.unit, subject=page) as a:
        locked = a.lock(Page, pk=page.pk).specific
        if locked.latest_revision_id is None:
            raise ActionRefused(_("Nothing has been written yet."))
        state = locked.current_workflow_state
        if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
            raise ActionRefused(_("This page is being looked over already."))
        if state is not None:
            state.resume(user=context.user)
            state.refresh_from_db()
        else:
            state = locked.get_workflow().start(locked, context.user)
        note_version(a, locked, state.current_task_state)
        return tell_reviewers(a, locked, state.current_task_state.specific)


def approve_review(context: Context, *, review: SecondPersonReview) -> Event:
    """Publish the reviewed version.

    Raises NotAllowed for authors and strangers, Conflict when the review is over or a newer version was saved.
    """
    with act(context, "page.publish", review.page.unit, subject=review.page) as a:
        page, review = lock_review(a, review)
        require_second_person(context.user, page)
        if review.revision_id != page.latest_revision_id:
            raise Conflict(_("Somebody saved a newer version in the meantime. Please look at that one."))
        note_version(a, page, review)
        review.approve(user=context.user, comment=context.reason)
    return Event.objects.get(pk=a.id)


def send_back(context: Context, *, review: SecondPersonReview) -> Event:
    """Give the text back to its authors, with the reason. Raises NotAllowed, Conflict, or ActionRefused without one."""
    with act(context, "page.send_back", review.page.unit, subject=review.page) as a:
        page, review = lock_review(a, review)
        require_second_person(context.user, page)
        if not str(context.reason).strip():
            raise ActionRefused(_("Please say what should be different."), field="reason")
        note_version(a, page, review)
        tell_authors(a, page)
        review.reject(user=context.user, comment=context.reason)
    return Event.objects.get(pk=a.id)


def withdraw_page(context: Context, *, page: Page) -> Event:
    """Take a page from its readers. An administrator's act, with a reason; the page and its versions stay.

    Raises NotAllowed, or ActionRefused without a reason, for the page of a place, or when readers do not see it.
    """
    require(context, Role.ADMINISTRATOR, page.unit)
    if not str(context.reason).strip():
        raise ActionRefused(_("Please say why the page is withdrawn."), field="reason")
    with act(context, "page.withdraw", page.unit, subject=page) as a:
        locked = a.lock(Page, pk=page.pk).specific
        if not locked.live:
            raise ActionRefused(_("Readers do not see this page any more."))
        if locked.pk == locked.place.pk:
            raise ActionRefused(_("The page of a place cannot be withdrawn."))
        a.note(page=str(locked.translation_key), revision=locked.live_revision_id)
        UnpublishPageAction(locked, user=context.user).execute(skip_permission_checks=True)
    return Event.objects.get(pk=a.id)


def lock_review(a: Act, review: SecondPersonReview) -> tuple[Page, SecondPersonReview]:
    """The page and the review as they are now; whoever comes second waits here. Raises Conflict when it is over."""
    page = a.lock(Page, pk=review.workflow_state.object_id).specific
    review = SecondPersonReview.objects.get(pk=review.pk)
    if review.status != TaskState.STATUS_IN_PROGRESS:
        raise Conflict(_("This review is over already."))
    return page, review


def note_version(a: Act, page: Page, review: TaskState) -> None:
    """Which version of which page, its content as a hash, who wrote it."""
    revision = review.revision
    a.note(
        page=str(page.translation_key),
        revision=revision.pk,
        content_sha256=hashlib.sha256(canonical_text(revision.content).encode()).hexdigest(),
        authors=sorted(authors_of(page)),
        go_live_at=revision.content.get("go_live_at"),
    )
