"""Finding one's community among few and among thousands."""

import itertools
import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.actions.places import add_estate, change_unit
from community.models import Unit
from community.records import act
from home.finding import MOST_FOUND, MOST_LISTED
from home.models import AreaPage, CommunityPage
from tests.factories import community as units
from tests.factories import pages as make
from tests.worlds import world

pytestmark = pytest.mark.django_db

_numbers = itertools.count(1)


def add_communities(street: AreaPage, number: int) -> None:
    """Communities of a street, as rows and pages and nothing more: nothing below them is opened here."""
    above = Unit.objects.get(pk=street.unit_id)
    with act(units.SYSTEM, "test.save", above, subject=above):
        for name in itertools.islice(_numbers, number):
            unit = Unit(name=f"第{name}社区", code=f"c-{name}", kind=Unit.Kind.COMMUNITY, reference_prefix="QQ")
            above.add_child(instance=unit)
            street.add_child(instance=CommunityPage(title=unit.name, slug=unit.code, unit=unit, live=True))


@world
def streets():
    """Three streets: one with thirty communities, one with twelve, one with a single one called 林峰社区."""
    alone = make.community(name="林峰社区", initials="lfsq").get_parent().specific
    many, few = (make.community().get_parent().specific for _number in range(2))
    change_unit(units.SYSTEM, unit=many.unit, initials="rmjd")
    add_communities(many, 29)
    add_communities(few, 11)
    return [alone, many, few]


def read(client, address="/", **query):
    answer = client.get(address, query)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def rows(document) -> list[str]:
    return [one.b.text for one in document.select("main a.row")]


def test_many_communities_are_reached_by_their_streets(client, streets):
    front = read(client)
    assert rows(front) == [street.title for street in streets]
    assert [one.text for one in front.select("main a.row .muted")] == ["1 个社区", "30 个社区", "12 个社区"]
    street = read(client, front.select("main a.row")[2]["href"])
    assert len(rows(street)) == 12


def test_the_communities_of_one_street_are_divided_into_pages(client, streets):
    add_communities(streets[1], MOST_LISTED - 20)
    first = read(client, streets[1].url)
    second = read(client, streets[1].url + first.select("a[rel=next]")[0]["href"])
    assert (len(rows(first)), len(rows(second))) == (MOST_LISTED, 10)
    assert not set(rows(first)) & set(rows(second))


@pytest.mark.parametrize("typed", ["lf", "LFSQ", "ｌｆ", "林峰", " 林峰社区 ", "梅园", "梅园路"])
def test_a_community_is_found_by_name_initials_estate_and_road(client, streets, typed):
    add_estate(units.SYSTEM, community=CommunityPage.objects.get(title="林峰社区").unit, name="梅园", address="梅园路")
    assert rows(read(client, q=typed)) == ["林峰社区"]


def test_a_street_is_found_by_its_initials_and_leads_on_where_it_holds_many(client, streets):
    document = read(client, q="rm")
    shown = rows(document)
    assert shown[0] == streets[1].title
    assert len(shown) == MOST_FOUND + 1
    status = document.select("[role=status]")[0].text
    assert [int(number) for number in re.findall(r"\d+", status)] == [30, MOST_FOUND]


def test_the_own_name_comes_before_what_only_stands_near(client, streets):
    add_estate(units.SYSTEM, community=CommunityPage.objects.get(title="林峰社区").unit, name="第1社区宿舍")
    assert rows(read(client, q="第1社区"))[-1] == "林峰社区"


def test_more_communities_cost_no_more_statements(client, streets):
    addresses = ["/", "/?q=rm", "/?q=%E7%A4%BE%E5%8C%BA", streets[1].url]

    def statements() -> list[int]:
        numbers = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            numbers.append(len(captured))
        return numbers

    add_communities(streets[1], MOST_LISTED)
    before = statements()
    add_communities(streets[1], 25)
    add_communities(streets[2], 25)
    assert statements() == before
    assert max(before) <= 15, before


def test_the_editor_corrects_the_initials(client, streets):
    unit = CommunityPage.objects.get(title="林峰社区").unit
    change_unit(units.SYSTEM, unit=unit, initials="lincheng")
    assert rows(read(client, q="linch")) == ["林峰社区"]
    assert rows(read(client, q="lfs")) == []
