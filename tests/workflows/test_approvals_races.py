"""Two at once: a quorum is reached once, nobody counts twice, and nobody is answered with a fault of ours."""

from functools import partial

import pytest

from community.models import Event
from community.refusals import ActionRefused
from tests.engines import tries
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.together import together
from workflows.actions.approvals import publish_policy, take_decision
from workflows.actions.funding import confirm_pledge
from workflows.actions.requests import advance, change_request
from workflows.models import Decision, PledgeConfirmation, RenovationRequest, Seat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_engines, pytest.mark.races]

CASES = tries(12, thorough=50)


@pytest.fixture
def here():
    """One body of five, of whom two must agree."""
    place = factory.neighbourhood()
    step = {**factory.COMMITTEE_STEP, "min_taking_part": 2}
    publish_policy(make.SYSTEM, unit=place.community, name="委员会", steps=[step])
    return place


def deciding(round_, member, choice="agree", reason=""):
    """A call that decides as the member, everything looked up beforehand."""
    seat = Seat.objects.select_related("step__round__request__community").get(step__round=round_, member=member)
    return partial(
        take_decision, make.context(member), step=seat.step, seat=seat, choice=choice, reason=reason, read_version=1
    )


def only_refusals(results) -> bool:
    return all(not isinstance(result, Exception) or isinstance(result, ActionRefused) for result in results)


def test_the_last_two_approvals_arrive_together_again_and_again(here):
    for _case in range(CASES):
        round_ = factory.asked(here, factory.joint_decision(here))
        results = together(*(deciding(round_, member) for member in here.committee[:2]))
        assert only_refusals(results), results
        round_.refresh_from_db()
        assert round_.state == "passed"
        assert Decision.objects.filter(round=round_).count() == 2
        assert round_.history.filter(state="passed").count() == 1


def test_one_member_presses_ten_times(here):
    round_ = factory.asked(here, factory.joint_decision(here))
    results = together(*[deciding(round_, here.committee[0])] * 10)
    assert only_refusals(results), results
    assert sum(isinstance(result, Decision) for result in results) == 1
    assert Decision.objects.filter(round=round_).count() == 1


def test_an_approval_never_counts_for_a_substance_that_was_not_read(here):
    for _case in range(10):
        request = factory.joint_decision(here)
        round_ = factory.asked(here, request)
        changing = partial(
            change_request, make.context(here.officer), request=request, read_version=1, values={"budget": 300000}
        )
        results = together(deciding(round_, here.committee[0]), deciding(round_, here.committee[1]), changing)
        assert only_refusals(results), results
        round_.refresh_from_db()
        assert round_.state == "void"
        assert RenovationRequest.objects.get(pk=request.pk).substance_version == 2


def test_a_button_pressed_by_two_moves_once(here):
    request = factory.submitted(here)
    calls = [
        partial(advance, make.context(person), request=request, event="accept")
        for person in (here.officer, here.secretary)
    ]
    results = together(*calls)
    assert only_refusals(results), results
    assert Event.objects.filter(verb="renovation.accept", unit=here.community).count() == 1


def test_a_pledge_is_confirmed_once(here):
    request = funded_request(here)
    pledge = factory.enter_pledge(
        make.context(here.officer), request=request, source="unit", label="示例研究所", amount=1000,
        pledged_on=request.state_since.date(), paper=factory.prepared(),
    )  # fmt: skip
    results = together(*[partial(confirm_pledge, make.context(here.secretary), pledge=pledge)] * 5)
    assert only_refusals(results), results
    assert PledgeConfirmation.objects.filter(pledge=pledge).count() == 1


def funded_request(here):
    """A request in co-construction with this policy of one body."""
    request = factory.joint_decision(here)
    factory.resolved(here, request)
    round_ = factory.asked(here, request)
    for member in here.committee[:2]:
        factory.decide_as(member, round_)
    return advance(make.context(here.officer), request=request, event="open_co_construction")
