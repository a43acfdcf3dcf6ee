"""Two people on their phones, without scripts and with them: a committee member decides, a reader reads."""

import pytest

from tests.browser.checks import follow, overflow
from tests.browser.world import PASSWORD, change_meanwhile

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPTS = pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with scripts"])


def press(page) -> None:
    """The main button of the page."""
    follow(page.locator("main form button.button").first)


def sign_in(page, name: str) -> None:
    page.goto("/desk/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", PASSWORD)
    press(page)


def choose(page, value: str) -> None:
    control = page.locator(f"input[name=choice][value={value}]")
    page.locator(f"label[for={control.get_attribute('id')}]").click()


@SCRIPTS
def test_a_committee_member_decides(reader, world, scripts):
    page = reader(scripts=scripts)
    sign_in(page, world.member)
    waiting = page.locator("a.row")
    assert waiting.count() == 1
    follow(waiting)
    assert page.locator("ins, del").count() >= 2
    assert page.locator("input[name=choice]:checked").count() == 0
    choose(page, "disagree")
    press(page)
    assert page.locator("#id_reason_error").is_visible()
    choose(page, "disagree")
    page.fill("[name=reason]", "井道挡光")
    press(page)
    assert "井道挡光" in page.inner_text("main")
    follow(page.locator("button[name=back]"))
    assert page.input_value("[name=reason]") == "井道挡光"
    choose(page, "agree")
    press(page)
    press(page)
    assert page.locator(".banner--done").is_visible()
    assert not page.locator("main form").count()
    page.goto("/desk/")
    assert page.locator("a.row").count() == 0
    assert [fault for fault in page.faults if "422" not in fault] == []


@SCRIPTS
def test_a_version_that_changed_meanwhile_is_shown_and_nothing_is_decided(reader, world, scripts):
    page = reader(scripts=scripts)
    sign_in(page, world.member)
    follow(page.locator("a.row"))
    choose(page, "recuse")
    page.fill("[name=reason]", "施工方是亲戚")
    change_meanwhile(world)
    with page.expect_response(lambda answer: "/check/" in answer.url) as answered:
        press(page)
    assert answered.value.status == 409
    shown = page.inner_text("main")
    for words in ("680,000.00", "650,000.00", "施工方是亲戚"):
        assert words in shown
    assert overflow(page) <= 0


@SCRIPTS
def test_a_reader_finds_a_project_and_reads_how_it_came_about(reader, world, scripts):
    page = reader(scripts=scripts)
    page.goto("/")
    for step in ("community", "projects", "project under works"):
        follow(page.locator(f"main a[href$='{world.public[step]}']").first)
    assert page.locator("[aria-current=step]").count() == 1
    follow(page.locator("main a[href$='/log/']").first)
    assert page.locator(".log li").count() == 1
    page.go_back()
    page.go_back()
    follow(page.locator(f"main a[href$='/{world.deciding.lower()}/']").first)
    follow(page.locator("main a[href$='/versions/']").first)
    follow(page.locator("main a[href$='/versions/1-2/']").first)
    assert "650,000.00" in page.inner_text("ins >> nth=0") + page.inner_text("main")
    assert page.faults == []


@SCRIPTS
def test_a_reader_finds_a_service_and_a_notice(reader, world, scripts):
    page = reader(scripts=scripts)
    page.goto(world.public["community"])
    for section, one in (("menu", "service"), ("notices", "notice")):
        follow(page.locator(f"main a[href$='{world.public[section]}']").first)
        follow(page.locator(f"main a[href$='{world.public[one]}']").first)
        assert page.locator("h1").inner_text()
        page.goto(world.public["community"])
    assert page.locator("a[href^='tel:']").count() >= 1
    assert page.faults == []
