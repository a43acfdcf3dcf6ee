"""Many at once: one home is one ballot, and a vote that closes takes each that came in or refuses it; none is lost."""

import uuid
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from community.refusals import ActionRefused, Conflict
from tests.engines import tries
from tests.factories import balloting as factory
from tests.factories import community as make
from tests.factories import renovation as build
from tests.factories.balloting import NO, YES
from tests.together import together
from workflows.actions.balloting import close_ballots, extend_ballot
from workflows.actions.casting import confirm_paper_vote
from workflows.actions.counting import count_ballot
from workflows.models import Ballot, CastVote, CountedVote, OwnersVote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_engines, pytest.mark.races]

CLIENTS, CASES = 50, tries(3, thorough=12)


@pytest.fixture
def here():
    return build.neighbourhood()


def only_refusals(results) -> bool:
    return all(not isinstance(result, Exception) or isinstance(result, ActionRefused) for result in results)


def test_fifty_clients_with_the_link_of_one_home_cast_one_ballot(here):
    ballot = factory.opened(here)
    calls = [partial(factory.vote, ballot, 1, YES if number % 2 else NO) for number in range(CLIENTS)]
    results = together(*calls)
    assert only_refusals(results), results
    assert sum(isinstance(result, CastVote) for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == CLIENTS - 1
    assert CastVote.objects.count() == 1


def test_ten_presses_of_one_button_are_one_vote_for_all_of_them(here):
    ballot, key = factory.opened(here), uuid.uuid4()
    results = together(*[partial(factory.vote, ballot, 1, key=key)] * 10)
    assert {result.pk for result in results} == {CastVote.objects.get().pk}


def test_online_and_on_paper_at_the_same_moment_count_once(here):
    for _case in range(CASES):
        ballot = factory.opened(here)
        row = factory.entered(here, ballot, 1, NO)
        confirming = partial(confirm_paper_vote, make.context(here.officer), row=row)
        results = together(partial(factory.vote, ballot, 1), confirming)
        assert only_refusals(results), results
        result = factory.counted(here, ballot)
        assert result.owners_taking_part == 1
        assert [line.choice for line in CountedVote.objects.filter(ballot=ballot)] == ["against"]


def test_votes_that_arrive_while_the_vote_closes_are_in_or_refused(here):
    for case in range(CASES):
        ballot = factory.opened(here, of=factory.estate(here, homes=12, name=f"小区{case}"))
        now = timezone.now()
        Ballot.objects.filter(pk=ballot.pk).update(closes_at=now)
        before, after = now - timedelta(seconds=1), now + timedelta(seconds=1)
        voting = [partial(factory.vote, ballot, number, now=before) for number in range(1, 11)]
        late = [partial(factory.vote, ballot, number, now=after) for number in (11, 12)]
        results = together(*voting[:5], partial(close_ballots, now=after), *voting[5:], *late)
        assert only_refusals(results), results
        taken = sum(isinstance(result, CastVote) for result in results)
        ballot.refresh_from_db()
        assert ballot.state == "counting"
        assert taken == CastVote.objects.filter(ballot=ballot).count() <= 10
        result = count_ballot(make.context(here.officer, now=after), ballot=ballot)
        assert result.owners_taking_part == taken == CountedVote.objects.filter(ballot=ballot).count()


def test_extending_and_closing_at_once_leave_one_of_the_two(here):
    for case in range(CASES):
        ballot = factory.opened(here, of=factory.estate(here, name=f"小区{case}"))
        end = ballot.closes_at
        staff = make.context(here.officer, reason="延长", now=end - timedelta(seconds=1))
        extending = partial(extend_ballot, staff, ballot=ballot, closes_at=end + timedelta(days=1))
        results = together(extending, partial(close_ballots, now=end))
        assert only_refusals(results), results
        ballot.refresh_from_db()
        assert (ballot.state, ballot.closes_at) in [("open", end + timedelta(days=1)), ("counting", end)]


def test_two_who_count_at_once_count_once(here):
    ballot = factory.opened(here)
    factory.vote(ballot, 1)
    ballot = factory.end(ballot)
    calls = [
        partial(count_ballot, make.context(person, now=ballot.closes_at), ballot=ballot)
        for person in (here.officer, here.secretary)
    ]
    results = together(*calls)
    assert only_refusals(results), results
    assert OwnersVote.objects.count() == CountedVote.objects.count() == 1
