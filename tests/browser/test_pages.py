"""Every kind of page as phones and desks show it: accessible, whole, light, and nobody else's business."""

import gzip

import pytest

from community.models import User
from tests.browser.checks import follow, overflow, small_targets, violations
from tests.browser.world import change_meanwhile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = pytest.mark.parametrize("width", [360, 1280])
MOST_BYTES, MOST_REQUESTS = 60_000, 8


def stands(page, where: str) -> list[str]:
    """What is wrong with the page that is open."""
    found = [*violations(page), *(f"small target: {one}" for one in small_targets(page))]
    if overflow(page) > 0:
        found.append(f"{overflow(page)} px too wide")
    return [f"{where}: {one}" for one in found]


def complaints(page, *expected: str) -> list[str]:
    """What the console said and whom the page asked elsewhere, but for the statuses that were meant."""
    return [fault for fault in page.faults if not any(status in fault for status in expected)]


@WIDTHS
def test_everyone_can_use_every_public_page(reader, world, width):
    page = reader(width=width, scripts=True)
    found = []
    for where, address in world.public.items():
        page.goto(address)
        found += stands(page, where)
    assert found == []
    assert complaints(page, "404") == []


def test_everyone_can_use_every_public_page_in_english(reader, world):
    page = reader(scripts=True)
    found = []
    for where, address in world.public.items():
        page.goto(f"/en{address}" if where != "sign in" else address)
        found += stands(page, where)
    assert found == []


@WIDTHS
def test_everyone_can_use_the_desk(reader, world, width):
    page = reader(width=width, scripts=True, user=User.objects.get(username=world.member))
    found = []
    for where in ("inbox", "decision", "request", "versions", "difference"):
        page.goto(world.desk[where])
        found += stands(page, where)
    page.goto(world.desk["decision"])
    follow(page.locator("main form button.button"))
    found += stands(page, "decision with an error")
    page.locator("input[name=choice][value=agree]").check()
    follow(page.locator("main form button.button"))
    found += stands(page, "check")
    change_meanwhile(world)
    follow(page.locator("main form button.button").first)
    found += stands(page, "stale version")
    assert found == []
    assert complaints(page, "409", "422") == []


@WIDTHS
def test_everyone_can_use_the_site_log(reader, world, width):
    page = reader(width=width, scripts=True, user=User.objects.get(username=world.worker))
    found = []
    for where in ("inbox", "duty", "site"):
        page.goto(world.desk[where])
        found += stands(page, where)
    for name, value in (("weather", "clear"), ("finding", "problem")):
        page.locator(f"input[name={name}][value={value}]").check()
    page.fill("[name=text]", "排水口堵了。")
    follow(page.locator("main form button.button").first)
    assert page.locator("[role=alert] a").count() == 3
    found += stands(page, "site log with errors")
    assert found == []
    assert complaints(page, "422") == []


def test_nothing_is_cut_off_at_320_pixels_or_with_twice_the_text(reader, world):
    page = reader(width=320, scripts=True)
    found = {}
    for where, address in world.public.items():
        page.goto(address)
        found[where] = overflow(page)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found[f"{where} at 200 %"] = overflow(page)
    assert {where: by for where, by in found.items() if by > 0} == {}


def test_a_project_page_is_light(reader, world):
    page = reader()
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(world.public["project under works"])
    page.wait_for_load_state("networkidle")
    photos = [answer for answer in answers if answer.headers.get("content-type", "").startswith("image/jpeg")]
    others = [answer for answer in answers if answer not in photos]
    assert photos
    assert len(others) <= MOST_REQUESTS
    assert sum(len(gzip.compress(answer.body())) for answer in others) <= MOST_BYTES
    assert page.faults == []
