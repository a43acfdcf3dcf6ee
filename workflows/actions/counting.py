"""Counting an owners' vote: the seals are opened once, the list is published, the result waits for a second person."""

from django.utils import timezone
from django.utils.translation import gettext as _

from community.records import Act, Context, act
from community.refusals import ActionRefused
from community.sealed import unseal_all

from ..kernel import decide
from ..models import Ballot, CastVote, CountedVote, OwnersVote
from ..permissions import require, require_member
from ..rules import balloting as rule
from ..rules.vote_lists import Line, VoteList, published
from ..rules.votes import Matter
from .balloting import facts_of, locked_ballot
from .casting import Said, read_vote
from .moving import allowed
from .telling import tell_second_person


def count_ballot(context: Context, *, ballot: Ballot) -> OwnersVote:
    """Count a vote whose time is over. The result is evidence that a second person confirms, passed or not.

    Raises NotAllowed, GateClosed while papers wait or votes are taken, ActionRefused when a sealed vote is gone.
    """
    require(context, rule.MANAGE, ballot.request)
    member = require_member(context)
    with act(context, "ballot.count", ballot.community) as a:
        here = locked_ballot(a, ballot)
        moved = allowed(decide(rule.BALLOT, here.state, "count", facts_of(a, here)))
        areas = dict(here.electors.values_list("pk", "area_centi"))
        votes = _opened(here)
        told = list_of(here, areas, votes)
        a.append_all([
            CountedVote(
                ballot=here, code=line.code, channel=line.channel, choice=line.choice.value, area_centi=line.area
            )
            for line in told.lines
        ])  # fmt: skip
        here.state, here.list_hash = moved.target.value, told.hash()
        choices = {elector: said.choice for elector, (_channel, said) in votes.items()}
        here.result = a.save(_result(a, here, member, rule.figures(areas, choices)))
        a.save(here)
        return tell_second_person(a, here.result)


def _opened(ballot: Ballot) -> dict[int, tuple[str, Said]]:
    """{elector: (channel, what was said)} of the votes that count."""
    rows = list(CastVote.objects.filter(ballot=ballot).select_related("words").order_by("received_at", "pk"))
    said = unseal_all([row.words for row in rows])
    if len(said) != len(rows):
        raise ActionRefused(_("A sealed vote is gone, so this cannot be counted."))
    spoken = {order: (row, read_vote(said[row.words_id])) for order, row in enumerate(rows)}
    casts = [
        rule.Cast(row.elector_id, row.channel == "paper", order, told.choice) for order, (row, told) in spoken.items()
    ]
    best = rule.counted(casts, rule.WhichCounts(ballot.which_counts))
    return {elector: (spoken[cast.order][0].channel, spoken[cast.order][1]) for elector, cast in best.items()}


def list_of(ballot: Ballot, areas: dict[int, int], votes: dict[int, tuple[str, Said]]) -> VoteList:
    """The list as it is published. `areas`: {elector: 0.01 m²}."""
    lines = [Line(said.code, channel, said.choice, areas[elector]) for elector, (channel, said) in votes.items()]
    return published(
        ballot=ballot.reference, matter=Matter(ballot.matter), areas=areas.values(),
        electorate=ballot.electorate_hash, lines=sorted(lines),
    )  # fmt: skip


def _result(a: Act, ballot: Ballot, member, figures) -> OwnersVote:
    return OwnersVote(
        request=ballot.request, community=ballot.community, version=ballot.version, entered_by=member,
        entered_at=a.recorded_at, matter=ballot.matter, scope=ballot.scope, scope_name=ballot.scope_name,
        opened_on=timezone.localdate(ballot.opened_at), closed_on=timezone.localdate(ballot.closes_at),
        owners_total=figures.owners_total, area_total_centi=figures.area_total,
        owners_taking_part=figures.owners_taking_part, area_taking_part_centi=figures.area_taking_part,
        owners_agreeing=figures.owners_agreeing, area_agreeing_centi=figures.area_agreeing,
    )  # fmt: skip
