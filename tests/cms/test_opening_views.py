"""The guided page, step by step, from the menu to a page that everybody reads."""

import html
import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from cms.opening import draft as drafts
from cms.opening.rules import Person
from cms.opening.slips import invite_first_people
from community.actions.invitations import use_invitation
from community.actions.places import change_unit, move_unit
from community.models import CommunityOpening, SealedDraft, Unit, User
from community.records import Context
from home.actions.publishing import send_back
from home.models import CommunityPage, SecondPersonReview
from home.querysets.unfinished import own_drafts
from services.menu_template import MENU
from services.models import ServicePage
from tests.community.neighbourhoods import neighbourhood_in
from tests.factories import community as make
from tests.factories import pages
from tests.worlds import world

from .openings import Town

pytestmark = pytest.mark.django_db
PASSWORD = "梧桐树下的长椅子"  # noqa: S105
PEOPLE = {
    "person_0": "王书记", "post_0": "secretary", "mobile_0": "138 0000 0001",
    "person_2": "李编辑", "post_2": "editor",
}  # fmt: skip
ANSWERS = {
    "name": {"name": "林峰社区", "code": "LinFeng", "prefix": "ｌｆ"},
    "office": {"phone": "0714-555 0101", "address": "林峰路 8 号", "hours": "周一至周五"},
    "place": {},
    "levels": {"levels": ["grid", "courtyard"]},
    "units": {"grid": "第一网格\r\n\r\n 第二网格 ", "courtyard": "第一网格／东院党小组"},
    "people": PEOPLE,
    "services": {"services": ["water-repair", "residence-proof"]},
}

MANY = (Person("赵", "secretary"), Person("钱", "editor"), *(Person(f"孙{number}", "officer") for number in range(4)))
ALL = tuple(service.key for service in MENU)


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@world
def town():
    return Town()


def sign_in(client, person):
    client.force_login(User.objects.get(pk=person.user_id))


@pytest.fixture
def admin(client, town):
    sign_in(client, town.administrator)
    return client


def url(step, back=""):
    return (reverse("opening-check") if step == "check" else reverse("opening-step", args=[step])) + back


def answer(client, town, step, back="", **changes):
    data = {**ANSWERS[step], **({"parent": town.town.code} if step == "place" else {}), **changes}
    return client.post(url(step, back), data)


def filled_in(client, town, **changed):
    """All steps answered; where the last one leads."""
    for step in drafts.STEPS:
        response = answer(client, town, step, **changed.get(step, {}))
        assert response.status_code == 302, response.context["form"].errors
    return response.url


def confirm(client, page=None):
    page = page or client.get(url("check"))
    return client.post(url("check"), {"key": page.context["key"], "digest": page.context["digest"]})


def test_from_the_menu_to_what_everybody_reads(client, town):
    sign_in(client, town.administrator)
    assert reverse("opening") in client.get("/admin/").content.decode()
    assert url("name") in client.get(reverse("opening")).content.decode()
    assert filled_in(client, town) == url("check")
    page = client.get(url("check"))
    text = page.content.decode()
    for said in ("林峰社区", "linfeng", "兴国镇", "第一网格/东院党小组", "王书记", "138****0001", "公共水管漏水报修"):
        assert said in text
    assert "开通林峰社区" in text and "13800000001" not in text
    done = confirm(client, page)
    assert done.url == reverse("opening-community", args=["linfeng"])
    shown = client.get(done.url).content.decode()
    assert "0/2" in shown and "草稿，发布前请核对" in shown and "打印邀请单" in shown
    assert not SealedDraft.objects.exists()
    assert "新开通：林峰社区" in client.get("/admin/").content.decode()

    slips = client.post(reverse("opening-slips", args=["linfeng"]), {"paper": "a4"})
    assert "no-store" in slips["Cache-Control"] and slips.content.decode().count("slip--a4") == 2
    assert "王书记" not in slips.content.decode()
    secretary, editor = re.findall(r'class="slip__code">([^<]+)<', slips.content.decode())
    client.logout()
    home = CommunityPage.objects.get(unit__code="linfeng")
    assert client.get(home.url).status_code == 404

    begin(client, secretary, "linfeng-1")
    review = SecondPersonReview.objects.get(status="in_progress")
    assert reverse("page_review", args=[review.reference]) in client.get("/admin/").content.decode()
    looked_at = client.get(reverse("page_review", args=[review.reference])).content.decode()
    assert "0714-555 0101" in looked_at and "林峰路 8 号" in looked_at and "公告" in looked_at
    client.post(reverse("page_review", args=[review.reference]), {"decision": "approve"})
    client.logout()
    assert "0714-555 0101" in client.get(home.url).content.decode()
    assert client.get(home.url + "services/").status_code == 200
    service = ServicePage.objects.get(slug="residence-proof")
    assert client.get(service.url).status_code == 404

    begin(client, editor, "linfeng-2")
    edit = reverse("wagtailadmin_pages:edit", args=[service.pk])
    assert "还没有核对" in client.get(edit).content.decode()
    refused = client.post(edit, {**service_form(service), "to_check": "on", "action-submit": "1"})
    assert "请先核对" in refused.content.decode()
    client.post(edit, {**service_form(service), "action-submit": "1"})
    client.logout()
    client.post(reverse("sign-in"), {"username": "linfeng-1", "password": PASSWORD})
    review = SecondPersonReview.objects.get(status="in_progress")
    client.post(reverse("page_review", args=[review.reference]), {"decision": "approve"})
    client.logout()
    assert "林峰路 8 号" in client.get(service.url).content.decode()


def begin(client, code, username):
    """From the code on the slip to being signed in."""
    address = reverse("invited", args=[code.replace("-", "")])
    assert client.post(address, {"password": PASSWORD, "again": PASSWORD}).status_code == 200
    assert client.post(reverse("sign-in"), {"username": username, "password": PASSWORD}).status_code == 302


def service_form(service) -> dict:
    """The fields of the editor, as a browser sends them."""
    names = ("title", "slug", "lead", "category", "audience", "who", "bring", "duration", "cost", "where",
             "accept_unit", "done_unit", "responsible", "phone")  # fmt: skip
    empty = {f"{name}-count": "0" for name in ("steps", "asked", "body")}
    return {name: getattr(service, name) or "" for name in names} | empty | {"comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0"}  # fmt: skip


class TestSteps:
    def test_one_after_the_other(self, admin, town):
        assert admin.get(url("people")).url == url("name")
        assert answer(admin, town, "name").url == url("office")
        assert admin.get(url("people")).url == url("office")
        assert admin.get(url("check")).url == url("office")
        page = admin.get(url("office"))
        assert "第 2 步，共 8 步" in page.content.decode()
        assert f'href="{url("name")}"' in page.content.decode()

    def test_what_was_answered_stands_there_again(self, admin, town):
        filled_in(admin, town)
        assert 'value="linfeng"' in admin.get(url("name")).content.decode()
        people = admin.get(url("people")).content.decode()
        assert 'value="李编辑"' in people and 'value="13800000001"' in people
        assert admin.get(url("levels")).context["form"]["levels"].initial == ["grid", "courtyard"]

    def test_a_change_leads_straight_back_to_checking(self, admin, town):
        filled_in(admin, town)
        assert f"{url('office')}?back=check" in admin.get(url("check")).content.decode()
        assert answer(admin, town, "office", "?back=check", phone="0714-555 0202").url == url("check")
        text = admin.get(url("check")).content.decode()
        assert "0714-555 0202" in text and "李编辑" in text

    def test_levels_for_later_leave_a_step_out(self, admin, town):
        for step in ("name", "office", "place"):
            answer(admin, town, step)
        assert answer(admin, town, "levels", levels=["later"]).url == url("people")
        assert admin.get(url("units")).url == url("people")
        assert "共 7 步" in admin.get(url("people")).content.decode()
        for step in ("people", "services"):
            answer(admin, town, step)
        confirm(admin)
        assert not Unit.objects.get(code="linfeng").get_descendants().exists()

    def test_another_level_asks_for_its_names(self, admin, town):
        filled_in(admin, town)
        changed = answer(admin, town, "levels", "?back=check", levels=["grid", "estate"])
        assert changed.url == url("units")
        page = admin.get(changed.url)
        assert "第一网格" in page.content.decode() and "courtyard" not in page.context["form"].fields

    def test_the_form_is_ones_own_and_sealed(self, admin, client, town):
        answer(admin, town, "name")
        row = SealedDraft.objects.get()
        assert "林峰".encode() not in bytes(row.ciphertext)
        sign_in(client, make.holder(make.Post.ADMINISTRATOR, town.town))
        assert client.get(url("office")).url == url("name")
        assert "林峰社区" not in client.get(reverse("opening")).content.decode()

    def test_what_was_begun_is_gone_on_with_or_thrown_away(self, admin, town):
        answer(admin, town, "name")
        page = admin.get(reverse("opening")).content.decode()
        assert url("office") in page and "您正在开通林峰社区" in page
        admin.post(reverse("opening"))
        assert not SealedDraft.objects.exists()
        assert admin.post(reverse("opening")).status_code == 302

    def test_reading_writes_nothing(self, admin, town):
        for step in ("name", "people"):
            admin.get(url(step))
        assert not SealedDraft.objects.exists()


class TestRefusals:
    @pytest.mark.parametrize(
        ("step", "changes", "field"),
        [
            ("name", {"name": ""}, "name"),
            ("name", {"name": "林峰13812345678"}, "name"),
            ("name", {"code": "林峰"}, "code"),
            ("name", {"prefix": "L"}, "prefix"),
            ("office", {"phone": "13812345678"}, "phone"),
            ("office", {"phone": "call us"}, "phone"),
            ("office", {"address": "x" * 121}, "address"),
            ("place", {"parent": ""}, "parent"),
            ("place", {"parent": "nothing"}, "parent"),
            ("levels", {"levels": []}, "levels"),
            ("levels", {"levels": ["grid", "later"]}, "levels"),
            ("levels", {"levels": ["street"]}, "levels"),
            ("units", {"grid": ""}, "grid"),
            ("units", {"grid": "一网格\n一网格"}, "grid"),
            ("units", {"courtyard": "没有的/东院"}, "courtyard"),
            ("people", {"mobile_0": "12345"}, "mobile_0"),
            ("people", {"mobile_2": "13800000001"}, "mobile_2"),
            ("people", {"person_2": "王书记"}, "person_2"),
            ("people", {"person_2": ""}, "person_2"),
            ("people", {"post_2": "administrator"}, "post_2"),
            ("people", {"post_2": ""}, "post_2"),
            ("people", {"post_2": "grid_worker"}, "__all__"),
            ("people", {"person_2": "", "post_2": "", "mobile_2": ""}, "__all__"),
            ("services", {"services": ["dragon"]}, "services"),
        ],
    )
    def test_a_sentence_beside_the_field_and_what_was_typed_is_kept(self, admin, town, step, changes, field):
        for before in drafts.STEPS[: drafts.STEPS.index(step)]:
            answer(admin, town, before)
        refused = answer(admin, town, step, **changes)
        assert refused.status_code == 422
        assert field in refused.context["form"].errors
        text = refused.content.decode()
        assert 'role="alert"' in text and "错误：" in text
        typed = [value for name, value in changes.items() if name not in ("parent", "levels", "services", "post_2")]
        assert [value for value in typed if html.escape(value) not in text] == []
        assert step not in drafts.answers_of(drafts.read(User.objects.get(pk=town.administrator.user_id)))

    def test_each_fault_stands_at_its_own_line(self, admin, town):
        for before in ("name", "office", "place", "levels", "units"):
            answer(admin, town, before)
        refused = admin.post(url("people"), {"person_0": "王", "person_3": "王", "person_5": "李", "post_5": "editor"})
        assert set(refused.context["form"].errors) == {"person_0", "post_0", "person_3", "post_3", "__all__"}

    def test_a_wrong_number_is_tied_to_its_sentence(self, admin, town):
        for before in ("name", "office", "place", "levels", "units"):
            answer(admin, town, before)
        text = answer(admin, town, "people", mobile_0="12345").content.decode()
        told = re.search(r'<input[^>]*name="mobile_0"[^>]*>', text)[0]
        assert 'aria-describedby="id_mobile_0_error"' in told and 'aria-invalid="true"' in told
        assert 'id="id_mobile_0_error"' in text

    def test_a_neighbours_street_is_not_offered_and_not_taken(self, admin, town):
        for step in ("name", "office"):
            answer(admin, town, step)
        assert town.other.name not in admin.get(url("place")).content.decode()
        for foreign in (town.other, town.county):
            refused = answer(admin, town, "place", parent=foreign.code)
            assert refused.status_code == 422 and "不归您管理" in refused.content.decode()

    def test_what_is_taken_is_said_beside_its_field(self, admin, town):
        town.open()
        taken = answer(admin, town, "name")
        assert set(taken.context["form"].errors) == {"code", "prefix"}
        assert answer(admin, town, "name", code="linfeng2", prefix="LX").status_code == 302
        answer(admin, town, "office")
        assert "parent" in answer(admin, town, "place").context["form"].errors

    def test_somebody_was_faster(self, admin, town):
        filled_in(admin, town)
        page = admin.get(url("check"))
        town.open(person=make.holder(make.Post.ADMINISTRATOR, town.county))
        refused = confirm(admin, page)
        assert refused.status_code == 422
        assert "网址“linfeng”已被使用" in refused.content.decode() and "李编辑" in refused.content.decode()
        assert "网址“linfeng”已被使用" in admin.get(url("check")).content.decode()
        assert CommunityOpening.objects.count() == 1

    def test_the_street_moved_out_of_reach(self, admin, town):
        street = make.unit("street", parent=town.town, name="搬走的街道")
        filled_in(admin, town, place={"parent": street.code})
        page = admin.get(url("check"))
        move_unit(make.SYSTEM, unit=street, parent=town.county)
        assert confirm(admin, page).status_code in (403, 422)
        assert not CommunityOpening.objects.exists()

    def test_changed_in_another_window(self, admin, town):
        filled_in(admin, town)
        page = admin.get(url("check"))
        answer(admin, town, "office", phone="0714-555 0202")
        refused = confirm(admin, page)
        assert refused.status_code == 409 and "另一个窗口" in refused.content.decode()
        assert confirm(admin, refused).status_code == 302

    def test_pressed_twice_shows_the_first_result(self, admin, town):
        filled_in(admin, town)
        page = admin.get(url("check"))
        assert confirm(admin, page).url == confirm(admin, page).url
        assert CommunityOpening.objects.count() == 1

    @pytest.mark.parametrize("data", [{}, {"key": "x"}, {"key": "3f0e1a52-0000-4000-8000-000000000000"}])
    def test_a_key_that_there_is_not(self, admin, data):
        assert admin.post(url("check"), data).url == reverse("opening")

    def test_who_administers_no_street_is_told(self, client, town):
        unit = town.open().unit
        sign_in(client, make.holder(make.Post.ADMINISTRATOR, unit))
        assert "请找上级管理员" in client.get(reverse("opening")).content.decode()


class TestTheCommunity:
    def test_only_what_somebody_wrote_stands_among_ones_drafts(self, town):
        opening = town.open()
        drafts_of = list(own_drafts(User.objects.get(pk=town.administrator.user_id)))
        assert {page.slug for page in drafts_of} == {"linfeng", "water-repair", "residence-proof"}
        section = CommunityPage.objects.get(unit=opening.unit).get_children().get(slug="notices").specific
        section.save_revision(user=town.administrator.user)
        assert "notices" in {page.slug for page in own_drafts(User.objects.get(pk=town.administrator.user_id))}

    def test_tasks_follow_what_is_there(self, admin, town):
        opening = town.open(services=("water-repair",))
        address = reverse("opening-community", args=[opening.unit.code])
        tasks = {key: is_done for key, _label, _said, is_done, _url in admin.get(address).context["tasks"]}
        assert tasks == {
            "people": False, "page": False, "services": False, "phone": True, "homes": False, "notice": False,
        }  # fmt: skip
        finish(opening.unit)
        shown = admin.get(address)
        assert shown.context["is_ready"] and "已经全部办好" in shown.content.decode()
        assert "新开通" not in admin.get("/admin/").content.decode()

    def test_what_was_sent_back_is_put_right_and_handed_in_again(self, admin, client, town):
        unit = town.open(phone="").unit
        second = make.holder(make.Post.OFFICER, unit)
        address = reverse("opening-community", args=[unit.code])

        def way_of_the_page():
            return {key: url for key, _label, _said, _done, url in admin.get(address).context["tasks"]}["page"]

        review = SecondPersonReview.objects.get(status="in_progress")
        assert way_of_the_page() == reverse("page_review", args=[review.reference])
        send_back(make.context(second, reason="电话没有填"), review=review)
        change_unit(make.context(town.administrator), unit=unit, phone="0714-555 0303")
        assert admin.post(way_of_the_page(), {}).status_code == 302
        sign_in(client, second)
        review = SecondPersonReview.objects.get(status="in_progress")
        assert "0714-555 0303" in client.get(reverse("page_review", args=[review.reference])).content.decode()
        client.post(reverse("page_review", args=[review.reference]), {"decision": "approve"})
        assert CommunityPage.objects.get(unit=unit).live

    def test_the_page_costs_the_same_however_much_there_is(self, admin, town, django_assert_max_num_queries):
        few = town.open(services=("water-repair",), levels=()).unit
        many = town.open(name="大社区", code="large", prefix="DS", people=MANY, services=ALL).unit

        def statements(address):
            with django_assert_max_num_queries(60) as counted:
                assert admin.get(address).status_code == 200
            return len(counted)

        addresses = [reverse("opening-community", args=[unit.code]) for unit in (few, many)]
        statements(addresses[0])
        assert statements(addresses[0]) == statements(addresses[1])

    @pytest.mark.parametrize("step", drafts.STEPS)
    def test_a_step_is_cheap(self, admin, town, step, django_assert_max_num_queries):
        filled_in(admin, town)
        with django_assert_max_num_queries(15):
            admin.get(url(step))

    def test_a_neighbours_community_is_not_there(self, client, town):
        opening = town.open()
        sign_in(client, make.holder(make.Post.ADMINISTRATOR, town.other))
        for name in ("opening-community", "opening-slips"):
            address = reverse(name, args=[opening.unit.code])
            assert client.get(address).status_code in (404, 405)
            assert client.post(address).status_code in (404, 405)
        assert "林峰社区" not in client.get(reverse("opening")).content.decode()

    def test_slips_when_everybody_has_come(self, admin, town):
        unit = town.open().unit
        finish(unit)
        refused = admin.post(reverse("opening-slips", args=[unit.code]))
        assert refused.status_code == 422 and "都已经设好密码" in refused.content.decode()


@pytest.mark.parametrize("post", [post for post in make.Post if post != make.Post.ADMINISTRATOR])
def test_nobody_else_finds_it(client, town, post):
    unit = town.open().unit
    sign_in(client, make.holder(post, town.town))
    addresses = [reverse("opening"), url("name"), url("check"), reverse("opening-community", args=[unit.code])]
    for address in [*addresses, reverse("opening-slips", args=[unit.code])]:
        assert client.get(address).status_code in (302, 404), address
        assert client.post(address).status_code in (302, 404), address
    assert CommunityOpening.objects.count() == 1 and not SealedDraft.objects.exists()


def finish(unit):
    """Everything that is to be done after the opening."""
    for invitation, _code, _member in invite_first_people(make.SYSTEM, unit=unit):
        use_invitation(Context(), invitation=invitation, password=PASSWORD)
    page = CommunityPage.objects.get(unit=unit)
    for one in [page, *page.get_descendants().specific()]:
        one.get_latest_revision().publish(skip_permission_checks=True)
    pages.notice(page)
    neighbourhood_in(unit, "本")
