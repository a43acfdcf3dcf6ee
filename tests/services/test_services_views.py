"""The menu and its services as a reader meets them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.models import ServiceMenuPage
from tests.factories import pages as make
from tests.worlds import world

pytestmark = pytest.mark.django_db


@world
def community():
    return make.community(name="林峰社区")


@world
def menu(community):
    make.service(community, title="水管报修")
    make.service(community, title="助餐送餐", category="elderly", audience="elderly")
    make.service(community, title="托管班", category="children", audience="families")
    return make.section(community, ServiceMenuPage)


def chips(text) -> list[tuple[str, bool]]:
    """The choices in words, and which of them is the current one."""
    found = re.findall(r'<a href="[^"]*services/(?:\?audience=\w+)?"( aria-current="true")?>([^<]+\(\d+\))', text)
    return [(label, bool(current)) for current, label in found]


def test_choices_carry_their_numbers_and_the_current_one_is_marked(client, menu):
    text = client.get("/en" + menu.url).content.decode()
    assert chips(text) == [("All (3)", True), ("Older people (2)", False), ("Families with children (2)", False)]
    text = client.get("/en" + menu.url + "?audience=elderly").content.decode()
    assert [label for label, current in chips(text) if current] == ["Older people (2)"]
    assert "托管班" not in text
    assert "Children and school" not in text, "an empty group is not shown"
    assert "水管报修" in text, "what is for everyone is under every choice"


@pytest.mark.parametrize("choice", ["nonsense", "tenants", "%00", "' OR 1=1"])
def test_an_unknown_choice_shows_all_and_says_so(client, menu, choice):
    answer = client.get("/en" + menu.url, {"audience": choice})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Here are all services." in text
    assert text.count('class="row"') == 3
    assert "Here are all services." not in client.get("/en" + menu.url + "?audience=everyone").content.decode()


def test_a_menu_for_everyone_alone_offers_no_choice(client, community):
    make.service(community)
    assert 'class="chips"' not in client.get(make.section(community, ServiceMenuPage).url).content.decode()


def test_choosing_costs_no_more_statements(client, menu):
    def statements(address):
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            client.get(address)
        return len(found)

    assert statements(menu.url + "?audience=elderly") == statements(menu.url) <= 12


def test_papers_are_a_list_and_promises_are_said(client, community):
    service = make.service(
        community, bring="身份证\n房产证", accept_within=1, accept_unit="hours", done_within=3,
        responsible="值班网格员", phone="0714-111 2222", steps=[("step", "打电话"), ("step", "上门看")],
        asked=[("question", {"question": "周末办吗？", "answer": "周六上午办。"})],
    )  # fmt: skip
    text = client.get("/en" + service.url).content.decode()
    assert text.count("<li lang=") == 2
    for expected in (
        'class="ticks"', "taken up within 1 hour", "done within 3 working days", "值班网格员",
        "tel:07141112222", "Updated", "<li>打电话</li>", "周末办吗？", "How does it go?",
    ):  # fmt: skip
        assert expected in text, expected


def test_without_a_number_of_its_own_a_service_shows_the_community_s(client, community):
    text = client.get(make.service(community).url).content.decode()
    assert "tel:07140000000" in text
