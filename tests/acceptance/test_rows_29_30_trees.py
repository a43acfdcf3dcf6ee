"""Rows 29 and 30: a tree of five levels and one of four side by side; approval goes up, scope stays below."""

import pytest
from django.urls import reverse

from community.models import Partner, Unit
from community.roles import Post
from tests.acceptance.case import Case
from tests.acceptance.people import Person
from tests.factories import community as make
from tests.factories.renovation import Neighbourhood

pytestmark = pytest.mark.django_db
Kind = Unit.Kind


def neighbourhood(top: Unit, chain: list[tuple[Unit.Kind, str]], prefix: str) -> tuple[Neighbourhood, list[list]]:
    """A community with a chain of units below it, and a body of three at each but the lowest; bodies from below."""
    units = [top]
    for kind, name in chain:
        code = {"reference_prefix": prefix, "phone": "0714-000 0000"} if kind == Kind.COMMUNITY else {}
        units.append(make.unit(kind, parent=units[-1], name=name, **code))
    community, lowest = units[1], units[-2]
    bodies = [[make.holder(Post.COMMITTEE_MEMBER, unit) for _ in range(3)] for unit in reversed(units[1:-1])]
    here = Neighbourhood(
        community=community,
        grid=lowest,
        officer=make.holder(Post.OFFICER, community),
        secretary=make.holder(Post.SECRETARY, community),
        grid_worker=make.holder(Post.GRID_WORKER, units[2]),
        group_member=make.holder(Post.GROUP_MEMBER, lowest),
        editor=make.holder(Post.EDITOR, community),
        partner=make.save(Partner(community=community, name="示例单位", kind="agency"), community),
    )
    return here, bodies


def five_levels():
    chain = [(Kind.COMMUNITY, "平安社区"), (Kind.GRID, "第一网格"), (Kind.COURTYARD, "梧桐院落"),
             (Kind.HOUSEHOLD, "中心户")]  # fmt: skip
    return neighbourhood(make.unit(Kind.TOWN, name="示例镇"), chain, "PA")


def four_levels():
    chain = [(Kind.COMMUNITY, "云健社区"), (Kind.ESTATE, "云健小区"), (Kind.BUILDING_GROUP, "三号楼"),
             (Kind.HOUSEHOLD, "中心户")]  # fmt: skip
    return neighbourhood(make.unit(Kind.STREET, name="示例街道"), chain, "YJ")


def publish_policy(case: Case, kinds: list[Unit.Kind]) -> None:
    """The administrator writes down which bodies approve, one after the other."""
    administrator = Person(make.holder(Post.ADMINISTRATOR, case.here.community))
    steps = {"steps-TOTAL_FORMS": str(len(kinds))}
    for number, kind in enumerate(kinds):
        step = {
            "unit_kind": kind,
            "posts": [Post.COMMITTEE_MEMBER],
            "min_taking_part": 2,
            "min_approvals": 2,
            "days": 5,
        }
        steps |= {f"steps-{number}-{name}": value for name, value in step.items()}
    page = administrator.read(reverse("policies:add"))
    administrator.send(page, unit=str(case.here.community.pk), name="三级审批", publicity_days="7", **steps)


def approve_upwards(case: Case, bodies: list[list]) -> None:
    """Nothing waits for a body before the one below has agreed."""
    case.ask()
    for level, body in enumerate(bodies):
        for later in bodies[level + 1 :]:
            assert case.inbox(later[0]) == []
        for member in body[:2]:
            case.decide(member)
        assert case.inbox(body[2]) == []


@pytest.mark.parametrize(
    ("tree", "kinds", "names"),
    [
        (five_levels, [Kind.COURTYARD, Kind.GRID, Kind.COMMUNITY], ["梧桐院落", "第一网格", "平安社区"]),
        (four_levels, [Kind.BUILDING_GROUP, Kind.ESTATE, Kind.COMMUNITY], ["三号楼", "云健小区", "云健社区"]),
    ],
    ids=["five levels", "four levels"],
)
def test_approval_goes_up_three_bodies_in_either_tree(tree, kinds, names):
    here, bodies = tree()
    case = Case(here)
    publish_policy(case, kinds)
    case.propose()
    case.advance("accept")
    approve_upwards(case, bodies)
    overview = case.overview()
    overview.shows(*names)
    assert "The committees have not been asked yet." not in overview
    case.resolve()
    case.no_vote_needed()
    case.display()
    case.advance("open_co_construction").shows("Building together")


def test_both_trees_live_side_by_side_and_see_nothing_of_each_other():
    (five, five_bodies), (four, four_bodies) = five_levels(), four_levels()
    cases = [Case(five), Case(four)]
    for case, kind in zip(cases, (Kind.COURTYARD, Kind.BUILDING_GROUP), strict=True):
        publish_policy(case, [kind, Kind.COMMUNITY])
        case.propose(title=f"{case.here.community}的路")
        case.advance("accept")
        case.ask()
    for own, other in (cases, reversed(cases)):
        listed = own.officer.read(reverse("renovation:index"))
        listed.shows(own.title)
        assert other.title not in listed
        units = own.officer.read(reverse("units:index"))
        units.shows("中心户", own.here.grid.name)
        assert other.here.community.name not in units
        for address in (other.admin(), other.desk("request")):
            own.officer.read(address, status=404)
    assert cases[0].inbox(five_bodies[0][0])
    assert cases[1].inbox(five_bodies[0][0]) == []
    assert cases[0].inbox(four_bodies[0][0]) == []


def test_a_right_holds_for_what_is_below_and_for_nothing_beside_or_above():
    here, _bodies = five_levels()
    town = here.community.get_parent()
    beside = make.unit(Kind.GRID, parent=here.community, name="第二网格")
    case = Case(here)
    case.propose()
    Person(make.holder(Post.STREET_SUPERVISOR, town)).read(case.admin()).shows(case.title)
    for stranger in (make.holder(Post.GRID_WORKER, beside), make.holder(Post.COMMITTEE_MEMBER, beside)):
        Person(stranger).read(case.desk("request"), status=404)
