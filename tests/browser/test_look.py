"""The style guide and the error pages as phones and desks show them."""

import pytest

from community.models import User
from tests.browser.checks import follow, overflow, small_targets, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ("/styleguide/", "/en/nothing/here/", "/size/huge/")


@pytest.fixture
def builder():
    return User.objects.create_superuser("builder", password="!")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("size", ["", "l"])
def test_everyone_can_use_every_component(reader, builder, width, size):
    page = reader(width=width, size=size, user=builder, scripts=True)
    for address in PAGES:
        page.goto(address)
        assert violations(page, contrast_of_seven=bool(size)) == []
        assert small_targets(page, 44) == []
        assert overflow(page) <= 0
    assert [fault for fault in page.faults if "404" not in fault] == []


def test_nothing_is_cut_off_on_narrow_phones_or_with_large_text(reader, builder):
    page = reader(user=builder, scripts=True)
    page.goto("/styleguide/")
    for scale in ("100%", "150%", "200%"):
        page.evaluate(f"document.documentElement.style.fontSize = '{scale}'")
        assert overflow(page) <= 0, scale
    page.goto("/styleguide/")
    page.set_viewport_size({"width": 320, "height": 640})
    assert overflow(page) <= 0


def test_the_masthead_leaves_room_on_a_phone(reader, builder):
    page = reader(user=builder, scripts=True)
    page.goto("/styleguide/")
    assert page.locator(".masthead").bounding_box()["height"] <= 112
    assert page.locator(".choice label").first.bounding_box()["height"] >= 60


def test_pictures_have_their_height(reader, builder):
    page = reader(user=builder)
    page.goto("/styleguide/")
    for selector, height in ((".meter", 22), (".quorum li", 14), (".strip li", 6), (".button", 52)):
        assert page.locator(selector).first.bounding_box()["height"] >= height, selector


def test_a_choice_needs_no_script(reader, builder):
    page = reader(user=builder)
    page.goto("/styleguide/")
    assert page.locator("input[type=radio]:checked").count() == 0
    page.locator(".choice label", has_text="不同意").first.click()
    assert page.locator("input[type=radio]:checked").count() == 1
    follow(page.locator(".prefs__size"))
    assert page.locator("html").get_attribute("data-size") == "l"
