"""What leaves by mail on a notice's way to its readers: one Chinese line for each whom it concerns, and no more."""

import pytest
from django.core import mail
from django.urls import reverse

from community.actions.notifications import choose_route
from community.models import User
from community.notifications import delivery
from home.actions.publishing import approve_review, send_back, submit_for_review
from tests.factories import community as units
from tests.worlds import world

from .test_publishing_actions import Office

pytestmark = pytest.mark.django_db


@world
def office():
    return Office()


@pytest.fixture
def reached(office):
    """Everybody hears by mail at once, and has an address at Wagtail's disposal too."""
    people = {name: getattr(office, name) for name in ("author", "second", "officer", "administrator")}
    for name, person in people.items():
        User.objects.filter(pk=person.user_id).update(email=f"{name}@wagtail.example")
        choose_route(units.context(person), channel="email", pace="at_once", address=f"{name}@example.com",
                     language="zh-hans", quiet_at_night=False)  # fmt: skip
    return office


def sent() -> list[str]:
    """To whom something left since the last time, after a look at what it says."""
    delivery.deliver()
    for message in mail.outbox:
        assert message.subject == "您有 1 条新消息。"
        assert "周三停水" not in message.subject + message.body
        assert "成员" not in message.subject + message.body
        assert reverse("desk-messages") in message.body
    to = sorted(address for message in mail.outbox for address in message.recipients())
    mail.outbox.clear()
    return to


def test_a_round_with_a_way_back(reached, django_capture_on_commit_callbacks):
    """Handed in, sent back, handed in again, approved: who waits is told, who wrote is told, nobody twice."""
    author, second = reached.author, reached.second
    with django_capture_on_commit_callbacks(execute=True):
        review = submit_for_review(units.context(author), page=reached.notice)
    assert sent() == ["officer@example.com", "second@example.com"]
    with django_capture_on_commit_callbacks(execute=True):
        send_back(units.context(second, reason="请写明时间"), review=review)
    assert sent() == ["author@example.com"]
    with django_capture_on_commit_callbacks(execute=True):
        review = submit_for_review(units.context(author), page=reached.notice)
    assert sent() == ["officer@example.com", "second@example.com"]
    with django_capture_on_commit_callbacks(execute=True):
        approve_review(units.context(second), review=review)
    assert sent() == ["author@example.com"]


def test_what_the_messages_say_on_the_desk(client, reached):
    review = submit_for_review(units.context(reached.author), page=reached.notice)
    approve_review(units.context(reached.second), review=review)
    client.force_login(User.objects.get(pk=reached.author.user_id))
    text = client.get(reverse("desk-messages")).content.decode()
    assert "您写的页面已复核通过" in text
    assert "周三停水" in text


def test_the_account_offers_no_choice_of_mails_that_do_not_leave(client, reached):
    client.force_login(User.objects.get(pk=reached.author.user_id))
    answer = client.get(reverse("wagtailadmin_account"))
    assert answer.status_code == 200
    assert "approved_notifications" not in answer.content.decode()
