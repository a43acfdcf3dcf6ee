"""Neighbours who sign a proposal: when, and what makes two signatures one."""

from __future__ import annotations

import re
import unicodedata

from workflows.rules.stages import State

OPEN = frozenset({State.SUBMITTED, State.RETURNED, State.JOINT_DECISION})
"""Until it is decided; afterwards a signature would change nothing."""


def may_sign(state: str) -> bool:
    """Whether neighbours may sign a request in this state."""
    return state in OPEN


def same_phone(typed: str) -> str:
    """What two ways of writing one number have in common: its last eleven digits. Empty for none."""
    return re.sub(r"\D", "", unicodedata.normalize("NFKC", typed))[-11:]


def same_home(building: str, door: str) -> str:
    """What two ways of writing one door have in common. Empty without a building or a number."""
    digits = "-".join(re.findall(r"\d+|[a-z]+", unicodedata.normalize("NFKC", door).casefold()))
    return f"{building} {digits}" if building and digits else ""
