"""Two go through one list at once: it is gone through once, and nobody is answered with a fault of ours."""

from functools import partial

import pytest
from django.utils import timezone

from community.actions.people import end_appointment
from community.actions.rights import Answer, review_rights
from community.models import Appointment, RightsAnswer, RightsReview
from community.refusals import ActionRefused, Conflict
from community.rights import holdings, list_digest
from tests.engines import tries
from tests.factories import community as make
from tests.together import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_engines, pytest.mark.races]

CASES = tries(4, thorough=25)


def reviewing(actor, place, choice):
    rows = holdings(place, timezone.localdate())
    answers = {row.reference: Answer(choice) for row in rows if row.member_id != actor.pk}
    return partial(review_rights, make.context(actor), unit=place, seen=list_digest(rows), answers=answers)


def test_two_reviewers_at_once():
    """The second finds a list that changed, or rows that are answered: one review, every row said of once."""
    for _case in range(CASES):
        place = make.community()
        one, two = (make.holder(make.Post.OFFICER, place) for _number in range(2))
        ended = make.holder(make.Post.VOLUNTEER, place).appointments.get()
        results = together(reviewing(one, place, "end"), reviewing(two, place, "keep"))
        assert sum(isinstance(result, RightsReview) for result in results) == 1, results
        assert sum(isinstance(result, ActionRefused) for result in results) == 1, results
        assert RightsAnswer.objects.filter(appointment=ended).count() == 1
        assert RightsReview.objects.filter(unit=place).count() == 1


def test_pressed_by_one_many_times():
    place = make.community()
    officer = make.holder(make.Post.OFFICER, place)
    held = make.holder(make.Post.VOLUNTEER, place).appointments.get()
    results = together(*[reviewing(officer, place, "end")] * 5)
    assert sum(isinstance(result, RightsReview) for result in results) == 1, results
    assert sum(isinstance(result, Conflict) for result in results) == 4, results
    assert held.history.count() == 2


def test_beside_an_end_of_the_same_post():
    for _case in range(CASES):
        place = make.community()
        officer, other = (make.holder(make.Post.OFFICER, place) for _number in range(2))
        held = make.holder(make.Post.VOLUNTEER, place).appointments.get()
        ending = partial(
            end_appointment, make.context(other), appointment=Appointment.objects.get(pk=held.pk),
            on=timezone.localdate(),
        )  # fmt: skip
        results = together(reviewing(officer, place, "end"), ending)
        assert sum(isinstance(result, ActionRefused) for result in results) == 1, results
        assert held.history.count() == 2
        assert RightsReview.objects.filter(unit=place).exists() is not isinstance(results[0], ActionRefused)
