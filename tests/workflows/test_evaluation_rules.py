"""What residents say of the works, in exact figures."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.rules.evaluation import Answers, impossible, shortfalls
from workflows.rules.reasons import Reason


def reasons(answers, committee_score=100, threshold=600, least_responses=10):
    found = shortfalls(answers, committee_score, threshold=threshold, least_responses=least_responses)
    return {missing.reason: dict(missing.params) for missing in found}


def test_score_and_response_rate_are_exact():
    answers = Answers(satisfied=5, fair=1, unsatisfied=1, asked=12)
    assert answers.responses == 7
    assert answers.score == Fraction(5500, 7)
    assert answers.response_rate == Fraction(7000, 12)


def test_nobody_asked_nobody_answered():
    nobody = Answers(0, 0, 0, 0)
    assert nobody.score is None
    assert nobody.response_rate is None
    assert reasons(nobody) == {Reason.TOO_FEW_RESPONSES: {"responses": 0, "least": 10}}
    assert reasons(nobody, least_responses=0) == {Reason.TOO_FEW_RESPONSES: {"responses": 0, "least": 0}}


def test_the_threshold_itself_is_enough():
    assert reasons(Answers(6, 0, 4, 10)) == {}
    assert reasons(Answers(5, 2, 3, 10)) == {}
    assert reasons(Answers(5, 1, 4, 10)) == {Reason.SCORE_TOO_LOW: {"score": 55, "threshold": 60}}


def test_a_score_just_below_is_never_rounded_up():
    just_below = Answers(satisfied=599, fair=1, unsatisfied=400, asked=1000)
    assert just_below.score == Fraction(5995, 10)
    assert reasons(just_below) == {Reason.SCORE_TOO_LOW: {"score": 59, "threshold": 60}}


def test_a_threshold_between_two_per_cents_is_said_as_the_higher():
    assert reasons(Answers(6, 0, 4, 10), threshold=601) == {Reason.SCORE_TOO_LOW: {"score": 60, "threshold": 61}}


def test_below_the_least_number_no_score_is_judged():
    assert reasons(Answers(0, 0, 9, 50)) == {Reason.TOO_FEW_RESPONSES: {"responses": 9, "least": 10}}
    assert reasons(Answers(10, 0, 0, 50)) == {}


@pytest.mark.parametrize(("score", "enough"), [(60, True), (59, False), (100, True), (0, False)])
def test_the_committee_must_find_it_good_too(score, enough):
    found = reasons(Answers(10, 0, 0, 10), committee_score=score)
    assert (found == {}) is enough
    if not enough:
        assert found == {Reason.COMMITTEE_SCORE_TOO_LOW: {"score": score, "threshold": 60}}


@pytest.mark.parametrize("score", [-1, 101])
def test_a_committee_score_is_from_0_to_100(score):
    assert reasons(Answers(10, 0, 0, 10), committee_score=score) == {Reason.COMMITTEE_SCORE_IMPOSSIBLE: {}}


@pytest.mark.parametrize("counts", [(-1, 0, 0, 5), (0, -1, 0, 5), (0, 0, -1, 5), (0, 0, 0, -1)])
def test_counts_are_not_negative(counts):
    assert [missing.reason for missing in impossible(Answers(*counts))] == [Reason.ANSWERS_NEGATIVE]


def test_no_more_answers_than_asked():
    assert impossible(Answers(2, 2, 1, 5)) == ()
    assert reasons(Answers(2, 2, 2, 5)) == {Reason.MORE_ANSWERS_THAN_ASKED: {"responses": 6, "asked": 5}}


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 1000))
def test_enough_is_what_exact_halves_say(satisfied, fair, unsatisfied, threshold):
    responses = satisfied + fair + unsatisfied
    enough = responses >= 10 and Fraction(2 * satisfied + fair, 2 * responses) >= Fraction(threshold, 1000)
    found = reasons(Answers(satisfied, fair, unsatisfied, 120), threshold=threshold)
    assert (found == {}) is enough
