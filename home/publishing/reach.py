"""Whom a notice reaches, in words that residents know: estates and buildings, not the names of bodies. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SMALL_CELL = 5
MOST_BUILDINGS = 6


@dataclass(frozen=True)
class BuildingFact:
    """A building of an estate that the place touches: whether it is covered, and how many homes are registered."""

    estate: str
    name: str
    covered: bool
    homes: int


@dataclass(frozen=True)
class Reach:
    """`places`: (estate, names of its buildings; none: all of it). `homes`: how many; None when nobody knows, or when
    they are so few that the number would say who is meant."""

    places: tuple[tuple[str, tuple[str, ...]], ...] = ()
    homes: int | None = None


def reach(facts: Iterable[BuildingFact]) -> Reach:
    """The estates and buildings that are covered, in the order of the facts."""
    estates: dict[str, list[BuildingFact]] = {}
    for fact in facts:
        estates.setdefault(fact.estate, []).append(fact)
    covered = {name: [fact for fact in rows if fact.covered] for name, rows in estates.items()}
    places = tuple(
        (name, () if len(rows) == len(estates[name]) else tuple(fact.name for fact in rows))
        for name, rows in covered.items()
        if rows
    )
    counts = [fact.homes for rows in covered.values() for fact in rows]
    total = sum(counts)
    known = bool(counts) and min(counts) > 0 and total >= SMALL_CELL
    return Reach(places, total if known else None)
