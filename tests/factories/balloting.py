"""Owners' votes in the states that they can be in."""

import uuid
from datetime import timedelta

from django.utils import timezone

from community.models import Building, Channel, Estate, Home
from community.records import Context
from tests.factories import community as make
from tests.factories import renovation as build
from workflows.actions.balloting import close_ballots, draft_ballot, open_ballot
from workflows.actions.casting import cast_vote, confirm_paper_vote, enter_paper_vote
from workflows.actions.counting import count_ballot
from workflows.models import Ballot, BallotPaper, MatterFinding
from workflows.rules import papers
from workflows.rules.balloting import VoteChoice

YES, NO, ABSTAIN = VoteChoice.AGREE, VoteChoice.AGAINST, VoteChoice.ABSTAIN


def estate(here, *, homes=6, area=10000, name="平安小区") -> Estate:
    """An estate of one building; areas alike unless they are changed. The same one for the same name."""
    known = Estate.objects.filter(community=here.community, name=name).first()
    if known is not None:
        return known
    row = make.save(Estate(community=here.community, name=name, unit=here.grid), here.community)
    building = make.save(Building(community=here.community, estate=row, name="1号楼", unit=here.grid), here.community)
    for number in range(1, homes + 1):
        make.save(
            Home(
                community=here.community, building=building, entrance="1单元" if number % 2 else "2单元",
                number=f"{number}01", floor_area_centi=area,
            ),
            here.community,
        )  # fmt: skip
    return row


def request(here, matter="rebuilding"):
    """A request in joint decision whose matter is confirmed."""
    row = build.joint_decision(here)
    build.confirmed(here, row, MatterFinding, {"matter": matter, "ground": "改造共用设施。"})
    return row


def drafted(here, row=None, *, of=None, **values) -> Ballot:
    place = of or estate(here)
    given = {
        "question": "同意加装电梯吗？", "yes_means": "每户约 1.2 万元，工期 4 个月。", "no_means": "不装，费用不收。",
        "estate": place, "closes_at": timezone.now() + timedelta(days=7),
    }  # fmt: skip
    return draft_ballot(
        make.context(here.officer),
        request=row or request(here),
        submission_key=uuid.uuid4(),
        values={**given, **values},
    )


def opened(here, row=None, **values) -> Ballot:
    return open_ballot(make.context(here.secretary), ballot=drafted(here, row, **values))


def paper_of(ballot: Ballot, number: int) -> BallotPaper:
    found = BallotPaper.objects.select_related("ballot__request__community", "ballot__community", "elector")
    return found.get(ballot=ballot, elector__number=number, lost_at=None)


def vote(ballot: Ballot, number: int, choice=YES, *, key=None, now=None):
    """The owner votes online."""
    return cast_vote(
        Context(channel=Channel.WEB, now=now), paper=paper_of(ballot, number), submission_key=key or uuid.uuid4(),
        choice=choice,
    )  # fmt: skip


def entered(here, ballot: Ballot, number: int, choice=YES, *, received_at=None, by=None):
    """The grid worker enters the owner's paper."""
    return enter_paper_vote(
        make.context(by or here.grid_worker), ballot=ballot, serial=papers.shown(paper_of(ballot, number).serial),
        choice=choice, received_at=received_at or timezone.now(), scan=build.prepared(),
    )  # fmt: skip


def on_paper(here, ballot: Ballot, number: int, choice=YES, **options):
    return confirm_paper_vote(make.context(here.officer), row=entered(here, ballot, number, choice, **options))


def end(ballot: Ballot) -> Ballot:
    """Its time passes and the worker looks."""
    ballot.refresh_from_db()
    close_ballots(now=ballot.closes_at)
    ballot.refresh_from_db()
    return ballot


def counted(here, ballot: Ballot):
    """The end has come and the officer counts; the result."""
    ballot = end(ballot)
    return count_ballot(make.context(here.officer, now=ballot.closes_at + timedelta(minutes=5)), ballot=ballot)


__all__ = [
    "ABSTAIN", "NO", "YES", "counted", "drafted", "end", "entered", "estate", "on_paper", "opened",
    "paper_of", "request", "vote",
]  # fmt: skip
