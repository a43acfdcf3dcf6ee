"""Photos of a form that has to be sent again: kept as they were prepared, until it is sent in full or a day is over.

They lie as files under var/, readable by the owner only. On the desk a signed token in the form names them, which holds
for one account and one submission, so nobody else's photos can be named; residents' drafts name theirs themselves.
"""

import re
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core import signing

from community.photos import PreparedPhoto

SALT = "linli.desk.pending-photos"
KEY = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True)
class Shelf:
    """Where photos wait: a folder under var/, and for how many seconds."""

    name: str
    seconds: int

    @property
    def folder(self) -> Path:
        return settings.VAR_DIR / self.name

    def paths(self, key: str) -> tuple[Path, Path]:
        return self.folder / f"{key}-full.jpg", self.folder / f"{key}-small.jpg"


DESK = Shelf("pending-photos", 24 * 3600)
DRAFTS = Shelf("draft-photos", 7 * 24 * 3600)


@dataclass(frozen=True)
class Kept:
    """A prepared photo that waits: its key, the name that the person's file had, and its size in dots."""

    key: str
    name: str
    width: int
    height: int


def keep(prepared: PreparedPhoto, name: str, shelf: Shelf = DESK) -> Kept:
    """Write a prepared photo down."""
    shelf.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = Kept(secrets.token_hex(16), name[:60], prepared.width, prepared.height)
    for path, data in zip(shelf.paths(kept.key), (prepared.full, prepared.small), strict=True):
        path.touch(mode=0o600)
        path.write_bytes(data)
    return kept


def load(kept: Kept, shelf: Shelf = DESK) -> PreparedPhoto | None:
    """The photo again; None once its time is over."""
    try:
        full, small = (path.read_bytes() for path in shelf.paths(kept.key))
    except FileNotFoundError:
        return None
    return PreparedPhoto(full, small, kept.width, kept.height)


def drop(kept: list[Kept], shelf: Shelf = DESK) -> None:
    for one in kept:
        for path in shelf.paths(one.key):
            path.unlink(missing_ok=True)


def sign(kept: list[Kept], *, user_id: int, submission: str) -> str:
    """The token that stands in the form; empty for no photos."""
    if not kept:
        return ""
    return signing.dumps([user_id, submission, [asdict(one) for one in kept]], salt=SALT, compress=True)


def read(token: str, *, user_id: int, submission: str) -> list[Kept]:
    """The photos that a token names; none when it is another's, altered, or too old."""
    try:
        owner, of_submission, rows = signing.loads(token, salt=SALT, max_age=DESK.seconds)
    except signing.BadSignature:
        return []
    if (owner, of_submission) != (user_id, submission):
        return []
    return [Kept(**row) for row in rows if KEY.fullmatch(row["key"]) and DESK.paths(row["key"])[0].exists()]


def forget_old_photos() -> int:
    """Delete what has waited longer than its shelf keeps it; how many files. The worker does this every hour."""
    gone = 0
    for shelf in (DESK, DRAFTS):
        limit = time.time() - shelf.seconds
        for path in shelf.folder.glob("*.jpg"):
            if path.stat().st_mtime < limit:
                path.unlink(missing_ok=True)
                gone += 1
    return gone
