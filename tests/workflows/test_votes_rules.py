"""The owners' vote of Civil Code art. 278, at every boundary."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.kernel import Refused
from workflows.rules.reasons import Reason
from workflows.rules.votes import RULE_VERSION, Figures, Matter, Verdict, impossible, verdict

SPECIAL = (Matter.RAISING_FUND, Matter.REBUILDING, Matter.CHANGE_OF_USE)
GENERAL = tuple(matter for matter in Matter if matter not in (*SPECIAL, Matter.NONE))


def figures(taking=(80, 8000_00), agreeing=(60, 6000_00), total=(120, 12000_00)):
    return Figures(
        owners_total=total[0],
        area_total=total[1],
        owners_taking_part=taking[0],
        area_taking_part=taking[1],
        owners_agreeing=agreeing[0],
        area_agreeing=agreeing[1],
    )


@pytest.mark.parametrize(
    ("taking", "met"),
    [
        ((80, 8000_00), True),
        ((80, 7999_99), False),
        ((79, 9000_00), False),
        ((81, 8000_01), True),
        ((80, 8000_01), True),
        ((119, 7999_99), False),
    ],
)
@pytest.mark.parametrize("matter", [*SPECIAL, *GENERAL])
def test_two_thirds_of_owners_and_area_take_part(matter, taking, met):
    assert verdict(matter, figures(taking=taking, agreeing=(41, 4000_01))).quorum_met is met


@pytest.mark.parametrize(
    ("agreeing", "passed"),
    [
        ((60, 6000_00), True),
        ((60, 5999_99), False),
        ((59, 7000_00), False),
        ((61, 6000_00), True),
        ((59, 5999_99), False),
    ],
)
@pytest.mark.parametrize("matter", SPECIAL)
def test_items_6_to_8_need_three_quarters_of_those_taking_part(matter, agreeing, passed):
    judged = verdict(matter, figures(agreeing=agreeing))
    assert judged.quorum_met
    assert judged.passed is passed


@pytest.mark.parametrize(
    ("agreeing", "passed"),
    [
        ((41, 4000_01), True),
        ((40, 5000_00), False),
        ((41, 4000_00), False),
        ((40, 4000_00), False),
    ],
)
@pytest.mark.parametrize("matter", GENERAL)
def test_all_other_items_need_more_than_half(matter, agreeing, passed):
    judged = verdict(matter, figures(agreeing=agreeing))
    assert judged.quorum_met
    assert judged.passed is passed


def test_agreement_of_all_who_came_is_nothing_without_the_quorum():
    judged = verdict(Matter.OTHER, figures(taking=(79, 7900_00), agreeing=(79, 7900_00)))
    assert judged.agreed
    assert not judged.passed


def test_nobody_took_part():
    judged = verdict(Matter.OTHER, figures(taking=(0, 0), agreeing=(0, 0)))
    assert not judged.quorum_met
    assert not judged.agreed
    assert not judged.passed


def test_the_result_sheet_holds_what_was_counted_and_the_rule():
    judged = verdict(Matter.REBUILDING, figures())
    assert judged.rule_version == RULE_VERSION
    assert judged.figures == figures()
    assert (judged.participation_by_owners.part, judged.participation_by_owners.whole) == (80, 120)
    assert (judged.participation_by_area.part, judged.participation_by_area.whole) == (8000_00, 12000_00)
    assert (judged.agreement_by_owners.part, judged.agreement_by_owners.whole) == (60, 80)
    assert (judged.agreement_by_area.part, judged.agreement_by_area.whole) == (6000_00, 8000_00)


def test_items_are_numbered_as_in_the_law():
    assert [matter.item for matter in Matter] == [None, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert {matter.item for matter in SPECIAL} == {6, 7, 8}
    assert Matter.USE_OF_FUND.item == 5


def test_a_matter_without_a_vote_is_not_judged():
    assert verdict(Matter.NONE, figures()) == Refused(Reason.NO_VOTE_NEEDED)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"owners_taking_part": 121}, Reason.MORE_TAKING_PART_THAN_OWNERS),
        ({"area_taking_part": 12000_01}, Reason.MORE_AREA_TAKING_PART),
        ({"owners_agreeing": 81}, Reason.MORE_AGREEING_THAN_TAKING_PART),
        ({"area_agreeing": 8000_01}, Reason.MORE_AREA_AGREEING),
        ({"owners_agreeing": -1}, Reason.FIGURE_NEGATIVE),
        ({"area_agreeing": -1}, Reason.FIGURE_NEGATIVE),
        ({"owners_total": 0}, Reason.NO_OWNERS),
        ({"area_total": 0}, Reason.NO_OWNERS),
        ({"area_agreeing": 0}, Reason.OWNERS_AND_AREA_DISAGREE),
        ({"owners_agreeing": 0}, Reason.OWNERS_AND_AREA_DISAGREE),
        ({"owners_agreeing": 80}, Reason.OWNERS_AND_AREA_DISAGREE),
        ({"area_agreeing": 8000_00}, Reason.OWNERS_AND_AREA_DISAGREE),
        ({"owners_taking_part": 120}, Reason.OWNERS_AND_AREA_DISAGREE),
    ],
)
def test_figures_that_cannot_be_are_refused(changed, reason):
    refused = verdict(Matter.REBUILDING, replace(figures(), **changed))
    assert isinstance(refused, Refused)
    assert reason in [missing.reason for missing in refused.missing]


def test_every_impossibility_is_named_at_once():
    wrong = figures(taking=(121, 12000_01), agreeing=(122, 12000_02))
    assert {missing.reason for missing in impossible(wrong)} == {
        Reason.MORE_TAKING_PART_THAN_OWNERS,
        Reason.MORE_AREA_TAKING_PART,
        Reason.MORE_AGREEING_THAN_TAKING_PART,
        Reason.MORE_AREA_AGREEING,
    }


def test_everybody_took_part_and_agreed():
    everybody = (120, 12000_00)
    assert verdict(Matter.CHANGE_OF_USE, figures(taking=everybody, agreeing=everybody)).passed


@pytest.mark.parametrize("value", [80.0, "80", True, None])
def test_a_figure_is_an_integer(value):
    with pytest.raises(TypeError, match="owners_taking_part"):
        replace(figures(), owners_taking_part=value)


@st.composite
def possible(draw):
    """Small numbers, so that exact thirds, quarters and halves come up often."""
    total = draw(st.tuples(st.integers(1, 24), st.integers(1, 48)))
    taking = [draw(st.integers(0, whole)) for whole in total]
    agreeing = [draw(st.integers(0, whole)) for whole in taking]
    return figures(taking=taking, agreeing=agreeing, total=total)


@given(st.sampled_from([*SPECIAL, *GENERAL]), possible())
def test_the_verdict_is_that_of_exact_fractions(matter, counted):
    judged = verdict(matter, counted)
    if isinstance(judged, Refused):
        assert judged.missing[0].reason == Reason.OWNERS_AND_AREA_DISAGREE
        return
    quorum = all(
        Fraction(part, whole) >= Fraction(2, 3)
        for part, whole in (
            (counted.owners_taking_part, counted.owners_total),
            (counted.area_taking_part, counted.area_total),
        )
    )
    of_those = [
        Fraction(part, whole) if whole else Fraction(0)
        for part, whole in (
            (counted.owners_agreeing, counted.owners_taking_part),
            (counted.area_agreeing, counted.area_taking_part),
        )
    ]
    special = matter in SPECIAL
    agreed = all(share >= Fraction(3, 4) if special else share > Fraction(1, 2) for share in of_those)
    assert isinstance(judged, Verdict)
    assert (judged.quorum_met, judged.agreed, judged.passed) == (quorum, agreed, quorum and agreed)
