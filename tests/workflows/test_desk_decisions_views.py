"""The desk as committee members use it: the inbox, deciding, a version that changed, everything counted."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.actions.people import appoint, end_appointment
from community.models import Appointment
from community.roles import Post
from tests.factories import community as make
from tests.factories import renovation as factory
from tests.workflows.desk import address, fill, signed_in, soup, text
from tests.worlds import world
from workflows.actions.requests import change_request
from workflows.models import ApprovalStep, Decision, RenovationRequest

pytestmark = pytest.mark.django_db


@world
def round_(here):
    return factory.asked(here, factory.joint_decision(here))


def decide(client, round_, **values):
    """Open the page, choose, check, send: the last answer."""
    page = client.get(address(round_))
    checked = client.post(address(round_, "desk-decide-check"), fill(page, **values))
    assert checked.status_code == 200, text(checked)
    return client.post(address(round_, "desk-decide-submit"), fill(checked))


# Inbox


def test_the_inbox_shows_what_waits_with_its_day_and_how_many_are_missing(here, round_):
    page = signed_in(here.grid_committee[0]).get("/desk/")
    assert "同意修这段路吗？" in text(page)
    assert here.community.name in text(page)
    assert soup(page).select_one("a.row")["href"] == address(round_)
    assert "2 more must speak" in text(page)
    assert "5 days left" in text(page)
    assert page["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in page["Cache-Control"]


def test_whoever_has_nothing_to_do_is_told_so(here):
    page = signed_in(here.grid_committee[0]).get("/desk/")
    assert "Nothing waits for you today." in text(page)
    assert not soup(page).select("a.row")


def test_a_decision_leaves_the_inbox_when_it_is_made(here, round_):
    client = signed_in(here.grid_committee[0])
    decide(client, round_, choice="agree")
    assert not soup(client.get("/desk/")).select("a.row")


def test_the_inbox_groups_by_day_and_filters_by_kind(here):
    request = factory.joint_supervision(here)
    today = timezone.localdate()
    for days in (-1, 0):
        factory.plan_duty(
            make.context(here.officer), request=request, day=today + timedelta(days=days), members=[here.officer]
        )
    factory.enter_evidence(
        make.context(here.secretary), factory.Acceptance, request=request, paper=factory.prepared(),
        values={"accepted_on": today, "result": "accepted", "present": "书记", "text": "符合方案。"},
    )  # fmt: skip
    client = signed_in(here.officer)
    page = client.get("/desk/")
    assert "1 day overdue" in text(page)
    titles = [heading.text for heading in soup(page).select("main h2")]
    assert titles == ["Due today or overdue", "Other"]
    links = [chip["href"] for chip in soup(page).select(".chips a")]
    assert [len(soup(client.get(f"/desk/{link}")).select("a.row")) for link in links] == [3, 2, 1]


def test_evidence_waits_for_a_second_person_and_not_for_who_entered_it(here):
    request = factory.joint_decision(here)
    factory.enter_evidence(
        make.context(here.officer), factory.MatterFinding, request=request,
        values={"matter": "none", "ground": "公共道路"}, paper=factory.prepared(),
    )  # fmt: skip
    assert not soup(signed_in(here.officer).get("/desk/")).select("a.row")
    client = signed_in(here.secretary)
    link = soup(client.get("/desk/")).select_one("a.row")["href"]
    assert "公共道路" in text(client.get(link))
    assert client.post(link).status_code == 302
    assert factory.MatterFinding.objects.get().is_confirmed
    assert not soup(client.get("/desk/")).select("a.row")


def inbox_queries(member) -> int:
    client = signed_in(member)
    with CaptureQueriesContext(connection) as found:
        page = client.get("/desk/")
    assert page.status_code == 200
    return len(found)


def everywhere(*neighbourhoods):
    """A person who holds every kind of post in all of them."""
    person = make.holder(Post.OFFICER, neighbourhoods[0].community)
    for place in neighbourhoods:
        for post, unit in (
            (Post.OFFICER, place.community), (Post.COMMITTEE_MEMBER, place.grid), (Post.GROUP_MEMBER, place.grid),
        ):  # fmt: skip
            if place is not neighbourhoods[0] or post != Post.OFFICER:
                appoint(make.SYSTEM, member=person, unit=unit, post=post, starts_on=make.LONG_AGO)
    return person


def test_the_inbox_asks_no_more_with_fifty_rows_in_several_communities():
    one = factory.neighbourhood()
    alone = everywhere(one)
    factory.asked(one, factory.joint_decision(one))
    few = inbox_queries(alone)
    places = [factory.neighbourhood(prefix=prefix) for prefix in ("AA", "BB", "CC")]
    busy = everywhere(*places)
    for number in range(50):
        place = places[number % 3]
        request = factory.joint_decision(place)
        for version in range(number % 3):
            request = change_request(
                make.context(place.officer), request=request, read_version=version + 1,
                values={"budget": 250000 + version},
            )  # fmt: skip
        if number % 2:
            factory.asked(place, request)
        else:
            factory.enter_evidence(
                make.context(place.officer), factory.MatterFinding, request=request,
                values={"matter": "none", "ground": "公共道路"}, paper=factory.prepared(),
            )  # fmt: skip
    page = signed_in(busy).get("/desk/")
    assert len(soup(page).select("a.row")) == 50
    assert inbox_queries(busy) == few
    assert few <= 12


# Deciding


def test_the_page_has_its_order_and_nothing_is_preselected(here, round_):
    change_request(
        make.context(here.officer), request=RenovationRequest.objects.get(), read_version=1,
        values={"title": "修一段 路"},
    )  # fmt: skip
    factory.decide_as(here.grid_committee[1], round_)
    page = signed_in(here.grid_committee[0]).get(address(round_))
    found = soup(page)
    assert found.select("main [type=radio][checked]") == []
    assert len(found.select("main input[name=choice]")) == 4
    whole = str(found.select_one("main"))
    marks = ["<h1>", 'class="quorum"', 'class="diff"', 'class="photos ', here.grid_committee[1].name, "<form"]
    places = [whole.index(mark) for mark in marks]
    assert places == sorted(places)
    assert not found.select("script")


def test_checking_and_sending_takes_the_decision_once(here, round_):
    client = signed_in(here.grid_committee[0])
    page = client.get(address(round_))
    checked = client.post(address(round_, "desk-decide-check"), fill(page, choice="disagree", reason="预算太高"))
    assert "预算太高" in text(checked)
    assert not Decision.objects.exists()
    sent = fill(checked)
    for _time in range(2):
        answer = client.post(address(round_, "desk-decide-submit"), sent, follow=True)
        assert answer.status_code == 200
        assert "预算太高" in text(answer)
        assert not soup(answer).select("main form")
    assert Decision.objects.count() == 1


def test_whoever_does_not_agree_says_why_beside_the_field(here, round_):
    client = signed_in(here.grid_committee[0])
    page = client.get(address(round_))
    answer = client.post(address(round_, "desk-decide-check"), fill(page, choice="change", reason=""))
    assert answer.status_code == 422
    found = soup(answer)
    assert found.select_one("[role=alert] a[href='#id_reason']")
    assert found.select_one("#id_reason")["aria-invalid"] == "true"
    assert found.select_one("input[value=change]").has_attr("checked")


def test_a_phone_number_in_the_reason_is_refused_and_kept(here, round_):
    client = signed_in(here.grid_committee[0])
    page = client.get(address(round_))
    answer = client.post(address(round_, "desk-decide-check"), fill(page, choice="change", reason="找 13812345678"))
    assert answer.status_code == 422
    assert "找 13812345678" in soup(answer).select_one("textarea").text


def test_changing_ones_mind_before_sending_keeps_what_was_typed(here, round_):
    client = signed_in(here.grid_committee[0])
    page = client.get(address(round_))
    checked = client.post(address(round_, "desk-decide-check"), fill(page, choice="change", reason="再少一点"))
    again = client.post(address(round_, "desk-decide-submit"), {**fill(checked), "back": "1"})
    assert "再少一点" in soup(again).select_one("textarea").text
    assert not Decision.objects.exists()


@pytest.mark.parametrize("step", ["desk-decide-check", "desk-decide-submit"])
def test_a_version_that_changed_is_shown_and_nothing_is_decided(here, round_, step):
    client = signed_in(here.grid_committee[0])
    sent = fill(client.get(address(round_)), choice="change", reason="写了很久的理由")
    change_request(
        make.context(here.officer), request=RenovationRequest.objects.get(), read_version=1,
        values={"title": "修一段 小 路"},
    )  # fmt: skip
    open_step = ApprovalStep.objects.get(round=round_, order=1)
    request = RenovationRequest.objects.get()
    answer = client.post(reverse(step, args=[request.community.code, request.reference, open_step.reference]), sent)
    assert answer.status_code == 409
    assert "修一段 小 路" in text(answer)
    assert "写了很久的理由" in text(answer)
    assert not Decision.objects.exists()


def test_after_a_change_of_wording_the_member_decides_again_with_what_was_typed(here, round_):
    client = signed_in(here.grid_committee[0])
    sent = fill(client.get(address(round_)), choice="change", reason="写了很久的理由")
    change_request(
        make.context(here.officer), request=RenovationRequest.objects.get(), read_version=1,
        values={"title": "修一段 路"},
    )  # fmt: skip
    answer = client.post(address(round_, "desk-decide-submit"), sent)
    assert answer.status_code == 409
    again = client.post(address(round_, "desk-decide-submit"), {**fill(answer), "back": "1"})
    assert again.status_code == 200
    assert "写了很久的理由" in soup(again).select_one("textarea").text
    assert not soup(again).select("main [type=radio][checked]")
    checked = client.post(address(round_, "desk-decide-check"), fill(again, choice="agree", reason=""))
    client.post(address(round_, "desk-decide-submit"), fill(checked))
    assert Decision.objects.get().version == 2


def test_ones_own_request_offers_nothing_but_standing_aside(here):
    request = factory.joint_decision(here)
    appoint(
        make.SYSTEM, member=here.grid_worker, unit=here.grid, post=Post.COMMITTEE_MEMBER, starts_on=make.LONG_AGO
    )  # fmt: skip
    round_ = factory.asked(here, request)
    client = signed_in(here.grid_worker)
    page = client.get(address(round_))
    assert [field["value"] for field in soup(page).select("main input[name=choice]")] == ["recuse"]
    assert soup(page).select_one(".banner--warn")
    answer = client.post(address(round_, "desk-decide-check"), fill(page, choice="agree"))
    assert answer.status_code == 422
    decide(client, round_, choice="recuse", reason="是我提出的")
    assert Decision.objects.get().choice == "recuse"


def test_whoever_sits_twice_chooses_the_seat(here):
    double = here.grid_committee[0]
    appoint(make.SYSTEM, member=double, unit=here.grid, post=Post.PART_TIME_MEMBER, starts_on=make.LONG_AGO)
    step = {**factory.GRID_STEP, "posts": [Post.COMMITTEE_MEMBER, Post.PART_TIME_MEMBER]}
    factory.publish_policy(make.SYSTEM, unit=here.community, name="两席", steps=[step])
    round_ = factory.asked(here, factory.joint_decision(here))
    client = signed_in(double)
    page = client.get(address(round_))
    seats = [field["value"] for field in soup(page).select("main input[name=seat]")]
    assert len(seats) == 2
    refused = client.post(address(round_, "desk-decide-check"), fill(page, choice="agree"))
    assert refused.status_code == 422
    decide(client, round_, choice="agree", seat=seats[1])
    assert Decision.objects.get().seat.appointment.reference == seats[1]
    assert not soup(client.get(address(round_))).select("main form")


def test_a_seat_is_gone_with_its_appointment(here, round_):
    client = signed_in(here.grid_committee[0])
    appoint(make.SYSTEM, member=here.grid_committee[0], unit=here.grid, post=Post.VOLUNTEER, starts_on=make.LONG_AGO)
    assert client.get(address(round_)).status_code == 200
    end_appointment(
        make.SYSTEM, on=timezone.localdate(),
        appointment=Appointment.objects.get(member=here.grid_committee[0], post=Post.COMMITTEE_MEMBER),
    )  # fmt: skip
    assert client.get(address(round_)).status_code == 404


def test_papers_of_the_request_open_for_every_body_that_decides(here, round_):
    request = RenovationRequest.objects.get()
    factory.confirmed(here, request, factory.MatterFinding, {"matter": "none", "ground": "公共道路"})
    client = signed_in(here.grid_committee[0])
    links = [link["href"] for link in soup(client.get(address(round_))).select("a.row")]
    assert links
    assert [client.get(link).status_code for link in links] == [200] * len(links)


# What a decision costs


def submit_queries(client, round_, **choice) -> int:
    page = client.get(address(round_))
    checked = client.post(address(round_, "desk-decide-check"), fill(page, **choice))
    sent, target = fill(checked), address(round_, "desk-decide-submit")
    with CaptureQueriesContext(connection) as found:
        assert client.post(target, sent).status_code == 302
    return len(found)


def request_with(here, versions: int):
    request = factory.joint_decision(here)
    for version in range(1, versions):
        request = change_request(
            make.context(here.officer), request=request, read_version=version, values={"budget": 240000 + version}
        )
    return request


@pytest.mark.parametrize("versions", [1, 40])
def test_a_decision_takes_few_statements_however_many_versions(here, versions):
    """The first of a body, the one that opens the next body, and the one that ends the round."""
    round_ = factory.asked(here, request_with(here, versions))
    counts = [
        submit_queries(signed_in(member), round_, choice="agree")
        for member in (*here.grid_committee[:2], *here.committee[:3])
    ]
    round_.refresh_from_db()
    assert round_.state == "passed"
    assert max(counts) <= 26, counts


@pytest.mark.parametrize("versions", [1, 40])
def test_a_decision_that_returns_the_request_takes_as_few(here, versions):
    round_ = factory.asked(here, request_with(here, versions))
    counts = [
        submit_queries(signed_in(member), round_, choice="disagree", reason="预算太高")
        for member in here.grid_committee[:2]
    ]
    assert RenovationRequest.objects.get().state == "returned"
    assert max(counts) <= 26, counts
