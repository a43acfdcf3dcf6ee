"""Forms of several pages that are not sent yet: sealed, found by a token in a signed cookie, gone after a week.

What a resident types before sending stands in no session and in no log; the row says only for which unit it is.
For people with an account the token is put together from the account: they go on with it on any computer.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta

from cryptography.exceptions import InvalidTag
from django.core import signing
from django.utils import timezone

from .models import SealedDraft, Unit
from .sealed import locked, unlocked
from .tokens import new_token, token_hash, token_hashes

KEPT = timedelta(days=7)
SENT_KEPT = timedelta(days=1)
SALT = "linli.draft"


@dataclass
class Draft:
    """What was typed so far: `data` holds JSON values. `token` is None before a cookie is chosen for it."""

    unit: Unit
    data: dict = field(default_factory=dict)
    row: SealedDraft | None = None
    token: str | None = None


def read(request, cookie: str, unit: Unit) -> Draft | None:
    """The draft that the cookie of a request names; None when there is none for this unit, or its day is over."""
    try:
        token = signing.loads(request.COOKIES.get(cookie, ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    return _opened(str(token), SealedDraft.objects.filter(unit=unit))


def of_account(user, what: str) -> Draft | None:
    """The draft of this kind that somebody with an account has begun; None without one, or when its day is over."""
    return _opened(account_token(user, what), SealedDraft.objects.select_related("unit"))


def account_token(user, what: str) -> str:
    """What a draft of an account is found by. Cookies cannot name it: they are signed, and hold what chance chose."""
    return f"{what}:{user.pk}"


def _opened(token: str, rows) -> Draft | None:
    row = rows.filter(token_hash__in=token_hashes(token), expires_at__gt=timezone.now()).first()
    if row is None:
        return None
    try:
        return Draft(row.unit, json.loads(unlocked(row, row.reference.bytes)), row, token)
    except InvalidTag:
        return None


def keep(draft: Draft, *, kept: timedelta = KEPT) -> Draft:
    """Write a draft down, for another week from now."""
    if draft.row is None:
        draft.token = draft.token or new_token()
        draft.row = SealedDraft(unit=draft.unit, token_hash=token_hash(draft.token))
    for name, value in locked(json.dumps(draft.data, ensure_ascii=False).encode(), draft.row.reference.bytes).items():
        setattr(draft.row, name, value)
    draft.row.expires_at = timezone.now() + kept
    draft.row.save()
    return draft


def forget(draft: Draft) -> None:
    """Delete a draft, whoever may have opened it meanwhile."""
    SealedDraft.objects.filter(pk=draft.row.pk).delete()


def set_cookie(response, cookie: str, draft: Draft, *, secure: bool) -> None:
    """Let the browser keep the token: signed, out of reach of scripts, for as long as the draft."""
    value = signing.dumps(draft.token, salt=SALT)
    response.set_cookie(cookie, value, max_age=KEPT, httponly=True, samesite="Lax", secure=secure)


def forget_old_drafts() -> int:
    """Delete what is past its day; how many. The worker does this every hour."""
    return SealedDraft.objects.filter(expires_at__lte=timezone.now()).delete()[0]
