"""Money: what was pledged against what the works cost, in exact decimals (yuan)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from workflows.kernel import Missing
from workflows.rules.reasons import Reason

WHOLE = 1000
"""Shares are whole numbers per mille."""


def lacking(budget: Decimal, pledged: Decimal) -> Decimal:
    """What is still to be found; 0 when the pledges reach the budget."""
    return max(budget - pledged, Decimal(0))


def shortfalls(budget: Decimal | None, pledged: Decimal) -> tuple[Missing, ...]:
    """What keeps the money from being enough: no budget, or pledges below it."""
    if budget is None or budget <= 0:
        return (Missing(Reason.NO_BUDGET),)
    if pledged < budget:
        figures = {"budget": budget, "pledged": pledged, "lacking": lacking(budget, pledged)}
        return (Missing(Reason.PLEDGES_SHORT, figures),)
    return ()


def shares(amounts: Sequence[Decimal]) -> tuple[int, ...]:
    """Each amount's share of their sum, in whole per mille that add up to 1000, by largest remainder.

    Of equal remainders the earlier amount is rounded up. All zero when there is nothing to share.
    Raises ValueError for a negative amount.
    """
    if any(amount < 0 for amount in amounts):
        raise ValueError("an amount cannot be negative")
    total = sum(map(Fraction, amounts), Fraction(0))
    if total == 0:
        return (0,) * len(amounts)
    exact = [Fraction(amount) * WHOLE / total for amount in amounts]
    floors = [part.numerator // part.denominator for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda n: (floors[n] - exact[n], n))
    for n in by_remainder[: WHOLE - sum(floors)]:
        floors[n] += 1
    return tuple(floors)


@dataclass(frozen=True)
class Meter:
    """The bar of a project page: a share per pledge and one for what is lacking; together 1000 per mille."""

    shares: tuple[int, ...]
    lacking_share: int
    lacking: Decimal


def meter(budget: Decimal, pledges: Sequence[Decimal]) -> Meter:
    """The bar of `pledges` against `budget`; more than the budget fills the bar, and nothing is lacking."""
    gap = lacking(budget, sum(pledges, Decimal(0)))
    *parts, rest = shares((*pledges, gap))
    return Meter(tuple(parts), rest, gap)
