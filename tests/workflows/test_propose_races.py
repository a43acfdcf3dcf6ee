"""Two hands on one proposal at the same moment."""

from functools import partial

import pytest
from django.core.cache import cache
from django.test import Client

from community.models import Event
from community.refusals import ActionRefused
from tests.engines import tries
from tests.factories import community as make
from tests.together import together
from tests.workflows import residents
from tests.workflows.desk import fill, soup
from workflows.actions.requests import advance
from workflows.models import Cosignature, Receipt, RenovationRequest

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races, pytest.mark.both_engines]

ROUNDS = tries(4, thorough=15)
EITHER = ("take_back", "accept")


def copies(client: Client, number: int) -> list[Client]:
    """The same browser several times: a button that was pressed twice."""
    found = []
    for _copy in range(number):
        copy = Client()
        copy.cookies = client.cookies.copy()
        found.append(copy)
    return found


def posted(client: Client, address: str, form: dict) -> str:
    return client.post(address, form).url


def test_a_proposal_sent_twice_at_once_is_entered_once():
    there = residents.place()
    check = there.address + "propose/check/"
    for number in range(ROUNDS):
        cache.clear()  # the limits of a day
        client = residents.write(there)
        form = fill(client.get(check))
        sent = together(*(partial(posted, one, check, form) for one in copies(client, 3)))
        assert len(set(sent)) == 1
        assert sent[0].startswith("/f/")
        assert Client().get(sent[0]).status_code == 200
        assert RenovationRequest.objects.count() == Receipt.objects.filter(opens="proposal").count() == number + 1
        assert Event.objects.filter(verb="renovation.hand_in").count() == number + 1


def test_taking_back_and_asking_back_at_once():
    """The resident takes the proposal back while the staff decide on it: exactly one of the two happens."""
    there = residents.place()
    for _number in range(ROUNDS):
        cache.clear()  # the limits of a day
        receipt = residents.propose(there)
        request = RenovationRequest.objects.latest("pk")
        residents.prepare_for_acceptance(there, request)
        form = fill(Client().get(receipt + "withdraw/"))
        secretary = make.context(there.people.secretary)
        taken, accepted = together(
            partial(status_of, receipt + "withdraw/", form),
            partial(advance, secretary, request=request, event="accept"),
        )
        request.refresh_from_db()
        if taken == 302:
            assert isinstance(accepted, ActionRefused)
            assert request.state == "withdrawn"
        else:
            assert taken == 422
            assert accepted.state == request.state == "joint_decision"
        moves = Event.objects.filter(
            subject_key=str(request.pk), verb__in=["renovation.take_back", "renovation.accept"]
        )
        assert moves.count() == 1


def status_of(address: str, form: dict) -> int:
    return Client().post(address, form).status_code


def test_one_neighbour_signing_twice_at_once_counts_once():
    there = residents.place()
    for number in range(ROUNDS):
        cache.clear()  # the limits of a day
        receipt = residents.propose(there)
        link = soup(Client().get(receipt)).select_one("a[href*='/c/']")["href"]
        phone = f"1390000{number:04d}"
        given = {"name": "李示例", "building": there.building.reference, "phone": phone}
        forms = [fill(Client().get(link), **given) for _time in range(3)]
        statuses = together(*(partial(status_of, link, form) for form in forms))
        assert sorted(statuses) == [302, 422, 422]
        assert Cosignature.objects.count() == number + 1
