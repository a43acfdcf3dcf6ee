"""Pledges against the budget, and the shares of the bar."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.rules.funding import Meter, lacking, meter, shares, shortfalls
from workflows.rules.reasons import Reason

BUDGET = Decimal("1000.00")
amounts = st.lists(st.decimals(0, 10**7, places=2), max_size=8)


@pytest.mark.parametrize(
    ("pledged", "lacks"), [("999.99", "0.01"), ("1000.00", "0"), ("1000.01", "0"), ("0", "1000.00")]
)
def test_pledges_must_reach_the_budget_to_the_cent(pledged, lacks):
    pledged, lacks = Decimal(pledged), Decimal(lacks)
    assert lacking(BUDGET, pledged) == lacks
    found = shortfalls(BUDGET, pledged)
    if lacks:
        assert [(missing.reason, missing.params["lacking"]) for missing in found] == [(Reason.PLEDGES_SHORT, lacks)]
    else:
        assert found == ()


@pytest.mark.parametrize("budget", [None, Decimal(0), Decimal("-1")])
def test_without_a_budget_no_pledge_is_enough(budget):
    assert [missing.reason for missing in shortfalls(budget, BUDGET)] == [Reason.NO_BUDGET]


def test_shares_by_largest_remainder():
    assert shares([Decimal(1)] * 3) == (334, 333, 333)
    assert shares([Decimal(1), Decimal(1), Decimal(4)]) == (167, 167, 666)
    assert shares([Decimal("0.01"), Decimal("99999.99")]) == (0, 1000)
    assert shares([Decimal(0), Decimal(0)]) == (0, 0)
    assert shares([]) == ()


def test_a_negative_amount_is_no_share():
    with pytest.raises(ValueError, match="negative"):
        shares([Decimal(5), Decimal("-0.01")])


@given(amounts)
def test_shares_add_up_and_are_never_off_by_a_whole_one(some):
    found = shares(some)
    total = sum(map(Fraction, some))
    assert sum(found) == (1000 if total else 0)
    for amount, share in zip(some, found, strict=True):
        assert abs(share - Fraction(amount) * 1000 / (total or 1)) < 1


@given(amounts)
def test_of_two_amounts_the_larger_has_no_smaller_share(some):
    found = shares(some)
    for n, amount in enumerate(some):
        assert all(found[n] >= found[m] for m, other in enumerate(some) if amount > other)


def test_the_bar_of_a_project():
    half = meter(BUDGET, [Decimal(250), Decimal("250.00")])
    assert half == Meter(shares=(250, 250), lacking_share=500, lacking=Decimal(500))
    assert meter(BUDGET, []) == Meter(shares=(), lacking_share=1000, lacking=BUDGET)
    assert meter(BUDGET, [BUDGET]) == Meter(shares=(1000,), lacking_share=0, lacking=Decimal(0))
    assert meter(BUDGET, [Decimal(1500), Decimal(500)]) == Meter((750, 250), 0, Decimal(0))
