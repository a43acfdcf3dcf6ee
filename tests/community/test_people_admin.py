"""Screens for members, accounts and appointments: what staff do there, through the client."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from community.actions.people import register_member
from community.models import Appointment, Event, Member, SealedContent, User
from community.sealed import Contact, unseal_contact
from tests.factories import community as make
from tests.worlds import world

pytestmark = pytest.mark.django_db
PHONE = "13812340000"


@world
def place():
    return make.community(name="科苑社区")


@world
def member(place):
    return register_member(make.SYSTEM, unit=place, name="李梅", contact=Contact(name="李梅", phone=PHONE))


@pytest.fixture
def staff(client, place):
    officer = make.holder(make.Post.OFFICER, place, name="王干事")
    client.force_login(officer.user)
    return officer


def address(name, row):
    return reverse(name, args=[row.reference])


def test_a_member_is_registered_with_a_sealed_phone(client, place, staff):
    data = {"unit": place.pk, "name": "赵强", "source": "resident", "phone": "13900001111"}
    response = client.post(reverse("members:add"), data)
    assert response.status_code == 302, response.context["form"].errors
    member = Member.objects.get(name="赵强")
    assert unseal_contact(member.contact).phone == "13900001111"
    event = Event.objects.get(verb="member.register", subject_key=str(member.pk))
    assert "赵强" not in event.body and "13900001111" not in event.body


@pytest.mark.parametrize("typed", ["138", "一三八", "138123400001", "+8613812340000", "<b>"])
def test_a_bad_phone_gets_a_sentence_and_keeps_the_name(client, place, staff, typed):
    response = client.post(
        reverse("members:add"), {"unit": place.pk, "name": "赵强", "source": "resident", "phone": typed}
    )
    assert response.context["form"].errors["phone"]
    assert 'value="赵强"' in response.content.decode()
    assert not Member.objects.filter(name="赵强").exists()


def test_the_phone_is_masked_until_it_is_shown_with_a_reason(client, staff, member):
    assert "138****0000" in client.get(address("members:inspect", member)).content.decode()
    url = address("members:contact", member)
    for response in (client.get(url), client.post(url, {"reason": ""})):
        assert PHONE not in response.content.decode()
    assert not Event.objects.filter(verb="contact.reveal").exists()
    response = client.post(url, {"reason": "通知维修时间"})
    assert PHONE in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    event = Event.objects.get(verb="contact.reveal")
    assert (event.reason, event.actor_id) == ("通知维修时间", staff.user_id)
    story = client.get(address("members:history", member))
    assert "通知维修时间" in story.content.decode()
    assert PHONE not in story.content.decode()


def test_a_new_phone_takes_the_place_of_the_old_which_is_erased(client, staff, member):
    old = member.contact
    data = {"name": "李梅", "source": "managed", "is_active": "on", "phone": "0714-6500000"}
    assert client.post(address("members:edit", member), data).status_code == 302
    member.refresh_from_db()
    assert unseal_contact(old) is None
    assert unseal_contact(member.contact).phone == "0714-6500000"


def test_an_account_opens_with_a_password_that_is_shown_once(client, staff, member):
    response = client.post(address("members:open-account", member), {"username": "limei", "reason": "新任委员"})
    password = response.context["password"]
    assert password in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    user = User.objects.get(username="limei")
    assert user.check_password(password) and user.member == member
    assert password not in client.get(address("members:inspect", member)).content.decode()
    assert not Event.objects.filter(body__contains=password).exists()
    again = client.post(address("members:open-account", member), {"username": "limei2", "reason": "再开"})
    assert again.status_code == 422


def test_a_sign_in_name_that_is_taken_is_said_beside_its_field(client, staff, member):
    User.objects.create(username="limei")
    response = client.post(address("members:open-account", member), {"username": "LiMei", "reason": "新任委员"})
    assert response.status_code == 422
    assert response.context["form"].errors["username"]
    assert 'value="LiMei"' in response.content.decode()


def test_accounts_close_and_open_again_and_are_never_deleted(client, place, staff):
    other = make.holder(make.Post.GRID_WORKER, place)
    assert client.post(address("members:close-account", other), {"reason": "离职"}).status_code == 302
    assert not User.objects.get(pk=other.user_id).is_active
    assert client.post(address("members:close-account", other), {"reason": "离职"}).status_code == 422
    assert client.post(address("members:reopen-account", other), {"reason": "回来了"}).status_code == 302
    assert User.objects.get(pk=other.user_id).is_active
    assert client.post(address("members:delete", other), {"reason": "录错"}).status_code == 422


def test_a_new_initial_password_ends_open_sessions(client, place, staff, django_user_model):
    other = make.holder(make.Post.EDITOR, place)
    theirs = type(client)()
    theirs.force_login(User.objects.get(pk=other.user_id))
    assert theirs.get("/admin/").status_code == 200
    password = client.post(address("members:new-password", other), {"reason": "忘记密码"}).context["password"]
    assert theirs.get("/admin/").status_code == 302
    assert User.objects.get(pk=other.user_id).check_password(password)


@pytest.mark.parametrize("act", ["new-password", "close-account"])
def test_nobody_takes_an_account_with_more_rights_than_they_could_give(client, place, staff, act):
    administrator = make.holder(make.Post.ADMINISTRATOR, place)
    before = User.objects.get(pk=administrator.user_id).password
    assert client.post(address(f"members:{act}", administrator), {"reason": "试试"}).status_code == 403
    user = User.objects.get(pk=administrator.user_id)
    assert user.is_active and user.password == before


def test_nor_a_superusers(client, place, staff):
    member = make.member(unit=place)
    User.objects.filter(pk=member.user_id).update(is_superuser=True)
    assert client.post(address("members:new-password", member), {"reason": "试试"}).status_code == 403


def test_a_member_that_nothing_hangs_on_is_deleted_and_the_contact_erased(client, staff, member):
    stub = member.contact_id
    assert client.post(address("members:delete", member), {"reason": "录错"}).status_code == 302
    assert not Member.objects.filter(pk=member.pk).exists()
    assert not SealedContent.objects.filter(stub=stub).exists()


def test_appoint_and_end(client, place, staff, member):
    data = {"member": member.pk, "unit": place.pk, "post": make.Post.COMMITTEE_MEMBER, "starts_on": "2026-01-01"}
    response = client.post(reverse("appointments:add"), {**data, "basis": "党委会决定", "reason": "换届"})
    assert response.status_code == 302, response.context["form"].errors
    held = Appointment.objects.get(member=member)
    url = address("appointments:end", held)
    early = client.post(url, {"on": "2025-01-01", "reason": "错"})
    assert early.status_code == 422 and early.context["form"].errors["on"]
    tomorrow = date.today() + timedelta(days=1)
    assert client.post(url, {"on": tomorrow.isoformat(), "reason": "调离"}).status_code == 302
    held.refresh_from_db()
    assert held.ends_on == tomorrow
    story = client.get(address("appointments:history", held)).context["chapters"]
    assert [chapter.reason for chapter in story] == ["调离", "换届"]


def test_staff_do_not_appoint_an_administrator(client, place, staff, member):
    data = {"member": member.pk, "unit": place.pk, "post": make.Post.ADMINISTRATOR, "starts_on": "2026-01-01"}
    assert client.post(reverse("appointments:add"), data).status_code == 403


def test_members_names_stand_in_no_history_and_no_event(client, place, staff, member):
    canary = "金丝雀"
    url = address("members:edit", member)
    data = {"name": canary, "source": "managed", "is_active": "on", "phone": PHONE, "reason": "更名"}
    assert client.post(url, data).status_code == 302
    client.post(address("members:open-account", member), {"username": "limei", "reason": "新任"})
    data = {"member": member.pk, "unit": place.pk, "post": make.Post.VOLUNTEER, "starts_on": "2026-01-01"}
    client.post(reverse("appointments:add"), data)
    client.post(address("members:contact", member), {"reason": "通知"})
    assert Event.objects.count() > 5
    assert not Event.objects.filter(body__contains=canary).exists()
    for model in (Member, Appointment):
        for row in model.history.all():
            assert not any(canary in str(value) for value in vars(row).values())
