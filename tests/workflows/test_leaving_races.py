"""Somebody leaves at the same moment as something else happens: the order is one or the other, and nothing is torn."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.actions.leaving import leave
from community.actions.people import change_member
from community.grants import holders_of
from community.models import Event, Member, User
from community.refusals import ActionRefused
from tests.engines import tries
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.together import together
from workflows.actions.approvals import publish_policy, take_decision
from workflows.actions.supervising import plan_duty
from workflows.models import Decision, DutyAssignment, Seat

from .desk import address, fill

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_engines, pytest.mark.races]

CASES = tries(4, thorough=25)


def leaving(actor, member, **details):
    context = make.SYSTEM if actor is None else make.context(actor)
    fresh = Member.objects.select_related("unit").get(pk=member.pk)
    return partial(leave, context, member=fresh, why="moved", last_day=timezone.localdate(), **details)


def only_refusals(results) -> bool:
    return all(not isinstance(result, Exception) or isinstance(result, ActionRefused) for result in results)


def is_here(member) -> bool:
    return Member.objects.get(pk=member.pk).is_active


@pytest.mark.parametrize("who", ["each themselves", "each the other", "the system"])
def test_of_the_last_two_administrators_one_stays(who):
    for _case in range(CASES):
        place = make.community()
        one, two = (make.holder(make.Post.ADMINISTRATOR, place) for _number in range(2))
        actors = {"each themselves": (one, two), "each the other": (two, one), "the system": (None, None)}[who]
        results = together(leaving(actors[0], one), leaving(actors[1], two))
        assert only_refusals(results), results
        assert sum(isinstance(result, ActionRefused) for result in results) == 1
        assert sorted([is_here(one), is_here(two)]) == [False, True]
        assert holders_of(["administrator"], place).count() == 1


def test_pressed_by_many_it_is_recorded_once():
    place = make.community()
    officer, leaver = make.holder(make.Post.OFFICER, place), make.holder(make.Post.VOLUNTEER, place)
    results = together(*[leaving(officer, leaver)] * 6)
    assert only_refusals(results), results
    assert sorted(result.again for result in results) == [False] + [True] * 5
    assert Event.objects.filter(verb="member.leave").count() == 1
    assert leaver.appointments.get().history.count() == 2


def test_beside_a_change_of_the_same_person():
    """A number is given while an administrator leaves: both lock the unit first, so neither waits for ever."""
    for number in range(CASES):
        place = make.community()
        officer, leaver = make.holder(make.Post.ADMINISTRATOR, place), make.holder(make.Post.ADMINISTRATOR, place)
        fresh = Member.objects.select_related("unit").get(pk=leaver.pk)
        change = partial(change_member, make.context(officer), member=fresh, number=f"{number}")
        results = together(leaving(officer, leaver), change)
        assert only_refusals(results), results
        assert not is_here(leaver) or isinstance(results[0], ActionRefused)


@pytest.fixture
def here():
    """One body of five, of whom two must agree."""
    place = factory.neighbourhood()
    step = {**factory.COMMITTEE_STEP, "min_taking_part": 2}
    publish_policy(make.SYSTEM, unit=place.community, name="委员会", steps=[step])
    return place


def test_who_leaves_while_deciding_has_decided_before_or_not_at_all(here):
    """In the chain no decision stands after the leaving of the person who made it, and the round is never torn."""
    for _case in range(CASES):
        member = make.holder(make.Post.COMMITTEE_MEMBER, here.community)
        round_ = factory.asked(here, factory.joint_decision(here))
        seat = Seat.objects.select_related("step__round__request__community").get(step__round=round_, member=member)
        deciding = partial(
            take_decision, make.context(member), step=seat.step, seat=seat, choice="agree", reason="", read_version=1
        )
        results = together(deciding, leaving(here.officer, member))
        assert only_refusals(results), results
        assert not is_here(member)
        left = Event.objects.get(verb="member.leave", subject_key=str(member.pk))
        decided = Decision.objects.filter(round=round_, member=member).first()
        assert isinstance(results[0], Decision) is (decided is not None)
        if decided is not None:
            assert Event.objects.get(pk=decided.event_id).sequence < left.sequence


def test_on_the_desk_the_person_gets_an_answer_and_never_a_fault(here):
    """Through the client: the button of the desk and the button of the admin at once."""
    member = here.committee[0]
    round_ = factory.asked(here, factory.joint_decision(here))
    theirs, staffs = Client(), Client()
    theirs.force_login(User.objects.get(pk=member.user_id))
    staffs.force_login(User.objects.get(pk=here.officer.user_id))
    submit = address(round_, "desk-decide-submit")
    form = fill(theirs.get(address(round_)), choice="agree")
    typed = {"why": "moved", "last_day": timezone.localdate().isoformat(), "reason": ""}
    decided, left = together(
        lambda: theirs.post(submit, form).status_code,
        lambda: staffs.post(reverse("members:leaving", args=[member.reference]), typed).status_code,
    )
    assert left == 302 and decided in (302, 404, 422), (decided, left)
    assert not is_here(member)
    assert theirs.get("/desk/").status_code == 302


def test_nobody_is_put_on_the_rota_while_leaving(here):
    request = factory.joint_supervision(factory.neighbourhood())
    place = request.community
    officer = make.holder(make.Post.OFFICER, place)
    for number in range(CASES):
        leaver = make.holder(make.Post.VOLUNTEER, place)
        day = timezone.localdate() + timedelta(days=number + 1)
        planning = partial(plan_duty, make.context(officer), request=request, day=day, members=[leaver])
        results = together(planning, leaving(officer, leaver))
        assert only_refusals(results), results
        assert not is_here(leaver)
        assert not DutyAssignment.objects.filter(member=leaver, is_active=True).exists()


def test_a_successor_who_leaves_at_the_same_moment_gets_nothing(here):
    request = factory.joint_supervision(factory.neighbourhood())
    place = request.community
    officer = make.holder(make.Post.OFFICER, place)
    for number in range(CASES):
        leaver, heir = (make.holder(make.Post.VOLUNTEER, place) for _number in range(2))
        day = timezone.localdate() + timedelta(days=number + 1)
        plan_duty(make.context(officer), request=request, day=day, members=[leaver])
        results = together(leaving(officer, leaver, successor=heir), leaving(officer, heir))
        assert only_refusals(results), results
        assert not is_here(heir)
        assert not DutyAssignment.objects.filter(member=heir, is_active=True).exists()
