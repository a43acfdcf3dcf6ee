"""Row 49, the activity square: the finance bureau pays, the ground is being levelled, and everyone sees both."""

import pytest

from tests.acceptance.case import Case
from tests.factories import renovation as build

pytestmark = pytest.mark.django_db


def test_the_money_and_the_stage_of_the_square_are_public():
    case = Case(build.neighbourhood())
    case.accepted(title="建一个活动广场", category="upgrading", budget="300000", plan="平整场地。铺地砖。装健身器材。")
    case.publish_page(lead="闲置的空地变成活动广场。")
    case.resolve()
    case.no_vote_needed()
    case.display()
    case.ask("同意建活动广场吗？")
    case.approve()
    case.advance("open_co_construction")
    case.partners()
    case.pledge("180000", label="县财政局")
    case.advance("start_works", status=422).shows("is lacking")
    case.reader.read(case.public()).shows("县财政局", "¥ 180,000.00", "¥ 120,000.00")
    case.pledge("120000", label="县财政局")
    case.advance("start_works")
    case.plan_duty(-1, 0)
    case.log(text="场地平整过半。")
    page = case.reader.read(case.public())
    page.shows("县财政局", "¥ 300,000.00", "Supervising together", "场地平整过半。")
    assert page.soup.select_one('[aria-current="step"]')
    assert "¥ 120,000.00" not in page
