"""A stage begins: its notice lies drafted, once, and its facts are read when the notice is read."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.models import Notification
from community.roles import Post
from home.actions.publishing import approve_review, submit_for_review
from home.actions.site import open_page, set_up_site
from home.models import NoticePage
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.together import together
from tests.worlds import world
from workflows.actions.evidence import enter_evidence
from workflows.actions.pages import draft_project_notice, draft_project_page
from workflows.actions.requests import change_request
from workflows.models import ProjectNoticePage, PublicityPeriod
from workflows.rules.notices import Occasion

pytestmark = pytest.mark.django_db


@world
def here():
    place = factory.neighbourhood()
    set_up_site()
    open_page(make.SYSTEM, unit=place.community, intro="4 个小区")
    return place


def published(page):
    page.get_latest_revision().publish(skip_permission_checks=True)
    return type(page).objects.get(pk=page.pk)


def drafted(request, occasion=Occasion.JOINT_DECISION):
    return draft_project_notice(request, occasion=occasion, version=request.version)


def shown(client, page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_way_of_a_request_drafts_a_notice_for_each_stage_and_for_the_display(
    here, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        request = factory.closed(here)
    found = ProjectNoticePage.objects.filter(request=request)
    assert sorted(found.values_list("occasion", flat=True)) == sorted(Occasion)
    assert not found.filter(live=True).exists()
    assert {page.get_parent().slug for page in found} == {"notices"}


def test_the_editors_are_told_with_the_way_to_the_draft(here, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        request = factory.joint_decision(here)
    page = ProjectNoticePage.objects.get(request=request)
    told = Notification.objects.get(kind="notice_drafted")
    assert told.recipient == here.editor.user
    assert told.url == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_a_draft_is_in_chinese_for_whoever_moved_the_request(here):
    page = drafted(factory.joint_decision(here))
    assert page.title == "修一段路：请大家一起商量"
    assert "社区已接受" in page.lead


def test_a_repeat_gives_the_first_draft_and_the_database_holds_it_to_one(here):
    request = factory.joint_decision(here)
    first = drafted(request)
    assert drafted(request).pk == first.pk
    other = drafted(request, Occasion.PUBLICITY)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProjectNoticePage.objects.filter(pk=other.pk).update(occasion=first.occasion)


def test_a_community_without_pages_gets_none():
    elsewhere = factory.neighbourhood(prefix="LF")
    assert drafted(factory.joint_decision(elsewhere)) is None


def test_a_display_that_is_entered_drafts_its_notice(here, django_capture_on_commit_callbacks):
    request = factory.joint_decision(here)
    with django_capture_on_commit_callbacks(execute=True):
        enter_evidence(
            make.context(here.officer), PublicityPeriod, request=request, paper=factory.prepared(),
            values={"starts_on": date(2030, 1, 7), "ends_on": date(2030, 1, 14), "place": "公告栏"},
        )  # fmt: skip
    page = ProjectNoticePage.objects.get(request=request)
    assert (page.occasion, page.category) == ("publicity", "publicity")


def test_any_two_people_of_the_place_complete_and_publish_it(client, here):
    page = drafted(factory.joint_decision(here))
    other = make.holder(Post.EDITOR, here.community)
    review = submit_for_review(make.context(here.editor), page=page)
    approve_review(make.context(other), review=review)
    assert "请大家一起商量" in shown(client, page)
    assert page.title in shown(client, page.get_parent())


def test_its_facts_are_those_of_the_moment_it_is_read(client, here):
    request = factory.joint_decision(here)
    published(draft_project_page(request))
    page = published(drafted(request))
    assert "¥ 240,000.00" in shown(client, page)
    change_request(
        make.context(here.officer, reason="雨后积水"), request=request, read_version=1, values={"budget": 286000}
    )
    now = shown(client, page)
    assert "¥ 286,000.00" in now
    assert "¥ 240,000.00" not in now
    assert "versions/1-2/" in now


@pytest.mark.parametrize("occasion", list(Occasion))
def test_every_occasion_has_its_facts_within_fourteen_queries(client, here, occasion):
    request = factory.closed(here)
    published(draft_project_page(request))
    page = published(drafted(request, occasion))
    text = shown(client, page)
    assert request.reference in text
    with CaptureQueriesContext(connection) as captured:
        client.get(page.url)
    assert len(captured) <= 14


def test_no_person_of_the_case_is_on_a_notice(client, here):
    request = factory.closed(here)
    names = [person.name for person in (here.officer, here.secretary, here.grid_worker, here.group_member)]
    for occasion in Occasion:
        text = shown(client, published(drafted(request, occasion)))
        assert not [name for name in names if name in text]


def test_it_stands_among_the_other_notices(client, here):
    page = published(drafted(factory.joint_decision(here)))
    assert NoticePage.objects.live().filter(pk=page.pk).exists()
    assert page.title in client.get(f"/feeds/{here.community.code}/notices.atom").content.decode()


@pytest.mark.both_engines
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_who_draft_at_once_draft_one():
    place = factory.neighbourhood()
    set_up_site()
    open_page(make.SYSTEM, unit=place.community, intro="4 个小区")
    request = factory.joint_decision(place)
    ProjectNoticePage.objects.filter(request=request).delete()
    found = together(lambda: drafted(request).pk, lambda: drafted(request).pk)
    assert len(set(found)) == 1
    assert ProjectNoticePage.objects.filter(request=request).count() == 1
