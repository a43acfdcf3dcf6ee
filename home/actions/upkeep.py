"""Whether published pages are still right: each has a day by which somebody looks, and says so."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from community.grants import grants_of, holders_of
from community.models import Channel, Unit
from community.notifications.telling import row, write
from community.permissions import require
from community.records import Act, Context, act
from community.refusals import ActionRefused
from community.roles import Role

from ..models import PageUpkeep
from ..publishing import rules
from ..publishing.reviewers import REVIEWERS, WRITERS
from ..querysets.upkeep import unwatched_pages

AT_ONCE = 200  # pages that the clock enters in one go
TOLD_FOR = timedelta(days=7)  # a worker that was away tells of what came due meanwhile


def renew(a: Act, page: Page, account) -> PageUpkeep | None:
    """Two people have just published the page: it is right today. `account`: the second of them."""
    if not page.review_every:
        return None
    today = timezone.localdate(a.recorded_at)
    upkeep = PageUpkeep.objects.filter(page_id=page.pk).first() or PageUpkeep(page_id=page.pk, unit=page.unit)
    return _checked(a, upkeep, account, today, rules.next_check(today, page.review_every))


def _checked(a: Act, upkeep: PageUpkeep, account, today: date, review_by: date) -> PageUpkeep:
    upkeep.checked_on, upkeep.checked_by, upkeep.review_by = today, account, review_by
    upkeep.checked_as = post_of(account, upkeep.unit, today)
    return a.save(upkeep)


def post_of(account, unit: Unit, today: date) -> str:
    """The post in which somebody looked, for readers; empty for the system."""
    if account is None:
        return ""
    posts = [
        one.post for one in grants_of(account, today).items if one.role in WRITERS and unit.path.startswith(one.path)
    ]
    return posts[0] if posts else ""


def check_page(context: Context, *, page: Page, review_by: date | None = None) -> PageUpkeep:
    """Say that a published page is still right. `review_by`: when it is looked at next, else after its usual time.

    Raises NotAllowed without the right to write here, ActionRefused for a page that readers do not see, of a kind that
    is not looked at again, for a day that is past or too far away, and when this was said today already.
    """
    require(context, (*REVIEWERS, Role.ADMINISTRATOR), page.unit)
    with act(context, "page.check", page.unit, subject=page) as a:
        locked = a.lock(Page, pk=page.pk).specific
        today = timezone.localdate(a.recorded_at)
        if not locked.live or not locked.review_every:
            raise ActionRefused(_("Only pages that readers see are checked."))
        review_by = review_by or rules.next_check(today, locked.review_every)
        if not rules.is_fit_for_next_check(review_by, today):
            raise ActionRefused(_("Choose a day after today and within two years."), field="review_by")
        upkeep = PageUpkeep.objects.filter(page_id=locked.pk).first() or PageUpkeep(page_id=locked.pk, unit=locked.unit)
        said = (upkeep.checked_on, upkeep.checked_by, upkeep.review_by)
        if said == (today, context.account, review_by):
            raise ActionRefused(_("You said so today already."))
        a.note(page=str(locked.translation_key), revision=locked.live_revision_id)
        return _checked(a, upkeep, context.account, today, review_by)


def watch_pages() -> int:
    """Enter published pages that came without a review, as the sections of a new community; how many.

    They have been checked by nobody; their time runs from the day of publication.
    """
    by_unit = defaultdict(list)
    for page in unwatched_pages()[:AT_ONCE].specific():
        by_unit[page.unit].append(page)
    return sum(_watch(unit, pages) for unit, pages in by_unit.items() if unit is not None)


def _watch(unit: Unit, pages: list[Page]) -> int:
    with act(Context(channel=Channel.SYSTEM), "page.watch", unit) as a:
        for page in pages:
            a.lock(Page, pk=page.pk)
        taken = set(PageUpkeep.objects.filter(page__in=pages).values_list("page_id", flat=True))
        new = [page for page in pages if page.pk not in taken]
        for page in new:
            since = timezone.localdate(page.last_published_at or a.recorded_at)
            a.save(PageUpkeep(page_id=page.pk, unit=unit, review_by=rules.next_check(since, page.review_every)))
    return len(new)


def tell_of_due_checks(*, now: datetime | None = None) -> int:
    """Tell those who write in a place that pages are to be checked, once for each day; how many messages that are."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    due = PageUpkeep.objects.due(today).filter(review_by__gt=today - TOLD_FOR)
    places = set(due.order_by().values_list("unit_id", "review_by"))
    units = Unit.objects.in_bulk({unit for unit, _day in places})
    return write([
        row(
            "checks_due", units[unit], units[unit].name, reverse("page_upkeep:index"),
            f"checks_due:{unit}:{day}", now, recipient_id=key,
        )
        for unit, day in sorted(places)
        for key in holders_of(REVIEWERS, units[unit]).values_list("pk", flat=True)
    ])  # fmt: skip
