"""Promised times: whole numbers with their units, compared only where they can be."""

import pytest

from services.rules.promises import LONGEST, Promise, TimeUnit, promise


@pytest.mark.parametrize("unit", list(TimeUnit))
def test_a_promise_lies_between_one_and_the_longest_of_its_unit(unit):
    assert [Promise(amount, unit).is_possible for amount in (0, 1, LONGEST[unit], LONGEST[unit] + 1)] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "longer"),
    [
        ((61, "minutes"), (1, "hours"), True),
        ((60, "minutes"), (1, "hours"), False),
        ((9, "working_hours"), (1, "working_days"), True),
        ((8, "working_hours"), (1, "working_days"), False),
        ((3, "working_days"), (2, "working_days"), True),
        ((72, "hours"), (1, "working_days"), False),
        ((40, "working_hours"), (1, "minutes"), False),
    ],
)
def test_what_runs_by_the_clock_is_not_set_against_opening_hours(one, other, longer):
    assert promise(*one).is_longer_than(promise(*other)) is longer


def test_nothing_promised():
    assert promise(None, "working_days") is None
    with pytest.raises(ValueError, match="weeks"):
        promise(1, "weeks")
