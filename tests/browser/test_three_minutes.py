"""A notice with a picture takes no more clicks and fields than the guide says, and so less than three minutes."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from community.models import User
from home.models import NoticePage
from tests.factories import community as make
from tests.factories import pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "editor.md"
WRITING = re.compile(r"一共 (\d+) 次点击、填 (\d+) 处")
LOOKING = re.compile(r"复核的人从首页到发布，(\d+) 次点击")
# Unhurried: what somebody takes who has done it once before.
SECONDS_A_CLICK, SECONDS_A_FIELD, THREE_MINUTES = 4, 25, 180


class Hand:
    """What a person does on a page: clicks, and fields that they fill in."""

    def __init__(self, page):
        self.page, self.clicks, self.fields = page, 0, 0

    def click(self, css: str) -> None:
        self.page.locator(css).locator("visible=true").first.click()
        self.clicks += 1

    def write(self, css: str, text: str) -> None:
        self.page.locator(css).locator("visible=true").first.fill(text)
        self.fields += 1

    def choose(self, css: str, value: str) -> None:
        self.page.locator(css).select_option(value)
        self.fields += 1

    def hand_over(self, css: str, file: Path) -> None:
        """A click that opens the window of the computer, and one on the file in it."""
        self.page.locator(css).set_input_files(str(file))
        self.clicks += 2
        self.fields += 1


def told(pattern) -> list[int]:
    return [int(number) for number in pattern.search(GUIDE.read_text(encoding="utf-8")).groups()]


def at_home(reader, person) -> Hand:
    page = reader(width=1280, user=User.objects.get(pk=person.user_id), scripts=True)
    page.goto(reverse("wagtailadmin_home"))
    return Hand(page)


def test_a_notice_with_a_picture_takes_less_than_three_minutes(reader, live_server, tmp_path):
    unit = pages.community().unit
    author, second = (make.holder(make.Post.EDITOR, unit) for _person in range(2))
    photo = tmp_path / "pipe.jpg"
    photo.write_bytes(pages.upload().read())

    hand = at_home(reader, author)
    hand.click("button:has-text('内容')")
    hand.click("a:has-text('写一条公告')")
    hand.write("#id_title", "周三上午停水")
    hand.write("#id_lead", "更换总管，请提前储水。")
    hand.choose("#id_category", "outage")
    hand.click("button[title='插入内容块']")
    hand.click("[role=option]:has-text('图片')")
    hand.click("button:has-text('选择一个图片')")
    hand.page.locator(".modal-content input[type=file]").wait_for(state="attached")
    hand.page.wait_for_load_state("networkidle")
    hand.click(".modal-content a:has-text('上传')")
    hand.hand_over(".modal-content input[type=file]", photo)
    # The name of the file becomes the title by itself: nothing to fill in.
    expect(hand.page.locator(".modal-content input[name$=title]")).not_to_have_value("")
    hand.write(".modal-content [name$=description]", "更换中的水管")
    hand.click(".modal-content button[type=submit]:has-text('上传')")
    hand.page.locator(".modal-content").wait_for(state="hidden")
    with hand.page.expect_navigation():
        hand.click("button:has-text('送第二人复核')")
    notice = NoticePage.objects.get()
    assert notice.current_workflow_task_state is not None and not notice.live
    assert notice.get_latest_revision_as_object().body[0].value["image"].description == "更换中的水管"
    assert [hand.clicks, hand.fields] == told(WRITING)
    assert hand.clicks * SECONDS_A_CLICK + hand.fields * SECONDS_A_FIELD < THREE_MINUTES

    looking = at_home(reader, second)
    with looking.page.expect_navigation():
        looking.click("a:has-text('周三上午停水')")
    with looking.page.expect_navigation():
        looking.click("button:has-text('发布')")
    notice.refresh_from_db()
    assert notice.live
    assert [looking.clicks] == told(LOOKING)
