"""What the rules of approval promise, tried by people who would like them otherwise."""

import re

import pytest
from django.urls import reverse

from community.actions.people import appoint
from community.models import Appointment
from community.roles import Post
from tests.acceptance.case import Case
from tests.acceptance.people import Person
from tests.factories import community as make
from tests.factories import renovation as build
from tests.worlds import world

pytestmark = pytest.mark.django_db


@world
def case():
    return Case(build.neighbourhood())


def second_seat(member, unit) -> None:
    appoint(make.SYSTEM, member=member, unit=unit, post=Post.COMMITTEE_MEMBER, starts_on=make.LONG_AGO)


def test_a_person_with_two_seats_decides_once(case):
    twice = case.here.grid_committee[0]
    second_seat(twice, case.here.community)
    case.accepted()
    case.ask()
    page = case.decision_page(twice)
    case.decide(twice)
    case.decide(case.here.grid_committee[1])
    assert case.inbox(twice) == []
    (upper,) = case.inbox(case.here.committee[0])
    again = Person(twice).read(upper)
    assert not again.soup.select('main form input[name="choice"]')
    forged = {"choice": "agree", "read_version": "1", "seat": page.soup.select_one('input[name="seat"]')["value"]}
    for name in ("check", "submit"):
        Person(twice).client.post(f"{upper}{name}/", forged)
    case.overview().shows("1 of 2 approval steps have passed.")
    Person(case.here.committee[0]).read(upper).shows("0 have spoken")


def test_nobody_approves_their_own_through_a_seat(case):
    """The grid worker who brought it in holds a seat as well: standing aside is all that is offered."""
    author = case.here.grid_worker
    second_seat(author, case.here.grid)
    case.accepted()
    case.ask()
    page = case.decision_page(author)
    page.shows("You wrote what is asked for here: you can only stand aside.")
    assert [field["value"] for field in page.soup.select('input[name="choice"]')] == ["recuse"]
    Person(author).send(page, status=422, choice="agree")
    Person(case.here.grid_committee[0]).read(page.address).shows("0 have spoken")


def test_a_text_changed_after_the_quorum_has_to_be_approved_again(case):
    case.accepted()
    case.resolve()
    case.no_vote_needed()
    case.display()
    case.ask()
    case.approve()
    editor = Person(case.here.editor)
    assert editor.client.get(case.admin("edit")).status_code in (302, 403, 404)
    case.change("改一个数", budget="250000")
    refused = case.advance("open_co_construction", status=422)
    refused.shows("The committees have not been asked yet.", "Version 1 was made public")
    for member in case.here.committee:
        assert case.inbox(member) == []


def test_whoever_loses_the_post_while_reading_decides_nothing(case):
    member = case.here.grid_committee[0]
    case.accepted()
    case.ask()
    page = case.decision_page(member)
    held = Appointment.objects.get(member=member)
    case.secretary.send(reverse("appointments:end", args=[held.reference]), reason="任期届满")
    answer = Person(member).client.post(
        page.form("choice")["action"], {"choice": "agree", "read_version": "1", "seat": held.reference}
    )
    assert answer.status_code in (302, 403, 404, 422)
    case.overview().shows("0 of 2 approval steps have passed.")
    Person(case.here.grid_committee[1]).read(page.address).shows("0 have spoken")


def test_a_quorum_is_reached_exactly_at_its_limit(case):
    """At the community three must speak and two of them agree; whoever stands aside does not speak."""
    case.accepted()
    case.ask()
    for member in case.here.grid_committee[:2]:
        case.decide(member)
    first, second, third, fourth, _fifth = case.here.committee
    case.decide(first)
    case.decide(second)
    case.decide(third, "recuse", reason="施工单位是亲戚开的")
    case.overview().shows("1 of 2 approval steps have passed.")
    case.decide(fourth, "disagree", reason="工期太长")
    assert "approval steps have passed" not in case.overview()


def without_what_differs(page) -> str:
    """The page without its address and the values that are new on every page."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.response.content.decode())
    return re.sub(r"KY-2026-[A-Z0-9]{5}|ky-2026-[a-z0-9]{5}", "", text)


def test_guessed_references_tell_nothing(case):
    """Of a neighbour, of a draft, of nothing at all: the answer is the same to the letter."""
    case.accepted()
    neighbour = Case(build.neighbourhood())
    stranger = Person(neighbour.here.officer)
    real, made_up = case.reference, "KY-2026-7HKQ4"
    for name in ("desk-request", "desk-versions", "desk-site", "renovation:inspect", "renovation:history"):
        answers = [
            stranger.read(reverse(name, args=[case.code, reference]), status=404) for reference in (real, made_up)
        ]
        assert len({without_what_differs(page) for page in answers}) == 1, name
    drafted, unknown = (
        case.reader.read(f"{case.home}projects/{reference.lower()}/", status=404) for reference in (real, made_up)
    )
    assert without_what_differs(drafted) == without_what_differs(unknown)
