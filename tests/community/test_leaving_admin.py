"""Somebody leaves: what staff see and enter, what is refused, what is recorded."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from community.actions.invitations import invite
from community.actions.leaving import leave
from community.actions.people import appoint
from community.models import Appointment, Event, Invitation, Member, MessageRoute, SealedContent, User
from community.records import act
from community.refusals import ActionRefused, NotAllowed
from community.sealed import seal_address
from tests.factories import community as make
from tests.worlds import world

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def today():
    return timezone.localdate()


@world
def place():
    return make.community(name="科苑社区")


@world
def leaver(place):
    return make.holder(make.Post.GRID_WORKER, place, name="周敏")


@pytest.fixture
def staff(client, place):
    officer = make.holder(make.Post.OFFICER, place, name="王干事")
    client.force_login(officer.user)
    return officer


def address(member, name="leaving"):
    return reverse(f"members:{name}", args=[member.reference])


def typed(**values):
    return {"why": "moved", "last_day": today().isoformat(), "reason": "", **values}


def is_here(member) -> bool:
    return Member.objects.get(pk=member.pk).is_active


def event_of(member):
    return Event.objects.get(verb="member.leave", subject_key=str(member.pk))


def test_from_the_member_to_the_end(client, place, staff, leaver):
    """The button, the screen, the act; posts, account, session and history afterwards."""
    theirs = type(client)()
    theirs.force_login(User.objects.get(pk=leaver.user_id))
    assert theirs.get("/desk/").status_code == 200
    page = client.get(address(leaver, "inspect")).content.decode()
    assert address(leaver) in page
    screen = client.get(address(leaver)).content.decode()
    assert "网格员" in screen and "没有遗留事项" in screen
    response = client.post(address(leaver), typed(reason="搬到外地"), follow=True)
    assert "周敏" in response.content.decode() and "账号已关闭" in response.content.decode()
    assert not is_here(leaver)
    user = User.objects.get(pk=leaver.user_id)
    assert not user.is_active and not user.has_usable_password()
    assert Appointment.objects.get(member=leaver).ends_on == today()
    assert theirs.get("/desk/").status_code == 302
    event = event_of(leaver)
    assert (event.actor_id, event.reason) == (staff.user_id, "搬离本地：搬到外地")
    notes = json.loads(event.body)["notes"]
    assert notes["why"] == "moved" and notes["last_day"] == today().isoformat() and len(notes["ended"]) == 1
    story = client.get(address(leaver, "history")).content.decode()
    assert "搬离本地：搬到外地" in story
    assert address(leaver) not in client.get(address(leaver, "inspect")).content.decode()


def test_the_sessions_stay_dead_when_the_account_opens_again(client, place, staff, leaver):
    theirs = type(client)()
    theirs.force_login(User.objects.get(pk=leaver.user_id))
    leave(make.context(staff), member=leaver, why="moved", last_day=today())
    assert client.post(address(leaver, "reopen-account"), {"reason": "回来了"}).status_code == 302
    assert theirs.get("/desk/").url.startswith("/sign-in/")


def test_a_slip_and_ways_of_messages_end(client, place, staff, leaver):
    invite(make.SYSTEM, member=leaver)
    with act(make.SYSTEM, "messages.choose", place, subject=leaver) as a:
        stub = seal_address(a, place, "min@example.com")
    MessageRoute.objects.create(
        user=leaver.user, channel="email", pace="daily", language="zh-hans", address=stub, digested_at=timezone.now()
    )
    screen = client.get(address(leaver)).content.decode()
    assert "未使用的账号开通单" in screen and "min@example.com" not in screen
    client.post(address(leaver), typed())
    assert Invitation.objects.get(member=leaver).revoked_at is not None
    assert not MessageRoute.objects.filter(user=leaver.user).exists()
    assert not SealedContent.objects.filter(stub=stub).exists()
    assert json.loads(event_of(leaver).body)["notes"]["open"] == {"slip": 1, "ways": 1}


def test_a_post_to_come_never_begins_and_one_for_a_time_ends_now(place, staff, leaver):
    tomorrow, later = today() + timedelta(days=1), today() + timedelta(days=90)
    to_come = appoint(make.SYSTEM, member=leaver, unit=place, post="volunteer", starts_on=tomorrow)
    bounded = appoint(make.SYSTEM, member=leaver, unit=place, post="instructor", starts_on=make.LONG_AGO, ends_on=later)
    leave(make.context(staff), member=leaver, why="resigned", last_day=today() - timedelta(days=3))
    to_come.refresh_from_db()
    bounded.refresh_from_db()
    assert to_come.ends_on == tomorrow and bounded.ends_on == today() - timedelta(days=2)
    assert not Appointment.objects.on_day(later).filter(member=leaver).exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"why": "because"}, "why"),
        ({"reason": "电话 13812345678"}, "reason"),
        ({"last_day": "2999-01-01"}, "last_day"),
        ({"last_day": "2019-12-31"}, "last_day"),
        ({"last_day": "昨天"}, "last_day"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(client, staff, leaver, values, field):
    response = client.post(address(leaver), typed(**{"reason": "写好的话", **values}))
    assert response.status_code in (200, 422)
    assert response.context["form"].errors[field]
    assert typed(**{"reason": "写好的话", **values})["reason"] in response.content.decode()
    assert is_here(leaver) and not Event.objects.filter(verb="member.leave").exists()


def test_something_else_needs_words(client, staff, leaver):
    response = client.post(address(leaver), typed(why="other"))
    assert response.status_code == 422 and response.context["form"].errors["reason"]


def test_twice_is_once(client, staff, leaver):
    assert client.post(address(leaver), typed()).status_code == 302
    again = client.post(address(leaver), typed(), follow=True)
    assert "没有需要结束的" in again.content.decode()
    assert Event.objects.filter(verb="member.leave").count() == 1
    assert leaver.appointments.get().history.count() == 2


def test_decisions_and_names_stay(client, place, staff, leaver):
    """The row of the person stays, since the record rests on it, and no name stands in the event."""
    client.post(address(leaver), typed())
    assert Member.objects.filter(pk=leaver.pk).exists() and User.objects.filter(pk=leaver.user_id).exists()
    assert "周敏" not in event_of(leaver).body


# Whose office it is


def test_staff_do_not_make_an_administrator_leave(client, place, staff):
    administrator = make.holder(make.Post.ADMINISTRATOR, place)
    for response in (client.get(address(administrator)), client.post(address(administrator), typed())):
        assert response.status_code == 403
        assert "系统管理员" in response.content.decode()
    assert is_here(administrator)


def test_nor_somebody_with_an_office_above(client, place, staff):
    person = make.member(unit=place)
    appoint(
        make.SYSTEM, member=person, unit=place.get_parent(), post=make.Post.STREET_SUPERVISOR, starts_on=make.LONG_AGO
    )
    with pytest.raises(NotAllowed):
        leave(make.context(staff), member=person, why="moved", last_day=today())
    assert is_here(person) and User.objects.get(pk=person.user_id).is_active


def test_nor_a_superuser(client, place, staff):
    person = make.member(unit=place)
    User.objects.filter(pk=person.user_id).update(is_superuser=True)
    assert client.post(address(person), typed()).status_code == 403


@pytest.mark.parametrize("post", [make.Post.STREET_SUPERVISOR, make.Post.EDITOR, make.Post.COMMITTEE_MEMBER])
def test_other_roles_make_nobody_leave(place, leaver, post):
    person = make.holder(post, place)
    with pytest.raises(NotAllowed):
        leave(make.context(person), member=leaver, why="moved", last_day=today())


def test_a_post_elsewhere_goes_on_until_those_there_end_it(client, place, staff, leaver):
    """Named with who ends it; the account stays for it, and the leaving is finished afterwards."""
    neighbour = make.community(parent=place.get_parent(), name="邻社区")
    other = appoint(make.SYSTEM, member=leaver, unit=neighbour, post="volunteer", starts_on=make.LONG_AGO)
    invite(make.SYSTEM, member=leaver)
    screen = client.get(address(leaver)).content.decode()
    assert "未使用的账号开通单" not in screen  # it goes on with the account
    assert "继续有效，由邻社区的管理员或社区工作人员结束。" in screen
    page = client.post(address(leaver), typed(), follow=True).content.decode()
    assert "账号保持开通" in page
    other.refresh_from_db()
    assert Invitation.objects.get(member=leaver).revoked_at is None
    assert other.ends_on is None and is_here(leaver) and User.objects.get(pk=leaver.user_id).is_active
    officer = make.holder(make.Post.OFFICER, neighbour)
    there = type(client)()
    there.force_login(officer.user)
    url = reverse("appointments:end", args=[other.reference])
    assert there.post(url, {"on": today().isoformat(), "reason": "离开"}).status_code == 302
    client.post(address(leaver), typed())
    assert not is_here(leaver) and not User.objects.get(pk=leaver.user_id).is_active
    assert Invitation.objects.get(member=leaver).revoked_at is not None
    call_command("verify_history", verbosity=0)


def test_a_neighbours_member_is_not_there(client, place, staff):
    stranger = make.holder(make.Post.VOLUNTEER, make.community(parent=place.get_parent()))
    assert client.get(address(stranger)).status_code == 404
    assert client.post(address(stranger), typed()).status_code == 404
    assert is_here(stranger)


# The last administrator


def test_the_last_administrator_of_a_node_does_not_leave(client, place):
    alone = make.holder(make.Post.ADMINISTRATOR, place)
    client.force_login(alone.user)
    response = client.post(address(alone), typed())
    assert response.status_code == 422
    assert "最后一名系统管理员" in response.content.decode()
    assert is_here(alone)
    asleep = make.holder(make.Post.ADMINISTRATOR, place)
    User.objects.filter(pk=asleep.user_id).update(is_active=False)
    assert client.post(address(alone), typed()).status_code == 422  # who cannot sign in administers nothing
    make.holder(make.Post.ADMINISTRATOR, place.get_parent())
    assert client.post(address(alone), typed()).status_code == 302
    assert not is_here(alone)


def test_the_system_does_not_take_the_last_one_either(place):
    alone = make.holder(make.Post.ADMINISTRATOR, place)
    with pytest.raises(ActionRefused):
        leave(make.SYSTEM, member=alone, why="died", last_day=today())


# What it costs


@pytest.mark.parametrize("further", [0, 6])
def test_the_screen_costs_the_same_for_many_posts(client, place, staff, leaver, further, django_assert_max_num_queries):
    for _number in range(further):
        unit = make.unit(parent=place)
        appoint(make.SYSTEM, member=leaver, unit=unit, post="volunteer", starts_on=make.LONG_AGO)
    with django_assert_max_num_queries(30):
        assert client.get(address(leaver)).status_code == 200
