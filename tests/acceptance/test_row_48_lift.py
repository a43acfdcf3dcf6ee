"""Row 48, the lift: owners vote under article 278, to the hundredth of a square metre; an objection gets its answer."""

import pytest
from django.urls import reverse

from tests.acceptance.case import Case, day
from tests.factories import renovation as build
from tests.worlds import world

pytestmark = pytest.mark.django_db


def vote(case: Case, area_agreeing: str, owners_agreeing: str = "60") -> None:
    """80 of 120 owners with 8,000.00 of 12,000.00 m² take part: two thirds of both."""
    case.prove(
        "ownersvote", matter="rebuilding", scope="building", scope_name="三号楼", opened_on=day(-20),
        closed_on=day(-10), owners_total="120", area_total="12000.00", owners_taking_part="80",
        area_taking_part="8000.00", owners_agreeing=owners_agreeing, area_agreeing=area_agreeing,
    )  # fmt: skip


def withdraw_vote(case: Case) -> None:
    link = next(link for link in case.overview().links("/withdraw/") if "/ownersvote/" in link)
    case.officer.send(link, reason="重新计票")


@world
def case():
    case = Case(build.neighbourhood())
    case.accepted(title="三号楼加装电梯", category="upgrading", budget="620000")
    case.publish_page(lead="三号楼的老人下楼不再难。")
    case.resolve()
    case.prove("matterfinding", matter="rebuilding", ground="改建建筑物的附属设施。")
    return case


def test_three_quarters_of_owners_and_area_are_enough_and_a_hundredth_less_is_not(case):
    case.display()
    case.ask("同意加装电梯吗？")
    case.approve()
    too_few = "Too few of the owners who voted agreed."
    for owners, area in (("60", "5999.99"), ("59", "6000.00")):
        vote(case, area, owners)
        case.advance("open_co_construction", status=422).shows(too_few)
        case.reader.read(case.public()).shows("The vote has not passed.")
        withdraw_vote(case)
    vote(case, "6000.00")
    case.advance("open_co_construction").shows("Building together")
    case.reader.read(case.public()).shows("The vote has passed.", "60", "6,000.00")


def test_an_objection_in_the_publicity_period_holds_the_lift_until_it_is_answered(case):
    vote(case, "6000.00")
    case.display()
    case.ask("同意加装电梯吗？")
    case.approve()
    entered = case.officer.read(case.overview().link("/objections/"))
    objection = "电梯井离我家窗户太近，挡光。"
    case.officer.send(
        entered, received_on=day(-4), channel="phone", summary=objection, words="把我家的光都挡了",
        contact_name="李强", contact_phone="13900001111",
    )  # fmt: skip
    case.advance("open_co_construction", status=422).shows("Objections without an answer: 1.")
    case.reader.read(case.public()).shows(objection)
    answer = "井道向东移 1.2 米，采光测算合格。"
    case.secretary.send(case.secretary.read(reverse("desk")).link("/objections/"), answer=answer)
    shown = case.reader.read(case.public()).shows(objection, answer)
    assert not {"李强", "13900001111", "把我家的光都挡了"} & set(shown.text.split())
    assert "13900001111" not in shown
    case.advance("open_co_construction")


def test_the_subsidy_is_a_line_of_the_money_that_everyone_can_follow(case):
    vote(case, "6000.00")
    case.display()
    case.ask("同意加装电梯吗？")
    case.approve()
    case.advance("open_co_construction")
    case.pledge("250000", source="subsidy", label="政府加装电梯补助")
    case.reader.read(case.public()).shows("政府加装电梯补助", "¥ 250,000.00", "¥ 370,000.00")
    case.partners()
    case.advance("start_works", status=422).shows("is lacking")
    case.pledge("370000", source="residents", label="三号楼住户")
    case.advance("start_works")
