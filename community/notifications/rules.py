"""When a message leaves: pauses between attempts, quiet nights, the hour of the daily summary. Pure."""

from datetime import datetime, timedelta

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))
"""How long to wait after the first, second … failed attempt; after the last one nothing is tried any more."""

NIGHT_BEGINS, NIGHT_ENDS = 22, 7  # o'clock


def pause_after(attempts: int) -> timedelta | None:
    """The pause after so many failed attempts (1 or more); None when it was the last."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def out_of_the_night(moment: datetime) -> datetime:
    """The moment itself, or the end of the night in which it lies. In the time of the place."""
    if moment.hour >= NIGHT_BEGINS:
        moment += timedelta(days=1)
    elif moment.hour >= NIGHT_ENDS:
        return moment
    return moment.replace(hour=NIGHT_ENDS, minute=0, second=0, microsecond=0)


def summary_is_due(now: datetime, hour: int, done_at: datetime) -> bool:
    """Whether today's summary has to be looked after, the last one being of `done_at`. In the time of the place."""
    return now.hour >= hour and done_at.date() < now.date()


def first_summary_after(now: datetime, hour: int) -> datetime:
    """From when on to count messages for someone who chooses summaries now: today's hour may still come."""
    return now if now.hour >= hour else now - timedelta(days=1)
