"""A community opened in a browser, on a telephone and on a desk: every step, the slips, the page."""

import os

import pytest
from django.urls import reverse

from community.models import CommunityOpening, User
from tests.browser.checks import follow, overflow, small_targets
from tests.cms.openings import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looked_at(page, name: str) -> None:
    """Nothing wider than the window; a picture for who wants to see it."""
    if folder := os.environ.get("LINLI_PICTURES"):
        page.set_viewport_size({"width": page.viewport_size["width"], "height": 2000})
        page.screenshot(path=f"{folder}/opening-{page.viewport_size['width']}-{name}.png", full_page=True)
        page.set_viewport_size({"width": page.viewport_size["width"], "height": 780})
    assert overflow(page) <= 0, name
    assert [one for one in small_targets(page) if "opening" in one] == []


def go_on(page) -> None:
    follow(page.locator(".opening form button.button >> nth=0"))


@pytest.mark.parametrize("width", [360, 1280])
def test_from_the_start_to_the_slips(reader, live_server, width):
    town = Town()
    page = reader(width=width, user=User.objects.get(pk=town.administrator.user_id), scripts=True)
    page.goto(reverse("opening"))
    looked_at(page, "0-start")
    follow(page.locator(".opening-buttons a"))
    page.fill("#id_name", "林峰社区")
    page.fill("#id_code", "林峰")
    go_on(page)
    assert page.title().startswith("错误：")
    looked_at(page, "1-name-wrong")
    page.fill("#id_code", "linfeng")
    page.fill("#id_prefix", "LF")
    go_on(page)
    page.fill("#id_phone", "0714-555 0101")
    looked_at(page, "2-office")
    go_on(page)
    looked_at(page, "3-place")
    go_on(page)
    looked_at(page, "4-levels")
    page.check("input[value=grid]")
    page.check("input[value=courtyard]")
    go_on(page)
    page.fill("#id_grid", "第一网格\n第二网格")
    page.fill("#id_courtyard", "第三网格/东院党小组")
    go_on(page)
    looked_at(page, "5-units-wrong")
    page.fill("#id_courtyard", "第一网格/东院党小组")
    go_on(page)
    page.fill("#id_person_0", "王书记")
    page.select_option("#id_post_0", "secretary")
    page.fill("#id_mobile_0", "123")
    page.fill("#id_person_1", "李编辑")
    page.select_option("#id_post_1", "editor")
    go_on(page)
    assert page.input_value("#id_person_1") == "李编辑"
    looked_at(page, "6-people-wrong")
    page.fill("#id_mobile_0", "13800000001")
    go_on(page)
    looked_at(page, "7-services")
    go_on(page)
    looked_at(page, "8-check")
    follow(page.locator("a[href*='office/?back=check']"))
    page.fill("#id_hours", "周一至周五 8:30–17:30")
    go_on(page)
    assert "8:30–17:30" in page.inner_text(".opening")
    go_on(page)
    assert CommunityOpening.objects.count() == 1
    looked_at(page, "9-community")
    follow(page.locator("#people ~ form button, form[action$='slips/'] button"))
    assert page.locator(".slip").count() == 2
    looked_at(page, "10-slips")
    page.goto(reverse("wagtailadmin_home"))
    assert page.locator("text=新开通：林峰社区").count() == 1
