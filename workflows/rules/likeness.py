"""Which known requests are like a new proposal: about the same place, or in much the same words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

FULL = 1000
MUCH = 300
"""From so many per mille of common pairs of letters on, two texts are about the same thing."""
SHOWN = 3


@dataclass(frozen=True)
class Known:
    """A request in its public wording. `estate` is a key, or None where it lies in no estate."""

    reference: str
    estate: int | None
    place: str
    text: str


@dataclass(frozen=True)
class Typed:
    """What somebody is about to propose: the estate, the building and the common part as chosen, and their words."""

    estate: int | None
    building: str
    part: str
    text: str


def alike(typed: Typed, known: Iterable[Known]) -> list[str]:
    """References of the requests that are like it, the most alike first, three at most."""
    ranked = [(_rank(typed, one), one.reference) for one in known]
    ranked = [(rank, reference) for rank, reference in ranked if rank >= MUCH]
    return [reference for rank, reference in sorted(ranked, key=lambda pair: (-pair[0], pair[1]))[:SHOWN]]


def _rank(typed: Typed, known: Known) -> int:
    """Per mille of likeness of the words; the same place counts as much as the same words in full."""
    return likeness(typed.text, known.text) + (FULL if is_same_place(typed, known) else 0)


def is_same_place(typed: Typed, known: Known) -> bool:
    """The same estate, and there the same building; without a building, the same common part."""
    if typed.estate is None or typed.estate != known.estate:
        return False
    wanted = _plain(typed.building or typed.part)
    where = _plain(known.place if typed.building else known.place + known.text)
    return bool(wanted) and re.search(rf"(?<!\d){re.escape(wanted)}", where) is not None


def likeness(one: str, other: str) -> int:
    """Of the pairs of letters of the shorter text, so many per mille stand in the other too. 0 for texts too short."""
    first, second = _pairs(one), _pairs(other)
    shorter = min(len(first), len(second))
    return FULL * len(first & second) // shorter if shorter >= 4 else 0


def _pairs(text: str) -> frozenset[str]:
    plain = _plain(text)
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1))


def _plain(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())
