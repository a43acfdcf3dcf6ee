"""A resident on an old phone: proposes, follows, has a neighbour sign. Every page stands on a narrow screen."""

import re

import pytest

from community.models import Building, Estate, Unit
from tests.browser.checks import follow, overflow, small_targets, violations
from tests.factories import community as make
from tests.factories import renovation
from workflows.models import RenovationRequest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page) -> None:
    follow(page.locator("main form button.button").first)


@pytest.fixture
def index(world):
    """The list of renovations of a community with an estate and a building."""
    community = Unit.objects.get(pk=RenovationRequest.objects.first().community_id)
    estate = make.save(Estate(community=community, name="清源小区"), community)
    make.save(Building(community=community, estate=estate, name="3号楼"), community)
    return world.public["projects"]


@pytest.mark.parametrize(("scripts", "width"), [(False, 360), (True, 360), (True, 1280)])
def test_from_the_list_to_a_signed_proposal(reader, index, tmp_path, scripts, width):
    page = reader(scripts=scripts, width=width)
    seen = []

    def stands():
        seen.append(page.url)
        assert overflow(page) <= 0, page.url
        assert small_targets(page) == [], page.url
        if scripts:
            assert violations(page) == [], page.url

    page.goto(index)
    follow(page.locator("main .button--civic").first)
    stands()
    follow(page.locator("main .button").first)
    page.select_option("[name=where]", label="3号楼")
    stands()
    press(page)
    assert page.locator("#id_part_error").is_visible()
    assert page.locator("[name=where] option:checked").inner_text() == "3号楼"
    stands()
    page.select_option("[name=part]", "stairs")
    press(page)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(renovation.picture(size=(800, 600)).read())
    page.set_input_files("[name=photos]", photo)
    stands()
    press(page)
    assert page.locator("[name=keep]:checked").count() == 1
    page.fill("[name=problem]", "灯坏了三个月，晚上看不见。")
    press(page)
    for step in ("wish", "cost"):
        assert f"/{step}/" in page.url
        stands()
        press(page)
    page.locator("label[for=id_neighbours_0]").click()
    stands()
    press(page)
    page.fill("[name=name]", "居民甲")
    stands()
    press(page)
    stands()
    page.go_back()
    assert page.input_value("[name=name]") == "居民甲"
    press(page)
    press(page)
    assert re.search(r"/f/[2-9A-Z]{12}/$", page.url)
    stands()
    receipt, link = page.url, page.locator("a[href*='/c/']").get_attribute("href")
    follow(page.locator("a[href$='/slip/']"))
    stands()
    page.goto(link)
    stands()
    page.fill("[name=name]", "邻居乙")
    page.select_option("[name=building]", index=1)
    press(page)
    stands()
    page.goto(receipt + "withdraw/")
    stands()
    press(page)
    assert page.url == receipt
    stands()
    page.goto("/f/")
    stands()
    assert [fault for fault in page.faults if "422" not in fault] == []
    assert len(seen) >= 15
