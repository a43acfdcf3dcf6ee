"""When a second look is due, and what readers are told of it. Pure: no clock, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

LOOK_WITHIN = timedelta(hours=24)
"""How long after an urgent publication a second person has to have looked at it."""

OWED, DEMANDED = "owed", "demanded"
# What settles what stood before it, by the kind of the trace.
_STANDING = {"urgent": OWED, "demanded": DEMANDED, "confirmed": "", "corrected": "", "withdrawn": ""}


def due_at(now: datetime, still_owed: datetime | None = None) -> datetime:
    """When the look is due. A second urgent version does not put off the look that the first one owes."""
    return min(filter(None, (now + LOOK_WITHIN, still_owed)))


def is_late(due: datetime, now: datetime) -> bool:
    return now >= due


WAIT, PUBLISH, VOID = "wait", "publish", "void"


def schedule_step(go_live_at: datetime, now: datetime, approved: int, latest: int) -> str:
    """What is to be done now about an approved version: WAIT, PUBLISH, or VOID when a newer version was saved since.

    `approved`, `latest`: keys of the version that was approved and of the page's newest one.
    """
    if approved != latest:
        return VOID
    return PUBLISH if now >= go_live_at else WAIT


LAST_CHECK = timedelta(days=730)
"""How far away the next check of a page may be put."""
SOON = timedelta(days=7)


def next_check(today: date, every: int) -> date:
    """The day by which a page is looked at again that was right today. `every`: days."""
    return today + timedelta(days=every)


def is_fit_for_next_check(day: date, today: date) -> bool:
    return today < day <= today + LAST_CHECK


def check_standing(review_by: date, today: date) -> str:
    """A key of the vocabulary of states: overdue, due_today, due_soon, due_later."""
    if review_by < today:
        return "overdue"
    if review_by == today:
        return "due_today"
    return "due_soon" if review_by <= today + SOON else "due_later"


def standing(kinds: Iterable[str]) -> str:
    """What is open after these traces, newest first: a look (`owed`), a correction (`demanded`), nothing ("")."""
    return next((_STANDING[kind] for kind in kinds if kind in _STANDING), "")


@dataclass(frozen=True)
class PageFacts:
    """What stands in lists of the admin about a page. `review`: "in_progress", "needs_changes" or ""."""

    live: bool
    was_live: bool = False
    changed: bool = False
    review: str = ""
    scheduled: bool = False
    owed: bool = False
    over: bool = False


def page_states(facts: PageFacts) -> list[str]:
    """Keys of the vocabulary of states: first what readers have, then what comes next with the page."""
    seen = "expired" if facts.over else "live"
    states = [seen] if facts.live else ["withdrawn"] if facts.was_live else []
    if facts.owed:
        states.append("look_owed")
    reviews = {"in_progress": "in_review", "needs_changes": "sent_back"}
    if facts.review in reviews:
        states.append(reviews[facts.review])
    elif facts.scheduled:
        states.append("scheduled")
    elif facts.live and facts.changed:
        states.append("changed")
    return states or ["draft"]
