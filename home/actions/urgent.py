"""Urgent publishing: one person alone, with a reason; a second one owes the text a look within 24 hours.

Until then readers are told that nobody else has seen it. The second person is never an author, and says one of three
things: it is right, it has to be corrected, or it is withdrawn at once.
"""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from community.grants import holders_of
from community.notifications.telling import row, write
from community.permissions import require
from community.records import Act, Context, act
from community.refusals import ActionRefused, Conflict, NotAllowed
from community.roles import Role

from ..models import OwedReview, PageTrace, ScheduledPublication
from ..publishing import rules
from ..publishing.reviewers import REVIEWERS, require_second_person, version_of_two
from .publishing import take_from_readers
from .telling import tell_of_demand, tell_of_owed_look
from .upkeep import renew
from .versions import (
    correction_note,
    end_review,
    must_say,
    note_version,
    require_open_above,
    require_reason,
    require_whole,
    settle_look,
    tell_readers,
    void_schedule,
)

Kind, Outcome = PageTrace.Kind, OwedReview.Outcome
TOLD_WHEN_LATE = (Role.EDITOR, Role.STAFF, Role.SUPERVISOR)


def publish_urgently(context: Context, *, page: Page, note: str = "") -> OwedReview:
    """Publish the latest version of a notice at once. The reason of the context says why it could not wait.

    `note`: what was corrected, where readers have seen the page before. Raises NotAllowed for others than editors and
    staff of the place, ActionRefused without a reason, for pages that are never urgent, with gaps, or with nothing new,
    and while a look at an earlier urgent version is overdue.
    """
    if context.account is None:
        raise NotAllowed(_("Only a person publishes urgently."))
    require(context, REVIEWERS, page.unit)
    with act(context, "page.publish_urgently", page.unit, subject=page) as a:
        locked = a.lock(Page, pk=page.pk).specific
        reason = require_reason(context.reason, _("Please say why it cannot wait for a second person."))
        refuse_unless_urgent(locked, a.recorded_at)
        corrected = must_say(locked)
        note = correction_note(locked, note)
        note_version(a, locked, locked.latest_revision)
        end_review(a, locked)
        void_schedule(a, locked, ScheduledPublication.Why.OVERTAKEN)
        owed = a.save(owed_by(a, locked, reason))
        owed.revision.publish(user=context.user, skip_permission_checks=True)
        locked.refresh_from_db()
        if corrected:
            tell_readers(a, locked, Kind.CORRECTED, note, owed.revision_id)
        tell_readers(a, locked, Kind.URGENT, "", owed.revision_id)
        return tell_of_owed_look(a, locked, owed)


def refuse_unless_urgent(page: Page, now: datetime) -> None:
    """Raise ActionRefused with the sentence that says why this page is not published urgently."""
    if page.latest_revision_id is None or page.latest_revision_id == page.live_revision_id:
        raise ActionRefused(_("Readers see this version already."))
    version = page.get_latest_revision_as_object()
    if not version.may_be_urgent:
        raise ActionRefused(_("Only notices on outages and on safety are published urgently. Others wait for two."))
    require_whole(version)
    require_open_above(version)
    if version.go_live_at and version.go_live_at > now:
        raise ActionRefused(_("The page has a later date of publication. What can wait for it can wait for two."))
    if OwedReview.objects.late(now).filter(page_id=page.pk).exists():
        raise ActionRefused(_("The second look at the last urgent version is overdue. It comes first."))


def owed_by(a: Act, page: Page, reason: str) -> OwedReview:
    """The debt of this publication; that of an earlier urgent version goes over into it, with its hour."""
    seen_before = version_of_two(page)
    earlier = settle_look(a, page, Outcome.CARRIED)
    return OwedReview(
        page_id=page.pk, unit=page.unit, revision=page.latest_revision, seen_before=seen_before,
        title=page.latest_revision.content["title"], reason=reason, published_by=a.context.account,
        published_at=a.recorded_at, due_at=rules.due_at(a.recorded_at, earlier.due_at if earlier else None),
    )  # fmt: skip


def confirm_urgent(context: Context, *, owed: OwedReview) -> OwedReview:
    """The second person found the text right. Raises NotAllowed for authors and strangers, Conflict when it is over."""
    with act(context, "page.confirm_urgent", owed.unit, subject=owed.page) as a:
        page = lock_owed(a, owed)
        tell_readers(a, page, Kind.CONFIRMED, "", owed.revision_id)
        renew(a, page, context.account)
        return settle_look(a, page, Outcome.CONFIRMED, str(context.reason).strip())


def demand_correction(context: Context, *, owed: OwedReview) -> OwedReview:
    """The second person asks for a correction; readers see what is wrong until it is published.

    Raises NotAllowed and Conflict as `confirm_urgent`, ActionRefused without a remark.
    """
    with act(context, "page.demand_correction", owed.unit, subject=owed.page) as a:
        page = lock_owed(a, owed)
        remark = require_reason(context.reason, _("Please say what has to be corrected."))
        tell_readers(a, page, Kind.DEMANDED, remark, owed.revision_id)
        tell_of_demand(a, page)
        return settle_look(a, page, Outcome.DEMANDED, remark)


def withdraw_urgent(context: Context, *, owed: OwedReview) -> OwedReview:
    """The second person takes the text from its readers at once. Refusals as `demand_correction`."""
    with act(context, "page.withdraw", owed.unit, subject=owed.page) as a:
        page = lock_owed(a, owed)
        require_reason(context.reason, _("Please say why the page is withdrawn."))
        take_from_readers(a, page)
    return OwedReview.objects.get(pk=owed.pk)


def lock_owed(a: Act, owed: OwedReview) -> Page:
    """The page as it is now, locked; whoever comes second waits here. Raises Conflict when the look is over."""
    page = a.lock(Page, pk=owed.page_id).specific
    if OwedReview.objects.get(pk=owed.pk).outcome != Outcome.OWED:
        raise Conflict(_("Somebody has looked it over already."))
    require_second_person(a.context.user, page)
    return page


def tell_of_late_looks(*, now: datetime | None = None) -> int:
    """Tell reviewers and supervisors of looks that are overdue, once of each; how many messages that are.

    The worker looks again and again, to no harm.
    """
    now = now or timezone.now()
    rows = [
        row(
            "look_overdue", owed.unit, owed.title, reverse("owed_review", args=[owed.reference]),
            f"look_overdue:{owed.reference}", now, recipient_id=key,
        )
        for owed in OwedReview.objects.late(now).select_related("unit")
        for key in holders_of(TOLD_WHEN_LATE, owed.unit).values_list("pk", flat=True)
    ]  # fmt: skip
    return write(rows)
