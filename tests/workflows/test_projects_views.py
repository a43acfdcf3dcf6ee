"""A project as readers see it: every stage, its versions, its log; no person in it, and few queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from community.models import User
from home.actions.site import open_page, set_up_site
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.worlds import world
from workflows.actions.pages import draft_project_page
from workflows.actions.requests import change_request
from workflows.models import ProjectPage
from workflows.rules.stages import State

pytestmark = pytest.mark.django_db


@world
def here():
    place = factory.neighbourhood()
    set_up_site()
    open_page(make.SYSTEM, unit=place.community, intro="4 个小区")
    return place


def published(request) -> ProjectPage:
    """The page of a request, as two people would have published it."""
    page = draft_project_page(request)
    page.get_latest_revision().publish(skip_permission_checks=True)
    return ProjectPage.objects.get(pk=page.pk)


def text_of(response) -> str:
    return response.content.decode()


SHOWN = (State.JOINT_DECISION, State.CO_CONSTRUCTION, State.JOINT_SUPERVISION, State.JOINT_EVALUATION,
         State.SHARED_RESULT, State.CLOSED)  # fmt: skip


@pytest.mark.parametrize("state", SHOWN)
def test_the_page_tells_where_the_project_stands(client, here, state):
    request = factory.in_state(here, state)
    page = published(request)
    response = client.get(page.url)
    assert response.status_code == 200
    shown = text_of(response)
    assert request.reference in shown
    assert "148 米" in shown
    assert shown.count('aria-current="step"') == (0 if state == State.CLOSED else 1)
    assert not response.cookies


def test_acceptance_drafts_the_page_once(here, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        request = factory.joint_decision(here)
    page = ProjectPage.objects.get(request=request)
    assert (page.live, page.slug) == (False, request.reference.lower())
    assert draft_project_page(request).pk == page.pk


def test_a_draft_is_not_for_readers(client, here):
    page = draft_project_page(factory.joint_decision(here))
    assert client.get(page.url or f"/{page.slug}/").status_code == 404


def test_versions_and_their_difference(client, here):
    request = factory.joint_decision(here)
    change_request(
        make.context(here.officer, reason="雨后积水"), request=request, read_version=1,
        values={"budget": 286000, "plan": "铺设雨水管，新建人行道，东侧加一条排水沟。"},
    )  # fmt: skip
    page = published(type(request).objects.get(pk=request.pk))
    listed = text_of(client.get(page.url + "versions/"))
    assert "雨后积水" in listed
    assert f"{page.url}versions/1-2/" in listed
    shown = text_of(client.get(page.url + "versions/1-2/"))
    assert "¥ 240,000.00" in shown
    assert "¥ 286,000.00" in shown
    assert "<ins>" in shown


@pytest.mark.parametrize("pair", ["2-1", "1-1", "0-1", "1-9", "9-10", "a-b"])
def test_versions_that_do_not_exist_are_not_found(client, here, pair):
    page = published(factory.joint_decision(here))
    assert client.get(f"{page.url}versions/{pair}/").status_code == 404


def test_no_person_is_on_any_address_of_a_project(client, here):
    request = factory.closed(here)
    page = published(request)
    people = [here.officer, here.secretary, here.grid_worker, here.group_member, *here.committee]
    names = [person.name for person in people] + list(User.objects.values_list("username", flat=True))
    for address in ("", "versions/", "log/"):
        shown = text_of(client.get(page.url + address))
        assert not [name for name in names if name in shown]


def queries_of(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_queries_do_not_grow_with_versions_communities_or_logs(client, here):
    request = factory.joint_supervision(here)
    factory.watched(here, request)
    page = published(request)
    few = queries_of(client, page.url)
    for _ in range(3):
        factory.watched(here, request)
    for number in range(4):
        current = type(request).objects.get(pk=request.pk)
        change_request(
            make.context(here.officer), request=current, read_version=current.version,
            values={"title": "修一段路" + "，" * (number % 2) + "完"},
        )  # fmt: skip
    factory.joint_supervision(factory.neighbourhood(prefix="LF"))
    assert queries_of(client, page.url) <= few <= 20


def test_the_community_home_shows_what_is_under_way(client, here):
    page = published(factory.joint_decision(here))
    home = text_of(client.get(page.place.url))
    assert page.title in home
    listed = text_of(client.get(page.get_parent().url + "?state=deciding"))
    assert page.title in listed
    assert page.title not in text_of(client.get(page.get_parent().url + "?state=done"))
