"""Quarters, how a node stands, and what changed between two lists."""

from datetime import date

import pytest

from community.rules.rights import (
    DONE,
    DUE,
    OVERDUE,
    differences,
    digest_of,
    fingerprint,
    first_day,
    quarter_before,
    quarter_of,
    standing,
)


@pytest.mark.parametrize(
    ("day", "quarter", "begins", "before"),
    [
        (date(2026, 1, 1), "2026Q1", date(2026, 1, 1), "2025Q4"),
        (date(2026, 3, 31), "2026Q1", date(2026, 1, 1), "2025Q4"),
        (date(2026, 4, 1), "2026Q2", date(2026, 4, 1), "2026Q1"),
        (date(2026, 9, 30), "2026Q3", date(2026, 7, 1), "2026Q2"),
        (date(2026, 12, 31), "2026Q4", date(2026, 10, 1), "2026Q3"),
    ],
)
def test_quarters(day, quarter, begins, before):
    assert (quarter_of(day), first_day(quarter), quarter_before(quarter)) == (quarter, begins, before)


@pytest.mark.parametrize(
    ("done_in", "begun_on", "expected"),
    [
        ("2026Q2", date(2020, 1, 1), DONE),
        ("2026Q1", date(2020, 1, 1), DUE),
        ("2025Q4", date(2020, 1, 1), OVERDUE),
        (None, date(2026, 4, 1), DUE),  # the first post came in this quarter
        (None, date(2026, 3, 31), OVERDUE),
    ],
)
def test_how_a_node_stands_on_the_first_of_may(done_in, begun_on, expected):
    assert standing(done_in, begun_on, date(2026, 5, 1)) == expected


def test_a_fingerprint_tells_parts_apart():
    assert fingerprint("ab", "c") != fingerprint("a", "bc") and fingerprint(1, None) == fingerprint("1", "None")


def test_the_digest_of_a_list_does_not_hang_on_its_order():
    assert digest_of(["a", "b"]) == digest_of(["b", "a"]) != digest_of(["a"])


def test_what_changed():
    found = differences({"a": "1", "b": "2", "c": "3"}, {"b": "2", "c": "4", "d": "5"})
    assert found == {"a": "gone", "c": "changed", "d": "new"}
