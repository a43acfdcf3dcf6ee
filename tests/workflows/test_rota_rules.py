"""Somebody on site every day of the works."""

from datetime import date, timedelta

from workflows.rules.reasons import Reason
from workflows.rules.rota import duty_days, gaps, shortfalls

MONDAY = date(2026, 7, 27)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]
NEXT_MONDAY = MONDAY + timedelta(days=7)


def test_from_the_first_day_to_the_day_before_acceptance():
    assert duty_days(MONDAY, NEXT_MONDAY) == tuple(WEEK)
    assert duty_days(MONDAY, MONDAY + timedelta(days=1)) == (MONDAY,)
    assert duty_days(MONDAY, MONDAY) == ()
    assert duty_days(NEXT_MONDAY, MONDAY) == ()


def test_gaps_are_days_with_neither_log_nor_explanation():
    assert gaps(MONDAY, NEXT_MONDAY, WEEK, ()) == ()
    assert gaps(MONDAY, NEXT_MONDAY, WEEK[1:5], WEEK[5:6]) == (WEEK[0], WEEK[6])
    assert gaps(MONDAY, NEXT_MONDAY, (), WEEK) == ()


def test_the_first_gap_and_their_number_are_named():
    found = shortfalls(MONDAY, NEXT_MONDAY, WEEK[:2], WEEK[4:6])
    assert [(missing.reason, dict(missing.params)) for missing in found] == [
        (Reason.DUTY_GAPS, {"count": 3, "first": WEEK[2]})
    ]


def test_a_rota_of_explanations_alone_is_none():
    assert [missing.reason for missing in shortfalls(MONDAY, NEXT_MONDAY, (), WEEK)] == [Reason.NO_SITE_LOG]
    assert [missing.reason for missing in shortfalls(MONDAY, MONDAY, (), ())] == [Reason.NO_SITE_LOG]
    assert shortfalls(MONDAY, NEXT_MONDAY, WEEK[:1], WEEK[1:]) == ()
