"""Where a page stands, in plain words, in the lists of those who write."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from home.actions.publishing import send_back, withdraw_page
from home.publishing.rules import PageFacts, page_states
from home.status import STATUSES
from tests.factories import community as units
from tests.factories import pages as make
from tests.worlds import world

from .test_pages_permissions import signed_in
from .test_publishing_actions import approve
from .test_publishing_urgent import Burst

pytestmark = pytest.mark.django_db


@world
def office():
    return Burst()


@pytest.mark.parametrize(
    ("facts", "states"),
    [
        (PageFacts(live=False), ["draft"]),
        (PageFacts(live=False, review="in_progress"), ["in_review"]),
        (PageFacts(live=False, review="needs_changes"), ["sent_back"]),
        (PageFacts(live=False, scheduled=True), ["scheduled"]),
        (PageFacts(live=False, was_live=True), ["withdrawn"]),
        (PageFacts(live=False, was_live=True, review="in_progress"), ["withdrawn", "in_review"]),
        (PageFacts(live=True), ["live"]),
        (PageFacts(live=True, over=True), ["expired"]),
        (PageFacts(live=True, changed=True), ["live", "changed"]),
        (PageFacts(live=True, changed=True, scheduled=True), ["live", "scheduled"]),
        (PageFacts(live=True, changed=True, review="in_progress"), ["live", "in_review"]),
        (PageFacts(live=True, owed=True), ["live", "look_owed"]),
    ],
)
def test_rules_of_the_words(facts, states):
    assert page_states(facts) == states
    assert set(states) <= set(STATUSES)


def listed(client, office) -> str:
    signed_in(client, office.author.user)
    return client.get(reverse("wagtailadmin_explore_results", args=[office.notice.get_parent().pk])).content.decode()


def test_the_list_says_it_step_by_step(client, office):
    assert "草稿" in listed(client, office)
    review = office.submitted()
    assert "等第二人复核" in listed(client, office)
    send_back(units.context(office.second, "几号楼？"), review=review)
    assert "退回修改" in listed(client, office)
    owed = office.alone()
    assert "已发布 · 待第二人复核" in listed(client, office)
    from home.actions.urgent import confirm_urgent

    confirm_urgent(units.context(office.second), owed=owed)
    office.edit(office.author, where="1 号楼")
    assert "已发布 · 已改动，未送复核" in listed(client, office)
    office.edit(office.author, go_live_at=timezone.now() + timedelta(hours=1))
    approve(office.second, office.submitted())
    assert "已发布 · 已复核，到时间发布" in listed(client, office)
    withdraw_page(units.context(office.administrator, "写错"), page=office.now())
    assert "已撤回" in listed(client, office)


def test_more_pages_cost_no_more_statements(client, office):
    signed_in(client, office.author.user)
    address = reverse("wagtailadmin_explore_results", args=[office.notice.get_parent().pk])

    def statements() -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    make.notice(office.page)
    before = statements()
    for _number in range(5):
        make.notice(office.page)
        make.notice(office.page, live=False, user=office.author.user)
    assert statements() <= before + 2
