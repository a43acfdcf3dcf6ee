"""The admin's menu by tasks: what each role finds in it, and that everything in it opens."""

import pytest
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from community.models import User
from home.desk.registry import entries_for
from tests.factories import community as units
from tests.factories import pages as make
from tests.worlds import world

pytestmark = pytest.mark.django_db

POSTS = {
    "editor": units.Post.EDITOR,
    "staff": units.Post.OFFICER,
    "supervisor": units.Post.STREET_SUPERVISOR,
    "administrator": units.Post.ADMINISTRATOR,
    "committee": units.Post.COMMITTEE_MEMBER,
    "grid_worker": units.Post.GRID_WORKER,
    "serving": units.Post.VOLUNTEER,
}
WRITING = ["写一条公告", "公告", "添加一项服务", "服务清单"]
PEOPLE = ["党员", "任职", "共建单位", "小区", "楼栋"]
HOMES = ["住房", "从表格导入"]
RIGHTS = ["权限清单"]
LISTS = ["出资承诺", "异议", "问题", "巡查日志"]
PUBLISHING = ["紧急发布", "定时发布", "待核对的页面"]
OLD_PAGES = ["很久没更新的页面"]
ALL_GUIDES = "全部指南"

# Group → entries, in their order: the expectation, written down by hand.
MENUS = {
    "editor": {
        "消息": None,
        "内容": [*WRITING, "待复核页面", "全部页面"],
        "图片·文件": ["图片", "文件"],
        "报表": [*PUBLISHING, *OLD_PAGES],
        "使用帮助": ["编辑", ALL_GUIDES],
    },
    "staff": {
        "消息": None,
        "内容": [*WRITING, "待复核页面", "全部页面"],
        "微改造": ["改造申请", "登记改造申请"],
        "人员": [*PEOPLE, *HOMES],
        "图片·文件": ["图片", "文件"],
        "报表": [*RIGHTS, *LISTS, *PUBLISHING, *OLD_PAGES],
        "设置": ["组织架构", "审批规则", "外发的消息"],
        "使用帮助": ["社区工作人员", ALL_GUIDES],
    },
    "supervisor": {
        "消息": None,
        "微改造": ["改造申请"],
        "人员": PEOPLE,
        "报表": [*RIGHTS, *LISTS, *PUBLISHING],
        "设置": ["组织架构", "审批规则"],
        "使用帮助": ["督导员", ALL_GUIDES],
    },
    "administrator": {
        "消息": None,
        "内容": [*WRITING, "全部页面"],
        "微改造": ["改造申请"],
        "人员": [*PEOPLE, *HOMES],
        "图片·文件": ["图片", "文件"],
        "报表": [*RIGHTS, *LISTS, *PUBLISHING, *OLD_PAGES],
        "设置": ["开通社区", "组织架构", "开通单位页面", "审批规则", "外发的消息"],
        "使用帮助": ["管理员", ALL_GUIDES],
    },
    "superuser": {"使用帮助": [ALL_GUIDES]},
}
DESK = {
    "committee": ["待办", "消息", "使用帮助"],
    "grid_worker": ["待办", "工地", "代提申请", "消息", "使用帮助"],
    "serving": ["待办", "工地", "消息", "使用帮助"],
}


@world
def place():
    return make.community(name="科苑社区")


def person(role, place) -> User:
    if role == "superuser":
        user = units.member(unit=place.unit).user
        user.is_superuser = True
        user.save()
    else:
        user = units.holder(POSTS[role], place.unit).user
    return User.objects.get(pk=user.pk)


def menu_of(user, rf) -> dict:
    """Group → labels of its entries, as the sidebar draws them; None for an entry that is no group."""
    request = rf.get("/admin/")
    request.user = user
    shown = admin_menu.render_component(request)
    return {
        str(item.label): [str(entry.label) for entry in item.menu_items] if hasattr(item, "menu_items") else None
        for item in shown
    }


def addresses(user, rf) -> list[str]:
    request = rf.get("/admin/")
    request.user = user
    found = []
    for item in admin_menu.render_component(request):
        found += [entry.url for entry in item.menu_items] if hasattr(item, "menu_items") else [item.url]
    return found


@pytest.mark.parametrize("role", MENUS)
def test_what_each_role_finds(place, rf, role):
    assert menu_of(person(role, place), rf) == MENUS[role]


@pytest.mark.parametrize("role", MENUS)
def test_every_entry_opens(client, place, rf, role):
    user = person(role, place)
    client.force_login(user)
    for address in addresses(user, rf):
        assert client.get(address, follow=True).status_code == 200, (role, address)


@pytest.mark.parametrize("role", DESK)
def test_those_who_work_on_the_desk_find_their_entries_there(client, place, role):
    user = person(role, place)
    client.force_login(user)
    assert client.get("/admin/").status_code == 302
    entries = entries_for(user.grants)
    assert [str(entry.label) for entry in entries] == DESK[role]
    assert [client.get(entry.url, follow=True).status_code for entry in entries] == [200] * len(entries)


class TestSections:
    """From the menu straight to the form, without the tree."""

    def test_of_one_community_it_opens_at_once(self, client, place):
        client.force_login(person("editor", place))
        answer = client.get(reverse("content_new", args=["notices"]), follow=True)
        assert answer.status_code == 200
        assert answer.redirect_chain[0][0].startswith("/admin/pages/add/home/noticepage/")
        answer = client.get(reverse("content_section", args=["services"]), follow=True)
        assert answer.status_code == 200
        assert answer.context["parent_page"].slug == "services"

    def test_of_several_one_chooses(self, client, place):
        street = place.unit.get_parent()
        make.community(name="宝塔社区", parent=street)
        make.community(name="别处的社区")
        client.force_login(units.holder(units.Post.EDITOR, street).user)
        text = client.get(reverse("content_new", args=["notices"])).content.decode()
        assert "选择社区" in text
        assert "科苑社区" in text
        assert "宝塔社区" in text
        assert "别处的社区" not in text

    def test_before_the_pages_are_open_a_sentence_says_so(self, client):
        client.force_login(units.holder(units.Post.EDITOR, units.community()).user)
        assert "还没有开通网页" in client.get(reverse("content_new", args=["notices"])).content.decode()

    @pytest.mark.parametrize("role", ["supervisor", "superuser"])
    def test_who_does_not_write_is_sent_away(self, client, place, role):
        client.force_login(person(role, place))
        assert client.get(reverse("content_new", args=["notices"])).status_code == 302

    def test_a_section_that_there_is_not(self, client, place):
        client.force_login(person("editor", place))
        assert client.get(reverse("content_section", args=["nothing"])).status_code == 404
