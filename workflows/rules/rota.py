"""The duty rota of a site: each day of the works has a log, or an explanation why nobody was there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from workflows.kernel import Missing
from workflows.rules.reasons import Reason


def duty_days(started_on: date, accepted_on: date) -> tuple[date, ...]:
    """The days on which someone had to be on site: from the first day of the works to the day before acceptance.

    The day of acceptance is none: what was seen on it stands in the acceptance itself. While works run, pass
    today, and the day that is still going on is not counted.
    """
    return tuple(started_on + timedelta(days=n) for n in range((accepted_on - started_on).days))


def gaps(
    started_on: date, accepted_on: date, logged: Collection[date], explained: Collection[date]
) -> tuple[date, ...]:
    """Duty days with neither a log nor an explanation, oldest first."""
    kept = {*logged, *explained}
    return tuple(day for day in duty_days(started_on, accepted_on) if day not in kept)


def shortfalls(
    started_on: date, accepted_on: date, logged: Collection[date], explained: Collection[date]
) -> tuple[Missing, ...]:
    """What keeps the rota from counting as kept: gaps, or a site that nobody ever looked at."""
    missing = []
    if not logged:
        missing.append(Missing(Reason.NO_SITE_LOG))
    open_days = gaps(started_on, accepted_on, logged, explained)
    if open_days:
        missing.append(Missing(Reason.DUTY_GAPS, {"count": len(open_days), "first": open_days[0]}))
    return tuple(missing)
