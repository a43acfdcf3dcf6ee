"""The desk as a phone and a screen show it: inbox, decision, check, a version that changed, a site log with errors."""

import os
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.browser.checks import follow, overflow, small_targets, violations
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.workflows.desk import address, address_of
from workflows.actions.requests import change_request
from workflows.actions.supervising import plan_duty
from workflows.models import Decision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def here():
    return factory.neighbourhood()


@pytest.fixture
def round_(here):
    """About a second version, with one member who has spoken."""
    request = change_request(
        make.context(here.officer, reason="雨后积水"), request=factory.joint_decision(here), read_version=1,
        values={"budget": 286000, "plan": "铺设雨水管，新建人行道。东侧加一条排水沟。"},
    )  # fmt: skip
    factory.confirmed(here, request, factory.MatterFinding, {"matter": "none", "ground": "公共道路"})
    opened = factory.asked(here, request)
    factory.decide_as(here.grid_committee[1], opened, "change", "预算再算一遍。")
    return opened


def stands(page, name: str):
    """Everyone can use the page; a picture of it where one is asked for."""
    folder = os.environ.get("LINLI_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)
    assert violations(page) == [], name
    assert small_targets(page, 44) == [], name
    assert overflow(page) <= 0, name


@pytest.mark.parametrize("width", [360, 1280])
def test_a_member_decides_on_every_screen(reader, here, round_, width):
    page = reader(width=width, user=here.grid_committee[0].user, scripts=True)
    page.goto("/desk/")
    stands(page, "inbox")
    follow(page.locator("a.row").first)
    stands(page, "decision")
    page.locator(".choice label", has_text="请修改").click()
    follow(page.locator("main form .button"))
    stands(page, "decision-error")
    page.locator("textarea").fill("请把预算写清楚。")
    follow(page.locator("main form .button"))
    stands(page, "check")
    change_request(
        make.context(here.officer), request=round_.request, read_version=2, values={"title": "修一段 路"}
    )  # fmt: skip
    follow(page.locator("main form .button").first)
    stands(page, "stale")
    follow(page.locator("main form .button"))
    assert page.locator("textarea").input_value() == "请把预算写清楚。"
    page.locator(".choice label", has_text="同意").first.click()
    follow(page.locator("main form .button"))
    follow(page.locator("main form .button").first)
    stands(page, "decided")
    assert Decision.objects.filter(member=here.grid_committee[0], choice="agree", version=3).exists()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_site_log_with_errors(reader, here, width, tmp_path, settings):
    settings.VAR_DIR = tmp_path
    works = factory.joint_supervision(here)
    plan_duty(make.context(here.officer), request=works, day=timezone.localdate(), members=[here.group_member])
    page = reader(width=width, user=here.group_member.user, scripts=True)
    page.goto(reverse("desk-site", args=address_of(works)))
    stands(page, "site")
    good, bad = tmp_path / "good.jpg", tmp_path / "bad.jpg"
    good.write_bytes(factory.picture().read())
    bad.write_bytes(b"\xff\xd8\xff nothing")
    page.locator("input[type=file]").set_input_files([good, bad])
    page.locator("label", has_text=re.compile("^有问题$")).click()
    page.locator("textarea").first.fill("排水口被土堵住。")
    follow(page.locator("main form .button").first)
    assert page.locator("#id_photos_error").is_visible()
    assert page.locator("input[name=keep]:checked").count() == 1
    stands(page, "site-error")
    page.goto("/desk/duty/")
    stands(page, "duty")


@pytest.mark.parametrize("width", [360, 1280])
def test_reading_and_proposing(reader, here, round_, width):
    page = reader(width=width, user=here.grid_worker.user, scripts=True)
    page.goto(reverse("desk-propose-in", args=[here.community.code]))
    stands(page, "propose")
    page.goto(reverse("desk-request", args=address_of(round_.request)))
    stands(page, "request")
    page.goto(reverse("desk-versions", args=address_of(round_.request)) + f"?on={timezone.localdate():%Y-%m-%d}")
    stands(page, "versions")
    page.goto(reverse("desk-difference", args=[*address_of(round_.request), 1, 2]))
    stands(page, "difference")


def test_deciding_needs_no_script(reader, here, round_):
    page = reader(user=here.grid_committee[0].user)
    page.goto(address(round_))
    assert page.locator("input[type=radio]:checked").count() == 0
    page.locator(".choice label", has_text="同意").first.click()
    follow(page.locator("main form .button"))
    follow(page.locator("main form .button").first)
    assert Decision.objects.filter(member=here.grid_committee[0], choice="agree").exists()
    assert page.faults == []
