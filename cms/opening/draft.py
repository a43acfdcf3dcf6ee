"""The form of an administrator who is about to open a community: sealed, one for each account, gone after a week."""

import hashlib
import json
import uuid

from django.db import IntegrityError, transaction

from community import drafts
from community.drafts import Draft

from .answers import LATER
from .reading import administered

KIND = "opening"
STEPS = ("name", "office", "place", "levels", "units", "people", "services")


def read(user) -> Draft | None:
    """The form that the person has begun, if any."""
    return drafts.of_account(user, KIND)


def begin(user) -> Draft:
    """An empty form, not kept yet. Its key stays the same until the community is open."""
    unit = administered(user).order_by("path").first()
    return Draft(unit, {"key": str(uuid.uuid4()), "answers": {}}, token=drafts.account_token(user, KIND))


def keep(user, draft: Draft, step: str, answers: dict) -> Draft:
    """Put the answers of a step into the form and keep it for another week."""
    draft.data["answers"][step] = answers
    try:
        with transaction.atomic():
            return drafts.keep(draft)
    except IntegrityError:  # begun in another window a moment ago
        draft = read(user) or draft
        draft.data["answers"][step] = answers
        return drafts.keep(draft)


def forget(draft: Draft) -> None:
    drafts.forget(draft)


def answers_of(draft: Draft | None) -> dict:
    return draft.data["answers"] if draft else {}


def wanted(answers: dict) -> list[str]:
    """The steps that are to be answered: names of units only when they are not left for later."""
    later = LATER in answers.get("levels", {}).get("levels", ())
    return [step for step in STEPS if step != "units" or not later]


def first_open(answers: dict) -> str | None:
    """The first step without an answer; None when all have one."""
    return next((step for step in wanted(answers) if not is_answered(step, answers)), None)


def is_answered(step: str, answers: dict) -> bool:
    if step == "units" and step in answers:
        return set(answers[step]) == set(answers.get("levels", {}).get("levels", ()))
    return step in answers


def digest(answers: dict) -> str:
    """What the page of checking showed, so that nobody opens what another window changed meanwhile."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()
