"""Days of publicity and their objections."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.rules.publicity import Objection, days_left, is_over, last_day, length, shortfalls
from workflows.rules.reasons import Reason

FIRST, LAST = date(2026, 2, 25), date(2026, 3, 3)
AFTER = LAST + timedelta(days=1)


def reasons(*args, **options):
    return [missing.reason for missing in shortfalls(*args, **options)]


def test_seven_days_with_both_ends():
    assert last_day(FIRST) == LAST
    assert length(FIRST, LAST) == 7
    assert last_day(FIRST, 1) == FIRST
    assert length(FIRST, FIRST) == 1
    assert length(LAST, FIRST) == -5


def test_leap_day_counts():
    assert last_day(date(2028, 2, 25)) == date(2028, 3, 2)


@pytest.mark.parametrize("days", [0, -1])
def test_no_period_without_a_day(days):
    with pytest.raises(ValueError, match="at least one day"):
        last_day(FIRST, days)


def test_the_last_day_belongs_to_the_period():
    assert not is_over(LAST, LAST)
    assert is_over(LAST, AFTER)
    assert reasons(FIRST, LAST, (), LAST) == [Reason.PUBLICITY_RUNNING]
    assert reasons(FIRST, LAST, (), AFTER) == []


@pytest.mark.parametrize(("today", "left"), [(FIRST, 7), (LAST, 1), (AFTER, 0), (AFTER + timedelta(days=9), 0)])
def test_days_on_which_one_can_still_object(today, left):
    assert days_left(LAST, today) == left


def test_a_period_may_not_be_too_short():
    assert reasons(FIRST, LAST, (), AFTER, least_days=7) == []
    short = shortfalls(FIRST + timedelta(days=1), LAST, (), AFTER)
    assert [(missing.reason, dict(missing.params)) for missing in short] == [
        (Reason.PUBLICITY_TOO_SHORT, {"days": 6, "least_days": 7})
    ]


def test_objections_need_an_answer_by_somebody_else():
    objections = [
        *[Objection()] * 3,
        Objection(answered=True),
        Objection(answered=True, answered_by_proposer=True),
    ]
    assert [objection.open for objection in objections] == [True, True, True, False, True]
    found = {missing.reason: missing.params["count"] for missing in shortfalls(FIRST, LAST, objections, AFTER)}
    assert found == {Reason.OBJECTIONS_OPEN: 3, Reason.ANSWERED_BY_PROPOSER: 1}


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 60))
def test_a_period_is_as_long_as_it_was_made(first, days):
    last = last_day(first, days)
    assert length(first, last) == days
    open_days = [n for n in range(days + 5) if not is_over(last, first + timedelta(days=n))]
    assert len(open_days) == days == days_left(last, first)
