"""Votes as they come in: by the link of a paper, or the paper itself, entered by one and confirmed by another."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from community.models import Channel, SealedText
from community.records import Act, Context, act
from community.refusals import ActionRefused, Conflict
from community.sealed import Plain, seal_all, unseal

from ..kernel import Refused
from ..models import Ballot, BallotPaper, CastVote, Evidence, PaperVote
from ..permissions import require, require_member
from ..refusals import sentence
from ..rules import papers
from ..rules.balloting import VoteChoice, WhichCounts, may_cast
from ..rules.renovation import may_confirm
from .balloting import check_code, locked_ballot
from .evidence import Prepared, store_evidence
from .telling import tell_second_person

ENTER = "renovation.enter_ballot"


@dataclass(frozen=True)
class Said:
    """What is sealed of a vote: what it says, and the check code by which its owner finds it in the published list."""

    choice: VoteChoice
    code: str


def seal_vote(a: Act, ballot: Ballot, said: Said) -> SealedText:
    plaintext = json.dumps({"choice": said.choice.value, "code": said.code}).encode()
    return seal_all(a, ballot.community, [Plain(SealedText.Purpose.BALLOT, plaintext)])[0]


def read_vote(plaintext: bytes) -> Said:
    told = json.loads(plaintext)
    return Said(VoteChoice(told["choice"]), told["code"])


def cast_vote(
    context: Context, *, paper: BallotPaper, submission_key, choice: VoteChoice
) -> CastVote:  # fmt: skip
    """Vote online by the link of a paper. A repeat with the same key changes nothing.

    Raises ActionRefused outside the time of voting, Conflict for a paper that was replaced, or when a vote of this
    owner counts already and may not be changed.
    """
    known = CastVote.objects.filter(submission_key=submission_key, ballot=paper.ballot_id).first()
    if known is not None:
        return known
    ballot = paper.ballot
    try:
        with act(context, "ballot.vote", ballot.community) as a:
            here = locked_ballot(a, ballot)
            _require_time(here, a.recorded_at)
            valid = a.lock(BallotPaper, pk=paper.pk, ballot=here)
            if valid.lost_at is not None:
                raise Conflict(_("This paper was reported lost and replaced by another one."))
            _require_first(here, valid)
            said = Said(choice, check_code(here, valid.serial))
            return _cast(a, here, valid, said, channel=Channel.WEB, submission_key=submission_key)
    except (IntegrityError, Conflict) as refused:
        known = CastVote.objects.filter(submission_key=submission_key, ballot=paper.ballot_id).first()
        if known is not None:
            return known
        if isinstance(refused, Conflict):
            raise
        raise Conflict(_("A vote for this home came in at the same moment. Open the link again.")) from None


def _require_time(ballot: Ballot, received_at: datetime) -> None:
    refused = may_cast(ballot.state, received_at=received_at, opened_at=ballot.opened_at, closes_at=ballot.closes_at)
    if isinstance(refused, Refused):
        raise ActionRefused(sentence(refused), field="received_at")


def _require_first(ballot: Ballot, paper: BallotPaper) -> None:
    """One vote online for an owner unless the ballot lets them change it; none beside a paper that counts anyway."""
    before = list(CastVote.objects.filter(elector=paper.elector_id).values_list("channel", flat=True))
    if Channel.PAPER in before and ballot.which_counts != WhichCounts.LAST:
        raise Conflict(_("A vote on paper has come in for this home and counts."))
    if Channel.WEB in before and not ballot.may_change:
        raise Conflict(_("A vote was cast with this link already, and it counts."))


def _cast(a: Act, ballot: Ballot, paper: BallotPaper, said: Said, *, channel: str, submission_key, **given) -> CastVote:
    last = CastVote.objects.filter(elector=paper.elector_id).order_by("-sequence").first()
    words = given.get("words") or seal_vote(a, ballot, said)
    return a.append(
        CastVote(
            ballot=ballot, elector_id=paper.elector_id, sequence=last.sequence + 1 if last else 1,
            submission_key=submission_key, channel=channel, received_at=given.get("received_at", a.recorded_at),
            words=words, shown=said.choice.value if ballot.shows_split else "",
        )
    )  # fmt: skip


def enter_paper_vote(
    context: Context, *, ballot: Ballot, serial: str, choice: VoteChoice, received_at: datetime, scan: Prepared | None
) -> PaperVote:  # fmt: skip
    """Enter a paper that came back: its printed number, what it says, when it was received, and its scan.

    It is cast once another person has confirmed it. Raises NotAllowed, ActionRefused for a number that is none of this
    vote's, a time outside the vote or a missing scan, Conflict for a paper that was entered or replaced.
    """
    require(context, ENTER, ballot.request)
    author = require_member(context)
    if scan is None:
        raise ActionRefused(_("Add the scan or a photo of the paper."), field="scan")
    number = papers.read(serial)
    try:
        with act(context, "ballot.enter_paper", ballot.community) as a:
            here = locked_ballot(a, ballot)
            paper = here.papers.filter(serial=number).first() if number is not None else None
            if paper is None:
                raise ActionRefused(
                    _("No paper of this vote has this number. Compare it once more, the letter too."), field="serial"
                )
            if received_at > a.recorded_at:
                raise ActionRefused(_("This moment lies in the future."), field="received_at")
            _require_time(here, received_at)
            if paper.lost_at is not None:
                raise ActionRefused(_("This paper was reported lost and replaced; it does not count."), field="serial")
            row = PaperVote(
                request=here.request, community=here.community, version=here.version, entered_by=author,
                entered_at=a.recorded_at, ballot=here, ballot_paper=paper, received_at=received_at,
                words=seal_vote(a, here, Said(choice, check_code(here, paper.serial))),
            )  # fmt: skip
            row.paper = store_evidence(a, here.request, scan)
            return tell_second_person(a, a.save(row))
    except IntegrityError:
        raise Conflict(_("This paper has been entered already.")) from None


def said_on(row: PaperVote) -> Said | None:
    """What a paper was entered to say, for whoever confirms it; None once erased."""
    plaintext = unseal(row.words)
    return None if plaintext is None else read_vote(plaintext)


def confirm_paper_vote(context: Context, *, row: PaperVote) -> CastVote:
    """The second person has compared the scan: the vote is cast, as of the time the paper was received.

    Raises NotAllowed, ActionRefused for one's own entry or once all is counted, Conflict when it is settled.
    """
    require(context, ENTER, row.request)
    member = require_member(context)
    with act(context, "ballot.confirm_paper", row.community) as a:
        here, entered = _locked_entry(a, row)
        refused = may_confirm(entered_by=entered.entered_by_id, confirmed_by=member.pk)
        if refused:
            raise ActionRefused(sentence(refused))
        _require_time(here, entered.received_at)
        entered.status, entered.confirmed_by, entered.confirmed_at = Evidence.Status.CONFIRMED, member, a.recorded_at
        a.save(entered)
        said = said_on(entered)
        if said is None:
            raise ActionRefused(_("This vote has been erased."))
        return _cast(
            a, here, entered.ballot_paper, said, channel=Channel.PAPER, submission_key=entered.words.reference,
            received_at=entered.received_at, words=entered.words,
        )  # fmt: skip


def withdraw_paper_vote(context: Context, *, row: PaperVote) -> PaperVote:
    """Take back an entry that nobody has confirmed, with a reason: the paper can be entered anew.

    Raises NotAllowed, ActionRefused without a reason, Conflict when it is settled.
    """
    require(context, ENTER, row.request)
    require_member(context)
    if not str(context.reason).strip():
        raise ActionRefused(_("Say why this is withdrawn."), field="reason")
    with act(context, "ballot.withdraw_paper", row.community) as a:
        _here, entered = _locked_entry(a, row)
        entered.status = Evidence.Status.WITHDRAWN
        return a.save(entered)


def _locked_entry(a: Act, row: PaperVote) -> tuple[Ballot, PaperVote]:
    here = locked_ballot(a, row.ballot)
    entered = a.lock(PaperVote, pk=row.pk, ballot=here)
    if entered.status != Evidence.Status.ENTERED:
        raise Conflict(_("This has been confirmed or withdrawn already."))
    return here, entered
