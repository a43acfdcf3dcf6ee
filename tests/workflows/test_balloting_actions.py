"""An owners' vote as it is held: who may vote is fixed, what is said is sealed, and the gate reads the result."""

import hashlib
import json
import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from community.models import Event, Home, SealedContent
from community.records import Context
from community.refusals import ActionRefused, Conflict, NotAllowed
from tests.factories import balloting as factory
from tests.factories import community as make
from tests.factories import renovation as build
from tests.factories.balloting import ABSTAIN, NO, YES
from workflows.actions.balloting import (
    cancel_ballot,
    change_ballot,
    check_code,
    close_ballots,
    extend_ballot,
    open_ballot,
    paper_code,
    postpone_ballot,
    print_papers,
    replace_paper,
)
from workflows.actions.casting import confirm_paper_vote, enter_paper_vote, withdraw_paper_vote
from workflows.actions.counting import count_ballot
from workflows.actions.evidence import confirm_evidence
from workflows.actions.moving import GateClosed
from workflows.models import Ballot, CastVote, CountedVote, Elector, MatterFinding
from workflows.presentation.ballots import list_text
from workflows.querysets.balloting import turnout
from workflows.querysets.facts import renovation_facts, vote_figures
from workflows.rules import papers, votes
from workflows.rules.gates import can_open_co_construction
from workflows.rules.reasons import Reason

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


def missing(refused) -> set:
    return {one.reason for one in refused.value.refused.missing} or {refused.value.refused.reason}


class TestOpening:
    def test_the_owners_of_that_moment_may_vote_whatever_the_register_says_later(self, here):
        place = factory.estate(here, homes=6)
        homes = list(Home.objects.filter(building__estate=place).order_by("number"))
        for home, changes in ((homes[0], {"owner_code": "Y-1"}), (homes[1], {"owner_code": "Y-1"}),
                              (homes[4], {"unsold": True}), (homes[5], {"unsold": True})):  # fmt: skip
            for name, value in changes.items():
                setattr(home, name, value)
            make.save(home, here.community)
        ballot = factory.opened(here, of=place)
        areas = sorted(ballot.electors.values_list("area_centi", flat=True))
        assert (ballot.owners, areas, ballot.area_centi) == (4, [10000, 10000, 20000, 20000], 60000)
        homes[2].floor_area_centi = 99999
        make.save(homes[2], here.community)
        ballot.refresh_from_db()
        assert ballot.area_centi == 60000 == sum(ballot.electors.values_list("area_centi", flat=True))
        assert len(ballot.electorate_hash) == 64
        assert ballot.papers.count() == 4

    @pytest.mark.parametrize(("scope", "owners"), [({}, 6), ({"entrance": "1单元"}, 3)])
    def test_an_estate_a_building_or_an_entrance_votes(self, here, scope, owners):
        place = factory.estate(here)
        building = place.buildings.get()
        ballot = factory.opened(here, of=place, building=building, **scope)
        assert ballot.owners == owners
        assert ballot.scope == ("entrance" if scope else "building")

    def test_nobody_opens_what_they_drafted(self, here):
        ballot = factory.drafted(here)
        with pytest.raises(GateClosed) as refused:
            open_ballot(make.context(here.officer), ballot=ballot)
        assert missing(refused) == {Reason.OWN_ENTRY}
        change_ballot(make.context(here.secretary), ballot=ballot, values={"question": "同意加装两部电梯吗？"})
        with pytest.raises(GateClosed):
            open_ballot(make.context(here.secretary), ballot=ballot)
        assert open_ballot(make.context(here.officer), ballot=ballot).state == "open"

    @pytest.mark.parametrize(("matter", "reason"), [(None, Reason.NO_MATTER), ("none", Reason.NO_VOTE_NEEDED)])
    def test_only_a_matter_of_the_law_is_voted_on(self, here, matter, reason):
        row = build.joint_decision(here)
        if matter:
            build.confirmed(here, row, MatterFinding, {"matter": matter, "ground": "公共道路。"})
        with pytest.raises(GateClosed) as refused:
            factory.opened(here, row)
        assert missing(refused) == {reason}

    def test_an_estate_without_homes_has_nobody_to_vote(self, here):
        with pytest.raises(GateClosed) as refused:
            factory.opened(here, of=factory.estate(here, homes=0))
        assert missing(refused) == {Reason.NO_OWNERS}

    def test_one_vote_of_a_request_at_a_time_and_all_of_them_are_kept(self, here):
        row = factory.request(here)
        first = factory.drafted(here, row)
        with pytest.raises(Conflict):
            factory.drafted(here, row, of=first.estate)
        with pytest.raises(GateClosed):
            cancel_ballot(make.context(here.officer), ballot=first)
        cancel_ballot(make.context(here.officer, reason="问题写错"), ballot=first)
        factory.drafted(here, row, of=first.estate)
        assert Ballot.objects.filter(request=row).count() == 2

    def test_what_is_drafted_lies_in_the_community(self, here):
        other = build.neighbourhood(prefix="LF")
        elsewhere = factory.estate(other)
        for values in ({"of": elsewhere}, {"building": elsewhere.buildings.get()}, {"entrance": "1单元"},
                       {"closes_at": timezone.now()}, {"yes_means": "请打 13800001234"}):  # fmt: skip
            with pytest.raises(ActionRefused):
                factory.drafted(here, **values)
        assert not Ballot.objects.exists()

    def test_only_staff_hold_a_vote(self, here):
        ballot = factory.drafted(here)
        for member in (here.grid_worker, here.group_member, here.committee[0]):
            with pytest.raises(NotAllowed):
                open_ballot(make.context(member), ballot=ballot)


class TestEnd:
    def test_a_vote_is_extended_to_later_and_nothing_cast_is_lost(self, here):
        ballot = factory.opened(here)
        factory.vote(ballot, 1)
        later = ballot.closes_at + timedelta(days=3)
        with pytest.raises(GateClosed):
            extend_ballot(make.context(here.officer, reason="雨"), ballot=ballot, closes_at=ballot.closes_at)
        extend_ballot(make.context(here.officer, reason="连日大雨"), ballot=ballot, closes_at=later)
        assert close_ballots(now=ballot.closes_at) == 0
        factory.vote(ballot, 2, now=ballot.closes_at + timedelta(hours=1))
        assert turnout(Ballot.objects.get()).owners.part == 2
        assert Event.objects.get(verb="ballot.extend").reason == "连日大雨"

    def test_a_draft_is_postponed_with_a_reason(self, here):
        ballot = factory.drafted(here)
        later = ballot.closes_at + timedelta(days=30)
        with pytest.raises(GateClosed):
            postpone_ballot(make.context(here.officer), ballot=ballot, closes_at=later)
        postpone_ballot(make.context(here.officer, reason="方案待定"), ballot=ballot, closes_at=later)
        ballot.refresh_from_db()
        assert (ballot.state, ballot.closes_at) == ("drafted", later)

    def test_the_worker_closes_it_once(self, here):
        ballot = factory.opened(here)
        assert close_ballots(now=ballot.closes_at - timedelta(seconds=1)) == 0
        assert close_ballots(now=ballot.closes_at) == 1
        assert close_ballots(now=ballot.closes_at) == 0
        assert Event.objects.filter(verb="ballot.close").count() == 1

    def test_after_the_end_nobody_votes_though_the_worker_has_not_looked(self, here):
        ballot = factory.opened(here)
        with pytest.raises(ActionRefused):
            factory.vote(ballot, 1, now=ballot.closes_at)
        assert not CastVote.objects.exists()


class TestCasting:
    def test_what_is_said_stands_in_no_event_and_in_no_history(self, here):
        ballot = factory.opened(here)
        factory.vote(ballot, 1, NO)
        bodies = "".join(Event.objects.filter(verb="ballot.vote").values_list("body", flat=True))
        code = check_code(ballot, 1)
        assert bodies and "against" not in bodies and code not in bodies and paper_code(ballot, 1) not in bodies
        assert CastVote.objects.get().shown == ""
        assert all(b"against" not in bytes(row.ciphertext) for row in SealedContent.objects.all())

    def test_a_link_takes_one_vote(self, here):
        ballot, key = factory.opened(here), uuid.uuid4()
        first = factory.vote(ballot, 1, key=key)
        assert factory.vote(ballot, 1, NO, key=key) == first
        with pytest.raises(Conflict):
            factory.vote(ballot, 1, NO)
        assert CastVote.objects.count() == 1

    def test_where_votes_may_change_every_one_is_kept_and_the_last_counts(self, here):
        ballot = factory.opened(here, may_change=True)
        factory.vote(ballot, 1, YES)
        factory.vote(ballot, 1, NO)
        assert turnout(ballot).owners.part == 1
        factory.counted(here, ballot)
        assert list(CountedVote.objects.values_list("choice", flat=True)) == ["against"]
        assert CastVote.objects.count() == 2

    def test_a_lost_paper_is_void_and_the_new_one_votes(self, here):
        ballot = factory.opened(here)
        old = factory.paper_of(ballot, 2)
        new = replace_paper(make.context(here.grid_worker), paper=old)
        assert new.serial == 7
        with pytest.raises(Conflict):
            replace_paper(make.context(here.grid_worker), paper=old)
        factory.vote(ballot, 2)
        with pytest.raises(ActionRefused):
            replace_paper(make.context(here.grid_worker), paper=new)
        assert CastVote.objects.count() == 1

    def test_papers_are_printed_with_their_links_and_it_is_recorded_who_had_them(self, here):
        ballot = factory.opened(here)
        printed = print_papers(make.context(here.officer), ballot=ballot)
        assert [one.paper.serial for one in printed] == [1, 2, 3, 4, 5, 6]
        assert printed[0].homes == ["平安小区 1号楼 1单元101"]
        event = Event.objects.get(verb="ballot.print_papers")
        assert json.loads(event.body)["notes"] == {"papers": 6}
        assert printed[0].code not in event.body
        with pytest.raises(NotAllowed):
            print_papers(make.context(here.grid_worker), ballot=ballot)


class TestPaper:
    def test_a_paper_is_cast_once_two_people_have_seen_it(self, here):
        ballot = factory.opened(here)
        row = factory.entered(here, ballot, 3, NO)
        assert turnout(ballot).owners.part == 0
        with pytest.raises(ActionRefused):
            confirm_paper_vote(make.context(here.grid_worker), row=row)
        confirm_paper_vote(make.context(here.officer), row=row)
        with pytest.raises(Conflict):
            confirm_paper_vote(make.context(here.secretary), row=row)
        found = turnout(ballot)
        assert (found.owners.part, found.on_paper, found.online) == (1, 1, 0)
        assert row.paper.is_public is False

    def test_a_paper_is_entered_once_and_anew_when_the_entry_was_withdrawn(self, here):
        ballot = factory.opened(here)
        row = factory.entered(here, ballot, 3)
        with pytest.raises(Conflict):
            factory.entered(here, ballot, 3)
        with pytest.raises(ActionRefused):
            withdraw_paper_vote(make.context(here.officer), row=row)
        withdraw_paper_vote(make.context(here.officer, reason="看错了勾"), row=row)
        factory.on_paper(here, ballot, 3, NO)
        assert CastVote.objects.count() == 1

    @pytest.mark.parametrize(
        ("serial", "delay", "field"),
        [("0003-K9", 0, "serial"), ("0099-X", 0, "serial"), ("", 0, "serial"), (None, 1, "received_at"),
         (None, -1, "received_at")],
    )  # fmt: skip
    def test_what_is_no_paper_of_this_vote_or_did_not_come_in_time_is_refused(self, here, serial, delay, field):
        ballot = factory.opened(here)
        with pytest.raises(ActionRefused) as refused:
            enter_paper_vote(
                make.context(here.grid_worker), ballot=ballot, choice=YES, scan=build.prepared(),
                serial=papers.shown(5) if serial is None else serial,
                received_at=timezone.now() + timedelta(days=delay),
            )  # fmt: skip
        assert refused.value.field == field

    def test_what_came_in_time_is_entered_after_the_end_and_nothing_is_counted_before(self, here):
        ballot = factory.opened(here)
        received = ballot.closes_at - timedelta(minutes=1)
        ballot = factory.end(ballot)
        late = make.context(here.grid_worker, now=ballot.closes_at + timedelta(hours=1))
        row = enter_paper_vote(late, ballot=ballot, serial=papers.shown(3), choice=YES, received_at=received,
                               scan=build.prepared())  # fmt: skip
        with pytest.raises(GateClosed) as refused:
            count_ballot(make.context(here.officer), ballot=ballot)
        assert missing(refused) == {Reason.PAPERS_WAITING}
        confirm_paper_vote(make.context(here.officer, now=late.now), row=row)
        assert count_ballot(make.context(here.officer), ballot=ballot).owners_taking_part == 1

    @pytest.mark.parametrize(("rule", "choice"), [("paper", "against"), ("last", "against"), ("first", "agree")])
    def test_online_and_on_paper_one_home_counts_once(self, here, rule, choice):
        ballot = factory.opened(here, which_counts=rule)
        factory.vote(ballot, 1, YES)
        factory.on_paper(here, ballot, 1, NO)
        result = factory.counted(here, ballot)
        assert result.owners_taking_part == 1
        assert list(CountedVote.objects.values_list("choice", flat=True)) == [choice]

    def test_when_the_paper_counts_the_link_says_so(self, here):
        ballot = factory.opened(here)
        factory.on_paper(here, ballot, 1)
        with pytest.raises(Conflict):
            factory.vote(ballot, 1)


class TestCounting:
    def test_the_gate_reads_what_was_counted_and_a_second_person_confirmed(self, here):
        row = factory.request(here)
        ballot = factory.opened(here, row)
        for number in (1, 2, 3):
            factory.vote(ballot, number)
        factory.on_paper(here, ballot, 4)
        factory.vote(ballot, 5, ABSTAIN)
        result = factory.counted(here, ballot)
        assert (result.owners_taking_part, result.owners_agreeing, result.area_agreeing_centi) == (5, 4, 40000)
        assert gate(row) >= {Reason.VOTE_UNCONFIRMED}
        with pytest.raises(ActionRefused):
            confirm_evidence(make.context(here.officer), evidence=result)
        confirm_evidence(make.context(here.secretary), evidence=result)
        assert not gate(row) & {
            Reason.VOTE_UNCONFIRMED,
            Reason.VOTE_NOT_PASSED,
            Reason.VOTE_QUORUM_MISSED,
            Reason.NO_VOTE,
        }

    def test_a_vote_that_falls_short_keeps_everything_and_a_new_one_may_follow(self, here):
        row = factory.request(here)
        ballot = factory.opened(here, row)
        for number in (1, 2, 3):
            factory.vote(ballot, number)
        result = factory.counted(here, ballot)
        confirm_evidence(make.context(here.secretary), evidence=result)
        assert Reason.VOTE_QUORUM_MISSED in gate(row)
        assert (CountedVote.objects.count(), CastVote.objects.count(), Elector.objects.count()) == (3, 3, 6)
        assert factory.drafted(here, row, of=ballot.estate).state == "drafted"

    def test_a_vote_fails_by_a_hundredth_of_a_square_metre(self, here):
        place = factory.estate(here, homes=4, area=10000)
        home = Home.objects.filter(building__estate=place).order_by("building_id", "entrance", "number").first()
        home.floor_area_centi = 10001
        make.save(home, here.community)
        row = factory.request(here)
        ballot = factory.opened(here, row, of=place)
        against = ballot.electors.get(area_centi=10001).number
        for number in range(1, 5):
            factory.vote(ballot, number, NO if number == against else YES)
        result = factory.counted(here, ballot)
        judged = votes.verdict(votes.Matter(result.matter), vote_figures(result))
        assert judged.agreement_by_owners.passed and not judged.agreement_by_area.passed
        assert (result.area_agreeing_centi, result.area_taking_part_centi) == (30000, 40001)

    def test_the_published_list_is_what_its_fingerprint_says_and_leads_to_nobody(self, here):
        ballot = factory.opened(here)
        factory.vote(ballot, 1)
        factory.vote(ballot, 2, NO)
        factory.counted(here, ballot)
        ballot.refresh_from_db()

        class Page:
            request_id = ballot.request_id

        text = list_text(Page, ballot.reference)
        assert hashlib.sha256(text.encode()).hexdigest() == ballot.list_hash
        assert check_code(ballot, 1) in text and f",agree,{10000}" in text
        names = {field.name for field in CountedVote._meta.get_fields()}
        assert not names & {"elector", "home", "paper"}

    def test_it_is_counted_once_and_only_after_the_end(self, here):
        ballot = factory.opened(here)
        with pytest.raises(GateClosed):
            count_ballot(make.context(here.officer), ballot=ballot)
        factory.counted(here, ballot)
        with pytest.raises(GateClosed):
            count_ballot(make.context(here.officer), ballot=ballot)
        assert Event.objects.filter(verb="ballot.count").count() == 1

    def test_running_yes_and_no_stand_in_the_rows_only_where_the_community_decided_so(self, here):
        ballot = factory.opened(here, shows_split=True)
        factory.vote(ballot, 1, NO)
        assert CastVote.objects.get().shown == "against"

    def test_the_history_verifies(self, here):
        ballot = factory.opened(here)
        factory.vote(ballot, 1)
        factory.on_paper(here, ballot, 2, NO)
        factory.counted(here, ballot)
        call_command("verify_history", verbosity=0)


def gate(row) -> set:
    row.refresh_from_db()
    refused = can_open_co_construction(renovation_facts(row, today=timezone.localdate()))
    return {one.reason for one in refused.missing} if refused else set()


def test_a_resident_without_account_casts_it_and_the_event_names_nobody(here):
    ballot = factory.opened(here)
    factory.vote(ballot, 1)
    event = Event.objects.get(verb="ballot.vote")
    assert (event.actor, event.channel) == (None, "web")
    assert Context().account is None
