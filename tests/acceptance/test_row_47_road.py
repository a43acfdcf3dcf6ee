"""Row 47, the 148 m road: from somebody's words at the door to a result that everyone can read, in every version."""

import pytest

from tests.acceptance.case import Case, day
from tests.factories import renovation as build

pytestmark = pytest.mark.django_db


def test_the_road_from_the_proposal_to_the_shared_result():
    case = Case(build.neighbourhood())
    here = case.here

    # 提案: what was said at the door, and what the officer measured.
    assert case.reference in case.propose()
    case.change("雨后量过", measure="148", measure_unit="m")
    case.advance("accept", status=422).shows("This is your own request: somebody else must decide.")
    case.advance("accept", by=case.secretary)
    case.publish_page(lead="坏了多年的一段路，重新修好。")
    case.reader.read(case.public()).shows("148 m", "坏了多年的一段路")

    # 决策共谋: resolved, on display, agreed by the grid's body and then by the community's.
    case.resolve()
    case.no_vote_needed()
    case.display()
    case.ask()
    case.decide(here.grid_committee[0])
    case.change("划出停车位", plan="铺设雨水管。新建人行道。划出停车位。", budget="286000")
    case.advance("open_co_construction", status=422).shows("The committees have not been asked yet.")
    assert case.inbox(here.grid_committee[1]) == []
    case.resolve()
    case.no_vote_needed()
    case.display()
    case.ask("同意修路并划出停车位吗？")
    changed = case.decision_page(here.grid_committee[0])
    changed.shows("Different from what you decided about", "¥ 240,000.00", "¥ 286,000.00")
    case.approve()
    case.advance("open_co_construction")

    # 发展共建: the works wait for the last yuan.
    case.pledge("285999.99")
    case.partners()
    case.advance("start_works", status=422).shows("¥0.01 is lacking")
    case.pledge("0.01", source="residents", label="住户")
    case.advance("start_works")

    # 建设共管: somebody there every day, a fault found and put right.
    case.plan_duty(-1, 0)
    case.log(-1)
    case.log(finding="problem", text="雨水口堵了。", severity="major", due_on=day(2))
    case.accept_together()
    case.advance("accept_works", status=422).shows("Faults not put right and checked: 1.")
    case.put_right("雨水口清通了。")
    case.advance("accept_works")

    # 效果共评 and 成果共享.
    case.evaluate()
    case.advance("publish_result")
    case.share("248600")
    case.advance("close")

    read_by_everyone(case)


def read_by_everyone(case):
    """A reader comes from the community's page and reads where it stands, every version and every difference."""
    community = case.reader.read(f"/en{case.home}")
    listed = case.reader.read(next(link for link in community.links("/projects/") if link.endswith("/projects/")))
    project = case.reader.read(listed.link(f"/{case.reference.lower()}/"))
    project.shows("Finished", "148 m", "¥ 286,000.00", "¥ 248,600.00", "示例研究所", "住户")
    versions = case.reader.read(project.link("/versions/"))
    versions.shows("Version 1", "Version 2", "Version 3", "雨后量过", "划出停车位")
    first, second = (case.reader.read(versions.link(f"/versions/{pair}/")) for pair in ("1-2", "2-3"))
    first.shows("148 m")
    assert "划出停车位" in second.shows("¥ 286,000.00").soup.select_one("ins").text
    log = case.reader.read(project.link("/log/")).shows("雨水口堵了")
    people = [case.here.officer, case.here.secretary, case.here.grid_worker, case.here.group_member]
    for page in (project, versions, first, second, log):
        for secret in ("王芳", "13812345678", "一脚水", *(person.name for person in people)):
            assert secret not in page, secret
