"""Public references: every single slip is noticed."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.rules.references import ALPHABET, SHAPE, is_valid, make, read


@pytest.fixture(scope="module")
def references():
    """Two hundred references of many shapes, from a fixed seed."""
    chance = random.Random(278)
    prefixes = ["".join(chance.choices(string.ascii_uppercase, k=length)) for length in (2, 3, 4, 5, 6) * 40]
    return [make(prefix, chance.randrange(0, 10_000), chance.choice) for prefix in prefixes]


def kind_of(position, reference):
    """The characters that may stand at this position without spoiling the shape."""
    prefix_length = reference.index("-")
    if position < prefix_length:
        return string.ascii_uppercase
    return string.digits if position < prefix_length + 5 else ALPHABET


def test_nothing_that_can_be_taken_for_something_else():
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert not set("01OI") & set(ALPHABET)


def test_what_is_made_is_valid(references):
    assert all(is_valid(reference) for reference in references)
    assert SHAPE.fullmatch(make("KY", 2026, lambda options: options[0]))[3] == "2222"


def test_the_random_part_is_the_choice_of_the_caller():
    picks = iter("7HKQ")
    reference = make("KY", 2026, lambda options: next(picks))
    assert reference.startswith("KY-2026-7HKQ")
    assert len(reference) == 13


def test_every_single_wrong_character_is_noticed(references):
    tried = 0
    for reference in references:
        for position, right in enumerate(reference):
            for wrong in (*string.ascii_uppercase, *string.digits, "-", " "):
                if right != wrong:
                    assert not is_valid(reference[:position] + wrong + reference[position + 1 :])
                    tried += 1
    assert tried > 90_000


def test_every_pair_of_values_at_every_place_is_told_apart():
    """The check is linear: what holds for one reference holds for all, so each place is tried with each value once."""
    base = make("ABCDEF", 2026, lambda options: options[0])
    for position in range(len(base)):
        if base[position] == "-" or position == len(base) - 1:
            continue
        checks = set()
        for char in kind_of(position, base):
            stem = base[:position] + char + base[position + 1 : -1]
            fitting = [check for check in ALPHABET if is_valid(stem + check)]
            assert len(fitting) == 1
            checks.add(fitting[0])
        assert len(checks) == len(kind_of(position, base))


def test_every_swap_of_neighbours_is_noticed(references):
    tried = 0
    for reference in references:
        for n in range(len(reference) - 1):
            left, right = reference[n : n + 2]
            if left != right:
                assert not is_valid(reference[:n] + right + left + reference[n + 2 :])
                tried += 1
    assert tried > 2_000


def test_swaps_of_every_two_values_are_noticed():
    for one in ALPHABET:
        for other in ALPHABET:
            for before, behind in (("", "22"), ("2", "2"), ("22", "")):
                picks = iter(before + one + other + behind)
                reference = make("KY", 2026, lambda options, picks=picks: next(picks))
                at = 8 + len(before)
                swapped = reference[:at] + other + one + reference[at + 2 :]
                assert is_valid(swapped) is (one == other)


@pytest.mark.parametrize(
    "wrong",
    ["", "KY-2026", "KY-2026-7HKQ", "K-2026-22222", "ABCDEFG-2026-22222", "KY-26-22222", "KY-2026-2222\n"],
)
def test_other_shapes_are_no_references(wrong):
    assert not is_valid(wrong)


def test_a_line_break_behind_a_reference_spoils_it(references):
    assert not any(is_valid(reference + "\n") for reference in references)


@pytest.mark.parametrize(
    ("prefix", "year"),
    [("K", 2026), ("ky", 2026), ("KEYUANX", 2026), ("K2", 2026), ("科苑", 2026), ("KY", 10000), ("KY", -1)],
)
def test_no_reference_is_made_of_something_else(prefix, year):
    with pytest.raises(ValueError, match="no reference"):
        make(prefix, year, lambda options: options[0])


def test_what_people_type_is_forgiven(references):
    for reference in references[:20]:
        for typed in (reference.lower(), f" {reference} ", reference.replace("-", " - "), to_full_width(reference)):
            assert read(typed) == reference
    assert read("KY-2026") is None


def to_full_width(text):
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


@given(st.text(max_size=20))
def test_any_typed_text_is_answered(typed):
    assert read(typed) is None or is_valid(read(typed))
