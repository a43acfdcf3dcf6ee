"""Every address of the page explorer, for every role, on one's own pages and on a neighbour's."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from community.models import User
from home.models import NoticeIndexPage, NoticePage
from tests.factories import community as units
from tests.factories import pages as make
from tests.worlds import world

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]

SECRET = "还没有公布的消息"
ROLES = ("editor", "staff", "administrator", "supervisor", "superuser", "committee", "nobody")
WRITERS = ("editor", "staff", "administrator")
POSTS = {
    "editor": units.Post.EDITOR,
    "staff": units.Post.OFFICER,
    "administrator": units.Post.ADMINISTRATOR,
    "supervisor": units.Post.STREET_SUPERVISOR,
    "committee": units.Post.COMMITTEE_MEMBER,
}


class Two:
    """Two communities, each with a published notice and a draft."""

    def __init__(self):
        self.own, self.neighbour = make.community(prefix="AA"), make.community(prefix="BB")
        self.pages = {}
        for name, community in (("own", self.own), ("neighbour", self.neighbour)):
            self.pages[name, "live"] = make.notice(community)
            title = SECRET if name == "neighbour" else "自己的草稿"
            self.pages[name, "draft"] = make.notice(community, live=False, title=title)

    def user(self, role):
        if role in POSTS:
            return units.holder(POSTS[role], self.own.unit).user
        user = units.member(unit=self.own.unit).user
        if role == "superuser":
            user.is_superuser = True
            user.save()
        return user


@world
def two():
    return Two()


def signed_in(client, user):
    client.force_login(User.objects.get(pk=user.pk))
    return client


def page_addresses(page) -> dict[str, str]:
    """Every address of the explorer that names one page, for reading."""
    revision = page.latest_revision_id
    names = {
        "usage": (), "edit": (), "view_draft": (), "delete": (), "unpublish": (), "move": (), "copy": (),
        "convert_alias": (), "set_privacy": (), "workflow_history": (), "history": (), "history_results": (),
        "revisions_index": (), "revisions_view": (revision,), "revisions_revert": (revision,),
        "revisions_unschedule": (revision,), "revisions_compare": ("live", str(revision)),
        "confirm_workflow_cancellation": (),
    }  # fmt: skip
    found = {}
    for name, more in names.items():
        found[name] = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more])
    found["explore"] = reverse("wagtailadmin_explore", args=[page.pk])
    found["explore_results"] = reverse("wagtailadmin_explore_results", args=[page.pk])
    found["choose"] = reverse("wagtailadmin_choose_page_child", args=[page.pk])
    return found


READABLE_FOR_WRITERS = {
    "usage", "edit", "view_draft", "workflow_history", "history", "history_results", "revisions_index",
    "revisions_view", "revisions_revert", "revisions_compare", "explore", "explore_results", "choose",
}  # fmt: skip
# Wagtail's own screen for every page, where it answers instead of showing.
OTHER_ANSWERS = {"revisions_index", "convert_alias", "confirm_workflow_cancellation"}
CLOSED_TO_ALL = {"unpublish", "move", "copy", "set_privacy", "revisions_unschedule"}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["live", "draft"])
def test_a_neighbours_pages_do_not_open(client, two, role, kind):
    page = two.pages["neighbour", kind]
    signed_in(client, two.user(role))
    for name, address in page_addresses(page).items():
        answer = client.get(address)
        assert page.title not in answer.content.decode(), name
        if name not in {"choose", "explore", "explore_results", *OTHER_ANSWERS}:
            assert answer.status_code in {302, 403, 404}, name


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["live", "draft"])
def test_own_pages_open_for_those_who_write_them(client, two, role, kind):
    page = two.pages["own", kind]
    signed_in(client, two.user(role))
    for name, address in page_addresses(page).items():
        if name in OTHER_ANSWERS:
            continue
        status = client.get(address).status_code
        allowed = role in WRITERS and (name in READABLE_FOR_WRITERS or (name == "delete" and kind == "draft"))
        if name == "choose" and role in {"superuser", "supervisor"}:
            continue  # opens, and shows nothing of a page: see the next test
        assert (status == 200) is allowed, (name, status)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in {"committee", "nobody"}])
def test_lists_searches_choosers_and_reports_show_ones_own_pages_only(client, two, role):
    signed_in(client, two.user(role))
    home = Page.objects.get(depth=2)
    index = make.section(two.neighbour, NoticeIndexPage)
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_explore", args=[home.pk]),
        reverse("wagtailadmin_explore", args=[index.pk]),
        reverse("wagtailadmin_pages:search") + "?q=" + SECRET[:4],
        reverse("wagtailadmin_pages:search_results") + "?q=",
        reverse("wagtailadmin_pages:type_use", args=["home", "noticepage"]),
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_child", args=[index.pk]),
        reverse("wagtailadmin_choose_page_search") + "?q=" + SECRET[:4],
        reverse("wagtailadmin_choose_page_search") + "?q=",
        reverse("wagtailadmin_choose_page_chosen_multiple") + f"?id={two.pages['neighbour', 'draft'].pk}",
        *(reverse(f"wagtailadmin_reports:{name}") for name in ("locked_pages", "workflow", "workflow_tasks")),
        *(reverse(f"wagtailadmin_reports:{name}") for name in ("aging_pages", "page_types_usage", "site_history")),
    ]
    for address in addresses:
        text = client.get(address).content.decode()
        text += text.encode().decode("unicode_escape", "ignore") if "\\u" in text else ""
        for hidden in (SECRET, two.neighbour.title, two.pages["neighbour", "live"].title):
            assert hidden not in text, address


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("whose", ["own", "neighbour"])
def test_nothing_that_readers_see_changes_by_a_button(client, two, role, whose):
    page = two.pages[whose, "live"]
    index, other = page.get_parent(), two.own
    signed_in(client, two.user(role))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    before = Page.objects.filter(depth__gt=1).order_by("pk").values_list("pk", "path", "live", "title", "url_path")
    before = list(before)
    posts = [
        (edit, new_notice(title="改过的标题", slug=page.slug, **{"action-publish": "1"})),
        (reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {}),
        (reverse("wagtailadmin_pages:delete", args=[page.pk]), {}),
        (reverse("wagtailadmin_pages:move_confirm", args=[page.pk, other.pk]), {}),
        (reverse("wagtailadmin_pages:set_page_position", args=[page.pk]) + "?position=0", {}),
        (
            reverse("wagtailadmin_pages:copy", args=[page.pk]),
            {"new_title": "副本", "new_slug": "copy", "new_parent_page": index.pk, "publish_copies": "1"},
        ),
        (reverse("wagtailadmin_pages:lock", args=[page.pk]), {}),
        (reverse("wagtailadmin_pages:unlock", args=[page.pk]), {}),
        (reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), {"restriction_type": "login"}),
        (reverse("wagtailadmin_pages:convert_alias", args=[page.pk]), {}),
        *(
            (reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={page.pk}", {"chooser": 1})
            for action in ("delete", "unpublish", "publish", "move")
        ),
    ]
    for address, data in posts:
        status = client.post(address, data).status_code
        assert status < 500, address
        page.refresh_from_db()
        assert page.live, address
        assert not page.locked, address
        assert not page.view_restrictions.exists(), address
    after = Page.objects.filter(depth__gt=1).order_by("pk").values_list("pk", "path", "live", "title", "url_path")
    assert list(after) == before


def test_bulk_publishing_leaves_drafts_drafts(client, two):
    page = two.pages["own", "draft"]
    for role in ("editor", "administrator", "superuser"):
        signed_in(client, two.user(role))
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"]) + f"?id={page.pk}"
        assert client.post(address, {}).status_code < 500
        page.refresh_from_db()
        assert not page.live


def new_notice(**fields) -> dict:
    return {
        "title": "新公告", "slug": "", "lead": "一句话", "category": "other", "published_on": "2026-01-01",
        "when": "", "where": "", "whom": "", "what_to_do": "", "valid_until": "", "search_description": "",
        "share_image": "", "go_live_at": "", "expire_at": "", "body-count": "0", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0", **fields,
    }  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("whose", ["own", "neighbour"])
def test_drafts_are_written_on_ones_own_pages(client, two, role, whose):
    index = make.section(getattr(two, whose), NoticeIndexPage)
    signed_in(client, two.user(role))
    address = reverse("wagtailadmin_pages:add", args=["home", "noticepage", index.pk])
    client.post(address, new_notice(**{"action-publish": "1"}))
    written = NoticePage.objects.child_of(index).filter(title="新公告")
    assert written.exists() is (role in WRITERS and whose == "own")
    for page in written:
        assert not page.live
        assert page.slug.isascii()
        assert page.slug
    edited = two.pages[whose, "live"]
    client.post(reverse("wagtailadmin_pages:edit", args=[edited.pk]), new_notice(title="改过的标题", slug=edited.slug))
    edited.refresh_from_db()
    assert (edited.draft_title == "改过的标题") is (role in WRITERS and whose == "own")
    assert edited.title != "改过的标题"


def test_drafts_without_anything_wanted_keep_what_was_typed(client, two):
    index = make.section(two.own, NoticeIndexPage)
    signed_in(client, two.user("editor"))
    address = reverse("wagtailadmin_pages:add", args=["home", "noticepage", index.pk])
    answer = client.post(address, new_notice(title="", lead="这句要留下", **{"action-submit": "1"}))
    assert answer.status_code == 200
    assert "这句要留下" in answer.content.decode()


def test_a_draft_that_was_never_published_can_be_thrown_away(client, two):
    page = two.pages["own", "draft"]
    signed_in(client, two.user("editor"))
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Page.objects.filter(pk=page.pk).exists()


def test_rights_end_with_the_appointment(client, two):
    from datetime import date

    from community.actions.people import end_appointment

    editor = units.holder(units.Post.EDITOR, two.own.unit)
    signed_in(client, editor.user)
    address = reverse("wagtailadmin_pages:edit", args=[two.pages["own", "live"].pk])
    assert client.get(address).status_code == 200
    end_appointment(units.SYSTEM, appointment=editor.appointments.get(), on=date.today())
    assert client.get(address).status_code != 200


def test_somebody_above_works_on_all_communities_below(client, two):
    officer = units.holder(units.Post.OFFICER, two.own.unit.get_parent())
    signed_in(client, officer.user)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[two.pages["own", "live"].pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[two.pages["neighbour", "live"].pk])).status_code == 302
