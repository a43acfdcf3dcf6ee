"""A piece of evidence as rows of label and value, and the sum sheet of an owners' vote."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from home.formats import area, money

from ..kernel import Refused
from ..models import Evidence, OwnersVote
from ..querysets.facts import vote_figures
from ..refusals import checklist
from ..rules import votes

# Kept in 0.01 m², shown in m².
AREAS = {
    "area_total_centi": _("Floor area in all (m²)"),
    "area_taking_part_centi": _("Floor area taking part (m²)"),
    "area_agreeing_centi": _("Floor area agreeing (m²)"),
}
# What every piece has, and what its page says elsewhere.
COMMON = {field.name for field in Evidence._meta.get_fields()} | {"id"}


def rows_of(piece: Evidence) -> list[tuple[str, str]]:
    """The fields of a piece in words, in their order."""
    fields = [field for field in piece._meta.concrete_fields if field.name not in COMMON]
    return [(_label(field), _value(piece, field)) for field in fields]


def _label(field) -> str:
    return str(AREAS.get(field.name) or capfirst(str(field.verbose_name)))


def _value(piece: Evidence, field) -> str:
    value = getattr(piece, field.name)
    if field.name.endswith("_centi"):
        return area(value)
    if field.choices:
        return getattr(piece, f"get_{field.name}_display")()
    if field.name == "final_cost":
        return money(value)
    return "" if value is None else formats.localize(value)


@dataclass(frozen=True)
class Ratio:
    """One of the four measures: what of what, against which threshold."""

    label: str
    part: str
    whole: str
    percent: str
    threshold: str
    passed: bool


def vote_sheet(piece: Evidence) -> dict | None:
    """The verdict on a vote: four ratios with their thresholds, the result, the version of the rule. None for others.

    `impossible` holds the sentences when the figures cannot be judged.
    """
    if not isinstance(piece, OwnersVote):
        return None
    verdict = votes.verdict(votes.Matter(piece.matter), vote_figures(piece))
    if isinstance(verdict, Refused):
        return {"impossible": checklist(verdict), "rule_version": votes.RULE_VERSION}
    return {
        "verdict": verdict,
        "ratios": [
            _ratio(gettext("Owners taking part"), verdict.participation_by_owners, str),
            _ratio(gettext("Floor area taking part"), verdict.participation_by_area, area),
            _ratio(gettext("Owners agreeing, of those taking part"), verdict.agreement_by_owners, str),
            _ratio(gettext("Floor area agreeing, of that taking part"), verdict.agreement_by_area, area),
        ],
        "rule_version": verdict.rule_version,
    }


def _ratio(label: str, measure: votes.Measure, written) -> Ratio:
    """Percentages are cut after two decimals, so that 66.66 is never shown as 66.67 where two thirds were missed."""
    hundredths = measure.part * 10_000 // measure.whole if measure.whole else 0
    threshold = measure.threshold
    words = gettext("at least %(share)s") if threshold.inclusive else gettext("more than %(share)s")
    return Ratio(
        label=label,
        part=written(measure.part),
        whole=written(measure.whole),
        percent=f"{hundredths // 100}.{hundredths % 100:02d}%",
        threshold=words % {"share": f"{threshold.numerator}/{threshold.denominator}"},
        passed=measure.passed,
    )
