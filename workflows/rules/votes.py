"""The owners' vote, judged by Civil Code art. 278, in whole numbers only.

Areas are integers in 0.01 m². 以上 (two thirds, three quarters) includes the figure itself, 过半数 (more than
half) does not: Civil Code art. 1259. Whoever took part but did not agree counts as taking part; whoever was silent
did not take part. The result is arithmetic, not a legal certificate.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum

from workflows.kernel import Missing, Refused
from workflows.rules.reasons import Reason

RULE_VERSION = "CN-CC-278/2021-01-01"
"""The Civil Code of the PRC, art. 278, as in force since 1 January 2021."""


class Matter(StrEnum):
    """What the owners decide on: the classes of art. 278 para. 1, or none that needs a vote."""

    NONE = "none"
    RULES_OF_PROCEDURE = "rules_of_procedure"
    COVENANT = "covenant"
    COMMITTEE = "committee"
    PROPERTY_MANAGER = "property_manager"
    USE_OF_FUND = "use_of_fund"
    RAISING_FUND = "raising_fund"
    REBUILDING = "rebuilding"
    CHANGE_OF_USE = "change_of_use"
    OTHER = "other"

    @property
    def item(self) -> int | None:
        """The number of the item in art. 278 para. 1, (1) to (9); None when no vote is needed."""
        return list(Matter).index(self) or None


@dataclass(frozen=True)
class Threshold:
    """A share of a whole, `numerator/denominator`, reached exactly (`inclusive`) or only when exceeded."""

    numerator: int
    denominator: int
    inclusive: bool

    def reached(self, part: int, whole: int) -> bool:
        """Whether `part` of `whole` reaches it, by cross-multiplication. Nothing of nothing never does."""
        if whole <= 0:
            return False
        left, right = part * self.denominator, whole * self.numerator
        return left >= right if self.inclusive else left > right


TWO_THIRDS = Threshold(2, 3, inclusive=True)
THREE_QUARTERS = Threshold(3, 4, inclusive=True)
MORE_THAN_HALF = Threshold(1, 2, inclusive=False)

PARTICIPATION = TWO_THIRDS
SPECIAL_MATTERS = frozenset({Matter.RAISING_FUND, Matter.REBUILDING, Matter.CHANGE_OF_USE})


def agreement_threshold(matter: Matter) -> Threshold:
    """What those taking part must reach: three quarters for items (6) to (8), more than half for all others."""
    return THREE_QUARTERS if matter in SPECIAL_MATTERS else MORE_THAN_HALF


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What was counted, by owners and by exclusive area (0.01 m²). Raises TypeError for anything but integers."""

    owners_total: int
    area_total: int
    owners_taking_part: int
    area_taking_part: int
    owners_agreeing: int
    area_agreeing: int

    def __post_init__(self) -> None:
        for figure in fields(self):
            if type(getattr(self, figure.name)) is not int:
                raise TypeError(f"{figure.name} must be an integer, areas in 0.01 m²")


@dataclass(frozen=True)
class Measure:
    """One ratio beside the threshold that it is held against."""

    part: int
    whole: int
    threshold: Threshold

    @property
    def passed(self) -> bool:
        return self.threshold.reached(self.part, self.whole)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The result sheet: every figure, four measures, and the version of the rule that judged them."""

    matter: Matter
    figures: Figures
    participation_by_owners: Measure
    participation_by_area: Measure
    agreement_by_owners: Measure
    agreement_by_area: Measure
    rule_version: str = RULE_VERSION

    @property
    def quorum_met(self) -> bool:
        """Enough owners took part, by number and by area."""
        return self.participation_by_owners.passed and self.participation_by_area.passed

    @property
    def agreed(self) -> bool:
        """Enough of those who took part agreed, by number and by area."""
        return self.agreement_by_owners.passed and self.agreement_by_area.passed

    @property
    def passed(self) -> bool:
        return self.quorum_met and self.agreed


def impossible(figures: Figures) -> tuple[Missing, ...]:
    """Everything about the figures that cannot be; empty when they can.

    Every owner has some area, so no owners means no area and all owners means all area, and the other way round.
    """
    owners = (figures.owners_total, figures.owners_taking_part, figures.owners_agreeing)
    areas = (figures.area_total, figures.area_taking_part, figures.area_agreeing)
    checks = {
        Reason.FIGURE_NEGATIVE: min(*owners, *areas) < 0,
        Reason.NO_OWNERS: owners[0] <= 0 or areas[0] <= 0,
        Reason.MORE_TAKING_PART_THAN_OWNERS: owners[1] > owners[0],
        Reason.MORE_AREA_TAKING_PART: areas[1] > areas[0],
        Reason.MORE_AGREEING_THAN_TAKING_PART: owners[2] > owners[1],
        Reason.MORE_AREA_AGREEING: areas[2] > areas[1],
    }
    found = [reason for reason, wrong in checks.items() if wrong]
    if not found and not (_agree(owners[:2], areas[:2]) and _agree(owners[1:], areas[1:])):
        found.append(Reason.OWNERS_AND_AREA_DISAGREE)
    return tuple(Missing(reason) for reason in found)


def _agree(owners: tuple[int, ...], areas: tuple[int, ...]) -> bool:
    """Whether both measures say "none" together and "all" together, each given as (whole, part)."""
    none = (owners[1] == 0) == (areas[1] == 0)
    everyone = (owners[1] == owners[0]) == (areas[1] == areas[0])
    return none and everyone


def verdict(matter: Matter, figures: Figures) -> Verdict | Refused:
    """Judge a vote on `matter`; refused when no vote is needed or the figures cannot be."""
    if matter == Matter.NONE:
        return Refused(Reason.NO_VOTE_NEEDED)
    missing = impossible(figures)
    if missing:
        return Refused(missing[0].reason, missing=missing)
    agreement = agreement_threshold(matter)
    return Verdict(
        matter=Matter(matter),
        figures=figures,
        participation_by_owners=Measure(figures.owners_taking_part, figures.owners_total, PARTICIPATION),
        participation_by_area=Measure(figures.area_taking_part, figures.area_total, PARTICIPATION),
        agreement_by_owners=Measure(figures.owners_agreeing, figures.owners_taking_part, agreement),
        agreement_by_area=Measure(figures.area_agreeing, figures.area_taking_part, agreement),
    )
