"""The publicity period: a plan hangs where everyone passes, and whoever objects gets an answer.

Days are calendar days of the community. The first day counts; the period ends with the end of its last day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from workflows.kernel import Missing
from workflows.rules.reasons import Reason

DEFAULT_DAYS = 7


@dataclass(frozen=True)
class Objection:
    """An objection that was entered; an answer given by the proposer does not close it."""

    answered: bool = False
    answered_by_proposer: bool = False

    @property
    def open(self) -> bool:
        return not self.answered or self.answered_by_proposer


def last_day(starts_on: date, days: int = DEFAULT_DAYS) -> date:
    """The last day of a period of `days` days. Raises ValueError for less than one day."""
    if days < 1:
        raise ValueError("a publicity period has at least one day")
    return starts_on + timedelta(days=days - 1)


def length(starts_on: date, ends_on: date) -> int:
    """How many days the period has, both ends included; 0 or less when it ends before it begins."""
    return (ends_on - starts_on).days + 1


def is_over(ends_on: date, today: date) -> bool:
    """Whether the whole of the last day is past."""
    return today > ends_on


def days_left(ends_on: date, today: date) -> int:
    """Days on which one can still object, today included; 0 when the period is over."""
    return max(0, (ends_on - today).days + 1)


def shortfalls(
    starts_on: date, ends_on: date, objections: Iterable[Objection], today: date, *, least_days: int = DEFAULT_DAYS
) -> tuple[Missing, ...]:
    """What keeps the period from counting as held; empty when it does."""
    objections = tuple(objections)
    missing = []
    days = length(starts_on, ends_on)
    if days < least_days:
        missing.append(Missing(Reason.PUBLICITY_TOO_SHORT, {"days": days, "least_days": least_days}))
    if not is_over(ends_on, today):
        missing.append(Missing(Reason.PUBLICITY_RUNNING, {"last_day": ends_on}))
    unanswered = sum(not objection.answered for objection in objections)
    if unanswered:
        missing.append(Missing(Reason.OBJECTIONS_OPEN, {"count": unanswered}))
    own = sum(objection.answered and objection.answered_by_proposer for objection in objections)
    if own:
        missing.append(Missing(Reason.ANSWERED_BY_PROPOSER, {"count": own}))
    return tuple(missing)
