"""The how-tos: one for each role, short, true to the menu, for those who are signed in."""

import re

import pytest
from django.urls import reverse

from community.models import User
from community.roles import Role
from home.guides import Block, Part, folder, guide_for, parse
from tests.factories import community as units
from tests.factories import pages as make
from tests.worlds import world

from .test_menu_admin import MENUS, POSTS

LONGEST_STEP = 60


@world
def place():
    return make.community(name="科苑社区")


def signed_in(client, role, place):
    client.force_login(User.objects.get(pk=units.holder(POSTS[role], place.unit).user_id))


class TestTexts:
    @pytest.mark.parametrize("role", Role.values)
    def test_every_role_has_one_in_short_steps(self, role):
        guide = guide_for(role)
        assert guide.title
        steps = [step for part in guide.parts for block in part.blocks for step in block.steps]
        assert len(steps) >= 8
        assert [step for step in steps if len(step) > LONGEST_STEP] == []
        assert [part.heading for part in guide.parts if not part.blocks] == []

    @pytest.mark.parametrize("role", [role for role in MENUS if role != "superuser"])
    def test_every_entry_of_the_menu_is_named(self, role):
        text = (folder() / f"{role}.md").read_text(encoding="utf-8")
        menu = {group: entries for group, entries in MENUS[role].items() if group != "使用帮助"}
        entries = {entry for group, entries in menu.items() for entry in (entries or [group])}
        assert entries - set(re.findall("「([^」]+)」", text)) == set()

    def test_what_a_guide_calls_a_group_is_one(self):
        groups = {group for menu in MENUS.values() for group in menu}
        for role in ("editor", "staff", "supervisor", "administrator"):
            text = (folder() / f"{role}.md").read_text(encoding="utf-8")
            assert set(re.findall("「([^」]+)」的「", text)) <= groups | {"欠复核"}, role

    def test_every_picture_is_there(self):
        for role in Role.values:
            for part in guide_for(role).parts:
                for block in part.blocks:
                    assert not block.picture or (folder() / "images" / f"{block.picture}.png").is_file()


class TestReading:
    def test_the_four_kinds(self):
        text = "# 题目\n\n开头\n\n## 一\n\n1. 甲\n2. 乙\n\n后来\n\n![图](images/a-1.png)\n\n1. 丙\n"
        assert parse(text) == (
            "题目",
            (
                Part("", [Block(text="开头")]),
                Part(
                    "一",
                    [
                        Block(steps=["甲", "乙"]),
                        Block(text="后来"),
                        Block(text="图", picture="a-1"),
                        Block(steps=["丙"]),
                    ],
                ),
            ),
        )

    def test_anything_else_is_a_plain_paragraph(self):
        _title, parts = parse("<script>alert(1)</script>\n![x](../secret.png)\n[a](javascript:1)")
        assert [block.text for block in parts[0].blocks] == [
            "<script>alert(1)</script>",
            "![x](../secret.png)",
            "[a](javascript:1)",
        ]


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize("role", POSTS)
    def test_ones_own_come_first_and_all_open(self, client, place, role):
        signed_in(client, role, place)
        text = client.get(reverse("guides")).content.decode()
        assert text.index(guide_for(role).title) == min(text.index(guide_for(one).title) for one in Role.values)
        for one in Role.values:
            answer = client.get(reverse("guide", args=[one]))
            assert answer.status_code == 200
            assert guide_for(one).parts[1].heading in answer.content.decode()
            assert answer["X-Robots-Tag"] == "noindex, nofollow"

    def test_without_signing_in_one_is_asked_to(self, client, place):
        for address in (reverse("guides"), reverse("guide", args=["editor"]), reverse("guide-picture", args=["a"])):
            assert client.get(address).url.startswith("/sign-in/")

    def test_what_there_is_not(self, client, place):
        signed_in(client, "editor", place)
        assert client.get("/help/nobody/").status_code == 404
        assert client.get(reverse("guide-picture", args=["nothing"])).status_code == 404
        assert client.post(reverse("guides")).status_code == 405

    @pytest.mark.parametrize("role", ["committee", "grid_worker", "serving"])
    def test_the_desk_leads_there(self, client, place, role):
        signed_in(client, role, place)
        assert reverse("guides") in client.get(reverse("desk")).content.decode()
