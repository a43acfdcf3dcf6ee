"""An owners' vote as everyone may read it: participation while it runs, the figures and the list once counted."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import Http404
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext

from home.formats import MOMENT, area, written

from ..models import Ballot, CastVote
from ..querysets.balloting import Turnout, turnout
from ..querysets.facts import vote_figures
from ..rules import codes
from ..rules.balloting import BallotState, VoteChoice
from ..rules.vote_lists import Line, published
from ..rules.votes import RULE_VERSION, Matter, agreement_threshold, verdict
from ..words import MATTER_WORDS, VOTE_WORDS, WHICH_COUNTS_WORDS

TAGS = {
    BallotState.DRAFTED: "vote_drafted", BallotState.OPEN: "voting", BallotState.COUNTING: "vote_counting",
    BallotState.COUNTED: "vote_counted", BallotState.CANCELLED: "vote_cancelled",
}  # fmt: skip
PUBLIC = (BallotState.OPEN, BallotState.COUNTING, BallotState.COUNTED, BallotState.CANCELLED)
LINES_ON_A_PAGE = 100


def tag_of(ballot: Ballot) -> str:
    """The key of the tag of a vote; one whose time is over is being counted, whatever the clock has done yet."""
    over = ballot.state == BallotState.OPEN and ballot.closes_at <= timezone.now()
    return TAGS[BallotState.COUNTING if over else BallotState(ballot.state)]


def ballot_rows(page, request, shown) -> list[dict]:
    """The votes of a request that were ever opened, the newest first. One query."""
    found = Ballot.objects.filter(request=shown, state__in=PUBLIC, opened_at__isnull=False).order_by("-opened_at")
    base = page.get_url(request)
    return [
        {
            "question": ballot.question,
            "tag": tag_of(ballot),
            "is_open": tag_of(ballot) == "voting",
            "closes": written(ballot.closes_at, MOMENT),
            "url": base + page.reverse_subpage("vote", args=[ballot.reference]),
        }
        for ballot in found
    ]


def public_ballot(page, reference: str) -> Ballot:
    """A vote of the page's request that was opened. Raises Http404."""
    found = Ballot.objects.filter(
        request=page.request_id, reference=reference, state__in=PUBLIC, opened_at__isnull=False
    ).select_related("request", "estate", "building", "result")
    ballot = found.first()
    if ballot is None:
        raise Http404
    return ballot


def ballot_context(page, request, reference: str) -> dict:
    """Everything on the page of a vote."""
    ballot = public_ballot(page, reference)
    matter = Matter(ballot.matter)
    is_counted = ballot.state == BallotState.COUNTED
    context = {
        "ballot": ballot,
        "tag_key": tag_of(ballot),
        "matter": MATTER_WORDS[matter],
        "needed": threshold_words(agreement_threshold(matter)),
        "which_counts": WHICH_COUNTS_WORDS[ballot.which_counts],
        "rule_version": RULE_VERSION,
        "back_url": page.get_url(request),
        "phone": page.unit.phone if page.unit else "",
    }
    if is_counted:
        return context | counted_context(page, request, ballot)
    return context | {"turnout": turnout_rows(turnout(ballot)), "split": running_split(ballot)}


def turnout_rows(found: Turnout) -> list[dict]:
    """Both measures of participation, each beside what it has to reach."""
    rows = [(gettext("Owners taking part"), found.owners, str), (gettext("Floor area taking part"), found.area, area)]
    return [
        row | {"parts": [SharePart(label=row["label"], amount=row["figures"], permille=permille(measure))]}
        for row, (_label, measure, _form) in ((measure_row(*row), row) for row in rows)
    ]


@dataclass(frozen=True)
class SharePart:
    """The part of a bar that is filled."""

    label: str
    amount: str
    permille: int


def permille(measure) -> int:
    return min(1000, measure.part * 1000 // measure.whole) if measure.whole else 0


def measure_row(label: str, measure, form) -> dict:
    """One ratio in words, with its threshold and whether it is reached."""
    return {
        "label": label,
        "figures": gettext("%(part)s of %(whole)s") % {"part": form(measure.part), "whole": form(measure.whole)},
        "threshold": threshold_words(measure.threshold),
        "passed": measure.passed,
    }


def threshold_words(threshold) -> str:
    share = {"numerator": threshold.numerator, "denominator": threshold.denominator}
    if threshold.inclusive:
        return gettext("at least %(numerator)d/%(denominator)d") % share
    return gettext("more than %(numerator)d/%(denominator)d") % share


def running_split(ballot: Ballot) -> list[dict]:
    """Yes and no so far, for a vote whose community decided to show them; the last vote of each owner."""
    if not ballot.shows_split:
        return []
    latest: dict[int, str] = {}
    for elector, shown in CastVote.objects.filter(ballot=ballot).order_by("sequence").values_list("elector", "shown"):
        latest[elector] = shown
    said = list(latest.values())
    return [{"label": VOTE_WORDS[choice], "count": said.count(choice.value)} for choice in VoteChoice]


def counted_context(page, request, ballot: Ballot) -> dict:
    """The result with every figure, how it came in, and the list."""
    result = ballot.result
    judged = verdict(Matter(result.matter), vote_figures(result))
    measures = [
        (gettext("Owners taking part"), judged.participation_by_owners, str),
        (gettext("Floor area taking part"), judged.participation_by_area, area),
        (gettext("Owners agreeing"), judged.agreement_by_owners, str),
        (gettext("Floor area agreeing"), judged.agreement_by_area, area),
    ]
    typed = request.GET.get("code", "")
    lines = ballot.counted.all()
    return {
        "judged": judged,
        "rows": [measure_row(*one) for one in measures],
        "result": result,
        "sums": sums_of(ballot),
        "page_obj": (page_obj := Paginator(lines, LINES_ON_A_PAGE).get_page(request.GET.get("page"))),
        "lines": [line_row(line) for line in page_obj],
        "typed": typed,
        "own": own_line(ballot, typed),
        "list_url": page.get_url(request) + page.reverse_subpage("vote-list", args=[ballot.reference]),
        "script_url": static("tools/recount_vote.py"),
    }


def sums_of(ballot: Ballot) -> list[dict]:
    """How many said what, online and on paper, with their area. One query."""
    rows = ballot.counted.order_by().values("choice", "channel").annotate(owners=Count("pk"), sum=Sum("area_centi"))
    found = {(row["choice"], row["channel"]): row for row in rows}
    return [
        {
            "label": VOTE_WORDS[choice],
            "online": found.get((choice.value, "web"), {}).get("owners", 0),
            "paper": found.get((choice.value, "paper"), {}).get("owners", 0),
            "area": area(sum(found.get((choice.value, channel), {}).get("sum", 0) for channel in ("web", "paper"))),
        }
        for choice in VoteChoice
    ]


def line_row(line) -> dict:
    return {
        "code": codes.shown(line.code), "channel": line.get_channel_display(), "choice": line.get_choice_display(),
        "area": area(line.area_centi),
    }  # fmt: skip


def own_line(ballot: Ballot, typed: str) -> dict | None:
    """The line of a check code that somebody typed; None when nothing was typed or found."""
    code = codes.read(typed) if typed else None
    line = ballot.counted.filter(code=code).first() if code else None
    return line_row(line) if line else None


def list_text(page, reference: str) -> str:
    """The published list, letter for letter as its fingerprint was taken. Raises Http404 before the count."""
    ballot = public_ballot(page, reference)
    if ballot.state != BallotState.COUNTED:
        raise Http404
    lines = [Line(row.code, row.channel, VoteChoice(row.choice), row.area_centi) for row in ballot.counted.all()]
    areas = ballot.electors.values_list("area_centi", flat=True)
    told = published(
        ballot=ballot.reference, matter=Matter(ballot.matter), areas=areas, electorate=ballot.electorate_hash,
        lines=lines,
    )  # fmt: skip
    return told.text()
