"""No address changes anything by being opened, whoever opens it."""

import pytest

from tests.engines import tries
from tests.proof.crawl import READERS_STARTS, STARTS, crawl, sign_in
from tests.proof.places import ROLES, two_places
from tests.proof.traces import changed, checksums, writes
from tests.worlds import world

pytestmark = pytest.mark.django_db


@world
def places():
    return two_places()


@pytest.mark.parametrize("role", ROLES)
def test_reading_writes_nothing(places, role):
    """Every link that the person finds is followed, twice where the whole is asked for; no table differs after it."""
    client = sign_in(places["own"].user(role))
    before = checksums()
    journey = crawl(client, *(STARTS if role != "nobody" else READERS_STARTS))
    for address in list(journey.answers) * tries(0, thorough=1):
        with writes() as written:
            client.get(address)
        if written:
            journey.written[address] = written
    assert journey.written == {}
    assert changed(before, checksums()) == set()
    assert {address: one.status for address, one in journey.answers.items() if one.status >= 500} == {}
    assert len(journey.answers) >= 60
