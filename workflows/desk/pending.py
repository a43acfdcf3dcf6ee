"""Photos of a form that has to be sent again: kept as they were prepared, until it is sent in full or a day is over.

They lie as files under var/, readable by the owner only; a signed token in the form names them. It holds for one
account and one submission, so nobody else's photos can be named.
"""

import re
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing

from community.photos import PreparedPhoto

KEEP = 24 * 3600
SALT = "linli.desk.pending-photos"
KEY = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True)
class Kept:
    """A prepared photo that waits: its key, the name that the person's file had, and its size in dots."""

    key: str
    name: str
    width: int
    height: int


def folder() -> Path:
    return settings.VAR_DIR / "pending-photos"


def keep(prepared: PreparedPhoto, name: str) -> Kept:
    """Write a prepared photo down."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = Kept(secrets.token_hex(16), name[:60], prepared.width, prepared.height)
    for path, data in zip(_paths(kept.key), (prepared.full, prepared.small), strict=True):
        path.touch(mode=0o600)
        path.write_bytes(data)
    return kept


def load(kept: Kept) -> PreparedPhoto | None:
    """The photo again; None once its time is over."""
    try:
        full, small = (path.read_bytes() for path in _paths(kept.key))
    except FileNotFoundError:
        return None
    return PreparedPhoto(full, small, kept.width, kept.height)


def drop(kept: list[Kept]) -> None:
    for one in kept:
        for path in _paths(one.key):
            path.unlink(missing_ok=True)


def sign(kept: list[Kept], *, user_id: int, submission: str) -> str:
    """The token that stands in the form; empty for no photos."""
    if not kept:
        return ""
    return signing.dumps([user_id, submission, [asdict(one) for one in kept]], salt=SALT, compress=True)


def read(token: str, *, user_id: int, submission: str) -> list[Kept]:
    """The photos that a token names; none when it is another's, altered, or too old."""
    try:
        owner, of_submission, rows = signing.loads(token, salt=SALT, max_age=KEEP)
    except signing.BadSignature:
        return []
    if (owner, of_submission) != (user_id, submission):
        return []
    return [Kept(**row) for row in rows if KEY.fullmatch(row["key"]) and _paths(row["key"])[0].exists()]


def forget_old_photos() -> int:
    """Delete what is older than a day; how many files. The worker does this every hour."""
    limit, gone = time.time() - KEEP, 0
    for path in folder().glob("*.jpg"):
        if path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _paths(key: str) -> tuple[Path, Path]:
    return folder() / f"{key}-full.jpg", folder() / f"{key}-small.jpg"
