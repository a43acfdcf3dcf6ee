"""What the clock does to pages: it publishes what two people approved for this hour, and records that a notice is over.

The worker calls both every minute. Twice, late, or from two workers at once comes to the same.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from community.models import Channel
from community.permissions import require
from community.records import Act, Context, act
from community.refusals import Conflict
from community.roles import Role

from ..models import NoticePage, OwedReview, PageTrace, ScheduledPublication
from ..publishing import rules
from ..publishing.reviewers import REVIEWERS
from ..querysets.schedules import notices_that_ended
from .site import appears_first, publish_untouched_sections
from .telling import tell_of_void
from .upkeep import renew
from .versions import note_version, require_reason, settle_look, tell_readers, void_schedule

State, Why = ScheduledPublication.State, ScheduledPublication.Why
VERBS = {rules.PUBLISH: "page.publish_scheduled", rules.VOID: "page.schedule_void"}


def publish_due() -> int:
    """Publish what is due, and declare void what was changed since it had been approved; how many of both."""
    now = timezone.now()
    due = ScheduledPublication.objects.to_settle(now).select_related("unit", "page__latest_revision")
    return sum(_settle(schedule, now) for schedule in due)


def _settle(schedule: ScheduledPublication, now: datetime) -> bool:
    """One of them; False when somebody else settled it a moment before."""
    try:
        with act(Context(channel=Channel.SYSTEM), "page.publish_scheduled", schedule.unit, subject=schedule.page) as a:
            page, here = lock_schedule(a, schedule)
            step = rules.schedule_step(here.go_live_at, now, here.revision_id, page.latest_revision_id)
            if step == rules.WAIT:
                raise Conflict(_("It is not time yet."))
            a.verb = VERBS[step]
            note_version(a, page, here.revision)
            if step == rules.VOID:
                void_schedule(a, page, Why.CHANGED)
                tell_of_void(a, page, here)
            else:
                _go_live(a, page, here)
    except Conflict:
        return False
    return True


def _go_live(a: Act, page: Page, schedule: ScheduledPublication) -> None:
    is_new_place = appears_first(page)
    schedule.revision.publish(user=None, skip_permission_checks=True)
    if is_new_place:
        publish_untouched_sections(a, page)
    if schedule.correction_note:
        tell_readers(a, page, PageTrace.Kind.CORRECTED, schedule.correction_note, schedule.revision_id)
    settle_look(a, page, OwedReview.Outcome.REPLACED)
    renew(a, page, schedule.approved_by)
    schedule.state, schedule.settled_at = State.PUBLISHED, a.recorded_at
    a.save(schedule)


def lock_schedule(a: Act, schedule: ScheduledPublication) -> tuple[Page, ScheduledPublication]:
    """The page and what waits, as they are now. Raises Conflict when it does not wait any more."""
    page = a.lock(Page, pk=schedule.page_id).specific
    here = ScheduledPublication.objects.select_related("revision").get(pk=schedule.pk)
    if here.state != State.WAITING:
        raise Conflict(_("This does not wait for its hour any more."))
    return page, here


def call_off(context: Context, *, schedule: ScheduledPublication) -> ScheduledPublication:
    """Have an approved version not appear at its hour. Its text stays as a draft.

    Raises NotAllowed without the right to write here, ActionRefused without a reason, Conflict when it is over.
    """
    require(context, (*REVIEWERS, Role.ADMINISTRATOR), schedule.unit)
    with act(context, "page.schedule_void", schedule.unit, subject=schedule.page) as a:
        page, here = lock_schedule(a, schedule)
        require_reason(context.reason, _("Please say why it is called off."))
        note_version(a, page, here.revision)
        tell_of_void(a, page, here)
        return void_schedule(a, page, Why.CALLED_OFF)


def record_expiry() -> int:
    """Record of each notice whose last day is over that it is; how many. The page stays, and says so."""
    today = timezone.localdate()
    return sum(_expire(notice, today) for notice in notices_that_ended(today))


def _expire(notice: NoticePage, today) -> bool:
    """One of them; False when it was withdrawn, prolonged or recorded a moment before."""
    try:
        with act(Context(channel=Channel.SYSTEM), "page.expire", notice.unit, subject=notice) as a:
            a.lock(Page, pk=notice.pk)
            here = notices_that_ended(today).filter(pk=notice.pk).first()
            if here is None:
                raise Conflict(_("This notice is not over."))
            a.note(page=str(here.translation_key), revision=here.live_revision_id, valid_until=str(here.valid_until))
            tell_readers(a, here, PageTrace.Kind.EXPIRED, "", here.live_revision_id)
    except Conflict:
        return False
    return True
