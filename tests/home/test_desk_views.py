"""The desk's own screens: whoever got an initial password changes it there."""

import pytest
from django.urls import reverse

from tests.factories import community as make

pytestmark = pytest.mark.django_db
NEW = "槐树下的-7-盏灯"


@pytest.fixture
def member(client):
    person = make.holder(make.Post.COMMITTEE_MEMBER, make.community())
    person.user.set_password("initial-pass-1")
    person.user.save()
    client.login(username=person.user.username, password="initial-pass-1")
    return person


def change(client, old="initial-pass-1", new=NEW, again=None):
    data = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post(reverse("desk-password"), data)


def test_a_member_changes_the_initial_password_and_stays_signed_in(client, member):
    assert reverse("desk-password") in client.get(reverse("desk")).content.decode()
    assert change(client).status_code == 302
    assert client.get(reverse("desk")).status_code == 200
    client.logout()
    assert not client.login(username=member.user.username, password="initial-pass-1")
    assert client.login(username=member.user.username, password=NEW)


@pytest.mark.parametrize("wrong", [{"old": "guess"}, {"new": "12345678"}, {"again": "another-word-9"}])
def test_what_does_not_fit_gets_a_sentence_and_changes_nothing(client, member, wrong):
    response = change(client, **wrong)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert 'role="alert"' in response.content.decode()
    client.logout()
    assert client.login(username=member.user.username, password="initial-pass-1")


def test_without_signing_in_there_is_nothing_to_change(client):
    assert client.get(reverse("desk-password")).status_code == 302
