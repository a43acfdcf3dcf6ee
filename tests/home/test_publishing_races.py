"""Two second persons at once: published once, recorded once, and the other gets a sentence."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from community.models import Event, User
from tests.factories import community as units

from .test_publishing_actions import Office
from .test_publishing_views import review_address

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races, pytest.mark.both_engines]

ROUNDS = 8


def at_once(*calls) -> list:
    """What each call gives, begun at the same moment in a thread of its own."""
    barrier, results = Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        try:
            barrier.wait()
            results[number] = call()
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number, call)) for number, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def deciding(person, review, decision):
    client = Client()
    client.force_login(User.objects.get(pk=person.user_id))
    return lambda: client.post(review_address(review), {"decision": decision, "reason": "因为"}).status_code


@pytest.mark.parametrize("second_decision", ["approve", "send_back"])
def test_two_reviewers_at_once(second_decision):
    office = Office()
    third = units.holder(units.Post.EDITOR, office.page.unit)
    for number in range(ROUNDS):
        office.edit(office.author, lead=f"第 {number} 版")
        review = office.submitted()
        statuses = at_once(deciding(office.second, review, "approve"), deciding(third, review, second_decision))
        assert sorted(statuses) == [302, 409]
        decided = Event.objects.filter(verb__in=["page.publish", "page.send_back"], subject_key=str(office.notice.pk))
        assert decided.count() == number + 1
        assert (office.now().lead == f"第 {number} 版") is (decided.latest("sequence").verb == "page.publish")
