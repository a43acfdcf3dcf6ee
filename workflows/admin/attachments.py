"""What hangs on a request, as its page shows it: evidence by stage, approvals, pledges, objections."""

from dataclasses import dataclass, field

from django.db.models import Prefetch
from django.utils.text import capfirst

from community.models import Partner

from ..actions.evidence import ENTERED_IN
from ..actions.funding import PLEDGED_IN
from ..models import Ballot, Evidence, Pledge, Seat
from ..querysets.facts import pledged_total
from ..rules.stages import Stage, State, stage_of
from ..words import STAGE_WORDS
from .views import address_of


@dataclass(frozen=True)
class Piece:
    """One row of evidence, or a pledge, with the buttons that this person has on it."""

    row: object
    url: str
    confirm_url: str = ""
    withdraw_url: str = ""
    is_outdated: bool = False
    is_own: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of evidence in its stage."""

    name: str
    label: str
    pieces: list[Piece]
    enter_url: str


@dataclass(frozen=True)
class Section:
    """The evidence of one stage."""

    stage: Stage
    label: str
    kinds: list[Kind] = field(default_factory=list)


def kind_name(model: type[Evidence]) -> str:
    """How addresses call a kind of evidence."""
    return model._meta.model_name


def stage_of_kind(model: type[Evidence]) -> Stage:
    """The first stage that a kind of evidence is entered in."""
    return min((stage_of(state) for state in ENTERED_IN[model]), key=lambda stage: stage.position)


def evidence_of(request_row, member, may) -> list[Section]:
    """Evidence by stage, as far as the request has come, the newest stage first. One query for each kind."""
    sections = {
        stage: Section(stage, STAGE_WORDS[stage])
        for stage in reversed(Stage)
        if Stage.JOINT_DECISION.position <= stage.position <= request_row.stage.position
    }
    for model in ENTERED_IN:
        if section := sections.get(stage_of_kind(model)):
            section.kinds.append(_kind(model, request_row, member, may))
    return list(sections.values())


def _kind(model, request_row, member, may) -> Kind:
    partners = [column.name for column in model._meta.fields if column.related_model is Partner]
    rows = model.objects.filter(request=request_row)
    rows = rows.select_related("entered_by", "confirmed_by", "paper", *partners)
    enter = may["enter_evidence"] and State(request_row.state) in ENTERED_IN[model]
    return Kind(
        name=kind_name(model),
        label=capfirst(str(model._meta.verbose_name)),
        pieces=[_piece(row, request_row, member, may) for row in rows],
        enter_url=address_of(request_row, "enter", kind_name(model)) if enter else "",
    )


def _piece(row: Evidence, request_row, member, may) -> Piece:
    at = kind_name(type(row)), row.reference
    own = member is not None and row.entered_by_id == member.pk
    waits, standing = row.status == Evidence.Status.ENTERED, row.status != Evidence.Status.WITHDRAWN
    return Piece(
        row=row,
        url=address_of(request_row, "evidence", *at),
        confirm_url=address_of(request_row, "confirm", *at) if waits and may["confirm_evidence"] and not own else "",
        withdraw_url=address_of(request_row, "withdraw", *at) if standing and may["enter_evidence"] else "",
        is_outdated=standing and row.version < request_row.substance_version,
        is_own=waits and own,
    )


def pledges_of(request_row, member, may) -> dict:
    """The lines of money with their sum, and whether another can be entered."""
    lines = Pledge.objects.filter(request=request_row).order_by("pk")
    lines = lines.select_related("confirmation__confirmed_by", "reversed_by", "entered_by", "paper", "partner")
    in_stage = State(request_row.state) in PLEDGED_IN
    return {
        "lines": [_line(line, request_row, member, may, in_stage) for line in lines],
        "total": pledged_total(request_row),
        "enter_url": address_of(request_row, "pledge") if in_stage and may["enter_evidence"] else "",
    }


def _line(line: Pledge, request_row, member, may, in_stage: bool) -> Piece:
    own = member is not None and line.entered_by_id == member.pk
    waits = not hasattr(line, "confirmation")
    falls_away = line.reverses_id is None and not hasattr(line, "reversed_by")
    confirm, reverse = waits and may["confirm_evidence"] and not own, in_stage and may["enter_evidence"] and falls_away
    return Piece(
        row=line,
        url="",
        confirm_url=address_of(request_row, "pledge_confirm", line.reference) if confirm else "",
        withdraw_url=address_of(request_row, "pledge_reverse", line.reference) if reverse else "",
        is_own=waits and own,
    )


def objections_of(request_row, may) -> list[tuple[object, str]]:
    """Every objection with the address where it is answered."""
    rows = request_row.objections.select_related("answered_by", "entered_by").order_by("received_on", "pk")
    here = request_row.state == State.JOINT_DECISION and may["confirm_evidence"]
    return [
        (row, address_of(request_row, "objection_answer", row.reference) if here and row.is_open else "")
        for row in rows
    ]


def approvals_of(request_row) -> list:
    """The rounds with their steps, seats and decisions, the newest first. Four queries, however many there are."""
    seats = Seat.objects.select_related("member", "appointment", "decision").order_by("pk")
    rounds = request_row.approval_rounds.select_related("policy", "opened_by").order_by("-number")
    return list(rounds.prefetch_related("steps__unit", "steps__policy_step", Prefetch("steps__seats", seats)))


def ballots_of(request_row) -> list[tuple[Ballot, str]]:
    """The owners' votes of a request, the newest first, each with its address. One query."""
    rows = Ballot.objects.filter(request=request_row)
    return [(ballot, address_of(request_row, "ballot", ballot.reference)) for ballot in rows]
