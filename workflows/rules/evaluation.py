"""Residents' judgement of the works: counted answers, an exact score, and whether it is enough."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from workflows.kernel import Missing
from workflows.rules.reasons import Reason

DEFAULT_THRESHOLD = 600
"""Per mille; a community's policy may ask for more."""
DEFAULT_LEAST_RESPONSES = 5
"""Below this number no score is shown: it would say more about who answered than about the works."""


@dataclass(frozen=True)
class Answers:
    """How many residents said what, and how many were asked."""

    satisfied: int
    fair: int
    unsatisfied: int
    asked: int

    @property
    def responses(self) -> int:
        return self.satisfied + self.fair + self.unsatisfied

    @property
    def response_rate(self) -> Fraction | None:
        """Answers of those asked, in per mille; None when nobody was asked."""
        return Fraction(1000 * self.responses, self.asked) if self.asked else None

    @property
    def score(self) -> Fraction | None:
        """Satisfied counts whole, fair half, unsatisfied nothing; in per mille of the answers. None without any."""
        return Fraction(1000 * self.satisfied + 500 * self.fair, self.responses) if self.responses else None


def impossible(answers: Answers) -> tuple[Missing, ...]:
    """What about the counts cannot be; empty when they can."""
    if min(answers.satisfied, answers.fair, answers.unsatisfied, answers.asked) < 0:
        return (Missing(Reason.ANSWERS_NEGATIVE),)
    if answers.responses > answers.asked:
        return (Missing(Reason.MORE_ANSWERS_THAN_ASKED, {"responses": answers.responses, "asked": answers.asked}),)
    return ()


def shortfalls(
    answers: Answers,
    committee_score: int,
    *,
    threshold: int = DEFAULT_THRESHOLD,
    least_responses: int = DEFAULT_LEAST_RESPONSES,
) -> tuple[Missing, ...]:
    """What keeps the evaluation from being good enough, for residents and for the committee (0 to 100).

    `threshold` in per mille holds for both, and is itself enough. Below the least number of answers that is said,
    and no score of the residents is judged.
    """
    return (*_residents(answers, threshold, least_responses), *_committee(committee_score, threshold))


def _residents(answers: Answers, threshold: int, least_responses: int) -> tuple[Missing, ...]:
    wrong = impossible(answers)
    if wrong:
        return wrong
    if answers.score is None or answers.responses < least_responses:
        return (Missing(Reason.TOO_FEW_RESPONSES, {"responses": answers.responses, "least": least_responses}),)
    if answers.score < threshold:
        return (Missing(Reason.SCORE_TOO_LOW, {"score": int(answers.score) // 10, "threshold": -(-threshold // 10)}),)
    return ()


def _committee(score: int, threshold: int) -> tuple[Missing, ...]:
    if not 0 <= score <= 100:
        return (Missing(Reason.COMMITTEE_SCORE_IMPOSSIBLE),)
    if score * 10 < threshold:
        return (Missing(Reason.COMMITTEE_SCORE_TOO_LOW, {"score": score, "threshold": -(-threshold // 10)}),)
    return ()
