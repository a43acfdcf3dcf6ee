"""What has to happen by the clock: packages register a function, the worker calls it when it is due."""

import fcntl
import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

logger = logging.getLogger(__name__)


@dataclass
class Tick:
    """A function without arguments, safe to call again, due `every` so many seconds."""

    name: str
    function: Callable[[], object]
    every: float
    next_at: float = 0.0


_ticks: dict[str, Tick] = {}


def register_tick(name: str, function: Callable[[], object], *, every: float) -> None:
    """Have the worker call `function` every so many seconds. Call this from an app's `ready()`.

    Raises ValueError when the name is taken or the interval is not positive.
    """
    if name in _ticks:
        raise ValueError(f"There is a tick “{name}” already.")
    if every <= 0:
        raise ValueError(f"The tick “{name}” needs a positive number of seconds.")
    _ticks[name] = Tick(name, function, every)


def registered_ticks() -> list[Tick]:
    return list(_ticks.values())


def run_due_ticks(now: float) -> list[str]:
    """Call what is due at `now` (seconds of a monotonic clock); the names of those that succeeded.

    A tick that fails is logged and tried again at its next time; the others are not held up. A tick that another
    worker is running at this moment is left to that one.
    """
    succeeded = []
    for tick in registered_ticks():
        if tick.next_at > now:
            continue
        tick.next_at = now + tick.every
        if _run(tick):
            succeeded.append(tick.name)
    return succeeded


def _run(tick: Tick) -> bool:
    try:
        with single_flight(tick.name) as ours:
            if ours:
                tick.function()
            return ours
    except Exception:
        logger.exception("The tick “%s” failed; it is tried again in %s s.", tick.name, tick.every)
        return False


@contextmanager
def single_flight(name: str) -> Iterator[bool]:
    """True for one holder of the name among all processes, False for the others while it is held.

    On PostgreSQL a lock of the session, so workers may run on several machines; on SQLite, which is one machine,
    a lock on a file under var/. Either is given back by the system when the process dies.
    """
    with (_postgresql_lock if connection.vendor == "postgresql" else _file_lock)(name) as ours:
        yield ours


@contextmanager
def _postgresql_lock(name: str) -> Iterator[bool]:
    key = int.from_bytes(_digest(name)[:8], "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        ours = cursor.fetchone()[0]
    try:
        yield ours
    finally:
        if ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextmanager
def _file_lock(name: str) -> Iterator[bool]:
    folder = settings.VAR_DIR / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _digest(name).hex()[:16]).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _digest(name: str) -> bytes:
    return hashlib.sha256(f"tick {name}".encode()).digest()
