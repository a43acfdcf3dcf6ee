"""A sheet from the file to the register in a browser without scripts: chosen, looked at, confirmed, done."""

import os

import pytest
from django.test import Client
from django.urls import reverse

from community.actions import imports
from community.models import Home
from tests.community.neighbourhoods import neighbourhood
from tests.community.sheets import HEADERS, xlsx
from tests.factories import community as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = [["本小区", "本楼", "2单元", str(number), "80.5"] for number in range(1, 60)]


@pytest.fixture
def page(browser, live_server):
    own = neighbourhood(make.unit("street"), "本")
    client = Client()
    client.force_login(make.holder(make.Post.OFFICER, own.community).user)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1100, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("imports:add"))
    yield page
    context.close()


def hand_in(page, *rows):
    page.set_input_files(
        "input[type=file]", {"name": "清册.xlsx", "mimeType": "", "buffer": xlsx([HEADERS["homes"], *rows])}
    )
    page.select_option("select#id_kind", "homes")
    page.select_option("select#id_unit", index=1)
    page.click("form[enctype] button[type=submit]")


def picture(page, name: str) -> None:
    if folder := os.environ.get("LINLI_PICTURES"):
        page.screenshot(path=f"{folder}/import-{name}.png", full_page=True)


def test_a_sheet_without_scripts(page, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE", 10)
    picture(page, "new")
    hand_in(page, *ROWS, ["本小区", "本楼", "2单元", "60", "八十平"])
    assert page.locator("text=八十平").count()
    picture(page, "wrong")
    page.click(f"a[href='{reverse('imports:add')}'] >> nth=-1")
    hand_in(page, *ROWS, ["本小区", "本楼", "1单元", "本1", "90"])
    picture(page, "preview")
    page.fill("textarea[name=reason]", "按房产证")
    page.click("main form button[type=submit]")
    assert page.locator("progress").count() == 1
    picture(page, "working")
    imports.carry_out_queued()
    page.click("main a.button >> nth=0")
    assert page.locator("progress").count() == 0 and Home.objects.filter(entrance="2单元").count() == 59
    picture(page, "done")
