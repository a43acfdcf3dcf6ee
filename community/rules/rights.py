"""Going through the rights once a quarter: quarters, fingerprints of a list, what changed between two. Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

DONE, DUE, OVERDUE = "done", "due", "overdue"


def quarter_of(day: date) -> str:
    """The quarter of a day: "2026Q4". Quarters in this form are in the order of time."""
    return f"{day.year:04}Q{(day.month + 2) // 3}"


def first_day(quarter: str) -> date:
    """The first day of a quarter, 1 January for "2026Q1"."""
    return date(int(quarter[:4]), int(quarter[5]) * 3 - 2, 1)


def quarter_before(quarter: str) -> str:
    year, number = int(quarter[:4]), int(quarter[5])
    return f"{year - 1:04}Q4" if number == 1 else f"{year:04}Q{number - 1}"


def standing(done_in: str | None, begun_on: date, today: date) -> str:
    """How a node stands. `done_in`: the last quarter that was gone through whole; `begun_on`: the first post there.

    Each quarter is to be gone through before it ends; afterwards it is overdue, until the running one is done.
    """
    now = quarter_of(today)
    if done_in is not None and done_in >= now:
        return DONE
    waited = done_in < quarter_before(now) if done_in is not None else begun_on < first_day(now)
    return OVERDUE if waited else DUE


def fingerprint(*facts: object) -> str:
    """Sixteen hexadecimal digits of one row as it is shown."""
    return hashlib.sha256("\x1f".join(map(str, facts)).encode()).hexdigest()[:16]


def digest_of(prints: Iterable[str]) -> str:
    """The fingerprint (SHA-256, hexadecimal) of a whole list, whatever its order."""
    return hashlib.sha256("\n".join(sorted(prints)).encode()).hexdigest()


def differences(seen: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Reference of a row → "new", "gone" or "changed". Both map references to fingerprints."""
    new = {key: "new" for key in now.keys() - seen.keys()}
    gone = {key: "gone" for key in seen.keys() - now.keys()}
    return new | gone | {key: "changed" for key in seen.keys() & now.keys() if seen[key] != now[key]}
