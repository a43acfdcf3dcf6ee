"""What somebody who leaves had in hand of requests: shown, handed over, or taken away."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from community.actions.leaving import leave
from community.actions.people import appoint
from community.models import Event, Notification
from community.refusals import ActionRefused
from tests.factories import community as make
from tests.factories import pages
from tests.factories import renovation as factory
from tests.worlds import world
from workflows.actions.requests import propose
from workflows.actions.supervising import plan_duty
from workflows.models import Decision, DutyAssignment

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def in_days(number):
    return timezone.localdate() + timedelta(days=number)


@world
def here():
    return factory.neighbourhood()


@world
def request_(here):
    return factory.joint_supervision(here)


def planned(here, request, member, *days):
    for number in days:
        plan_duty(make.context(here.officer), request=request, day=in_days(number), members=[member])


def on_rota(member) -> list:
    rows = DutyAssignment.objects.filter(member=member, is_active=True).order_by("duty_day__day")
    return [row.duty_day.day for row in rows]


def goes(here, member, **details):
    return leave(make.context(here.officer), member=member, why="resigned", last_day=timezone.localdate(), **details)


def test_the_screen_names_what_is_in_hand_and_hands_duty_over(client, here, request_):
    """Seat, duty, own proposal: each with its link; the days go to the successor, who is told."""
    leaver, heir = here.grid_worker, here.group_member
    planned(here, request_, leaver, 1, 2, 3)
    propose(
        make.context(here.officer), community=here.community, unit=here.grid, submission_key=uuid.uuid4(),
        values={**factory.CONTENT, "title": "装一盏灯"}, proposer=leaver,
    )  # fmt: skip
    client.force_login(here.officer.user)
    url = reverse("members:leaving", args=[leaver.reference])
    screen = client.get(url).content.decode()
    assert "现场值班：修一段路" in screen and "提出的申请：装一盏灯" in screen
    assert reverse("renovation:rota", args=[here.community.code, request_.reference]) in screen
    typed = {"why": "resigned", "last_day": timezone.localdate().isoformat(), "successor": heir.pk, "reason": ""}
    assert client.post(url, typed).status_code == 302
    assert on_rota(leaver) == [] and on_rota(heir) == [in_days(1), in_days(2), in_days(3)]
    told = Notification.objects.get(recipient=heir.user, kind="handed_over")
    assert told.unit == here.community and leaver.name not in told.title
    event = Event.objects.get(verb="member.leave")
    assert '"duty":{"handed_over":3}' in event.body.replace(" ", "")


def test_without_a_successor_nobody_stands_there(here, request_):
    planned(here, request_, here.grid_worker, 0, 1)
    goes(here, here.grid_worker)
    assert on_rota(here.grid_worker) == []
    assert '"duty":{"lapsed":2}' in Event.objects.get(verb="member.leave").body.replace(" ", "")


def test_days_that_are_over_stay_as_they_were(here, request_):
    factory.watched(here, request_, day=in_days(0))
    planned(here, request_, here.group_member, 1)
    goes(here, here.group_member)
    assert on_rota(here.group_member) == [in_days(0)]


def test_a_successor_who_stands_there_already_stands_there_once(here, request_):
    both = [here.grid_worker, here.group_member]
    plan_duty(make.context(here.officer), request=request_, day=in_days(1), members=both)
    goes(here, here.grid_worker, successor=here.group_member)
    assert on_rota(here.group_member) == [in_days(1)]


@pytest.mark.parametrize("whose", ["neighbour", "without a post", "past", "themselves"])
def test_only_somebody_of_the_same_community_takes_over(client, here, request_, whose):
    planned(here, request_, here.grid_worker, 1)
    candidates = {
        "neighbour": lambda: make.holder(make.Post.GRID_WORKER, make.community(parent=here.community.get_parent())),
        "without a post": lambda: make.member(unit=here.community),
        "past": lambda: make.holder(make.Post.GRID_WORKER, here.grid, ends_on=in_days(0)),
        "themselves": lambda: here.grid_worker,
    }
    heir = candidates[whose]()
    with pytest.raises(ActionRefused) as refused:
        goes(here, here.grid_worker, successor=heir)
    assert refused.value.field == "successor"
    client.force_login(here.officer.user)
    typed = {"why": "moved", "last_day": timezone.localdate().isoformat(), "successor": heir.pk, "reason": "写好的话"}
    response = client.post(reverse("members:leaving", args=[here.grid_worker.reference]), typed)
    assert response.context["form"].errors["successor"] and "写好的话" in response.content.decode()
    assert on_rota(here.grid_worker) == [in_days(1)]
    assert not Event.objects.filter(verb="member.leave").exists()


def test_nor_somebody_whose_post_ends_before_that_day(here, request_):
    planned(here, request_, here.grid_worker, 5)
    short = make.holder(make.Post.GRID_WORKER, here.grid, ends_on=in_days(3))
    with pytest.raises(ActionRefused) as refused:
        goes(here, here.grid_worker, successor=short)
    assert refused.value.field == "successor" and str(in_days(5)) in str(refused.value)


def test_the_duty_of_a_neighbours_site_is_neither_shown_nor_touched(client, here):
    """Somebody serves in two communities: staff of one see and settle what is theirs."""
    there = factory.neighbourhood(parent=here.community.get_parent())
    site = factory.joint_supervision(there, title="邻家的路")
    leaver = here.group_member
    appoint(make.SYSTEM, member=leaver, unit=there.grid, post="volunteer", starts_on=make.LONG_AGO)
    planned(there, site, leaver, 1)
    client.force_login(here.officer.user)
    url = reverse("members:leaving", args=[leaver.reference])
    assert "邻家的路" not in client.get(url).content.decode()
    goes(here, leaver)
    assert on_rota(leaver) == [in_days(1)]


def test_a_decision_stays_and_an_open_seat_falls_away(client, here):
    """Who has decided is counted; who has not cannot any more, and the round goes on without them."""
    round_ = factory.asked(here, factory.joint_decision(here))
    spoken, silent, third = here.grid_committee
    factory.decide_as(spoken, round_)
    client.force_login(here.officer.user)
    screen = client.get(reverse("members:leaving", args=[silent.reference])).content.decode()
    assert "待表决：修一段路" in screen
    goes(here, silent)
    goes(here, spoken)
    with pytest.raises(ActionRefused):
        factory.decide_as(silent, round_)
    assert Decision.objects.filter(round=round_).count() == 1
    factory.decide_as(third, round_)
    assert round_.steps.get(order=1).state == "passed"


def test_drafts_and_texts_handed_in_are_named(client):
    place = pages.community()
    author, officer = make.holder(make.Post.EDITOR, place.unit), make.holder(make.Post.OFFICER, place.unit)
    pages.notice(place, live=False, user=author.user, title="周三停水")
    elsewhere = pages.community()
    pages.notice(elsewhere, live=False, user=author.user, title="邻家的公告")
    client.force_login(officer.user)
    screen = client.get(reverse("members:leaving", args=[author.reference])).content.decode()
    assert "草稿：周三停水" in screen and "邻家的公告" not in screen


@pytest.mark.parametrize("days", [1, 6])
def test_the_screen_costs_the_same_for_many_days(client, here, request_, days, django_assert_max_num_queries):
    planned(here, request_, here.group_member, *range(days))
    client.force_login(here.officer.user)
    with django_assert_max_num_queries(32):
        assert client.get(reverse("members:leaving", args=[here.group_member.reference])).status_code == 200
