"""The way of a text to its readers: a review by a second person. Away from them: an administrator, with a reason.

What changes after readers have seen it leaves a trace on the page: a correction says what was corrected, a withdrawn
page keeps its address, its title and the reason.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, TaskState, WorkflowState

from community.models import Event, Unit
from community.permissions import require
from community.records import Act, Context, act
from community.refusals import ActionRefused, Conflict
from community.roles import Role

from ..models import OwedReview, PageTrace, ScheduledPublication
from ..publishing.finish import is_for_later
from ..publishing.models import SecondPersonReview
from ..publishing.reviewers import REVIEWERS, require_second_person
from .site import appears_first, open_page, page_of, publish_untouched_sections
from .telling import tell_authors, tell_of_approval, tell_reviewers
from .upkeep import renew
from .versions import (
    correction_note,
    end_review,
    note_version,
    require_open_above,
    require_reason,
    require_whole,
    settle_look,
    tell_readers,
    void_schedule,
)


def submit_for_review(context: Context, *, page: Page, note: str = "") -> SecondPersonReview:
    """Hand the latest version of a page to the second person.

    `note`: what was corrected, in one sentence for readers; needed where they have seen the page before (`must_say`).
    Raises NotAllowed without the right to write here, ActionRefused when it is under review already or never saved.
    """
    require(context, (*REVIEWERS, Role.ADMINISTRATOR), page.unit)
    with act(context, "page.submit", page.unit, subject=page) as a:
        locked = a.lock(Page, pk=page.pk).specific
        if locked.latest_revision_id is None:
            raise ActionRefused(_("Nothing has been written yet."))
        if locked.latest_revision_id == locked.live_revision_id:
            raise ActionRefused(_("Readers see this version already."))
        state = locked.current_workflow_state
        if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
            raise ActionRefused(_("This page is being looked over already."))
        require_whole(locked.get_latest_revision_as_object())
        note = correction_note(locked, note)
        if state is not None:
            state.resume(user=context.user)
            state.refresh_from_db()
        else:
            state = locked.get_workflow().start(locked, context.user)
        review = state.current_task_state.specific
        review.correction_note = note
        review.save(update_fields=["correction_note"])
        note_version(a, locked, review.revision)
        return tell_reviewers(a, locked, review)


@transaction.atomic
def open_for_review(context: Context, *, unit: Unit) -> Page:
    """Draft the page of a community with its sections and hand it to the second person, with whom all of it appears.

    Raises what `open_page` and `submit_for_review` raise; an existing page is refused.
    """
    if page_of(unit) is not None:
        raise ActionRefused(_("The page of this community is there already."), field="unit")
    page = open_page(context, unit=unit, published=False)
    submit_for_review(context, page=page)
    return page


def approve_review(context: Context, *, review: SecondPersonReview) -> Event:
    """Publish the reviewed version, or have it wait for the later hour that stands in it.

    Raises NotAllowed for authors and strangers, Conflict when the review is over or a newer version was saved.
    """
    with act(context, "page.publish", review.page.unit, subject=review.page) as a:
        page, review = lock_review(a, review)
        require_second_person(context.user, page)
        if review.revision_id != page.latest_revision_id:
            raise Conflict(_("Somebody saved a newer version in the meantime. Please look at that one."))
        require_open_above(page)
        note_version(a, page, review.revision)
        void_schedule(a, page, ScheduledPublication.Why.OVERTAKEN)
        tell_of_approval(a, page)
        is_new_place = appears_first(page)
        review.approve(user=context.user, comment=context.reason)
        if is_for_later(review.revision, a.recorded_at):
            a.verb = "page.schedule"
            a.save(schedule_of(a, page, review))
        else:
            if review.correction_note:
                tell_readers(a, page, PageTrace.Kind.CORRECTED, review.correction_note, review.revision_id)
            settle_look(a, page, OwedReview.Outcome.REPLACED)
            renew(a, page, context.account)
            if is_new_place:
                publish_untouched_sections(a, page)
    return Event.objects.get(pk=a.id)


def schedule_of(a: Act, page: Page, review: SecondPersonReview) -> ScheduledPublication:
    """The approved version, waiting for its hour."""
    version = review.revision.as_object()
    return ScheduledPublication(
        page_id=page.pk, unit=page.unit, revision=review.revision, title=version.title,
        correction_note=review.correction_note, go_live_at=version.go_live_at, approved_by=a.context.account,
        approved_at=a.recorded_at,
    )  # fmt: skip


def send_back(context: Context, *, review: SecondPersonReview) -> Event:
    """Give the text back to its authors, with the reason. Raises NotAllowed, Conflict, or ActionRefused without one."""
    with act(context, "page.send_back", review.page.unit, subject=review.page) as a:
        page, review = lock_review(a, review)
        require_second_person(context.user, page)
        if not str(context.reason).strip():
            raise ActionRefused(_("Please say what should be different."), field="reason")
        note_version(a, page, review.revision)
        tell_authors(a, page)
        review.reject(user=context.user, comment=context.reason)
    return Event.objects.get(pk=a.id)


def withdraw_page(context: Context, *, page: Page) -> Event:
    """Take the text of a page from its readers. An administrator's act, with a reason that stands in its place.

    The address answers, with the title, the day and the reason; a review under way ends. Raises NotAllowed, or
    ActionRefused without a reason, for the page of a place, or when readers do not see it.
    """
    require(context, Role.ADMINISTRATOR, page.unit)
    require_reason(context.reason, _("Please say why the page is withdrawn."))
    with act(context, "page.withdraw", page.unit, subject=page) as a:
        locked = a.lock(Page, pk=page.pk).specific
        if not locked.live:
            raise ActionRefused(_("Readers do not see this page any more."))
        if locked.pk == locked.place.pk:
            raise ActionRefused(_("The page of a place cannot be withdrawn."))
        take_from_readers(a, locked)
    return Event.objects.get(pk=a.id)


def take_from_readers(a: Act, page: Page) -> None:
    """Unpublish the page, end its review, and leave the reason of the act in its place."""
    a.note(page=str(page.translation_key), revision=page.live_revision_id)
    reason = str(a.context.reason).strip()
    tell_readers(a, page, PageTrace.Kind.WITHDRAWN, reason, page.live_revision_id)
    settle_look(a, page, OwedReview.Outcome.WITHDRAWN, reason)
    void_schedule(a, page, ScheduledPublication.Why.WITHDRAWN)
    end_review(a, page)
    UnpublishPageAction(page, user=a.context.user).execute(skip_permission_checks=True)


def lock_review(a: Act, review: SecondPersonReview) -> tuple[Page, SecondPersonReview]:
    """The page and the review as they are now; whoever comes second waits here. Raises Conflict when it is over."""
    page = a.lock(Page, pk=review.workflow_state.object_id).specific
    review = SecondPersonReview.objects.get(pk=review.pk)
    if review.status != TaskState.STATUS_IN_PROGRESS:
        raise Conflict(_("This review is over already."))
    return page, review
