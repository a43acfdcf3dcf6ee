"""From which day on the posts of somebody who leaves are over."""

from datetime import date

import pytest

from community.rules.leaving import began_later, over_from

TODAY = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("last_day", "starts_on", "expected"),
    [
        (date(2026, 6, 10), date(2020, 1, 1), date(2026, 6, 10)),  # today: the rights end now, not tomorrow
        (date(2026, 6, 9), date(2020, 1, 1), date(2026, 6, 10)),
        (date(2026, 5, 31), date(2020, 1, 1), date(2026, 6, 1)),  # the day after the last one
        (date(2026, 6, 10), date(2026, 7, 1), date(2026, 7, 1)),  # a post to come never begins
        (date(2026, 6, 10), date(2026, 6, 10), date(2026, 6, 10)),
    ],
)
def test_the_first_day_without_the_post(last_day, starts_on, expected):
    assert over_from(last_day, starts_on, TODAY) == expected


@pytest.mark.parametrize(
    ("starts_on", "expected"),
    [(date(2026, 6, 1), False), (date(2026, 6, 2), True), (TODAY, True), (date(2026, 6, 11), False)],
)
def test_a_post_that_began_after_the_last_day(starts_on, expected):
    assert began_later(date(2026, 6, 1), starts_on, TODAY) is expected
