"""Holding an owners' vote: drafting, opening with the electorate of that day, postponing, extending, calling off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from community.models import Channel
from community.personal_numbers import require_public_wording
from community.records import Act, Context, act
from community.refusals import ActionRefused, Conflict
from community.sealed import keyed_hash
from community.tokens import token_hash

from ..kernel import decide
from ..models import Ballot, BallotPaper, Elector, ElectorHome, Evidence, RenovationRequest
from ..permissions import require, require_member
from ..querysets.balloting import homes_of, shares_of
from ..querysets.facts import renovation_facts
from ..rules import codes
from ..rules.balloting import BALLOT, MANAGE, BallotFacts, BallotState, electorate, electorate_hash
from ..rules.references import ALPHABET
from ..rules.stages import State
from .moving import GateClosed, allowed, locked_request

PUBLIC = ("question", "yes_means", "no_means", "entrance")
FIELDS = (*PUBLIC, "estate", "building", "closes_at", "which_counts", "may_change", "shows_split")


def draft_ballot(context: Context, *, request: RenovationRequest, submission_key, values: Mapping) -> Ballot:
    """Prepare an owners' vote. `values`: the fields of FIELDS. A repeat with the same key returns the first one.

    Raises NotAllowed, Conflict while another vote of the request lives, ActionRefused outside joint decision, for a
    place elsewhere, or an end that does not lie in the future.
    """
    known = Ballot.objects.filter(submission_key=submission_key, request=request).first()
    if known is not None:
        return known
    require(context, MANAGE, request)
    author = require_member(context)
    _check(request.community_id, values, context.now or timezone.now())
    try:
        with act(context, "ballot.draft", request.community) as a:
            locked = locked_request(a, request)
            _require_joint_decision(locked)
            ballot = Ballot(
                request=locked, community=locked.community, version=locked.version, submission_key=submission_key,
                drafted_by=author, **{name: values[name] for name in FIELDS if name in values},
            )  # fmt: skip
            return a.save(ballot)
    except IntegrityError:
        known = Ballot.objects.filter(submission_key=submission_key, request=request).first()
        if known is None:
            raise Conflict(_("Another vote on this request is under way.")) from None
        return known


def change_ballot(context: Context, *, ballot: Ballot, values: Mapping) -> Ballot:
    """Change what is not opened yet; whoever does is its drafter from now on. Raises what `draft_ballot` raises."""
    require(context, MANAGE, ballot.request)
    author = require_member(context)
    _check(ballot.community_id, values, context.now or timezone.now())
    with act(context, "ballot.change", ballot.community) as a:
        here = locked_ballot(a, ballot)
        if here.state != BallotState.DRAFTED:
            raise Conflict(_("This vote was opened or called off meanwhile; it does not change any more."))
        for name in FIELDS:
            if name in values:
                setattr(here, name, values[name])
        here.drafted_by, here.version = author, here.request.version
        return a.save(here)


def open_ballot(context: Context, *, ballot: Ballot) -> Ballot:
    """Open a vote: the owners of this moment may vote, one paper each. By another person than drafted it.

    Raises NotAllowed, or GateClosed with everything that is missing.
    """
    require(context, MANAGE, ballot.request)
    member = require_member(context)
    with act(context, "ballot.open", ballot.community) as a:
        here = locked_ballot(a, ballot)
        _require_joint_decision(here.request)
        homes = homes_of(here)
        shares = electorate(shares_of(homes))
        facts = facts_of(a, here, owners=len(shares), own=here.drafted_by_id == member.pk)
        here.state = _moved(here, "open", facts, context)
        here.matter, here.version = facts.matter.value, here.request.version
        here.opened_by, here.opened_at = member, a.recorded_at
        here.owners, here.area_centi = len(shares), sum(share.area for share in shares)
        references = {home.pk: home.reference for home in homes}
        here.electorate_hash = electorate_hash(
            (number, share.area, [references[home] for home in share.homes]) for number, share in enumerate(shares, 1)
        )
        a.save(here)
        _give_papers(a, here, _enrol(a, here, shares, {home.pk: home.floor_area_centi for home in homes}))
        return here


def _enrol(a: Act, ballot: Ballot, shares, areas: Mapping[int, int]) -> list[Elector]:
    electors = a.append_all([
        Elector(ballot=ballot, number=number, area_centi=share.area, is_developer=share.is_developer)
        for number, share in enumerate(shares, 1)
    ])  # fmt: skip
    a.append_all([
        ElectorHome(ballot=ballot, elector=elector, home_id=home, area_centi=areas[home])
        for elector, share in zip(electors, shares, strict=True)
        for home in share.homes
    ])  # fmt: skip
    return electors


def _give_papers(a: Act, ballot: Ballot, electors: list[Elector]) -> None:
    papers = [
        BallotPaper(
            ballot=ballot, elector=elector, serial=elector.number,
            code_hash=token_hash(paper_code(ballot, elector.number)),
        )
        for elector in electors
    ]  # fmt: skip
    a.save_all(papers, fields=[])


def paper_code(ballot: Ballot, serial: int) -> str:
    """The code of the link on a paper. It follows from the master key: printed whenever it is needed, kept nowhere."""
    return _follows("link", ballot, serial)


def check_code(ballot: Ballot, serial: int) -> str:
    """查验码: by which whoever used this paper, or its link, finds their vote in the published list."""
    return _follows("check", ballot, serial)


def _follows(what: str, ballot: Ballot, serial: int) -> str:
    digest = bytes.fromhex(keyed_hash(f"ballot paper {what} {ballot.reference} ", str(serial)))
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[: codes.LENGTH])


def replace_paper(context: Context, *, paper: BallotPaper) -> BallotPaper:
    """Give an owner another paper for one that is lost; the old number and link are void.

    Raises NotAllowed, Conflict once it was replaced, ActionRefused when a vote was cast with it or none are taken.
    """
    ballot = paper.ballot
    require(context, "renovation.enter_ballot", ballot.request)
    require_member(context)
    with act(context, "ballot.replace_paper", ballot.community) as a:
        here = locked_ballot(a, ballot)
        old = a.lock(BallotPaper, pk=paper.pk, ballot=here)
        if old.lost_at is not None:
            raise Conflict(_("This paper has been replaced already."))
        if here.state != BallotState.OPEN:
            raise ActionRefused(_("Votes are not taken now."))
        if old.elector.votes.exists() or old.returns.standing().exists():
            raise ActionRefused(_("A vote was cast with this paper already."))
        old.lost_at = a.recorded_at
        a.save(old)
        serial = here.papers.order_by("-serial").values_list("serial", flat=True)[0] + 1
        code = token_hash(paper_code(here, serial))
        return a.save(BallotPaper(ballot=here, elector=old.elector, serial=serial, code_hash=code))


def print_papers(context: Context, *, ballot: Ballot) -> list["Printed"]:
    """The valid papers with the codes of their links, in the order of their numbers; recorded who had them.

    Raises NotAllowed, ActionRefused while votes are not taken.
    """
    require(context, MANAGE, ballot.request)
    require_member(context)
    with act(context, "ballot.print_papers", ballot.community) as a:
        here = locked_ballot(a, ballot)
        if here.state != BallotState.OPEN:
            raise ActionRefused(_("Votes are not taken now."))
        papers = here.papers.filter(lost_at__isnull=True).select_related("elector").order_by("serial")
        doors = _doors(here)
        a.note(papers=len(papers))
        return [
            Printed(
                paper, paper_code(here, paper.serial), check_code(here, paper.serial), doors.get(paper.elector_id, [])
            )
            for paper in papers
        ]


@dataclass(frozen=True)
class Printed:
    """A paper as it is printed: for which homes, with the code of its link and the one to check the list by."""

    paper: BallotPaper
    code: str
    check: str
    homes: list[str]


def _doors(ballot: Ballot) -> dict[int, list[str]]:
    doors: dict[int, list[str]] = {}
    for row in ballot.homes.select_related("home__building__estate").order_by("pk"):
        doors.setdefault(row.elector_id, []).append(str(row.home))
    return doors


def postpone_ballot(context: Context, *, ballot: Ballot, closes_at: datetime) -> Ballot:
    """Put off a vote that has not begun, with a reason. Raises NotAllowed, GateClosed."""
    return _move_end(context, ballot, "postpone", closes_at)


def extend_ballot(context: Context, *, ballot: Ballot, closes_at: datetime) -> Ballot:
    """Give a running vote more time, with a reason. Every vote cast stays. Raises NotAllowed, GateClosed."""
    return _move_end(context, ballot, "extend", closes_at)


def _move_end(context: Context, ballot: Ballot, event: str, closes_at: datetime) -> Ballot:
    require(context, MANAGE, ballot.request)
    require_member(context)
    with act(context, f"ballot.{event}", ballot.community) as a:
        here = locked_ballot(a, ballot)
        here.state = _moved(here, event, facts_of(a, here, new_closes_at=closes_at), context)
        here.closes_at = closes_at
        return a.save(here)


def cancel_ballot(context: Context, *, ballot: Ballot) -> Ballot:
    """Call a vote off, with a reason. What was cast stays sealed. Raises NotAllowed, GateClosed."""
    require(context, MANAGE, ballot.request)
    require_member(context)
    with act(context, "ballot.cancel", ballot.community) as a:
        here = locked_ballot(a, ballot)
        here.state = _moved(here, "cancel", facts_of(a, here), context)
        return a.save(here)


def close_ballots(*, now: datetime | None = None) -> int:
    """Close every vote whose time is over; how many. The worker does this every minute, and again to no harm."""
    moment = now or timezone.now()
    over = Ballot.objects.over_at(moment).select_related("request__community", "community")
    return sum(_close(ballot, moment) for ballot in over)


def _close(ballot: Ballot, moment: datetime) -> bool:
    """Close one; False when it was closed, extended or called off a moment before."""
    context = Context(channel=Channel.SYSTEM, now=moment)
    try:
        with act(context, "ballot.close", ballot.community) as a:
            here = locked_ballot(a, ballot)
            here.state = _moved(here, "close", facts_of(a, here), context)
            a.save(here)
    except GateClosed:
        return False
    return True


def locked_ballot(a: Act, ballot: Ballot) -> Ballot:
    """The ballot as it is now, locked after its request: community and keys are looked up together."""
    request = locked_request(a, ballot.request)
    here = a.lock(Ballot, pk=ballot.pk, request=request, community=request.community_id)
    here.request = request
    a.subject = here
    return here


def facts_of(a: Act, ballot: Ballot, **known) -> BallotFacts:
    """The facts of a locked ballot at the moment of the act."""
    return _facts(ballot, a.recorded_at, **known)


def facts_for(ballot: Ballot, *, now: datetime, member, event: str) -> BallotFacts:
    """The facts for a button: what the page of `event` will ask for is taken as given."""
    known = {"own": member is not None and ballot.drafted_by_id == member.pk}
    if event == "open":
        known["owners"] = len(electorate(shares_of(homes_of(ballot))))
    if event in ("postpone", "extend"):
        known["new_closes_at"] = max(now, ballot.closes_at) + timedelta(days=1)
    return _facts(ballot, now, **known)


def _facts(ballot: Ballot, now: datetime, **known) -> BallotFacts:
    request, matter = ballot.request, {}
    if request.state == State.JOINT_DECISION:
        finding = renovation_facts(request, today=timezone.localdate(now)).matter
        if finding is not None:
            matter = {
                "matter": finding.matter,
                "matter_confirmed": finding.confirmed,
                "matter_current": finding.version >= request.substance_version,
            }
    waiting = ballot.paper_votes.filter(status=Evidence.Status.ENTERED).count()
    return BallotFacts(now=now, closes_at=ballot.closes_at, papers_waiting=waiting, **matter, **known)


def _moved(ballot: Ballot, event: str, facts: BallotFacts, context: Context) -> str:
    return allowed(decide(BALLOT, ballot.state, event, facts, reason=str(context.reason))).target.value


def _require_joint_decision(request: RenovationRequest) -> None:
    if request.state != State.JOINT_DECISION:
        raise ActionRefused(_("Owners vote while the request is being decided together."))


def _check(community_id: int, values: Mapping, now: datetime) -> None:
    """What holds for every draft, whoever sends it."""
    for name in PUBLIC:
        if values.get(name):
            require_public_wording(values[name], field=name)
    estate, building = values.get("estate"), values.get("building")
    if estate is not None and estate.community_id != community_id:
        raise ActionRefused(_("This estate does not belong to the community."), field="estate")
    if building is not None and (estate is None or building.estate_id != estate.pk):
        raise ActionRefused(_("This building does not belong to the estate."), field="building")
    if values.get("entrance") and building is None:
        raise ActionRefused(_("Choose the building that the entrance belongs to."), field="building")
    if values.get("closes_at") is not None and values["closes_at"] <= now:
        raise ActionRefused(_("The end of the vote must lie in the future."), field="closes_at")
