"""The kinds of messages, in words. Packages add theirs in their app's `ready()`."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

TEST = "test"

_kinds: dict[str, str] = {
    TEST: _("This is a test; there is nothing to do"),
    "rights_overdue": _("Who may do what was not gone through in its quarter"),
    "handed_over": _("Duties of somebody who left were handed over to you"),
}


def register_kinds(kinds: Mapping[str, str]) -> None:
    """Add kinds (key → what the message says about its thing). Raises ValueError when a key is taken."""
    if taken := _kinds.keys() & kinds.keys():
        raise ValueError(f"There are such kinds already: {', '.join(sorted(taken))}.")
    _kinds.update(kinds)


def is_registered(key: str) -> bool:
    return key in _kinds


def in_words(key: str) -> str:
    """What a message of this kind says; the key itself when its package is gone."""
    return str(_kinds.get(key, key))
