"""The first screen of the admin: what waits, what is due, what was begun, each for whom it concerns."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.models import Delivery
from home.actions.publishing import submit_for_review
from home.actions.urgent import publish_urgently
from home.admin.waiting import DRAFTS, DUE, OWED, WAITING, rows_of
from tests.community.neighbourhoods import undelivered
from tests.factories import community as units
from tests.factories import pages as make
from tests.factories import renovation as build
from tests.worlds import world
from workflows.admin.views import address_of

from .test_menu_admin import POSTS
from .test_publishing_actions import Office

pytestmark = pytest.mark.django_db

# What the first screen may cost whoever opens it, sidebar and frame included.
STATEMENTS = 50
HOME = "/admin/"


@world
def office():
    return Office()


@world
def here():
    return build.neighbourhood()


def first_screen(client, user) -> str:
    client.force_login(user)
    return client.get(HOME).content.decode()


def titles(panel, person) -> list[str]:
    return [row.title for row in rows_of(panel, units.context(person).user, timezone.localdate())]


def statements(client, user) -> int:
    client.force_login(user)
    client.get(HOME)
    with CaptureQueriesContext(connection) as found:
        assert client.get(HOME).status_code == 200
    return len(found)


@pytest.mark.parametrize("role", ["editor", "staff", "supervisor", "administrator"])
def test_empty_panels_say_so_in_words(client, role):
    since = timezone.localdate()  # so that the list of rights is not overdue either
    text = first_screen(client, units.holder(POSTS[role], make.community().unit, starts_on=since).user)
    for heading in ("待我处理", "快到期", "我的草稿"):
        assert heading in text
    for sentence in ("现在没有事情等您处理。", "两周内没有到期的事情。", "您没有写到一半的页面。"):
        assert sentence in text


def test_a_superuser_is_told_that_rights_come_with_a_post(client):
    person = units.member(unit=make.community().unit)
    person.user.is_superuser = True
    person.user.save()
    text = first_screen(client, person.user)
    assert "任职生效当天起就有权限" in text
    assert "task-panel" not in text


class TestPages:
    def test_a_review_waits_for_everybody_but_its_authors(self, client, office):
        review = office.submitted()
        address = reverse("page_review", args=[review.reference])
        assert address in first_screen(client, office.second.user)
        assert address in first_screen(client, office.officer.user)
        assert address not in first_screen(client, office.author.user)
        assert address not in first_screen(client, office.administrator.user)

    def test_who_wrote_an_earlier_version_is_an_author_until_it_is_published(self, office):
        office.edit(office.second, lead="改了一句")
        office.edit(office.author, lead="又改了一句")
        office.submitted()
        assert titles(WAITING, office.second) == []
        assert titles(WAITING, office.officer) == ["周三停水"]

    def test_who_wrote_a_version_that_is_published_may_look_over_the_next(self, office):
        office.notice.get_latest_revision().publish(skip_permission_checks=True)
        office.edit(office.second, lead="改了一句")
        submit_for_review(units.context(office.second), page=office.now(), note="改了一句")
        assert titles(WAITING, office.author) == ["周三停水"]

    def test_a_neighbours_review_is_not_there(self, client, office):
        review = office.submitted()
        stranger = units.holder(units.Post.EDITOR, make.community().unit)
        assert review.reference not in first_screen(client, stranger.user)

    def test_a_second_look_that_is_owed(self, client, office):
        office.edit(office.author, category="outage")
        publish_urgently(units.context(office.author, reason="水管爆了"), page=office.now())
        row, *others = rows_of(OWED, units.context(office.officer).user, timezone.localdate())
        assert (row.title, others) == ("周三停水", [])
        client.force_login(office.officer.user)
        assert client.get(row.url).status_code == 200
        assert titles(OWED, units.holder(units.Post.EDITOR, make.community().unit)) == []

    def test_own_drafts_say_how_far_they_are(self, client, office):
        edit = reverse("wagtailadmin_pages:edit", args=[office.notice.pk])
        text = first_screen(client, office.author.user)
        assert edit in text
        assert "还没有送审" in text
        office.submitted()
        assert "已送审，等别人复核" in first_screen(client, office.author.user)
        assert titles(DRAFTS, office.second) == []

    def test_what_is_published_is_no_draft(self, office):
        office.notice.get_latest_revision().publish(skip_permission_checks=True)
        assert titles(DRAFTS, office.author) == []

    def test_notices_that_run_out_this_week(self, office):
        today = timezone.localdate()
        make.notice(office.page, title="快到期的公告", valid_until=today + timedelta(days=3))
        make.notice(office.page, title="还早的公告", valid_until=today + timedelta(days=30))
        make.notice(office.page, title="过期的公告", valid_until=today - timedelta(days=1))
        make.notice(make.community(), title="别处的公告", valid_until=today)
        assert titles(DUE, office.author) == ["快到期的公告"]

    def test_messages_that_did_not_leave_are_one_line(self, client, office):
        undelivered(office.page.unit, office.author)
        assert titles(WAITING, office.officer) == ["没有发出去的消息：1 条"]
        assert titles(WAITING, office.administrator) == ["没有发出去的消息：1 条"]
        assert titles(WAITING, office.author) == []
        client.force_login(office.officer.user)
        row = rows_of(WAITING, units.context(office.officer).user, timezone.localdate())[0]
        answer = client.get(row.url)
        assert answer.status_code == 200
        assert Delivery.objects.get().reference in answer.content.decode()


class TestRenovation:
    def test_a_new_request_waits_for_the_staff(self, client, here):
        request = build.submitted(here, title="修一段路")
        assert address_of(request) in first_screen(client, here.officer.user)
        supervisor = units.holder(units.Post.STREET_SUPERVISOR, here.community.get_parent())
        assert titles(WAITING, supervisor) == []
        assert titles(WAITING, units.holder(units.Post.OFFICER, build.neighbourhood(prefix="BB").community)) == []

    def test_every_row_leads_to_a_screen_that_opens(self, client, here):
        """A request in the decision with a paper, a pledge and an objection of others; its committee's last day."""
        build.submitted(here, title="修一段路")
        site = build.joint_supervision(here, title="建一个广场")
        build.watched(here, site)
        deciding = build.joint_decision(here, title="装电梯")
        build.resolved(here, deciding)
        build.asked(here, deciding)
        other = units.holder(units.Post.OFFICER, here.community)
        supervisor = units.holder(units.Post.STREET_SUPERVISOR, here.community.get_parent())
        for person in (other, here.officer, supervisor):
            client.force_login(person.user)
            user, today = units.context(person).user, timezone.localdate()
            for row in [*rows_of(WAITING, user, today), *rows_of(DUE, user, today)]:
                assert client.get(row.url).status_code == 200, row
        assert "装电梯" in titles(DUE, supervisor)
        assert titles(DUE, units.holder(units.Post.EDITOR, here.community)) == []


class TestStatements:
    """The first screen costs as much with many rows as with one."""

    def test_bounded_for_an_editor(self, client, office):
        few = statements(client, office.second.user)
        for number in range(12):
            page = make.notice(office.page, live=False, user=office.author.user, title=f"第 {number} 条")
            submit_for_review(units.context(office.author), page=page)
            make.notice(office.page, live=False, user=office.second.user, title=f"草稿 {number}")
            make.notice(office.page, valid_until=timezone.localdate())
        many = statements(client, office.second.user)
        assert many <= few <= STATEMENTS

    def test_bounded_for_staff(self, client, here):
        in_decision(here)
        few = statements(client, here.officer.user)
        for _number in range(3):
            in_decision(here)
        assert statements(client, here.officer.user) <= few <= STATEMENTS


def in_decision(here) -> None:
    """A new request, and one that waits for its bodies."""
    build.submitted(here)
    request = build.joint_decision(here)
    build.resolved(here, request)
    build.asked(here, request)
